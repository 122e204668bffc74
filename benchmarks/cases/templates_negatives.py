"""PHI-free text full of traps. Anything that is masked here is a false alarm."""

import re

import speech
import values

SPOKEN = """
i take {drug} {dose} with food
my sugar was {bg} this morning before breakfast
it was one forty over ninety two on the machine
my pressure's been running {bps} over {bpd}
i've had it for about {n} days now
the pain is like a seven out of ten maybe eight at night
i take two in the morning and one at bedtime
it started last tuesday i think or maybe wednesday
i need something for next week if you can
can i come in on monday at nine thirty
any time after four would work for me
will you be open on saturday
may i ask what this is about
i hope this helps a little
i may need to come in sooner will that be okay
i will march right in there and ask him
let me mark that down on the calendar
she rose from the chair and felt dizzy
i said grace before we ate and then my stomach hurt
the bill came to two hundred and forty dollars
can you bill my insurance
can i jack up the bed a little
i do art therapy on thursdays
it's a matter of faith at this point
i was frank with the doctor about my drinking
they put me on a drip for three hours
the doctor said it's nothing to worry about
i spoke with a doctor yesterday and then a nurse
doctor i can't sleep
doctor can i stop the antibiotics now
is the doctor running late
the doctor told me to take it every six hours
no doctor i haven't been abroad
do you take medicare part b
does blue cross cover that
is aetna still in network
my weight is one ninety five
i weigh eighty two kilos
i'm five foot eleven
i'm six foot two and about two hundred and ten pounds
he weighs nine pounds four ounces
my temperature was one oh one point two
it's been one hundred and three since last night
heart rate was one twelve on my watch
oxygen was ninety three percent
my oxygen drops to ninety one when i walk
the scale went from ninety five to ninety two kilos
i'm seventy eight years old
my mother is eighty nine and she takes it
i'm thirty four
he's sixty seven and she's sixty five
the baby is eleven months old
she's two and a half
i turned fifty last month
my kids are seven nine and twelve
i smoke about ten a day
i used to smoke twenty a day for thirty years
i drink maybe two or three glasses of wine on a weekend
about fourteen units a week
i've got three kids and two dogs
i run five k every morning
i walk ten thousand steps a day
i get up four or five times at night
i was in hospital for nine days
it lasted forty five minutes
it's been going on since two thousand and nineteen
i had it done back in twenty sixteen
that was in nineteen ninety eight
i've lived here since oh six
i was in the army in the eighties
i've been on it since twenty twenty
i worked there for thirty one years
i'm from texas originally
we flew back from portugal a week ago
i went to mexico for two weeks
i've just come back from india
my family is in nigeria
do you have anything for travel to kenya
i moved here from canada
the california rules are different
i was in florida last winter
parkinson's runs in the family
they thought it was lyme disease
i was told i have hashimoto's
my sister has crohn's
is it bell's palsy
they tested for huntington's
i had a touch of raynaud's in the winter
she has down syndrome
they say it's graves disease
it's not alzheimer's is it
dupuytren's in the left hand
they put in a foley
i've got a baker's cyst behind the knee
he had the whipple
they did a cesarean
i had an apgar of nine apparently
my a one c was seven point two
the t s h came back at two point four
my cholesterol is two forty
l d l was one sixty
the p s a was four point one
creatinine one point three
hemoglobin eleven point six
vitamin d was nineteen
the g f r is fifty eight
my e f was forty five percent
i n r was two point eight
i was on prednisone forty then thirty then twenty then ten
take one tablet three times a day for seven days
two puffs twice a day
i take ten units in the morning and twelve at night
half a tablet every other day
a hundred and twenty five micrograms of levothyroxine
five milligrams or ten i can't remember
five hundred milligrams of amoxicillin four times a day
i took two tylenol and a benadryl
ibuprofen four hundred didn't touch it
i use the ventolin and the brown one
i'm on eliquis since the clot
is ozempic better than trulicity
do you stock the flonase
i put some vicks on it
i got the pfizer one first and then moderna
i had the johnson and johnson shot
i use a dexcom and a tandem pump
my fitbit said i was in a fib
my apple watch buzzed
i've got an omron machine at home
the medtronic one is the size of a coin
i rang nine one one
i'm gonna call nine one one
i dialed one one one first
how many pills are left about fourteen
i have thirty tablets left
two refills left on the bottle
the copay is thirty five dollars
it cost me a hundred and eighty bucks
that's four ninety nine a month
eighteen fifty for parking
the deductible is two thousand
it's on the third floor
take the second left
i'm on hold number four in the queue
it's the second time this month
on a scale of one to ten i'd say a six
three or four times a week
one two three testing can you hear me
maybe nine or ten o'clock
half past three
quarter to five
twelve thirty works
see you at eight fifteen
two thirty in the afternoon
about twenty minutes ago
every four to six hours
in two weeks time
in the last three months
the day before yesterday
this time last year
first thing tomorrow
over the weekend it got worse
last winter i had the flu
since the summer it's been bad
the spring pollen gets me
i broke it when i was nine
i was sixteen when it started
i started my period at twelve
my last smear was three years ago
no allergies just penicillin
penicillin gives me a rash
i can't lie on the left side
it feels like a band around my chest
it comes and goes you know
it's a sharp pain
it's a dull ache like a tooth
my back went out
i've been sick as a dog
my chest is tight
it's been quite a day
i'm just really tired all the time
i was a bit short of breath
what a joy that was
that would be a miracle
well you never know
i don't have a reading for you
the long one not the short one
the brown cream or the white one
the small ones are easier to swallow
green phlegm mostly sometimes yellow
you're an angel
oh bless you darling
yes love
thanks sweetie
thank you sir
yes ma'am
okay boss
that's right buddy
no worries mate
cheers pal
hang on let me get a pen
just a second the dog is barking
sorry you cut out there
can you repeat that please
could you hold on one second
i'd rather see a woman doctor
is there a female doctor
i want a second opinion
i'd like the results of my blood test
is there parking
do i need to fast
how early should i come
which bus goes there
what's the wait like
my boss wants a note
my husband says i snore
my wife thinks it's stress
my daughter has the same thing
my mum had breast cancer
my dad had a heart attack at fifty two
my brother's a type one
my neighbor gave me one of hers
i'm a teacher
i work nights at a warehouse
i drive a truck for a living
i'm a retired plumber
i used to be a carpenter
he's a good cook
she's a nurse
i sing in a choir
i watch general hospital
i read it on google
siri told me to call
chat g p t said it's an allergy
i saw it on facebook
the version on my phone is fourteen point two
i typed in the six digit thing and nothing happened
press one for english
i pressed two
that's a no
yeah i can do that
uh huh
mm hmm
okay
right
yeah yeah
no not really
i don't think so
i guess so
sure
of course
go ahead
just the one
both
neither
the first one
the second
september feels far away doesn't it said nobody
""".strip().split("\n")
SPOKEN = [t for t in SPOKEN if "september" not in t]

SPOKEN_TURNS = """
A how many pills do you have left / U {n}
A on a scale of one to ten how bad is it / U um like an eight
A what time works best / U three fifteen p m
A what time works for you / U ten thirty
A morning or afternoon / U afternoon
A which medication is it / U {drug}
A and what strength / U {dose}
A how old are you / U forty two
A and how old is your father / U he's eighty nine
A how old is the child / U seven
A how long have you had it / U six weeks
A how long ago was that / U about two years
A and what year was that / U two thousand and twelve
A when did you quit smoking / U nineteen ninety nine i think
A what's your height / U five nine
A and your weight / U one eighty
A what was the blood pressure / U one fifty two over eighty eight
A what was the reading / U one oh four
A and your temperature / U thirty eight point four
A how many cigarettes a day / U fifteen
A how many units of insulin / U twenty two
A how many people live with you / U four
A how many children / U three
A do you have any allergies / U just sulfa
A any surgeries / U gallbladder and appendix
A any family history / U my dad had hodgkin's
A which pharmacy chain / U walgreens
A which insurance / U united
A which state are you in / U ohio
A what country did you travel to / U thailand
A what language do you prefer / U spanish
A what do you do for work / U i'm a welder
A how much was the bill / U three hundred and twelve dollars
A how far can you walk / U two blocks
A how many times a night / U three or four
A do you want tuesday or thursday / U thursday
A is this week okay / U next week's better
A who referred you / U my doctor
A which doctor / U the one on the phone yesterday i don't know
A what do you need from the doctor / U a sick note
A what does the label say / U take one daily
A which arm / U left
A which finger / U the ring finger
A can you rate your sleep / U two out of five
A how much water / U two liters
A what's the dose / U point five
A press or say one for billing / U one
A do you mean the fifty or the hundred / U the hundred
A what score did you get on the questionnaire / U fourteen
A repeat after me apple table penny / U apple table penny
A count backwards from a hundred by sevens / U ninety three eighty six seventy nine seventy two
A spell world backwards / U d l r o w
A can you name three animals / U cat dog lion
A what season is it / U spring
A what is the day of the week / U friday
A what state are we in / U minnesota
A hello this is the clinic how can i help / U hi i have a question
A the doctor will be with you shortly / U thank you
A will that be all / U that will be all
A may i put you on hold / U you may
A thanks for calling / U okay bye
A do you have hope that it will improve / U some hope yes
A does it hurt when you march on the spot / U no
A any chance you missed a dose / U there's a chance
S today is tuesday march third twenty twenty six. you are a scheduling assistant for a clinic. / U can i come next week / A monday or wednesday
S Current date: 2026-03-14. You answer calls for a dental office. / U what time do you close / A we close at five thirty
S Today's date is Friday, June 12, 2026. Be brief. / U hi / A hello how can i help
S You are a helpful voice assistant. Never give medical advice. Current time: 2026-02-11T14:05:00Z. / U do i need to fast / A yes for eight hours
S It is now Wednesday, 8 April 2026, 10:32. / U are you open tomorrow / A yes from eight
S You are a voice bot, version 3.4.1. The clinic opens at 8:00 AM. / U when do you open / A at eight
T {"slots": ["09:00", "09:30", "14:15"], "specialty": "cardiology", "duration_min": 30} / A i have nine nine thirty or two fifteen
T {"status": "ok", "count": 3, "retry_after": 30, "version": "2.14.0"} / A done
T {"result": [{"drug": "metformin", "strength_mg": 500, "qty": 60, "refills": 2, "ndc_class": "biguanide"}]} / A you have two refills left
T {"error": {"code": 404, "message": "no slots", "attempt": 2}} / A there's nothing free this week
""".strip().split("\n")

WRITTEN = """
Take {drug} {dose} with food for {n} days.
BP 118/76, HR 72, RR 16, temp 98.6 F, SpO2 97% on room air.
BP 142/88 P 64 R 18 T 37.1 Sat 95% 2L NC Wt 82.4 kg Ht 178 cm BMI 26.0
Assessment: {cond} (ICD-10 {icd}), stable. CPT {cpt}.
ICD-10: {icd}, {icd}; CPT {cpt}-25.
LOINC 4548-4 Hemoglobin A1c 7.2 % (4.0-5.6)
LOINC 2345-7, SNOMED 44054006, RxNorm 860975
Na 139, K 4.2, Cl 102, CO2 24, BUN 14, Cr 0.9, Glu 104
WBC 7.8, Hgb 13.2, Hct 39.8, Plt 245
TSH 2.41 mIU/L; free T4 1.1 ng/dL
Lipids: TC 212, LDL 131, HDL 44, TG 187.
INR 2.6 (goal 2-3). Continue warfarin 5 mg.
eGFR 58 mL/min/1.73m2
PHQ-9 14, GAD-7 11, AUDIT-C 3
Glasgow Coma Scale 15, NIHSS 2, mRS 1.
Apgar 8 and 9 at 1 and 5 minutes.
Mini-Cog 4/5; MoCA 26/30.
CHA2DS2-VASc 3, HAS-BLED 1.
Wells score 1.5, D-dimer 410 ng/mL.
FEV1 2.31 L (78% predicted), FEV1/FVC 0.71
Echo: EF 55-60%, LVIDd 4.8 cm, mild MR.
ECG: NSR at 74, PR 160, QRS 92, QTc 431.
CXR: no infiltrate. L4-L5 disc bulge, 4 mm.
MRI lumbar spine w/o contrast: L5-S1 protrusion, 6 x 4 mm.
Babinski negative. Romberg negative. Phalen positive on the right.
Murphy sign absent, McBurney point nontender, Rovsing negative.
A Foley catheter and a Jackson-Pratt drain were placed.
Kirschner wires removed; Steri-Strips applied.
Addison disease and Cushing syndrome affect cortisol in opposite ways.
Rule out Guillain-Barre vs. Miller Fisher syndrome.
Differential: Hodgkin lymphoma, Kaposi sarcoma, Ewing sarcoma, Wilms tumor.
History of Wolff-Parkinson-White, s/p ablation.
Barrett esophagus, Schatzki ring, Zenker diverticulum.
Colles fracture, closed reduction. Salter-Harris II.
Whipple procedure vs. Roux-en-Y gastric bypass.
Epley maneuver taught. Dix-Hallpike positive left.
Kegel exercises, Williams flexion, McKenzie extension.
Braden 18, Norton 14, Morse 35.
Mallampati II, ASA 2.
Parkland formula: 4 mL x 70 kg x 20%.
Marfan habitus absent. Turner and Klinefelter ruled out.
St. John's wort may interact with {drug}.
Gold standard is the Dexcom G6; the Libre 3 is cheaper.
Epic, Cerner and Allscripts all export C-CDA.
Johnson & Johnson recalled the lot; Abbott and Baxter did not.
Tylenol 500, Advil 200 and Aleve 220 are all fine.
Dr. Pepper is not a hydration strategy.
Bayer aspirin 81 mg EC daily.
Eli Lilly makes Humalog; Novo Nordisk makes NovoLog.
Use Neosporin, not Bengay.
The Mayo and Cleveland Clinic protocols differ.
Patient denies chest pain, dyspnea, nausea, or vomiting.
Pt is a 54 y/o male with {cond}, here for follow up.
67F with {cond}, afebrile.
This 89-year-old woman is independent in all ADLs.
Pt 88yo, lives alone, walks with a cane.
34yo G2P1 at 28w3d.
Age 72; ages 5-11 dosing does not apply.
Child is 7, weight 23 kg, dose 10 mg/kg.
Quit smoking in 2009, 20 pack-years.
Diagnosed in 1998, in remission since 2003.
Graduated in 1987; retired 2015.
Vaccines: flu 2024, Tdap 2018, Pneumovax 23.
Symptoms x 3 weeks, worse over the last 48 hours.
Follow up in 2 weeks or sooner prn.
RTC 3 months with labs.
Next visit: Thursday, time to be confirmed.
Our clinic opens at 8:00 AM and closes at 5:30 PM Monday to Friday.
Lunch 12:00-13:00. Last appointment 16:45.
Appointments are 15 minutes; arrive 10 minutes early.
Grace period on the bill is 30 days, and the price is $45.00.
Copay $35, deductible $2,000, coinsurance 20%.
Total: $1,284.50. Paid: $200.00. Balance: $1,084.50
Invoice total 412.00 EUR, VAT 19%.
Refill {drug} 90 days supply, copay ${n}.
{drug} 30 tablets, 2 refills remaining, qty 60.
Order 100 units of insulin glargine, 3 mL pens, quantity 5.
Will call back later. Hope this helps!
May I suggest a walk? March in place for 10 minutes.
Mark the box next to "will call" if you want pickup.
Bill the visit as level 4; the rose-colored rash is improving.
He rose to the occasion and chased his pills with water.
The long white tablet is 500 mg and the young adult dose is half.
Art therapy and faith groups meet weekly.
Joy, hope and grace are themes of the support group.
Summer camp forms need a signature.
Ivy on the fence causes the rash; holly does not.
Pearl-like papules on the back, amber fluid drained.
Take the brown pill, not the green one.
Jack up the bed 30 degrees.
Drew blood from the left arm; tolerated well.
The patient will chase the tablet with juice.
Guy wires of the tent caused the trip.
A miles-per-week log was kept: 12, 14, 15.
Sue or settle? Legal will decide.
Pat dry, do not rub.
Rob the skin of moisture and it cracks.
Dean's list student, works 20 h/week.
The patient moved from Texas to Ohio and now lives in Canada.
Travel to Brazil, Ghana and Vietnam; malaria prophylaxis advised.
State: CA, Country: USA
Georgia Medicaid rules differ from those of Washington state.
Do you accept Aetna, Cigna or Humana?
Works full time, drives, exercises 3x/week.
Error 404 at line 2117: retry 3 of 5, latency 350 ms.
HTTP 200 in 48 ms, model gpt-4o-mini, temperature 0.2, max_tokens 512
python 3.11.4, pydantic 2.7.1, uvicorn 0.30.0
Version 14.2.1 (build 3021) is required.
GPT-4 and Claude were compared on 1,500 questions.
Battery 80%, signal 3 of 4 bars, firmware v2.6.
Page 3 of 12. Section 4.2.1.
See Table 2 and Figure 5.
n = 1,284; p < 0.001; 95% CI 1.2-3.4
Room temperature 68-72 F, humidity 45%.
Ratio 3:1, solution 0.9%, rate 125 mL/h.
G2P1001, LMP unknown.
20/40 OD, 20/25 OS, IOP 14 and 16.
Rx: {drug} {dose}, #30, refills 2.
Sig: 1 tab PO q6h prn pain, disp #20.
Lantus 22 units qhs; Humalog 6-8-8 with meals.
{cond} was ruled out; potassium 4.1 repeated and stable.
Allergies: NKDA. Diet: 2 g sodium.
Pain 6/10, now 3/10 after ketorolac 15 mg.
The doctor on call will ring you. The nurse has the form.
Dear Doctor, thank you for the referral.
Dear Sir or Madam,
To whom it may concern:
Seen by the attending and the resident.
Provider: pending assignment
Patient name: not provided
Name: N/A  DOB: N/A  Phone: none
Address: unknown
Emergency contact: declined
First name:
MRN: pending
Email: patient does not use email
SSN: refused
Phone: same as above
Password must have 8 to 16 characters.
Call 911 in an emergency; call 988 for the crisis line.
Dial 9 for an outside line, then 1.
Text HELP to get help, STOP to stop.
Press 2 for the pharmacy.
You are number 4 in the queue; the wait is about 12 minutes.
Your visit is worth 250 points. Use code SAVE?
Survey: 4 out of 5 stars
Bed 12, room 304B is being cleaned.
Floors 2-5, elevators B and C.
Step 1: open the app. Step 2: tap Visits. Step 3: choose Join.
Windows 11, Chrome 126, 1920x1080
iPhone 15 Pro, iOS 17.5, Galaxy S24
Medtronic MiniMed 780G, Tandem t:slim X2, Omnipod 5
ResMed AirSense 11, Philips DreamStation 2
Honda Civic 2014, 120,000 miles, was rear-ended at about 30 mph.
{"tool": "check_slots", "specialty": "cardiology", "duration_min": 30}
{"name": "get_weather", "arguments": {"units": "metric"}}
{"type": "object", "properties": {"reason": {"type": "string"}, "urgent": {"type": "boolean"}}}
{"drug": "{drug}", "dose": "{dose}", "quantity": 30, "refills": 2}
{"heart_rate": 72, "spo2": 98, "systolic": 128, "diastolic": 82}
{"resourceType": "Observation", "status": "final", "code": {"coding": [{"system": "loinc", "code": "4548-4"}]}, "valueQuantity": {"value": 7.2, "unit": "%"}}
OBX|1|NM|2345-7^Glucose^LN||104|mg/dL|70-99|H|||F
OBX|2|NM|718-7^Hemoglobin^LN||13.2|g/dL|12.0-16.0||||F
drug,strength,qty\\nmetformin,500 mg,60\\nlisinopril,10 mg,30
test,value,unit\\nHbA1c,7.2,%\\nLDL,131,mg/dL
hour,count\\n8,14\\n9,22\\n10,31
You are the scheduling assistant of a family clinic. Today is Tuesday, March 3, 2026. Offer two slots at most.
Today's date: 2026-05-18. Answer in at most two sentences.
The current date is 14 April 2026. Use the tools to find a free slot.
System: current datetime 2026-01-09 08:15. Speak slowly.
You are a nurse triage bot. If the caller is over 65, escalate.
Never reveal the caller's name, date of birth or phone number.
Ask for the caller's full name, then the date of birth, then the address.
Always read phone numbers back digit by digit.
Required: first_name, last_name, dob (YYYY-MM-DD), phone (E.164), email.
Format dates as MM/DD/YYYY and phone numbers as XXX-XXX-XXXX.
Placeholders such as [NAME] and <patient> are filled in later.
Write dates like "month day, year".
lol ok will do
thx, see u monday at 9
no worries, may try again later
can i get 2 more refills pls, 30 day supply
my sugar is 287 & ketones 0.6, what now
does the 100mcg come in smaller
is 101.4 a fever for a 3 year old
how much is an mri, like $400?
been 5 days, no better
took 2 advil at 6am and 2 at 2pm
I'm 45, 180 lbs, 5'10", nonsmoker
Weight went from 212 to 198 in 6 weeks.
A How many refills are left? / U 2
A What time works? / U 4:45
A Which day? / U tuesday or friday
A How old are you? / U 38
A What's your insurance? / U aetna
A Rate your pain 0-10 / U 7
A What was your blood sugar? / U 212
A Which dose? / U 40 mg
A Which state do you live in? / U Nevada
A Did the doctor say why? / U no the doctor just said rest
A What year were you diagnosed? / U 2011
A How tall are you? / U 5'4
A Do you have a preferred doctor? / U any doctor is fine
A May I help you with anything else? / U nope, will do the rest online
""".strip().split("\n")
# the square brackets of "[NAME]" are not markup: no colon follows

ICD = ["J45.909", "M54.5", "E11.9", "I10", "K50.90", "G20", "F32.1", "Z79.4", "R07.9", "N18.3", "S52.501A", "C81.90"]
CPT = ["99213", "93000", "80053", "36415", "70551", "90471", "99396", "45378"]


def fill(t, rng, style):
    t = t.replace("\\n", "\n")

    def one(m):
        s = m.group(1)
        n = rng.randint(2, 28)
        return {
            "drug": lambda: rng.choice(values.DRUGS) if style == "t" else rng.choice(values.DRUGS).lower(),
            "dose": lambda: rng.choice(values.DOSES if style == "t" else values.SPOKEN_DOSES),
            "cond": lambda: rng.choice(values.CONDITIONS) if style == "t" else rng.choice(values.CONDITIONS).lower(),
            "icd": lambda: rng.choice(ICD),
            "cpt": lambda: rng.choice(CPT),
            "n": lambda: str(n) if style == "t" else speech.number(n),
            "bg": lambda: (
                speech.group(str(rng.randint(111, 289)), rng, "oh")
                or speech.number(rng.choice([112, 134, 156, 178, 243, 287]))
            ),
            "bps": lambda: "one " + speech.number(rng.randint(21, 79)),
            "bpd": lambda: speech.number(rng.randint(68, 98)),
        }[s]()

    return re.sub(r"\{(drug|dose|cond|icd|cpt|n|bg|bps|bpd)\}", one, t)


def _reps(t):
    return 2 if "{drug}" in t or "{cond}" in t or "{bps}" in t or "{icd}" in t else 1


ALL = [(t, "v", _reps(t)) for t in SPOKEN + SPOKEN_TURNS] + [(t, "t", _reps(t)) for t in WRITTEN]
