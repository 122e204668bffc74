"""Words that several rules share."""

from __future__ import annotations

from typing import Final

__all__ = ["NEVER"]

#: Words that no single-word finding may consist of, whatever the model says.
NEVER: Final = frozenset(
    "i you he she it we they me him her us them my your his its our their the a an and or but if so to of"
    " in on at is am are was were be been do does did"
    " have has had will would can could should yes yeah no nope okay ok right alright um uh er erm ah oh"
    " mm hmm mhm hi hello hey thanks thank please sorry"
    " not what who when where why how this that these those here there now then well very much just also"
    " too up down out off for from with about by as"
    " i'm it's that's i've i'll don't can't yep sure fine good great monday tuesday wednesday thursday"
    " friday saturday sunday doctor nurse patient sir madam"
    " theres didnt dont doesnt wasnt isnt itll thats whats ive ill im hes shes youre youll theyre weve"
    " wouldnt couldnt"
    " cant wont havent hasnt whereabouts van de la le al el bin ibn der den von del di da du dos ter"
    " alabama alaska arizona"
    " arkansas california colorado connecticut delaware florida hawaii idaho illinois indiana iowa kansas"
    " kentucky louisiana"
    " maine maryland massachusetts michigan minnesota mississippi missouri nebraska nevada ohio oklahoma oregon"
    " pennsylvania tennessee texas utah vermont wisconsin wyoming"
    " ma ma'am bud buddy guys folks love dear mate darling sweetheart honey pal everyone everybody okey"
    " zip code postcode hola bonjour hallo salut ciao guten ich bin soy je suis sono mein meine mi me llamo"
    " allright alrighty yessir gotcha goodbye bye tis hon hun pet employer hosp"
    # what people type for words
    " nvm lol lmao lmk btw idk tbh imo imho omg ty tysm thx pls plz rn tho thru cuz coz ur kk brb fyi asap hw"
    " gday g'day sry smh ikr jk wbu np yw bc tmrw tmw msg abt wat wut gonna gotta wanna kinda dunno lemme gimme"
    " innit"
    # interjections and holidays
    " umm ummm uhh uhhh hmmm mmm ahh ohh ta ra easter christmas"
    # languages, which interpreters speak
    " dari pashto farsi urdu hindi tagalog amharic tigrinya hmong punjabi gujarati bengali tamil telugu cantonese"
    " mandarin swahili somali oromo kinyarwanda spanish french arabic russian polish portuguese vietnamese korean"
    " japanese ukrainian romanian haitian creole asl".split()
)
