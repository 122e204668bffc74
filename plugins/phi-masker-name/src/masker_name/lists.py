"""Words that several rules share."""

from __future__ import annotations

from typing import Final

from masker_tagger import LANGUAGES

__all__ = ["LABELS", "LINK", "MONTHS", "NATO", "NEVER", "RELATIONS", "TITLES"]

#: Words that no single-word finding may consist of, whatever the model says.
NEVER: Final = frozenset(
    "gonna wanna gotta lemme gimme dunno"
    " i you he she it we they me him her us them my your his its our their the a an and or but if so to of"
    " in on at is am are was were be been do does did"
    " have has had will would can could should yes yeah no nope okay ok right alright um uh er erm ah oh"
    " mm hmm mhm hi hello hey thanks thank please sorry"
    " not what who when where why how this that these those here there now then well very much just also"
    " too up down out off for from with about by as"
    " i'm it's that's i've i'll don't can't yep sure fine good great monday tuesday wednesday thursday"
    " friday saturday sunday doctor nurse patient sir madam"
    " theres didnt dont doesnt wasnt isnt itll thats whats ive ill im hes shes youre youll theyre weve"
    " wouldnt couldnt"
    " cant wont havent hasnt whereabouts en para van de la le al el bin ibn der den von del di da du dos ter"
    " alabama alaska arizona"
    " arkansas california colorado connecticut delaware florida hawaii idaho illinois indiana iowa kansas"
    " kentucky louisiana"
    " maine maryland massachusetts michigan minnesota mississippi missouri nebraska nevada ohio oklahoma oregon"
    " pennsylvania tennessee texas utah vermont wisconsin wyoming"
    " wm wf bm bf hm hf"
    " ma ma'am y'all yall y'alls"
    " bud buddy guys folks love dear mate darling sweetheart honey pal everyone everybody okey"
    " zip code postcode hola bonjour hallo salut ciao guten ich bin soy je suis sono mein meine mi me llamo"
    " allright alrighty yessir gotcha goodbye bye tis hon hun pet employer hosp"
    # what people type for words
    " nvm lol lmao lmk btw idk tbh imo imho omg ty tysm thx pls plz rn tho thru cuz coz ur kk brb fyi asap hw"
    " gday g'day sry smh ikr jk wbu np yw bc tmrw tmw msg abt wat wut gonna gotta wanna kinda dunno lemme gimme"
    " innit ttyl ttys afk smth jst obv omw nbd lmfao rofl stfu wdym hbu gtg g2g bbl bff iirc tldr"
    # clinical and office shorthand
    " name names page kilo kilos curry wax exp iban swift acct bic dx hx tx"
    " sx rx geri ortho neuro cardio endo psych onc"
    " obgyn peds gyn imei imsi cvv aadhaar telehealth checkin"
    " checkout dnr dni nstemi stemi doi dos eob copay coinsurance icu nicu picu meds mgmt eval pta otc kiosk mr mrs ms"
    " pilates zumba crossfit yoga salam namaste dobry aloha shalom merci gracias danke prego arigato bonsoir kasse tel"
    " mondays tuesdays wednesdays thursdays fridays saturdays sundays kenya hii hlo abeg"
    " soc sec ilike rlike regexp varchar nvarchar admin sysadmin root guest pesel esq fr pharm mobile reg tag"
    " chargeback subscriber sponsor interpreter sincerely regards wey dem una oga pls plss somali glucerna pedialyte"
    " vcard nokia ericsson sony samsung powerpoint matlab lego legos excel"
    # code words that are hardly ever names
    " delta tango echo foxtrot golf kilo uniform whiskey yankee zulu hotel bravo alpha alfa"
    # eponyms that are hardly ever a patient's name: instruments, stains, scores, sutures, implants
    " weitlaner metzenbaum adson debakey yankauer babcock allis kocher bovie senn giemsa binswanger bankart"
    " penrose ranson zimmer depuy monocryl prolene vicryl quickie permobil invacare hoyer moro dubowitz"
    " ortolani fleischner hounsfield bosniak breslow fuhrman ishak metavir rockall"
    " blatchford caprini padua braden waterlow barthel katz lawton zarit rosier nexus pecarn westley"
    " xience sinemet dilaudid percocet eucerin cetaphil cerave aquaphor vaseline desitin bendro hoka asics"
    # what people call each other
    " darl darls mijo mija mijito mijita papi alhaji alhaja oga luv lovey dearie hen duckie cobber amigo"
    " amiga senor senora señor señora señorita monsieur madame signore signora bhaiya manman matey sweetie hunny"
    " babes bestie"
    # interjections and holidays
    " heaps"
    " umm ummm uhh uhhh hmmm mmm ahh ohh ta ra easter christmas"
    # peoples, countries; those that are names as often (jordan, georgia, israel, chad) are left to the model
    " navajo cherokee"
    " afghanistan afghan algeria algerian albania albanian america american americans africa african africans angola"
    " argentina argentinian asia asian asians australia australian australians austria austrian bangladesh bangladeshi"
    " belarus belgium belgian bolivia bosnia bosnian brazil brazilian bulgaria bulgarian burma burmese cambodia"
    " cambodian cameroon canada canadian canadians caribbean chile chilean china chinese colombia colombian congo"
    " congolese croatia croatian cuba cuban cyprus denmark ecuador egypt egyptian england english eritrea eritrean"
    " estonia ethiopia ethiopian europe european europeans finland france germany german germans ghana ghanaian greece"
    " guatemala guinea guyana haiti honduras hungary iceland india indian indians indonesia iran iranian iraq iraqi"
    " ireland irish israeli italy italian italians jamaica jamaican japan kazakhstan korea kosovo kuwait laos latvia"
    " lebanon lebanese liberia libya libyan lithuania malawi malaysia malaysian mali malta maltese mexico mexican"
    " mexicans moldova mongolia morocco moroccan mozambique myanmar namibia nepal netherlands nicaragua niger nigeria"
    " nigerian nigerians norway oman pakistan pakistani palestine palestinian panama paraguay peru peruvian philippines"
    " filipino filipinos poland poles portugal puerto rican romania russia russians rwanda rwandan saudi scotland"
    " scottish senegal senegalese serbia serbian sierra leone singapore slovakia slovenia somalia spain sudan sudanese"
    " sweden swiss switzerland syria syrian taiwan taiwanese tanzania thailand togo trinidad tunisia tunisian turkey"
    " uganda ugandan ukraine uruguay uzbekistan venezuela venezuelan vietnam wales welsh yemen yemeni zambia zambian"
    " zimbabwe zimbabwean hispanic latino latina latinx caucasian hawaiian alaskan jewish muslim muslims buddhist hindu"
    " sikh quebec ontario alberta saskatchewan manitoba brunswick labrador newfoundland"
    " yukon nunavut uk usa eu us".split()
) | LANGUAGES

#: What people are to each other; no part of the name behind it ("my husband emeka").
RELATIONS: Final = frozenset(
    "husband wife son daughter mother father mom mum mam dad brother sister uncle aunt auntie niece nephew cousin"
    " friend neighbour neighbor partner fianc\u00e9 fianc\u00e9e fiance fiancee boyfriend girlfriend newborn"
    " hubby wifey parent baby grandson granddaughter grandmother grandfather stepson stepdaughter roommate"
    " caregiver carer".split()
)
TITLES: Final = frozenset(
    "dr doctor mr mrs ms miss mister missus mx prof professor sir nurse sister reverend rev".split()
)
LABELS: Final = frozenset(
    "name names surname maiden rx mrn dob ssn npi dea vin id ip ldl hdl bmi ecg ekg mri cbc ibs gerd uti"
    " std hiv hpv copd bph dexa"
    " psa tsh ana iga igm igg dna rna icu ccu phn nhs ppo hmo pcp"
    " udi sn lot ref tel fax mob dl acct grp qty sig amb imp emer sel loinc snomed rxnorm ucum email e-mail"
    " zip postcode neg pos".split()
)
MONTHS: Final = frozenset(
    "january february march april may june july august september october november december".split()
)
NATO: Final = frozenset(
    "alpha alfa bravo charlie delta echo foxtrot golf hotel india juliet juliett kilo lima mike november"
    " oscar papa quebec romeo sierra tango uniform victor"
    " whiskey whisky xray x-ray yankee zulu".split()
)
LINK: Final = frozenset(("-", "'", "\u2019", ".", "\u00b7"))
