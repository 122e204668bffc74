"""Sentences to learn from: where names stand, and where words that look like names stand and are none.

``[a|b|]`` is a choice. Slots in capitals are names and are labelled; slots in lower case are not. A line that starts
with ``Q:`` sets the open question; the rest of the line is the answer. All sentences are invented for training and
share no text with the development cases or the benchmark.
"""

# {N} any name as a person says it, {F} first, {L} last, {FL} first and last, {S} the last name given, spelled,
# {SF} the first name given, spelled, {X} any name, or what a recogniser made of one
SPEECH = """
[hi|hello|hey|good morning|good afternoon|good evening|], [my name's|my name is|my name is uh|the name's] {X}[ and| I'm| ,] [I need to|I'd like to|I wanted to|I'm calling to] [book|cancel|move|reschedule|check on] [an|my] appointment
[hi|hello|], this is {X}[| here| speaking| calling|, I'm a patient there|, I called earlier|, returning your call]
[hi|hello|yes hi|hiya|oh hi], it's {N}[| here| again| calling| speaking|, I spoke to somebody earlier|, I rang this morning about {cond}]
[yeah|yes|uh|um|so|okay], I'm {N}[, I'm {age}|, I'm a new patient| and I have an appointment {dow}| and I was in last week| calling about my {drug}| from {city}]
I am {N}[,| and] I [live in {city}|was born in {city}|take {drug}|work at {brand}]
[hello|hi] {F}, [my name is|I'm|this is] {N}[, I'm one of the [doctors|nurses|GPs|pharmacists] here|, how can I help|, calling from {hosp}| from {hosp}]
[hello|hi|good morning], you're [speaking|talking] [to|with] {F}[, how can I help you today|, what can I do for you| today|]
[hello|hi|thank you for calling {hosp}|{hosp}], this is {F}[, how may I help you| speaking|, how can I help|, am I speaking with {FL}]
thanks for calling {hosp}, {F} speaking[, how can I help|]
am I speaking [with|to] {N}[| today| please]
is this {N}[| I'm speaking with| speaking]
is that {N}[| on the line| speaking]
can I speak [to|with] [{N}|doctor {L}|nurse {F}|Mrs {L}] please
could you put me through to [{N}|doctor {L}|Mr {L}]
I'd like to speak to [{N}|doctor {L}|{F} in billing|{F} at the front desk]
I [was talking to|spoke with|spoke to|talked to] [{N}|someone called {F}|a lady named {F}|a guy named {F}|doctor {L}|a nurse called {F}] [yesterday|this morning|last week|about my {cond}|]
[so|okay|right|alright|yes|no|well|and|um], {F}, [how are you feeling today|what's been going on|tell me about the pain|when did this start|I'm going to ask you a few questions|let me just check|that's fine|can you hear me]
[okay|right|alright|great|perfect|lovely|thanks|thank you|cheers|sorry|sure|got it|no problem|no worries|of course|brilliant|excellent] {F}[| so| and| let me| just bear with me| one moment| I've got you here| can you confirm your date of birth| and your postcode| I can see you here| what's the best number for you]
[thank you|thanks] [so much|very much|a lot|again|] {F}[| I appreciate it| bye| bye now| have a good day| that's great| take care]
[bye|goodbye|take care|see you|speak soon|all the best|have a good one] {F}
how are you [doing|feeling|today|], {F}
what [seems to be the problem|can I do for you|brings you in] [today|] {F}
nice to meet you[, | ]{F}[| I'm {N}| my name is {F}]
[good morning|good afternoon|hello|hi there|welcome|morning] {N}[|, come in|, have a seat|, what brings you in today|, thanks for waiting]
[good morning|good afternoon|hello|hi] [doctor|Mr|Mrs|Ms|Miss|nurse] {L}[|, how are you|, I'm here about my {cond}|, thanks for seeing me]
do you mind if I call you {F}[| or do you prefer Mr {L}]
[people|everyone|they|my friends] [call|calls] me {F}
[you can call me|please call me|just call me|I go by|I prefer|call me] {F}
[my|his|her|their|the] [husband|wife|son|daughter|mother|father|mum|dad|mom|sister|brother|partner|boyfriend|girlfriend|friend|neighbor|neighbour|aunt|uncle|cousin|grandson|granddaughter|grandma|niece|nephew|boss|carer|caregiver|roommate|fiance|stepson|manager|supervisor] {N} [is|has|was|will|can|had|takes|lives with me|drove me|picked up|died|passed away|called|is on the account|said|thinks|and I] [taking {drug}|picking it up|in the hospital|having {cond}|here with me|my emergency contact|very worried|about it|]
I'm calling [for|on behalf of|about] [my|our] [husband|wife|son|daughter|mother|father|mum|dad|sister|brother|patient|client|friend|baby|little boy|little girl|grandmother|grandson] {N}[| he| she| who| his date of birth is {date}| she's {age}| he's got {cond}]
it's [about|for] my [son|daughter|mum|husband|wife|dad|mother], {N}
my [son's|daughter's|husband's|wife's|mother's|father's|mum's|dad's|partner's] name is {X}
[his|her|their|the patient's|the child's|the baby's] name is {X}
[the|] [patient|patient's name|caller|name|name on the account|name on the card|account holder|policyholder|subscriber] is {X}
the name [on|under|for] [the account|it|the booking|the appointment|the policy|the prescription] [is|should be|would be|will be|is under] {X}
it [should be|would be|is|might be|could be] under {N}
[it's|that's|should be] under [my|my husband's|my wife's|my mother's] [maiden |]name, {N}
[the appointment|the prescription|the account|it] is [under|in the name of|for] {N}
[put|book|leave] it [under|in] [the name|] {N}[| please]
[my first name is|first name is|first name|first name's|given name is] {F}[ and my| and the| ,|] [last name is|last name|surname is|surname|last name's|family name is] {L}
[last name|surname|last name is|my last name is|my surname's|it's|family name] {X}[| that's| that is|, spelled|, it's spelled| spelt] {S}
[that's|spelled|it's spelled|it's spelt|I'll spell it|I'll spell it for you|so that's] {S}
[it's|my name is|this is|yes it's] {FL}[ that's|, that's| spelled|, I'll spell it|] {SF}[| and then] {S}
[first name|my first name is|it's] {F} {SF}[,| and] [last name|surname] {L} {S}
[last name|surname] {L} [first name|and first name|then first name] {F}
[that's|it's|no it's|sorry it's] {L}[,| comma] {F}
[is it|was it|is that|was that|did you say|sorry was that] {N}[| or {N}| with a c| with a k| yes]
no[,|] [it's|that's|my name is|I said] {F} not {F}
no[,|] not {F}, {F}
{F}, not {F}
[sorry|oh|actually|wait|no], [it's|I meant|that's] {N}
[yes|yeah|yep|correct|that's right|that's me][,|] {N}
[yes|yeah|uh|um|it's|so it's|that would be|sure|sure it's] {X}[| and my date of birth is {date}| date of birth {date}| {date}| and I live at {street}| and my number is {num}]
{FL}[,| and| um|] [date of birth|born|born on|born the|D O B|] {date}
{FL}[,|] {date}[,|] {street}
{FL} {num}
my name is {FL} [and my|my] [date of birth|birthday|birthdate] is {date} [and|] I live [at|on] {street}
I [see|saw|was seen by|usually see|normally see|have an appointment with|was referred by|was referred to|had a call from|go to|am under|wanted to see|need to see|was told by] [doctor|Dr|Dr.|nurse|professor|Mr|Mrs|Ms|Miss] {L} [last week|on {date}|for my {cond}|about {cond}|next {dow}|and he said|and she said|at {hosp}|before|]
[doctor|Dr|nurse|professor] {N} [prescribed|gave me|told me|said|put me on|wants me to|referred me|recommended|did] [{drug}|to call back|to come in|the surgery|take it twice a day|I need blood work|to {hosp}]
[is|when is|can I see|does|did|was|will] [doctor|Dr|nurse|Mr|Mrs] {L} [available|in today|working {dow}|on holiday|get my message|back|there|still at {hosp}|going to call me]
my [doctor|GP|primary care|primary care doctor|cardiologist|surgeon|therapist|dentist|specialist|pcp|provider|oncologist|midwife|nurse|physio|social worker] is [doctor|Dr|] {N}[| at {hosp}| in {city}| and]
[{FL}|doctor {L}|{F}] is my [doctor|gp|husband|wife|daughter|emergency contact|therapist|carer|son|mother|sister|boss|nurse]
[{F}|{FL}|my son {F}|Mrs {L}] [called|rang|phoned|emailed|said|told me|asked|mentioned|came in|left a message] [earlier|yesterday|about the {drug}|that I should call|to say|]
[tell|ask|let|remind|call|text|email|thank|contact] {F} [that {F}|that I|to|know|I|about|when] [called|came by|call me back|is sick|the results|can't make it|will be late]
could you let [{F}|{FL}|doctor {L}|Mr {L}] know [I'm running late|that I called|that {F} is better|]
[message|this is a message|I have a message] for {N}
I have [{N}|{FL}] [on the line|on hold|on the phone|here|with me|in room two]
[{N}|{F}] and {F} are [both|] [here|coming|my kids|twins|sick|patients there]
[my|our] [kids|children|boys|girls|twins|grandkids|sons|daughters] {F} and {F}[| and {F}| are both sick| have a rash| need their shots]
I have [two|three] [kids|children], {F}, {F}[,|] and {F}
me and {F} [went|have been|were|are] [there|worried|in {city}|at {hosp}]
I live with [{F}|my wife {F}|my husband {F}|my partner {F}|my daughter {F}|my mother]
we [named|are naming|called] [him|her|the baby] {F}
[emergency contact|my emergency contact|next of kin|my next of kin] [is|would be|is my sister|is my husband|is my son] {N}[| his number is {num}| her number is {num}| at {num}]
[you can|please|can you] [call|reach|contact|ring] [my wife|my husband|my daughter|my son|my mum|] {N} [at|on] {num}
[she|he] is [called|named] {N}
[a|this] [man|woman|lady|guy|nurse|girl|doctor] [called|named|by the name of] {N}
[I'm looking for|do you have|is there] [a|] [doctor|Dr|] {FL}[| there| at {hosp}]
[so|okay so] I have you [here|down] as {N}[| is that right| correct]
[so|okay] that's {N}[,|] [date of birth|born] {date}[| is that right| correct]
I've [got|found] [{N}|Mr {L}|Mrs {L}|Miss {L}|Ms {L}] [here|on the system|at {street}|born {date}]
[okay|right|thank you|hello|good morning|yes|no] [Mr|Mrs|Ms|Miss|doctor|sir] {L}[| I see you're here for {cond}| please hold| how can I help| and what's the date of birth]
is [Mr|Mrs|Ms|Miss|{F}|doctor|] {L} [there|home|available|in|around]
[Mr|Mrs|Ms|Miss|Dr|doctor|nurse|professor|sister|reverend|mister] {L} [is|was|has|had|said|will|came|can|would]
[Mr|Mrs|Ms|Miss] and [Mr|Mrs|Ms|Miss|doctor] {L}
[spelled|spelt|with|it's] {S}
{F}'s [mother|appointment|birthday|mum|prescription|results|insulin|school|doctor|husband|daughter|phone] [is|was|are|] [on {date}|here|ready|{num}]
[{L}'s|{F}'s|doctor {L}'s|Dr. {L}'s] [office|practice|surgery|clinic|nurse|receptionist|voicemail] [called|said|told me|is in {city}|]
I'm [{F}'s|{FL}'s|Mrs {L}'s] [mother|mum|husband|wife|daughter|son|sister|carer|nurse|caregiver]
who is {N}
do you know [{N}|{F}]
[how's|how is|where's|what about|say hi to|give my best to|regards to] {F}[| doing| these days]
happy birthday[,|] {F}
[as|what|like] {F} [said|told me|was saying|mentioned]
[I want|I'd like|could I get|can I have] [{F}|doctor {L}|{FL}] to call me back
[from|with|by|for|to|about|at] [doctor {L}|Dr {L}|Mrs {L}|Mr {L}|nurse {F}|{FL}]
[the results|the letter|the referral|the prescription|a form|the note] [from|by|for] [doctor {L}|{FL}|Dr. {L}|Mr {L}]
hi {F}[ it's| this is| I'm] {F} [from|at|with] [{hosp}|the clinic|{brand}|billing]
[this is|it's] [doctor|Dr|nurse|] {N} [from|at|with|calling from|over at] {hosp}[| I'm calling about {FL}| I'm trying to reach {FL}]
I'm [doctor|Dr|nurse|professor] {N}[| your doctor today| and I'll be looking after you| from {hosp}]
[can|may|could] I [just|] [confirm|check] [I'm speaking to|this is|that's] {N}
[what time|when] is {F} [coming|back|due|getting here]
{F} [it's|hi it's|hello it's] {F}[| your nurse| from {hosp}]
{F} can you hear me
{F} are you there
{F} [I'm sorry|don't worry|I understand|let's|you're] [to hear that|about it|I'll call you back|get started|doing great]
[she's|he's|that's] {N}[,| and] [my|the] [daughter|son|husband|wife|baby|doctor|nurse|patient]
I am [his|her|their] [mother|father|wife|husband|daughter|son|guardian|carer|carer] {N}
[my maiden name|my middle name|her maiden name|his middle name|my married name|my full name|my legal name|full name|the full name|my preferred name] is {X}
it used to be {L}[,|] now it's {L}
[I got married|we divorced] so it's {L} [now|and not {L}]
[it's|my name is] {F} {L} {L}
[it's|I'm|this is] {F} {F} {L}
[and|also] [my husband|my wife|my daughter|] {F}[,|] [his|her] [date of birth|birthday] is {date}
it was [{F}|{FL}|doctor {L}] who [called|told me|said|booked it|saw me]
{FL}
{F}
{L}
[uh|um|yeah|yes|sure|okay|well] {X}
{FL} [calling|speaking|here]
[calling for|asking for|looking for|waiting for] [{FL}|{F}|doctor {L}]
there should be [a referral|a note|something] [from|by] [doctor {L}|Dr. {FL}|{FL}]
[is|was|are|were] [that|this|it|those|they|the tablets|the cream|the sling] [helping|working|easing|better|sore|comfy|bothering you|too tight|getting worse|all right|any good|okay with you] {F}
[does|did|has|will|would|can] [that|it|this|the pain|the {drug}|the swelling] [help|hurt|suit you|make sense|settle|go away|come back|sound okay|spread|wake you|gone down|work for you] {F}
[where|when|how|why|what|how long|how often|which side] [does it hurt|did it start|is it worst|do you take it|did that happen|are you now|is it today|do you live|were you sick|can I get you|have you tried|did they say|would you like] {F}
[what's|what is] [the trouble|wrong|going on|happening|up|troubling you|been happening|that about] {F}
[thanks|thank you|cheers|ta|thanks ever so much|thanks for that|thank you for calling|thanks for waiting|much appreciated|bless you|lovely|see you then|see you {dow}|talk to you soon|speak to you later|have a good evening|have a lovely day|goodnight|not at all|you're welcome|no trouble|don't worry|that's fine|there we go|here we are|one second|bear with me] {F}
[I'll|we'll|let me|I can] [call you back|book that|send it over|check that|ring you {dow}|have a look|get that sorted|put you through|see you at {time}] {F}
[I do apologise|I'm so sorry|I hear you|I understand|I know|I see|well done|good luck|come in|sit down|have a seat|slow down|take your time|hold on|listen|go on|go ahead|no rush|of course] {F}
[oh|yes|no|okay|hi|hello|sorry] {F} [with respect|honestly|please|you know|I did|it's fine|thank god|good to hear you|not yet|never mind|so sorry|that's me]
[and|so|then|but|] [I said|she said|he said|they said|I was saying|I told him|I wrote] to {F} [don't|you can't|we should|leave it|please stop|that it's|I'm not|it hurts|come home]
[I|she|he|most people] [go|goes] by {F}[| but [my card says|on the card it's|it's really|the record says|my passport says] {FL}]
[people|everybody|they|my mates|the family] [call|calls|know|knows] [me|him|her] [as|] {F}
{FL} but [people|everyone|they|my friends] [call me|know me as|say] {F}
[we have|I have|you have|you've put|they have] {FL} [down |listed |] as [next of kin|your contact|the carer|your doctor|the subscriber|your emergency contact][| that's [old|wrong|right|my ex|my sister]]
[it should|it ought to|that should] be {N}[| now| instead]
[did you say|was it|have I got] {N}[| /| or] [no|sorry] {N}
[the|this] [appointment|booking|referral|prescription|visit|ride|bill] is for {N} [not|and not] [for|] [me|my husband|her]
so I [have|see|show] {N} [born|date of birth|at|living at] [{date}|{street}|{num}]
my [mother|father|husband|wife|son|daughter|brother|sister|aunt] {N} [born|date of birth|D O B] {date} [was seen at {hosp}|needs {drug}|is a patient there|]
[it's|this is|the referral is] for {N} my [daughter|son|mother|father|wife|husband][| D O B {date}]
{N} [at|on|reach me at|phone|number] {num}[| or {num}]
[message|note|letter|voicemail|call] for {N} [at|on] {num}
{F} and {F} and [the little one|my eldest|my youngest|the baby|baby|little] {F}
[the little one|my youngest|my eldest|the baby|our eldest|the big one] {F} [is|was|has|had] [sick|asleep|{cond}|fine|in nursery]
[this is|I'm|it's] [her|his|their|the] [neighbor|neighbour|carer|cousin|landlady|roommate|friend|nurse|aide] {F}
we [called|named] [him|her|the baby|our son|our daughter] {F} [after my mother|after his grandfather|it's a family name|isn't it lovely]
lovely name {F}
{F} with [a k|a y|two ls|one n|an e|a z|a c]
that's {F} [on the line|at the desk|from {brand}|in triage|calling again]
[okay|so] {F} [your name came up|you wanted|you're due|you take|you've had|you said|does it|is it|did you|any|have you] [a call|{cond}|for a check|{drug}|hurt when you walk|last {dow}|allergies|been abroad]
[she|he]'s [at work|asleep|out|in the bath|not here] this is {F}
ask for {F}[ at the desk| in billing| when you get there|]
{F} [wants|says|thinks|hopes|asked|reckons|knows] [you|I|that|it|we] [can|should|will|would] [call|be fine|take {drug}|come in]
[come on|up you get|all done|good girl|good boy|there you go|nearly there|deep breath] {F}
""".strip().splitlines()

ANSWERS = """
Q:[can I|could I|may I] [get|have|take] your [name|full name|first and last name|name please|name and date of birth] => {X}
Q:[what's|what is|and what's|could you tell me|tell me|and] your [name|full name|first name|last name|surname|name please] => [|uh |um |it's |yeah |yes it's |sure it's |so ]{X}
Q:[who am I speaking with|who's calling|who is this|may I ask who's calling|who do I have the pleasure of speaking with] => [|this is |it's |yeah it's |I'm |my name is ]{X}
Q:[what's|what is] the [patient's|child's|caller's|member's|policyholder's] [name|full name|last name] => [|it's |uh |her name is |his name is |that's ]{X}
Q:can you confirm your [full name|name|name and date of birth|first line of your address and your name|name, date of birth and address] => [|yes |yeah |sure |it's |yes it's |of course it's ]{FL}[| {date}|, {date}| and {date}| {street}| um {date} {street}| date of birth {date}]
Q:name[, | and |, and ]date of birth[| and address| please] => [|yes |it's ]{FL}[ | and |, ]{date}
Q:[can you|could you|please|would you] spell [that|your last name|your name|it|that for me] => [|sure |yeah |uh |okay |it's |sure it's ]{S}
Q:how do you spell [that|your last name|your surname|it] => [|it's |that's |uh ]{S}
Q:[who|which doctor] [do you usually see|did you see|referred you|prescribed it|is your doctor|is your primary care doctor|is your gp|is your provider] => [|doctor |Dr |it's doctor |um doctor |I see doctor ]{L}
Q:[who is|who's] your [emergency contact|next of kin] => [|my husband |my wife |my son |it's my daughter |my sister ]{N}[| {num}]
Q:what [do you like to be called|should I call you|would you like me to call you] => [|just |you can call me |call me |everyone calls me ]{F}
Q:what's your last name => {X}
Q:and your first name => {X}
Q:is this {FL} => [yes|yeah|no], [this is|it's|I'm] [{F}|{FL}|his wife {F}|her son {F}]
Q:what is your name please => [yes so|okay so|right so|sorry|hold on] [it's|the name is|it is] {X}
Q:who would you like to speak to => [|doctor |I'd like |can I speak to ]{N}[| please]
Q:and who's the appointment for => [|it's for |my son |my daughter |for my mum |for ]{N}
Q:what's your name => [{F}|{FL}|{L}]
Q:your name => {FL}
Q:last name => {L}
Q:can I get your last name and zip code => {X} {num}
Q:what's your name and number => {X}[ and the number is|] {num}
Q:what's your name => [why|sorry|what|pardon|can you hear me|hello|I already told you|I told the other lady|wait a second|hold on|one moment please|can you repeat that|I didn't catch that|sure|yes|no|okay|yeah of course|it's on file|you have it on file|um let me see|oh sorry yes]
Q:can you confirm your name and date of birth => [yes of course|yeah|yes|sure no problem|okay|it's {date}|{date}|it should be in the system|I think you have it|um it's {date}|is that for me or my son]
Q:can you spell that => [sure|yes|of course|which one|the street or the town|it's like the fruit|just how it sounds|like the color]
Q:what's your date of birth => [{date}|uh {date}|it's {date}|yes {date}]
Q:what's the name of [the medication|your medication|the drug|the tablets|your pharmacy|the pharmacy|your insurance|the cream|your inhaler|the hospital|the clinic|your employer|the street|the condition|the plan] => [|it's |uh |um |I think it's |that would be |yeah ][{drug}|{drug}|{drug}|{brand}|{brand}|{hosp}|{cond}|{city}]
Q:which [medication|drug|tablet|inhaler|pharmacy|insurance|hospital|clinic] [is it|do you take|do you use|are you on] => [|it's |uh |the |I use |I take ][{drug}|{drug}|{brand}|{hosp}]
Q:what [medications|medicines] are you [taking|on] => [|I take |I'm on |uh |just ]{drug}[| and {drug}|, {drug} and {drug}| and {drug} twice a day]
Q:[where do you live|what city is that|what town|where are you calling from] => [|in |it's |uh |I'm in |I live in ]{city}
Q:[what brings you in|what seems to be the problem|what's going on] => [|it's my |I have |I've got |uh ]{cond}
Q:[do you have any allergies|any allergies] => [yes |just |no |I'm allergic to |]{drug}
Q:who is your insurance with => [|it's |uh |with ]{brand}
Q:who do you work for => [|I work for |uh |at ]{brand}
Q:who is at home with you => [my wife|my husband and the kids|nobody|just me and the dog|my mother]
Q:what's your name => doctor said it's {cond}
Q:[your|and your|can I get your|could I have your|may I have your] [name|surname|last name] and [postcode|zip|zip code|address|phone number|email|date of birth] [please|] => [|it's |yeah |uh ][{L}|{FL}|{L}] [{num}|{code}|{street}|{date}]
Q:[and the|what are the|the] names of your [children|kids|siblings|sons|daughters] => {F} and {F}[| and {F}| and the little one {F}| and baby {F}]
Q:[and|] what did you [call|name] [her|him|the baby|them] => [|we called her |it's |just ]{F}
Q:[is it|are you|am I talking to] [Mrs|Mr|Miss|doctor] {L} => [no |no it's |sorry ]{L}
Q:[christian name|forename|middle name|maiden name|family name|given name|any other names] => [|it's |uh |maiden name ][{F}|{L}]
Q:what's the [zip code|postcode|security code|billing address|expiry] => [zip code|postcode|{num}|{code}|{street}]
""".strip().splitlines()

CLINICAL = """
PATIENT: {LF}
Patient: {N}[| DOB: {date}|, {date}| MRN: {num}|   MRN {num}]
Patient Name: {N}[| | DOB {date}]
Patient name: {LF}[|  DOB: {date}]
Name: {N}[|   DOB: {date}|   MRN: {num}| Age: {age}| Sex: F]
NAME: {NU}
Pt: {N}[, {age}yo F|, {age} y/o male|]
Pt {F} [c/o|reports|states|denies|presents with|was given|refused|ambulating with] [pain|{cond}|{drug}|walker|chest pain]
Last name: {L}
First name: {F}
Surname: {L}  [Forename|First name|Given names]: {F}
Family name: {L}
Attending: Dr. {N}
Attending physician: {N}, MD
Provider: {N}, [MD|DO|NP|PA-C|RN]
[Referring|Ordering|Primary care|Consulting] [provider|physician|doctor]: [Dr. |]{N}[|, MD|, DO]
PCP: [Dr. |]{N}
Surgeon: {N}[|, MD|, FACS]
Prescriber: {N}[|, MD]
[Signed|Electronically signed by|Signed by|Dictated by|Reviewed by|Transcribed by|Verified by|Ordered by|Interpreted by|Read by|Performed by|Collected by|Author|Authored by|Entered by|Witness|Discharged by|Approved by][:|] {N}[|, MD|, RN|, PharmD| MD| on {date}]
[CC|cc|To|From|Attn|ATTN|RE|Re|Subject]: [Dr. |]{N}[|, MD]
RE: {LF}, DOB {date}
Dear [Dr. |Mr. |Mrs. |Ms. |]{N},
Dear {F},
[Emergency contact|Next of kin|Contact|Guarantor|Caregiver|Guardian|Spouse|Mother|Father|Interpreter|Daughter|Son]: {N} [(daughter)|(wife)|(son)|(husband)|{num}|]
[Lives with|Lives alone; visited by|Accompanied by|Brought in by|Here with|History obtained from] [wife|husband|daughter|son|mother|father|sister|partner|friend|her daughter|his wife] {N}[|.| who assists with ADLs.| in {city}.]
[Daughter|Son|Wife|Husband|Mother|Sister|Brother|Spouse|Niece] {N} [at bedside|notified|updated by phone|called|is health care proxy|agrees with plan|({num}) notified].
[Mr.|Mrs.|Ms.|Miss] {N} is a [pleasant |]{age}[-year-old| year old| y/o] [male|female|woman|man|gentleman|lady] with [a history of |]{cond}.
{F} is a {age}[-year-old| year old] [male|female|woman|man|girl|boy] with {cond} who presents for follow up.
{F} [reports|denies|states|complains of|has been taking|tolerated|was discharged|was admitted|returns] [{cond}|{drug}|no pain|the procedure well|to {hosp}|for follow up|today].
{FL} was [seen|admitted|evaluated|discharged|transferred] [today|on {date}|at {hosp}|to {hosp}|by Dr. {L}|in clinic].
The patient, {N}, [was|is|has] [seen by Dr. {L}|admitted to {hosp}|stable].
[Discussed with|Seen with|Seen by|D/w|Case discussed with|Referred by|Referred to|Follow up with|F/u with|Consulted|Per|Under the care of|Evaluated by|Paged] Dr. {N}[|, MD| at {hosp}| regarding {cond}| on {date}| from cardiology].
Dr. {N} [recommended|performed|will see|agrees|was consulted|advised|placed|discussed] [{drug}|the procedure|the patient|in clinic|a {cond} workup].
[Mr.|Mrs.|Ms.|Dr.|Miss] {L} [was|is|has|denies|reports|states|returns|underwent|tolerated] [admitted with {cond}|stable|taking {drug}|any pain|the procedure well].
Referral: {FL} (DOB {date}) referred by Dr. {IL} for {cond}.
Operating surgeon {N}; assistant {N}; anesthesia Dr. {L}.
[Appointment|Appt|Visit] with [Dr. |]{N} on {date}[| at {time}].
Reminder: {F}, you have an appointment with Dr. {L} on {date}.
{FL} ([daughter|son|wife|husband|mother|neighbor|case manager|RN]) [called|will pick up meds|requests refill of {drug}|reports {cond}].
[Baby|Infant] [boy|girl] {L} [was born|delivered] at 39 weeks.
{LF} [{num}|{date}|MRN {num}]
{NU}
Re: {N} - [results|refill request|{drug} refill|missed appointment]
[Thanks|Thank you|Best|Regards|Best regards|Kind regards|Sincerely|Cheers|Yours sincerely|Many thanks|Warmly|Take care|Love],
{N}[|, MD|, RN]
[Thanks|Thank you|Best|Regards|Cheers|Sincerely], {N}
[Clinician|Consultant|Therapist|GP|Informant|Carer|Keyworker|Midwife|Registrar|Interpreter|Named nurse|Responsible clinician|Case manager|Social worker|Assistant|Anesthesiologist]: [Dr |Dr. |Mr |]{N}[|, RN]
[Client|Service user|Resident|Child|Infant|Mother|Caller|Employee|Student|Donor|Recipient]( name|'s name|): {N}
[Seen|Assessed|Completed|Recorded|Checked|Translated|Approved|Administered|Prepared|Given|Requested|Taken] by[:|] {N}[|, RN| at {time}| on {date}]
[Handed over|Report given|Report called|Transferred care] to {F}[|, RN| {L}]
[Mother|Father|Wife|Husband|Daughter|Son|Sister|Carer|Parents|Family|Brother|Friend] ({N}[|, {N}| and {F}]) [present|at bedside|agrees|aware|updated|informed]
[with|by|per|from|for|to|of|and] {N} ([her|his|their|the] [daughter|son|mother|wife|husband|nurse|carer])
[Plan|Update|Note|Summary|Action|Addendum]: {N} [will|to|has|should|is to] [call|follow up|arrange {cond} review|continue {drug}|start physio|see Dr. {L}]
{F} [slept|ate|walked|vomited|coped|engaged|settled|improved|complained|refused|agreed|declined|attended|missed|required|received] [well|lunch|with {cond}|the {drug}|overnight|twice|follow up|her session]
- {F}
-- {N}
~ {F}
[thx|thanks|cheers|ty] [-|,|] {F}
patient={N};dob={date};reason={cond}
patient_name={FL}&dob={date}
"name": "{FL}"
"patient": "{FL}", "dob": "{date}"
{"first_name": "{F}", "last_name": "{L}", "phone": "{num}"}
id,patient,dob
{num},{FL},{date}
| {FL} | {date} | {cond} |
{FL} | {num} | {date}
{FL}, {age}, {city}
{FL} <{num}>
Witnessed by {N} and {N}.
Seen and examined with resident Dr. {L} and student {FL}.
{F}'s [mother|mom|father|wife|husband|daughter|labs|BP|glucose|wound|appetite] [reports|is|was|states|improved|notified] [{cond}|stable|healing|poor].
I spoke with {N} [by phone|at {num}|today|on {date}] [regarding|about] {cond}.
Spoke [to|with] {F} [re|about] {drug}.
Verbal consent obtained from {N}[| (mother)| by phone].
Caller: {N}
Agent: {F}
[{F}|{FL}]: [hi there|hello, how can I help?|I need a refill|thanks!|my knee hurts|can I change my appointment?]
[Agent|Nurse|Assistant]: Hi, this is {F} from {hosp}.
[Insurance|Coverage|Eligibility|Benefits|Claim|Card|Payer]: [{brand}; |{brand}, |][subscriber|member|insured|dependent|policyholder|beneficiary|guarantor] [{N}|{LF}|{NU}][;|,] [member ID|ID|group|DOB|status] [{num}|{date}|active]
[subscriber|Subscriber|member|Insured|dependent|Policyholder|Beneficiary|enrollee|claimant] [{LF}|{N}|{NU}][;|,| -] [ID|DOB|group|relationship] [{num}|{date}|self]
[RE|Re|Subject|Regarding]: [records of|labs for|results of|request for|referral of|imaging for|the care of|chart of|appeal for] [{LF}|{N}]
[records|chart|results|labs|imaging|file] [of|for] [{LF}|{N}][| requested| sent to {hosp}| enclosed]
[PATIENT|NAME|MEMBER|INSURED|CLIENT|GUARANTOR|RESIDENT]: {NU}
[Provider|Surgeon|Attending|Nurse|Midwife|Registrar|Anesthetist|Consultant|Radiologist|Contact|Caregiver|Prescriber|Pharmacist|Resident|Therapist] [{IL}|{L}|{N}|{F}][.|, {date}|, MD| {num}|, RN|;]
[Interpreter|Consent|Letter|Transport|Meals|Form|Order|Certificate|Discharge papers|Escort|Bed] for {N}[: {cond}|.|, {date}| arranged.]
[Rx|Script|Refill|Prescription|Order] {num} for {N} [ready|sent|on hold|picked up]
[HCP|POA|NOK|DPOA|Proxy|Emerg. contact|Case mgr|SW|CM|HCPOA|Sitter] {N} [{num}|({num})|notified|aware|to call]
[Advised.|Understood.|Agrees.|Will call back.|Done.|Notified MD.|LM.|Sent.] [-|--|~|]{F} [RN|LPN|MA|PharmD|NP]
{FL} ([niece|nephew|brother|neighbor|wife|ex-wife|roommate] of {FL}) [called|phoned|came in|wrote] [re|about|from] [{drug}|{num}|results]
[Dr.|Dr|Prof.|Mr.|Ms.] {L} [will see|is in|booked|covering|out] [{date}|today|until {dow}|clinic]
{"provider": "Dr. {L}", "start": "{date}"}
mrn;name;dob
{num};{LF};{date}
{LF};{num};{date}
{NU} {num} {date}
""".strip().splitlines()

CHAT = """
[hi|hey|hello|Hi|Hey|Hello|] [,|] [it's|its|this is|my name is|I'm|im|i am|name's|Im] {N}[.|,|!|] [I need|can I get|i want|could you|Please|pls] [a refill of {drug}|to reschedule|my results|help with my bill|to see Dr. {L}|an appointment for {cond}]
Hi {F}[,|!|.| -] [thanks for your message|how are you|your results are in|can you call me|it's {F} from {hosp}|just a reminder about {date}]
[Hi|Hello|Hey|Dear|Good morning] [Dr.|Dr|Mr.|Mrs.|Ms.|Doctor|Nurse] {L}[,|] [I've been taking {drug}|my {cond} is back|thank you for seeing me|could you refill {drug}|is it ok to stop {drug}?]
[Is|is|Was|Can|Will|can] [{FL}|Dr. {L}|dr {L}|{F}|nurse {F}] [still my doctor|available {dow}|my emergency contact|going to call me|there|in today|on my account]?
My [husband|wife|son|daughter|mom|mum|dad|mother|father|sister|brother|partner|friend|boss|supervisor|neighbor] {N} [needs|has|will|is|was|takes|can] [an appointment|{drug}|pick it up|{cond}|on my plan|seen on {date}].
[please|Please|pls] [add|remove|update|call|email|book|cancel|change] [my wife|my husband|my son|my daughter|] {N} [on my account|to my plan|at {num}|for {date}|as my emergency contact].
[Can|can|Could] [you|u] [book|schedule|transfer|tell|ask|remind|forward this to] [{FL}|{F}|Dr. {L}|my son {F}] [for {date}|to call me|about {cond}|that I'm late]?
I saw {N} [last week|on {date}|at {hosp}|for {cond}][.|] [|He said to take {drug}.|She was great.]
[The|My] [appointment|prescription|results|bill|claim] [for|of] {N} [is wrong|on {date}|never came|was denied].
I am [the mother of|the father of|the daughter of|writing for|married to|the caregiver for] {N}[.|,]
Patient is {FL}, born {date}.
Name {FL} dob {date} phone {num}
{FL}, {date}, {drug}
{FL}
{F}
[it's|its] {N} btw
[this is|its] {F} again
[Thanks|thanks|Thank you|thank you so much|ok thanks|Great thanks|thx|ty] {F}[!|.|]
[ok|okay|great|perfect|sure|no problem|yes] {F}[,|] [see you {dow}|I'll do that|sounds good|will do|talk soon]
[thanks|Thanks|Best|cheers|Regards|Sincerely|xx] [-|,|.|!|] {N}
{F} here[,|.|] [can|I|is] [I get a refill|need help|the doctor in today]
[Who|who] is {N}? [I never saw|they billed me for|I don't know] [that doctor|him|her|them].
{F} and {F} both have {cond}[.|]
Tell {F} I said hi and that {F} is better.
Does {F} need to fast before the blood test?
{F} took {drug} at 8 and now has {cond}.
I think {F} has {cond}. [He|She] is {age}.
[Dr|Dr.|dr|doctor|Doctor] {L} [prescribed|said|told me|wants|put me on|gave me] [{drug}|I should rest|to call|it's {cond}].
@{F} can you take a look?
{N}, {date}, {num}[|, {street}]
{N} {date} {num}
[hi|hey|hello|good morning|] [i'm|im|this is|it's|its] {N}[,|.] [dob|born|member id|mrn|my dob is] [{date}|{num}][.|,] [is {drug} covered?|can i get a refill?|when is my visit?|need an appt]
@{F} [please have a look|fyi|thoughts?|who covers {dow}?|can you call them back|see above]
[thanks|thx|ok|great|perfect|sorry|sure|yes please|will do|np|cheers|got it|good morning|lol] {F}[|!|.| :)]
[is|was|does|did|can|should] [she|he|it|that|i|the {drug}] [better now|helping|okay to take|come today|call you|work for you] {F}[?|]
[my|our] [son|daughter|wife|husband|mom|dad|mum|kid|baby|sister|brother|partner] {F} [threw up|has {cond}|is {age}|took {drug}|needs a note|won't eat|had a fall|was seen {dow}] [|today|this morning|last night]
[can|could|will] {F} [come|eat|fly|go back to school|take {drug}|get the flu shot|drive|swim] [with {cond}|on {dow}|after {drug}|or not][?|]
[asked|told|saw|met|texted|called|emailed] {F} [about it|already|{dow}|and she said yes|last week but no answer]
[Hola|Bonjour|Guten Tag|Ciao|Hallo|Salut|Buenos dias|Buongiorno], [soy|me llamo|je suis|je m'appelle|ich bin|mi chiamo|sono|mein Name ist] {FL}[.|, necesito una cita| und brauche einen Termin|, je voudrais un rendez-vous|, ho bisogno di una ricetta]
""".strip().splitlines()

#: Nothing here is a name. What follows a name's cue elsewhere, words that are names elsewhere, look-alikes.
NEGATIVE = """
[I'm|I am|im] [calling|fine|okay|good|here|sorry|diabetic|allergic to {drug}|pregnant|tired|worried|not sure|on {drug}|taking {drug}|from {city}|in {city}|at {hosp}|{age}|just looking|a patient there|with {brand}|having {cond}|trying to get through|going to have to check|feeling awful|still waiting|up to date|anaemic|asthmatic|vegetarian|catholic|polish|nigerian|hispanic|retired|single|divorced|Irish]
[it's|it is|its] [fine|about my {cond}|been two weeks|{drug}|my {cond}|not that bad|a {drug} prescription|called {drug}|{cond}|from {brand}|with {brand}|at {hosp}|in {city}|near {city}|on {street}|{dow}|{date}|okay|the left one|really sore|just a cold|worse at night|{num}]
this is [about|regarding|my|the|for|a|really|not|what|{hosp}|{brand}|an automated message|a recorded line|urgent|ridiculous|my first time] [{cond}|{drug}|second call|line|fourth time|appointment|]
[he's|she's|they're|we're] [fine|allergic to {drug}|on {drug}|{age}|in {hosp}|from {city}|got {cond}|been unwell|taking {drug}|due in {month}|crying|sleeping|eating well|on the waiting list]
[thanks|thank you|okay|right|alright|great|perfect|lovely] [so|very much|for that|for calling|for holding|bye|and|then|doctor|nurse|sir|ma'am|madam|love|dear|mate|darling|everyone|guys|so much for your help|no problem|I'll do that|take care now]
[hi|hello|good morning] [doctor|nurse|there|sir|ma'am|everyone|again|yes|how are you|can you hear me|is this {hosp}|is that the surgery|I'd like to book|I need {drug}|do you take {brand}]
[hi|hello|good morning|yeah hi], I'm calling [about|from|regarding|to|because|for|on behalf of|in regards to] [{hosp}|my {cond}|{drug}|get a refill|the pharmacy|{brand}|book an appointment|the bill|my results|my mother|my son|I got a text]
[the|my|a|another|your] [doctor|nurse|consultant|GP|pharmacist|surgeon|specialist|dentist|midwife|therapist|physio] [said|told me|gave me|put me on|prescribed|called|is|was|has|wants|will|and I|at {hosp}|in {city}|from {hosp}|about {cond}|just left|who saw me] [{drug}|to rest|it's {cond}|me|on holiday|running late|]
my [husband|wife|son|daughter|mother|father|mum|dad|sister|brother|partner|friend|neighbor] [has {cond}|is|was|takes {drug}|had {cond}|said|thinks|works at {brand}|lives in {city}|passed away|drove me|and I|with {cond}|died of {cond}|also has {cond}|gave me {drug}|who has {cond}] [|last year|as well|too|now]
[I take|I'm on|I was on|he takes|she takes|they gave me|I tried|I've been using|I need|prescribed|started on|stopped|switched to|allergic to|I got] [some|my|the|] {drug}[| and {drug}| {num} milligrams| twice a day| for {cond}| in the morning|, {drug}, and {drug}]
[the|my] [tablets|pills|medication|inhaler|cream|antibiotic|injection] [is|are|was|were] [called|named|] {drug}
it's [called|named] [{drug}|{cond}|{brand}]
the name of the [drug|medication|cream|pharmacy|hospital|street|company|plan|clinic|condition|medicine|antibiotic] is [{drug}|{brand}|{hosp}|{street}|{cond}]
the brand name is {drug}
[do you|does he|does she|did you] [take|use|have|need] [{drug}|{drug}|any {drug}|{brand}|{cond}]
[is|are] {drug} [safe|okay|ok|generic|covered|the same as {drug}|better than {drug}|still in stock]
[refill|renew|stop|increase|continue|start|take|hold|restart] {drug} [{num} mg|twice daily|at bedtime|today|for {num} days|with food|and recheck]
I [live|work|was born|grew up|moved|went|stayed|drove] [in|to|at|near|from] [{city}|{city}|{brand}|{hosp}|{street}][| and {city}| last year| for ten years]
[we're|the clinic is|the office is|it's] [in|near|next to|off|on] [{city}|{street}|{hosp}]
I [live|am] at {street}[| in {city}|, {city}| {zip}]
my address is {street}[,| in|] {city}
[I went to|I was at|he's in|she was admitted to|call|transfer me to|I'm a patient at|referred to|I was seen at|they sent me to|calling from|this is] [{hosp}|{hosp}|the {city} clinic|{hosp} in {city}] [on {date}|for {cond}|yesterday|about {cond}|]
my insurance is [with|] {brand}
I have [{brand}|{brand} insurance|{cond}|{cond}|an {cond}|a bit of {cond}|had {cond} since {month}|two dogs|type two diabetes|a {brand} card|no {cond}]
[do you|does doctor] [accept|take|cover] {brand}
I [work for|work at|used to work at|am with|bought it at|got it from|ordered from|called] {brand}
[my|the] [{brand}|{brand}] [app|account|card|phone|watch|portal|pharmacy|plan]
[what's|what is|I've got|diagnosed with|a history of|family history of|no evidence of|signs of|treatment for|rule out|positive for|my father had] [{epo}|{epo}|{cond}]
[the|a] {epo} [was|is|were] [normal|negative|positive|placed|removed|performed|noted|mild|stable]
{epo} [runs in the family|is stable|is worse|was ruled out|and {cond}|can cause {cond}|since {month}]
I [will|may|can|might|could|must|should] [mark|bill|call|come|grant|chase|pat|drew|wait] [it|the|you|in] [down|later|on {dow}|today|up|]
[I|we|they|you] may [need|have|want|be|feel] [to|a|{cond}|better|worse|dizzy]
[will|can|may] [you|I|it|they|he|she|that] [be|need|have|call|get|take] [{drug}|back|okay|me|a refill]
[I hope|hope] [that|this|it|you|so|he's|she's] [helps|is better|feel better|okay|]
[in|by|since|until|last|next|early|late|mid] [May|June|April|August|March|January] [I|we|the|and|or|]
[the|a|my|this|that] [rose|daisy|lily|iris|olive|violet|hazel|amber|ruby|pearl|robin|jack|bill|mark|frank|grant|drew|pat|rob|dean|chase|hunter|mason|carter|cook|baker|grace|joy|faith|hope|dawn|summer|autumn|ginger|sandy|rusty|rich|art|gene|chip|skip|dot|penny|nick|ray|sue|will|miles|bishop|king|major|price|rice|young|long|short|brown|black|white|green|gray|hill|wood|field|stone|bush|page|day|cross|bell|ball|wolf|fox|lamb|marsh|lake|rivers|banks|street|church|temple|house|park|walls|little|best|strong|sharp|savage|noble|hardy|love|christian|cherry|candy|brandy|sherry|crystal|destiny|honey|melody|harmony|angel|carol|holly|ivy|heather|jasmine|sage|rosemary|basil] [is|was|one|colored|and|of|on|part|in|that]
[grace|hope|faith|joy|patience|dawn|summer|autumn|ginger|olive oil|honey|sage tea|rosemary|sandy|rusty|rich|young|long|brown|black|white|green|strong|sharp|little|major|cross] [period|color|food|people|term|pain|tablets|discharge|stools|phlegm|spots|one|problem|surgery|section]
[drew|mark|bill|frank|grant|pat|rob|chase|sue|nick|skip|chip] [blood|the spot|me|the insurance|discussion|me permission|it dry|the amount|down the date|them]
[patient|pt|Patient|Pt] [reports|denies|states|presents|c/o|is|was|has|tolerated|advised|education|instructed|information|portal|care|name|history|resting] [{cond}|{drug}|pain|well|a {age} year old|to follow up|provided|form|comfortably]
[Mr|Mrs|Ms|doctor|Dr|nurse|sister|the doctor|a nurse|doctor's|the nurse] [on call|in charge|at {hosp}|said|told|appointment|office|practitioner|station|visit|note|called|manager|will|is|was|has|and|or|please|today|if|for|to|who|that|line|here|came]
[Signed|Reviewed|Attending|Provider|Prescriber|Author|Contact|Name|Patient|Surgeon|PCP]: [unknown|none|see chart|pending|N/A|on file|not recorded|attending physician|deferred|{hosp}|as above]
[Diagnosis|Assessment|Dx|Impression|Medications|Allergies|Plan|History|Procedure|Pharmacy|Insurance|Employer|Hospital|Clinic|Facility|City|Language|Religion|Race|Location|Status|Service|Department|Plan|Reason|Specialty]: [{epo}|{drug}|{cond}|{brand}|{hosp}|{city}|Spanish|Catholic|None|Full code|Cardiology|Stable|Continue {drug}|{drug} {num} mg, {drug}]
"[medication|drug|pharmacy|facility|clinic|city|insurance|plan|specialty|status|type|model|device|tool|unit|name|display|system|language]": "[{drug}|{brand}|{hosp}|{city}|cardiology|active|final|mg/dL|official|check_slots|{drug}]"
{"name": "[book_appointment|check_slots|{drug}|get_weather|{hosp}|{brand}|lookup_patient|transfer_call]", "[type|status]": "[function|ok|active|string]"}
Address: {street}[|, {city}| Apt {num}]
City: {city}
State: [CA|TX|OH|NY|FL|California|Texas|Ohio|New York|Florida|Oregon|Georgia|Virginia|Washington|Nebraska|Kansas]
City: {city}   State: [CA|TX|OH|NY|FL|IL]   Zip: {zip}
{street}, {city}, [CA|TX|OH|NY|FL|GA|Ohio|Texas] {zip}
[we|they|I|she|he] moved [from {city} to {city}|to {street}|out of {city}] [last year|in {month}|so the address is {street}|]
[no|yes|it's|so it's|that's|near|outside|just outside|over in|down in] {city}
[the|a|my|some|your|that|this] {drug} [makes me|isn't|is|was|helped|gave me|doesn't|ran out|prescription|again|cream|dose|spray] [sick|working|dizzy|expired|]
[how much|how many|how long|when|why|what time|can I|should I|do I] [is the|of the|on|take|do you take|is|mix] {drug}[| with {drug}| before bed| and {drug}]
[he|she|they|the doctor|my doctor|my mom] [suggested|recommended|switched me to|tried|mentioned|wanted me on|added|stopped|swears by|prescribed] [the|my|a|some|] {drug}[| {num} milligrams| for {cond}| instead of {drug}]
[and|or|plus|also|then|like|for example|such as|including|not|just|only] {drug}[| and {drug}| or {drug}|, {drug}]
[had|have|having|getting|with|from|without|no|any|more|some|severe|mild|chronic|acute] {cond}[| and {cond}| or {cond}]
tender [{drug}|muscles|abdomen|joints] [bilaterally|on the left|]
[Labs|Vitals|Exam|Meds|PMH|HPI|ROS|PE]: [BP {num}, HR {num}|{drug} {num} mg daily|{cond}, {epo}|Alert, oriented|Heart RRR, no murmurs|{drug}, {drug}, {drug}]
{drug}[,| and] {drug}[,| and] {drug}
{drug}
{cond}
{brand}
{city}
{hosp}
[um|uh|yeah|yes|no|it's|the] [{drug}|{city}|{brand}|{cond}]
[I called|I rang|I spoke to|I talked to|I saw|ask|tell] [the|your|a|somebody at|someone in|my] [pharmacy|receptionist|office|front desk|nurse|doctor|billing|{hosp}|insurance|{brand}]
[I speak|do you speak|she speaks|we need an interpreter for] [Spanish|Polish|Arabic|Mandarin|Somali|Urdu|Tagalog|Vietnamese|Portuguese|Cantonese|Farsi|Punjabi|Tigrinya|Amharic|Hmong|Russian|Bengali|Turkish|Romanian]
[he is|she is|I am|we are|my mother is] [Spanish|Polish|Somali|Jewish|Muslim|Hindu|Buddhist|Irish|Scottish|Welsh|Bengali|Jamaican|Vietnamese|Korean|African American|Latino|Ashkenazi]
[spelled|that's|it's spelled|it's] {sd}
my [member id|policy number|confirmation number|reference|postcode|plate|case number|group number] is {code}
[M R I|C T scan|E K G|U T I|C B C|M R N|D O B|E R|I C U|I B S|G P|A and E|H P V|P S A|N H S] [was normal|showed {cond}|is booked|on {date}|number|today|results]
[oh|ah|um|uh|hmm|mhm|yeah|okay|right|alright|sure|no|yes|well|so|and] [oh|yeah|okay|no|I see|right|that's fine|I know|I think so|it does|it hurts|gotcha|nope|yep|exactly|definitely|absolutely|perfect]
[on a scale of one to ten|any numbness or tingling|does it hurt when you breathe|have you had a fever|how long has this been going on|do you smoke|any family history of {cond}|are you allergic to {drug}|when was your last period|can you describe the pain]
[please hold|one moment|bear with me|let me just check|I'll put you through|I'm just pulling that up|can you hold on a second|I'll be right back|give me one second]
[the|my] [dog|cat|car|house|school|church|gym] [is|was|bit me|scratched me|in {city}|near {street}]
[Claude|ChatGPT|Siri|Alexa|Gemini|GPT-4|Llama] [and|or|is|was|can|said|helped me|answered] [Claude|an AI|better|slow|Gemini|my question|down]
[Dr|Doctor] [Google|Pepper|Martens]
Saint [Mary's|Luke's|John's|Thomas'|George's|Vincent's|Jude's|Joseph's|Bartholomew's] [Hospital|Medical Center|clinic|church|school|ward]
[St|St.] [Mary's|Luke's|John's|Thomas'|George's|Vincent's|Jude's|Joseph's] [Hospital|Medical Center|clinic|church|school]
[martin luther king|washington|lincoln|jefferson|jackson|martin|james|king|victoria|albert|george|elizabeth|madison|franklin|kennedy|cesar chavez] [street|avenue|road|boulevard|drive|lane|court|school|hospital|county|parkway|memorial hospital|ward|station]
[she|he|it|they|the fever|prices|her temperature|my blood pressure|the dough] [rose|rose slowly|rose quickly|rose from bed|rose again] [to|from|by|at|in|after|when] [the|her|a|my|three|night]
[we|I|they|he|she] [said grace|say grace|lost hope|gave up hope|found faith|jumped for joy|lost faith|drew blood|drew breath|drew a line|chased the dog|chase the ball|bill them|will bill you|grant access|skip lunch|chip a tooth|nick the skin|dash home|carry on|pat it dry|rob me of sleep|jack up the price|sue them|frank about it]
[I was|he was|she's|be|to be|let me be] [frank|earnest|grant funded|rich|sandy|merry|rusty|sunny|misty|jolly|chancy|will you|pat] [with|about|and|when|in] [the|him|you|my|it]
[Jack|Pat|Mark|Rob|Skip|Chase|Nick|Sue|Bill|Grant|Drew|Hope|Will|Carry|Chip|Dash] [up|down|the|it|dry|off|out|or|for|your|that] [the|car|incision|skin|breakfast|insurer|area|settle|insurance|site|gently]
[Joy|Hope|Grace|Faith|Patience|Mercy|Charity|Dawn|Summer|Autumn|Ivy|Holly|Rose|Lily|Heather|Hazel|Sage|Basil|Rosemary|Olive|Ginger|Daisy|Violet|Iris|Poppy|Jasmine|Melody|Harmony|Crystal|Amber|Ruby|Pearl|Sandy|Misty|Stormy|Sunny|Robin|Jay|Martin] [on|and|in|is|of|tea|oil|causes|for|was|pollen|from|bushes] [the|fence|a|hope|peace|garden|relief|themes|rash|exam|wall|{cond}|nausea|wooden]
[the|that|those|some|red|dried|fresh|wild] [roses|lilies|daisies|irises|robins|jays|pearls|violets|ivy|holly|heather|sage|basil|poppies] [and|make|give|in|on|cause] [me|holly|sneezing|bloom|the|ivy|{cond}]
[Dean's|Bishop's|King's|Mayor's|Hunter's|Miller's|Baker's|Carpenter's|Painter's|Butler's] [list|move|road|fund|permit|moth|dozen|glue|cottage]
[I|he|she|my dad|we] [used to be|was|worked as|trained as|am|is] a [carpenter|baker|farmer|mason|painter|cook|tailor|potter|fisher|gardener|hunter|porter|weaver|shepherd|miller|barber|butcher|cooper|turner|archer|sailor|chandler|roofer|plumber|bricklayer] [|for years|and my back hurts|in {city}|until I retired]
[Georgia|Virginia|Florida|Carolina|Montana|Dakota|Savannah|Charlotte|Austin|Houston|Jackson|Madison|Lincoln|Phoenix|Denver|Paris|Sydney|Chelsea|Brooklyn] [Medicaid|rules|weather|residents|office|clinic|traffic|state law|area code|time] [differ|apply|is|was|are|requires] [bad|from others|prior authorization|closed|today]
[Williams|McKenzie|Buerger|Codman|Kegel|Otago|Pilates|Feldenkrais|Alexander|Bobath|Maitland|Mulligan|Thomas|Trendelenburg|Ober|Yergason|Hawkins|Neer] [flexion|extension|exercises|program|technique|stretch|protocol|test|mobilisation|traction]
[IMPLANT LOG|DEVICE|Device|Implant|Hardware|Explant]: [Lens|Stent|Mesh|Screw|Pacemaker|Valve|Plate|Pump|Lead|Graft|IOL|ICD][,|;] [UDI|lot|SN|model|ref|serial] {num}
[udi|UDI|sn|lot|ref|tel|fax|dl|mob|cell|ext|acct|grp|dx|hx|tx|fx|rx|sx|qty|no|nr|tel no|mob no]{num}
[udi|UDI|SN|lot|ref|tel|Fax|dl|mob|cell|ext|acct|grp|Dx|Hx|Tx|Fx|qty|Tel]: [{num}|{cond}|{code}]
[spell|can you spell|count|say|name] [world|house|table|river|three animals|some fruit|the months|backwards] [backwards|please|for me|]
{hosp} [is|was|said|sent|called|wants|closed] [me|closed|{dow}|the results|on {street}]
["code"|"system"|"class"|"unit"|"category"]: {"code": "[AMB|IMP|EMER|SEL|FIN|loinc|snomed|rxnorm|ucum|final|VR|HH]"}
[drug|name|strength|item|code],[qty|strength|unit|price|refills],[refills|qty|sig|date]
[I'm|he's|she's|I was|they're|we're|I've been|he was] [taking|on|using|prescribed|given|started on|put on|stopping|tapering] {drug}[| for {cond}| and {drug}| for {cond} and {drug} for {cond}| twice a day| every morning]
[Well,|Yes,|No,|Um,|Oh,|So,|Actually,|] I [take|took|use|used|tried|have|had] {drug} [for {cond}|and {drug}|last year|now and then|at night|only when needed] [and {drug} for {cond}|, {drug}, and {drug}|]
[Any|What about|Did they try|Have you tried|Do you still take|How about|And] {drug}[ or {drug}| or anything like that|?|]
[No|Yes|Well|Sure|Right], I [don't know anything|never did|was never told|am not sure|think so|would say so|used to]
{drug} {num} [mg|mcg|milligrams|units|ml|tablets|puffs] [daily|twice a day|at night|as needed|for {cond}|qhs|bid|prn]
[take|give|hold|crush|dissolve] [one|two|half] {drug} [tablet|pill|capsule|] [with food|at night|and {drug}]
the [bill|mark|patient|will|grant|rose|chance|price] [account|number|portal|amount|note] [is|was|{num}]
I [want|need|have|would like] to pay [bill|the bill|my bill|a bill] [account|number|online|for {hosp}] [{num}|]
you are a [triage bot|scheduling agent|nurse line assistant|refill helper|voice agent|helpful assistant] [for|at|of] {hosp}[, be brief|. never give advice|]
zip code
what's your [zip code|christian name|maiden name|user name|pet's name|plan name]
[I live|we're|it's|she is|he was born|they moved|the clinic is] [over |just |]in {city}[| and| now|, near {street}]
{street}[|, {city}| in {city}| on the corner of {street}]
{city}[, | ][Ohio|Texas|Nevada|Oregon|Kent|Ontario|California|Devon|Maine|Idaho]
on [the corner of|] {street}
""".strip().splitlines()

#: Words that stand in front of a name in the middle of other people's speech, and what may follow.
BEFORE = [
    "okay",
    "right",
    "alright",
    "thanks",
    "thank you",
    "so",
    "well",
    "hi",
    "hello",
    "morning",
    "yes",
    "no",
    "sorry",
    "sure",
    "now",
    "and",
    "listen",
    "look",
    "great",
    "perfect",
    "lovely",
    "yeah",
    "um",
    "oh",
    "don't worry",
    "I see",
    "got it",
    "good",
]
ENDINGS = [
    "how are you feeling",
    "is that better",
    "does that help",
    "what happened",
    "can you hear me",
    "are you still there",
    "did you sleep",
    "any better today",
    "how bad is it",
    "what do you think",
    "are you okay",
    "is it worse",
    "shall we start",
    "do you want to sit down",
    "how was the weekend",
    "I'll see you then",
    "see you next week",
    "that sounds good",
    "I'll be right back",
    "I can do that for you",
    "let's have a look",
    "it's nothing serious",
    "you did great",
    "you're all set",
    "we'll get there",
    "it was good to see you",
    "I'm glad it helped",
    "have you eaten",
]
ADDRESSED = [
    "bud",
    "buddy",
    "ma'am",
    "sir",
    "guys",
    "folks",
    "dear",
    "love",
    "mate",
    "darling",
    "sweetheart",
    "doctor",
    "nurse",
    "everyone",
    "honey",
    "pal",
    "boss",
]
AFTER = ["okay", "so", "right", "um", "yeah", "just", "and", "now", "thanks", "all right", "uh"]
