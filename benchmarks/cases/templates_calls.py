"""Long calls and consultations: an opening with most of the identifiers, long stretches with none, a closing.

An opening, a stretch or a closing is a list of turns separated by ' / ', A is the clinician or the agent, U the caller.
`calls` puts them together; the template of a call is its opening."""

import random
import re

from markup import TAG
from values import SHORTFILL, Ctx, country, disfluent

OPENINGS = r"""
A hello / U hello can you hear me / A yes i can hear you fine hi there / U oh good / A my name's doctor {last2} i'm one of the g ps here can i just check who i'm speaking to / U yeah it's {first} / A {first} and your surname / U {last} / A lovely and can you confirm your date of birth for me / U {dob} / A and the first line of your address / U {street} / A perfect okay {first} what can i do for you today
A good morning {fac} how can i help / U hi i'd like to make an appointment / A sure can i have your last name / U {last} / A can you spell that / U {last.spell} / A and your first name / U {first} / A date of birth / U um {dob.md} / A and what year / U {dobyear} / A and are you still at {street} / U no we moved we're at {street2} now / A okay {city} still / U yeah {city} / A and the zip / U {zip} / A best phone number / U {phone} / A okay {first} what's going on
A hiya / U hi doctor / A before we start could i take your name date of birth and address please / U yeah so it's {dob} / A mm hmm / U {street} / A yep / U and it's {full} / A brilliant thanks {first} so tell me what's been happening
A hi is that {first.mis} / U it's {first} / A sorry {first} i'm doctor {last2} can you hear me okay / U yes / A great can i just double check your date of birth / U {dob.on.md} sorry do you want the year / A yes please / U {dobyear} something / A that's fine and your postcode / U {zip} / A thank you so how can i help
A thank you for calling {fac} this is {first2} speaking / U hi {first2} i'm calling about my mother / A of course what's her name / U {full3} / A and her date of birth / U oh goodness she's {age} so it's {oldyear} / A do you know the day / U {md} / A and your name / U {full} i'm her {rel} / A and a number for you / U {phone.p1} / A yes / U {phone.p2} / A uh huh / U {phone.p3} / A so {phone.last} at the end / U that's right / A okay {first} and what's happened
A hello you're through to the pharmacy / U hi i need a refill / A what's the name / U {last} {first} / A date of birth / U {dob} / A and which one is it / U the {drug} / A do you have the number on the bottle / U yeah hold on um {rx} / A and is it for delivery / U yes please to {street} / A in {city} / U yes / A and the phone number we have is {phone} / U no that's {fix} it's {phone2} / A alright {first} i've changed that
A good afternoon member services my name is {first2} may i have your member id / U it's {member} / A and your name please / U {full} / A thank you miss {last} may i call you {first} / U sure / A and can you verify your date of birth / U {dob} / A and the address on file / U {addr} / A great and is this about a claim / U yeah claim {claim} / A for the visit on {md} / U that's the one / A with doctor {last3} / U mm hmm / A and the last four of your social / U {ssnlast} / A thank you {first}
U hello / A hello is this {first} / U it is / A hi {first} this is {first2} from {fac} i'm calling about your results is now a good time / U yes / A could you confirm your full name and date of birth / U {full} {dob} / A thanks and i have {street} as your address / U that's correct / A okay so they came back and i want to go through them with you
A right can you hear me / U just about / A okay it's doctor {last2} calling you back what's your name / U {full} / A say again / U {first} {first.spell} / A {first} right and the date of birth / U {dob.md} / A yes / U {dobyear} / A and where are you at the moment {first} / U at home / A which is where / U {addr.nostate} / A and if we get cut off / U {phone} / A okay good so what's the matter
A nurse line this is {first2} what's your name / U {first} / A hi {first} what's going on / U it's my son / A okay what's his name / U {first3} / A and how old is {first3} / U he's four / A and his date of birth / U {dob2} / A last name / U {last} / A and your number in case / U {phone} / A okay so what's happening with {first3}
A hello and welcome i'm doctor {full2} / U nice to meet you / A and you are / U {first} {last} but people call me {nick} / A okay {nick} and your date of birth / U {dob} / A and who's this with you / U that's my {rel} {first3} / A hi {first3} okay so what brings you in
U hi there i was told to call about a bill / A sure do you have the account number / U it says {account} / A and the invoice / U {invoice} / A and the patient's name / U {full} / A is that you / U yes / A and your date of birth / U {dob} / A and how would you like to pay / U card / A go ahead with the number / U {card.p1} / A okay / U {card.p2} / A okay / U {card.p3} / A expiry / U {exp} / A and the three digits on the back / U {cvv} / A and the billing zip / U {zip} / A okay {first} that's gone through
A scheduling this is {first2} / U hi i'm calling from doctor {last3}'s office with a referral / A okay go ahead / U patient is {full} / A spell the last name / U {last.nato} / A date of birth / U {dob} / A insurance / U {ins} {member} / A group / U {group} / A and the n p i / U {npi} / A fax for the report / U {fax} / A and call back / U {phone.ext} / A and the patient's phone / U {phone2} / A got it and what's it for
A device support how can i help / U my pump's alarming / A okay can i get your name / U {full} / A and the serial number on the bottom / U {serial} / A say that again slowly / U {serial.p1} / A okay / U {serial.p2} / A okay / U {serial.p3} / A and your date of birth / U {dob} / A email / U {email} / A and the shipping address for a replacement / U {addr} / A and a phone number / U {phone} / A alright {first} what does the screen say
A thanks for calling portal support what's your username / U {user} / A and your name / U {full} / A and the email on the account / U {email} / A spell it please / U {email.spell} / A okay and what does it say / U it says blocked and then ip {ip} / A and which page / U {url} / A date of birth to verify / U {dob} / A thanks {first} let me look
A emergency what's the address / U {street} / A which town / U {city} / A and is there a flat number / U no it's a house / A what's your name / U {first} / A okay {first} what's the phone number you're calling from / U {phone} / A and tell me exactly what's happened / U my {rel} fell / A what's her name / U {first2} / A how old is {first2} / U {age} / A is she breathing / U yes
A good morning doctor's surgery / U oh hello can i see a doctor today / A what's your name / U mrs {last} / A and your first name mrs {last} / U {first} / A date of birth / U {dob} / A and what's the problem / U it's my waterworks / A doctor {last2} can ring you back what number / U {phone} / A is that a mobile / U yes / A and your postcode / U {zip.as} / A {zip} / U that's right / A okay mrs {last}
A hi i'm {first2} i'm the physio / U hi {first2} / A can you just tell me your full name / U {full} / A and date of birth / U the {dob.on.md} / A of what year / U {dobyear} / A and you live in {city} / U {hood} yes / A and who's your g p / U doctor {last3} at {fac} / A and when was the operation / U {date} / A okay {first} how's the knee
A workers comp intake this is {first2} / U hey i got hurt at work / A i'm sorry to hear that what's your name / U {full} / A employer / U {work} / A employee number / U {emp} / A social security number / U {ssn.p1} / A yes / U {ssn.p2} / A yes / U {ssn.p3} / A date of birth / U {dob} / A and the date it happened / U {md} / A home address / U {addr} / A phone / U {phone} / A and i'm giving you a case number it's {caseno} / U {caseno} okay / A so {first} tell me what happened
A hello can i help / U yes hello i am calling for my {rel} {first2} {last2} / A okay and you are / U {first} / A {first.mis} / U no {first} {first.spell} / A oh {first} sorry / U it's okay everybody does that / A and what is {first2}'s date of birth / U {dob2} / A and address / U {street} {city} / A does she have a hospital number / U yes {mrn} / A {mrn} / U yes / A okay and what's the matter with her
A transport booking / U hi i need a ride to dialysis / A name / U {full} / A medicaid number / U {medicaid} / A pick up address / U {street} / A apartment / U no / A city / U {city} / A and where are you going / U {fac} / A what date / U {md} / A and a contact number / U {phone} / A and will anyone ride with you / U my aide {first2} / A plate of the van or do you need ours / U ours / A okay {first} and when do you need to be there
A thanks for holding this is {first2} in records / U i need my records sent / A okay your full name / U {full} / A any other names / U maiden name {last3} / A date of birth / U {dob} / A medical record number if you have it / U {mrn} / A and the dates / U from {date} to {date2} / A where should they go / U to doctor {last2} / A fax or mail / U fax {fax} / A okay and a photo id number / U my driver's license {dl} / A email for the receipt / U {email} / A thank you {first}
A hi there can i take your date of birth first / U {dob} / A and surname / U {last} / A {last.mis} / U {last} {last.spell} / A sorry about that mister {last} / U that's alright / A and still {street} / U yep / A what can we do for you
U hello / A hello {first} it's {first2} the nurse from {fac} / U oh hi {first2} / A just ringing to see how you're getting on since you came home on the {day} / U not too bad / A and is {first3} helping you / U she comes after work / A and the district nurse came {wd} / U yes / A lovely
U hi doctor / A hi come in sit down is it {first} / U yes / A i'm {first2} one of the junior doctors working with doctor {last3} / U okay / A i've just been reading your notes so you're {first} {last} date of birth {dob} / U correct / A and it says {city} here / U we're in {city2} now / A right so what's brought you in today
A good evening out of hours service / U my husband's got chest pain / A okay what's his name / U {first2} / A and his surname / U {last2} / A and his age / U sixty eight / A and the address you're at right now / U {street} / A is that {city} / U {village} just outside {city} / A postcode / U {zip.p1} / A yes / U {zip.p2} / A and your number / U {phone} / A and your name / U {first} / A okay {first} is {first2} awake
A hello dental office / U hi it's {first} {last} / A hi {first} is this for you or for {first2} / U for {first2} / A and remind me of the birthday / U {dob2.fix} / A and you're still on {street.bare} / U yes / A insurance still {ins} / U no it's changed it's {ins2} member number {member} / A and the subscriber / U my {rel} {first3} {last} / A date of birth / U {dob3} / A okay what's going on with {first2}
A hi this is the travel clinic / U hello i need some vaccines / A what's your name / U {full} / A how do you spell that / U {first.spell} / A and last / U {last.spell} / A passport number for the certificate / U {passport} / A date of birth as in the passport / U {dob} / A and when do you fly / U {md} / A and back / U {md2} / A email for the certificate / U {email} / A okay {first} and where are you going
A hello thanks for calling the parking office / U i got a ticket while i was at my appointment / A what's your plate / U {plate} / A and the name / U {full} / A what day was that / U {md} / A which clinic were you seeing / U doctor {last2}'s / A reference on the ticket / U {ref} / A address / U {addr} / A okay one moment {first}
A you're through to the mental health line i'm {first2} what would you like me to call you / U {nick} / A hi {nick} are you somewhere safe / U yeah i'm home / A whereabouts is that / U {city} / A can i have your date of birth in case i need to find your record / U {dob} / A and someone i could call / U my {rel} {first3} / A what's the number / U {phone.p1} {phone.p2} / A and the rest / U {phone.p3} / A thank you okay so what's been going on
U yes hello my name is {first} {last} i spoke with {first2} on {wd} / A okay let me pull you up can you give me your date of birth / U {dob} / A and a confirmation number if you have it / U they said {conf} / A {conf} / U yes / A got it and you wanted doctor {last2} / U or doctor {last3} either / A what's the best way to reach you / U {email} or {phone}
A good morning {first} / U morning doctor / A how's {first2} / U oh she's grand / A and the little one {first3} / U growing like a weed / A good now what can i do for you
A hello / U hello doctor {last2} / A hello i don't think we've met have we / U no i usually see doctor {last3} / A doctor {last3} is away till the {day} so you've got me / U that's fine / A and it's mister {last} isn't it / U yes {first} is fine / A okay {first}
A okay can you hear me yes good i'm one of the doctors could you confirm your name and age / U {full} and i'm fifty two / A okay {first} and you're calling from home / U from my car / A whereabouts just in case / U {street.bare} by the church / A in {city} / U mm / A and the number you're on ends {phone.last} / U yes
A hello sleep clinic / U hi i'm having trouble with the machine / A name please / U {full} / A {last.mis} with a b / U no {last} / A thanks and date of birth / U {dob} / A serial on the side / U {serial} / A and does it show a mac address / U yes {mac} / A who's your sleep doctor / U doctor {last2} / A and the number on your account / U {mrn} / A all right {first} what's it doing
A vaccination line / U hi me and my {rel} need boosters / A okay first person / U {full} {dob} / A second person / U {full2} {dob2} / A same address / U yes {addr} / A n h s numbers if you have them / U mine's {nhs} / A and hers / U {nhs2} / A contact number / U {phone} / A lovely
A eye clinic / U hello it's about my cataract appointment / A can i take your hospital number / U {mrn} / A and your name / U {last} / A first name / U {first} / A and your d o b / U {dob} / A it's on the {day} at half nine / U can my daughter {first2} come / A yes and who did you see last time / U doctor {last2} i think or was it {last3}
"""

MENTIONS = """
A right {first} so tell me a bit more about that
A okay {first} and when did it start
A {first} have you had this before
A mm hmm okay {first} i'm just going to type this up
A and {first} any other medical problems
A sorry {first} you broke up there
U can you hear me doctor {last2}
A no worries {first} take your time
A so {first.mis} sorry {first} what's worrying you most
A mister {last} can i ask about your other medicines
U my {rel} {first3} said i should ring you
A and does {first3} have any symptoms
A so just to recap {first}
U {first3} thinks it's an infection
A i'll ask doctor {last3} to have a look
A alright {first} let me ask you some quick questions
A are you still there {first}
U yeah that's what {first2} told me as well
A okay my dear
A right okay then
A so just coming back to the main thing
A is there anything else i should know
U sorry doctor the dog's barking
A let me just go through a few more things with you
A okay and what about at home
""".strip().split("\n")

STRETCHES = r"""
A how long have you had the cough / U about three weeks maybe four / A is it dry or are you bringing anything up / U bit of green stuff in the morning / A any blood / U no / A any fever / U thirty eight point two last week / A short of breath / U going up the stairs yeah / A do you smoke / U ten a day used to be twenty / A for how long / U since i was seventeen / A any weight loss / U lost about half a stone but i'm trying
A where exactly is the pain / U right in the middle like a band / A does it go anywhere / U into my left arm a bit / A on a scale of nought to ten / U seven maybe eight when it's bad / A how long does it last / U ten fifteen minutes / A and what were you doing / U i was just carrying the shopping / A any sweating or feeling sick / U a bit clammy / A have you ever had a heart attack / U no but my dad did at fifty four
A is the back pain new / U no i've had it on and off for twelve years / A any numbness / U in my right foot / A can you feel when you go to the toilet / U yes that's fine / A any weakness in the legs / U no / A what have you tried / U ibuprofen four hundred three times a day and some co codamol / A did it help / U a little / A did you have a scan / U they did an m r i in twenty seventeen it showed a disc at l four l five
A how often do you get the headaches / U two three times a week / A one side or both / U one side mostly the left / A any flashing lights / U yeah zig zags for twenty minutes before / A sounds like migraine with aura / U my mum had them / A have you tried a triptan / U sumatriptan fifty it made me drowsy / A any chocolate cheese red wine / U i do like a merlot / A okay we could try propranolol forty twice a day
A over the last two weeks how often have you felt down / U nearly every day / A little interest in things / U more than half the days / A how's your sleep / U terrible three four hours / A appetite / U not much i've gone from seventy one to sixty six kilos / A any thoughts of harming yourself / U no nothing like that / A good i have to ask / U i know / A so that score is sixteen / U is that bad / A it's moderately severe so i'd suggest sertraline fifty to begin with
A what are your sugars like / U nine ten in the morning sometimes fourteen / A and the h b a one c was sixty eight last time / U it was seventy four before that / A so better / U i've cut out the bread / A are you taking the metformin / U one gram twice a day / A any tummy trouble / U a bit at first / A and the gliclazide / U eighty in the morning / A have your feet been checked / U last year i think / A eyes / U in the spring
A let me go through your medicines / U okay / A amlodipine ten / U yes / A ramipril five / U yeah / A atorvastatin forty at night / U mm hmm / A aspirin seventy five / U no they stopped that / A omeprazole twenty / U only when i need it / A and the inhaler the brown one / U clenil two puffs twice a day / A and the blue one / U maybe three four times a week / A that's a bit more than i'd like
A tell me about the rash / U it's all up my legs little red spots / A itchy / U really itchy at night / A anyone else at home got it / U my husband's started scratching / A any new soaps or washing powder / U we changed to the bio one / A have you been abroad / U we were in spain for ten days / A any pets / U two cats / A could be scabies could be eczema / U ugh / A i'd like you to send a picture in through the link
A does it burn when you wee / U yes like razor blades / A going more often / U every half an hour / A any blood / U it was a bit pink yesterday / A any back pain or shivers / U no / A any chance you could be pregnant / U i doubt it i'm fifty three / A allergic to anything / U trimethoprim brought me out in a rash / A okay we'll use nitrofurantoin hundred milligrams twice a day for three days / U should i drink cranberry juice / A it won't hurt
A which knee is it / U the right / A any injury / U i twisted it playing five a side / A did it swell up / U like a balloon within an hour / A can you bend it / U to about ninety degrees / A does it lock / U it catches / A does it give way / U going down stairs / A it may be the meniscus / U is that the cartilage / A yes the mcmurray test would tell us more / U okay / A rest ice and we'll get you in with the physio in two to three weeks
A what time do you go to bed / U eleven half eleven / A and how long to fall asleep / U an hour two hours / A do you wake up / U three or four times / A does your partner say you snore / U like a train / A do you stop breathing / U she says so / A do you feel sleepy in the day / U i nodded off at the lights / A okay don't drive please / U right / A the epworth score is fourteen that's high
A how high was the temperature / U thirty nine four / A when was that / U about two this morning / A has he had any calpol / U five mil at six / A is he drinking / U small sips / A wet nappies / U two since last night / A any rash / U no we did the glass test / A is he breathing fast / U a bit / A any drawing in under the ribs / U no / A and his jabs are up to date / U yes all of them / A how much does he weigh / U sixteen kilos
A are you on the pill at the moment / U yes microgynon / A any headaches on it / U no / A what's your blood pressure / U one eighteen over seventy / A do you smoke / U no vape / A any clots in the family / U my nan had one after a hip / A okay and your b m i is twenty six / U is it okay to run two packs together / A you can do up to three
A have you thought about stopping smoking / U all the time / A what's stopped you before / U stress mostly / A we've got patches gum or champix well that's not available now / U i tried the twenty one milligram patch / A how long for / U six weeks / A that's good going / U then my dad was ill / A most people need five or six tries
A how's the asthma / U rubbish since the weather turned / A waking at night / U twice this week / A what's your peak flow / U three ten i'm usually four fifty / A using the blue one / U every four hours / A right you'll need some prednisolone forty milligrams for five days / U okay / A and doubling the other inhaler isn't enough / U they gave me a spacer / A good use it
A when you say dizzy is it spinning / U the room goes round when i turn over in bed / A how long for / U thirty seconds a minute / A any hearing loss / U no / A ringing / U a bit in the left ear / A that sounds like b p p v / U what's that / A crystals in the inner ear we do the epley manoeuvre / U right / A you might be dizzy for a day or two after
A what are your readings at home / U one forty eight over ninety four one fifty two over ninety one forty five over eighty eight / A and how many did you do / U twice a day for a week / A so the average is one forty seven over ninety one / U is that bad / A a bit over what we like / U it runs in the family / A i'd go up on the losartan from fifty to a hundred / U any side effects / A sometimes a bit dizzy when you stand up
A which toe is it / U the big one it's throbbing / A red and hot / U i can't even put a sheet on it / A had it before / U two years ago they said gout / A are you on any water tablets / U bendroflumethiazide two point five / A do you drink / U four pints on a friday saturday / A we'll do colchicine five hundred micrograms twice a day / U okay / A and a uric acid in four weeks / U and then allopurinol / A we can talk about that yes
A how are the bowels / U all over the place / A looser or harder / U both loose mostly four five times a day / A any blood / U no / A any weight loss / U no i've put on a few pounds / A wake you at night / U no / A any family history of bowel cancer / U my uncle at seventy one / A crohn's or colitis / U no / A we'll send off a calprotectin and a f i t test / U is that the poo one / A it is i'm afraid
A is the wound clean / U there's a bit of yellow stuff on the dressing / A how big is it / U about two centimetres / A red around it / U it's spread a bit since yesterday / A hot / U yeah / A any red lines going up / U no / A have you had a tetanus / U in about two thousand and fifteen / A i'll give you flucloxacillin five hundred four times a day / U i'm fine with penicillin
A which eye / U the left / A sore or itchy / U gritty / A any change in vision / U bit blurry till i blink / A light bother you / U no / A contact lenses / U dailies / A leave those out / U okay / A sounds like conjunctivitis drops every two hours for two days then four times a day / U can i go to work / A you can just wash your hands
A how far along are you / U eleven weeks / A how many times are you being sick / U eight nine times a day / A keeping anything down / U crackers and flat coke / A are you peeing / U dark / A lost weight / U four kilos / A okay that's quite a lot we should check your ketones / U the doctor last time gave me cyclizine / A did it help / U made me sleepy / A we could try ondansetron four milligrams
A tell me about these palpitations / U it's like a fish flopping / A how long do they go on / U anything from five seconds to half an hour / A fast or irregular / U both / A caffeine / U three coffees and a monster / A any blackouts / U no / A the e c g was normal / U that's what they said / A i'd like a seventy two hour tape / U what about holter / A that's the same thing
A what does your insurance say / U they said it's out of network / A did they give you an amount / U eight hundred and forty dollars / A and what was your deductible / U two thousand five hundred / A and how much have you met / U about nine hundred / A so that's the deductible / U nobody told me that / A i can set up a payment plan it's thirty five a month / U for how long / A twenty four months no interest / U okay
A so what do you need the note for / U work i've been off since last monday / A and how long do you need / U two weeks maybe three / A what do you do / U warehouse heavy lifting / A could they put you on light duties / U they don't have any / A i'll put back pain / U thank you / A it'll come through as a text with a link / U perfect
A how much are you drinking / U honestly / A honestly / U a bottle of wine most nights sometimes two at the weekend / A so about seventy units / U i suppose / A do you get shaky in the morning / U sometimes / A have you ever had a fit / U no / A we shouldn't stop suddenly then / U okay / A thiamine a hundred milligrams twice a day / U and the tablets that make you sick / A disulfiram not yet
A how many hot flushes / U ten a day at least / A night sweats / U soaked / A when was your last period / U over a year ago / A any breast cancer in the family / U my sister at forty eight / A okay we need to think about that / U a friend is on the patches fifty / A they may be right for you / U what about evening primrose / A the evidence isn't great
A your thyroid was a bit under / U what does that mean / A the t s h was eight point nine normal is up to four and a half / U right / A and the t four was eleven / U is that hashimoto's / A it could be we'd check antibodies / U i've been so tired / A any weight gain / U six kilos in four months / A hair skin / U dry as anything / A so fifty micrograms of levothyroxine before breakfast
A can you lift your arm above your head / U to about here / A so ninety degrees / U it really catches / A does it hurt at night / U can't lie on it / A how long / U three months / A any neck pain / U no / A sounds like a frozen shoulder or the cuff / U do i need an injection / A maybe let's do six weeks of physio first / U i've had that / A okay then we can do it here
A where in the tummy / U right up under the ribs on the right / A after food / U yeah chips curry / A how long / U couple of hours / A do you go yellow / U no / A dark urine / U no / A pale stools / U no / A had a scan / U they saw three stones the biggest was nine millimetres / A murphy's sign is when you press there / U it hurt when they did that
A who noticed the memory thing / U my wife says i repeat myself / A do you get lost / U once in the supermarket car park / A can i ask you some questions / U go ahead / A what year is it / U twenty twenty six / A what month no i'll skip that one count back from twenty / U twenty nineteen eighteen seventeen sixteen fifteen / A good can you remember apple table penny / U apple table / A and the third / U no it's gone / A that's okay
A how many falls / U three in the last six months / A did you black out / U no i tripped the rug / A any dizziness on standing / U a bit / A your lying pressure was one fifty two over eighty and standing one twenty four over seventy / U is that a drop / A it is quite a drop / U oh / A we may cut the doxazosin from eight to four / U okay / A and get you a frame or a stick
A what side effects are you getting / U dry mouth and i'm so sleepy / A how much are you taking / U the gabapentin six hundred three times a day / A let's bring it down to three hundred three times a day for a week / U okay / A then three hundred twice / U and the amitriptyline / A keep that at ten / U when do i ring you / A in a fortnight
A your blood tests are back / U oh good / A so your iron is low ferritin of nine / U what should it be / A above thirty / U right / A haemoglobin one oh eight / U that's low isn't it / A a little b twelve is fine folate is fine kidneys e g f r of eighty eight liver is fine cholesterol five point six / U the tablets upset me / A take one every other day with orange juice / U okay
A what day suits you / U monday or wednesday / A morning or afternoon / U after three / A i've got three forty on wednesday / U a bit tight what about four / A four ten / U perfect / A it's a ten minute slot / U that's fine / A do you need a reminder / U no i'll remember / A please come five minutes early / U where do i park / A behind the building it's two pounds an hour
A have you done a covid test / U two both negative / A any loss of taste / U no / A sore throat / U like swallowing glass / A white spots / U my husband looked with a torch he says yes / A swollen glands / U yes / A cough / U no / A fever / U thirty eight eight / A so the fever pain score is four / U is that antibiotics / A yes penicillin v five hundred four times a day for five days
A how long has the ringing been there / U since about the spring / A both ears / U right mostly / A any noise at work / U twenty two years in a press shop / A do you wear protection / U now i do / A when you hum a weber test would help / U what's that / A a tuning fork on your forehead / U they did that / A i'll refer you to audiology it's about eight weeks
A how's the chest since the hospital / U getting there / A how far can you walk / U to the end of the road / A swelling in the ankles / U by the evening / A how many pillows / U three / A are you weighing yourself / U eighty four point two this morning eighty three yesterday / A if it goes up two kilos in three days you ring us / U okay / A furosemide forty in the morning / U and the bisoprolol two point five
A what happens when you eat wheat / U bloated cramps the runs / A how soon / U an hour or so / A any mouth ulcers / U all the time / A family with coeliac / U my cousin / A keep eating gluten till the blood test / U really / A yes six weeks / U oh no / A it has to be in there for the t t g to show / U fine
A any numbness in the hand / U thumb and first two fingers / A worse at night / U i shake it about / A do you type a lot / U eight hours a day / A phalen's test positive / U the wrist bendy one / A yes and tinel's / U it tingled / A that's carpal tunnel / U do i need the op / A splints first for six weeks
A what colour is the mole / U brown with a black bit / A how big / U like a pencil rubber six seven mil / A has it changed / U bigger since last summer / A does it bleed / U it caught on my bra / A any family melanoma / U no / A i'm going to refer you on the two week wait / U should i be worried / A most of these turn out fine
A do you feel safe at home / U yes yes / A any help with washing and dressing / U someone comes in the morning / A cooking / U i do a bit of soup / A do you manage the stairs / U slowly one at a time / A would you want a key safe / U how much is that / A about forty pounds / U my son will see to it
A when did you last have a drink of water / U uh an hour ago / A and are you managing food / U toast / A how's the pain now / U five / A with the morphine / U oramorph two point five every four hours / A and bowels / U not for four days / A i'll send some laxido two a day / U okay / A anything else bothering you / U i just want to sleep
A is the hearing aid working / U it whistles / A have you changed the battery / U size three twelve yesterday / A is there wax / U probably / A drops for a week olive oil / U okay / A then we'll have a look / U can you do the suction / A not here i'm afraid it's fifty five pounds at the high street place
A tell me what you had for breakfast / U two weetabix / A lunch / U a sandwich / A dinner / U pasta usually big plate / A snacks / U crisps biscuits i'm not going to lie / A your weight is a hundred and four kilos / U i was ninety six last year / A the b m i is thirty five / U what about that ozempic / A you'd qualify i think / U is it a needle / A once a week
A any recent travel / U we got back from thailand ten days ago / A any fevers there / U two days of shivers / A mosquito bites / U loads / A did you take malarone / U missed the last four / A okay then we need a malaria film today / U today / A yes today / U can i drive there / A best if somebody takes you
"""

CLOSINGS = r"""
A okay {first} is there anything else / U no that's great thank you / A take care bye now / U bye bye
A i'll send that to the pharmacy on {street.bare} is that right / U yes please / A okay {first} / U thanks doctor / A bye
A so i'll see you on {md} / U {md} okay / A at ten twenty / U lovely / A bye {first}
A i'll text the details to {phone} / U that's my old number / A oh what's the new one / U {phone2} / A {phone2} / U yes / A okay bye
A if it gets worse call one one one or nine nine nine / U will do / A bye for now
A doctor {last3} will ring you on {wd} the {day} / U okay thank you / A bye
A any questions / U no / A well it's nice to meet you {first} / U you too doctor {last2} / A bye bye
U what was your name again / A {first2} / U thanks {first2} / A you're welcome have a good day
A i've booked you with {first3} the nurse for {md} / U can it be after the {day2} / A i can do {md2} / U that's better / A okay done
A your reference is {ref} / U let me write that down {ref} / A that's it / U thank you so much
A i'll email it to {email} / U perfect / A bye {first}
A okay so i'll put that prescription through and it'll be ready in about an hour / U great / A all the best / U cheers / A bye
A shall we say two weeks / U two weeks fine / A brilliant bye
U and {first3} says thank you as well / A tell {first3} she's welcome / U bye doctor / A bye {first}
A and the post goes to {addr} / U yes / A okay thank you mister {last} / U thank you
A let me give you the direct line it's {phone3} / U {phone3} / A correct / U okay bye
A is there a confirmation you need / U yes please / A it's {conf} / U thank you bye
A thanks {first} bye / U bye / A bye
A okay so give it a couple of weeks and if it's no better come back / U will do thanks doctor / A bye
A good luck with it and keep drinking plenty / U thank you bye bye / A bye bye
A alright we'll leave it there / U okay / A take care
U thank you doctor you've been very helpful / A no problem at all / U bye
U oh one more thing my surname is spelled wrong on the letter it's {last.spell} / A i'll fix that {last.spell} / U thank you / A no problem bye
A i'll speak to my colleague doctor {last3} and call you back / U on this number / A yes on {phone} / U okay
""".strip().split("\n")

BARE = [m for m in MENTIONS if "{" not in m]
OPENINGS = OPENINGS.strip().split("\n")
STRETCHES = STRETCHES.strip().split("\n")
ROLES = {"A": "assistant", "U": "user"}


def turns(s):
    return [(p[0], p[2:]) for p in re.split(r" / (?=[AU] )", s)]


def commas(s, rng):
    """a recogniser that punctuates: commas after fillers and inside values, a stop at the end"""
    s = re.sub(
        r"\b(yeah|okay|right|so|um|uh|well|yes|no|sorry|hi|hello|oh)\b(?= \w)",
        lambda m: m.group() + ("," if rng.random() < 0.5 else ""),
        s,
    )

    def inside(m):
        ws = m.group(2).split(" ")
        if m.group(1) in ("DATE", "PHONE", "ADDRESS") and len(ws) > 2:
            ws = [
                w + ("," if i < len(ws) - 1 and w[-1].isalpha() and rng.random() < 0.15 and "<?" not in w else "")
                for i, w in enumerate(ws)
            ]
        return f"[{m.group(1)}:{' '.join(ws)}]"

    s = TAG.sub(inside, s)
    q = re.match(
        r"(\W*\w+\W+)?(what|how|who|can|could|is|are|do|does|did|any|which|where|when|have|may|will|shall)\b",
        re.sub(r"\[[A-Z_~]+:", "", s),
    )
    return s + ("?" if q else "." if rng.random() < 0.9 else "")


def cased(s):
    """the same recogniser with capitals"""
    s = TAG.sub(
        lambda m: (
            f"[{m.group(1)}:{m.group(2).title()}]"
            if m.group(1) in ("NAME", "ADDRESS") and not re.search(r"\b\w \w \w\b|\d", m.group(2))
            else m.group()
        ),
        s,
    )
    s = re.sub(r"'S\b", "'s", s)
    s = re.sub(r"\bi\b(?=['\s])", "I", s)
    m = re.match(r"(\[[A-Z_~]+:)?(\w)", s)
    return s[: m.start(2)] + m.group(2).upper() + s[m.end(2) :] if m else s


def calls(seed, per_opening=3):
    out = []
    for oi, opening in enumerate(OPENINGS):
        for k in range(per_opening):
            rng = random.Random(f"{seed}|call|{opening}|{k}")
            ctx = Ctx(rng, "v", country(opening))
            look = rng.choices(["bare", "commas", "cased"], [6, 2, 2])[0]
            p = rng.choice([0, 0.02, 0.05, 0.08])
            parts = turns(opening)
            picks = rng.sample(STRETCHES, rng.choice([0, 1, 1, 2, 2, 3, 4] if len(parts) > 14 else [1, 1, 2, 3]))
            for i, st in enumerate(picks):
                if i or rng.random() < 0.5:
                    m = rng.choice(MENTIONS if rng.random() < 0.4 else BARE)
                    parts += turns(m)
                    if m[0] == "U":
                        parts.append(("A", rng.choice(["okay", "mm hmm", "right", "yeah go on", "i see"])))
                st = turns(st)
                if rng.random() < 0.2:  # one-word names mid-sentence
                    j = rng.choice([n for n, (r, _) in enumerate(st) if r == "A"])
                    w = st[j][1].split(" ", 1)
                    st[j] = (
                        "A",
                        rng.choice(
                            [
                                f"okay {{first}} {' '.join(w)}",
                                f"{' '.join(w)} {{first}}",
                                f"and {{first}} {' '.join(w)}",
                            ]
                        ),
                    )
                parts += st
            parts += turns(rng.choice(CLOSINGS if rng.random() < 0.6 else [c for c in CLOSINGS if "{" not in c]))
            filled, said = [], None
            for role, s in parts:
                s = disfluent(ctx.fill(s), rng, p if role == "U" else p / 2)
                if role == "A" and said and said not in s and rng.random() < 0.35:  # read back
                    s = rng.choice(["{} okay {}", "{} {}", "that's {} {}", "{} yeah {}", "okay {} {}"]).format(said, s)
                tags = [m for m in TAG.finditer(s) if m.group(1) != "~"]
                said = tags[0].group() if role == "U" and len(tags) == 1 and len(filled) < 24 else None
                if rng.random() < p:
                    s = rng.choice(SHORTFILL) + " " + s
                if look != "bare":
                    s = commas(s, rng)
                if look == "cased":
                    s = cased(s)
                filled.append((ROLES[role], s))
            # an answer cut over two turns, with a back-channel
            if rng.random() < 0.4:
                filled = cut(filled, rng)
            if rng.random() < 0.15:
                filled.insert(
                    0,
                    (
                        "system",
                        ctx.fill(
                            rng.choice(
                                [
                                    "You are the voice agent of {fac}. Be brief and kind. Today is Tuesday, March 3, 2026.",
                                    "You answer calls for {fac}. Caller on file: {full.t}, born {dob.t}, phone {phone.t}.",
                                    "Scribe mode. Clinician: Dr. {last2.t}. Patient: {lf.t}, MRN {mrn.t}.",
                                ]
                            )
                        ),
                    ),
                )
            out.append((opening, filled))
    return out


def cut(filled, rng):
    """cut one long spoken value of the caller at a space into two turns"""
    where = [
        (i, m)
        for i, (r, s) in enumerate(filled)
        if r == "user"
        for m in TAG.finditer(s)
        if m.group(1) in ("PHONE", "ADDRESS", "MRN", "HEALTH_PLAN") and len(m.group(2).split()) > 4
    ]
    if not where:
        return filled
    i, m = rng.choice(where)
    ws, s = m.group(2).split(" "), filled[i][1]
    k = rng.randrange(2, len(ws) - 1)
    a = s[: m.start()] + f"[{m.group(1)}:{' '.join(ws[:k])}]"
    b = f"[{m.group(1)}:{' '.join(ws[k:])}]" + s[m.end() :]
    return (
        filled[:i]
        + [
            ("user", a),
            ("assistant", rng.choice(["yes", "mm hmm", "okay", "uh huh", "yep go on", "yeah"])),
            ("user", b),
        ]
        + filled[i + 1 :]
    )
