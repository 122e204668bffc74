"""Short lists written by hand: words that announce a name or end one, and words that are no names of persons."""

#: Words whose identity the model may use although they are rare in the dialogues counted.
CUES = """
my name names named name's i'm i'am im it's its he's she's we're they're this that that's here who who's whose what what's is was are am
called calls call calling caller speaking speak spoke spoken talk talked talking hi hello hey hiya morning afternoon evening thanks thank
thankyou cheers ok okay right alright yes yeah yep no nope nah sure so well now um uh uhm er erm ah oh mm hmm mhm
sorry please bye goodbye dear regards sincerely best wishes signed sign
doctor doctors dr dr's mr mrs ms miss mister missus misses mx sir ma'am madam nurse nurses sister matron professor prof reverend rev
pastor father mother mum mom mummy mommy dad daddy son daughter wife husband partner spouse brother brothers sister's sisters aunt
auntie uncle nephew niece cousin cousins grandma grandpa granny grandmother grandfather nan nana grandson granddaughter stepson
stepdaughter stepfather stepmother fiance fiancee boyfriend girlfriend friend friends neighbor neighbour roommate flatmate carer
caregiver guardian mate baby kid kids child children boy girl twin twins family boss manager supervisor colleague coworker
physician pcp gp provider surgeon cardiologist dermatologist neurologist oncologist urologist dentist therapist counselor
pharmacist midwife consultant specialist pediatrician paediatrician receptionist paramedic physio physiotherapist psychiatrist
psychologist practitioner assistant tech technician coordinator nanny attending resident hygienist interpreter
patient patients pt client member subscriber policyholder employee customer user emergency contact next kin
first last middle maiden full given family surname forename nickname preferred legal initials initial married
spell spelled spelt spelling letter capital double hyphen apostrophe junior senior jr sr
ask asked asking tell told telling see saw seen seeing meet met meeting with for from by to of at in on about under and or but
because if when then than as like just also too any some all the a an your his her their our
prescribed prescriber prescribing referred referring reviewed ordered performed dictated transcribed author witness attn attention
re cc from to subject sent wrote note notes seen sees visit visited appointment appointments
date birth dob born age old year years number phone address email record chart mrn member policy
verify verified confirm confirmed confirming correct check checking looking pull find found got have has had
patient's office practice clinic surgery hospital medical center centre health care healthcare department ward unit lab pharmacy
desk line team group street road avenue lane drive court city town village county state country
disease syndrome palsy lymphoma sign test score scale catheter drain tube fracture criteria maneuver procedure phenomenon
tablet tablets pill pills medication medications medicine drug drugs dose dosage mg milligram milligrams taking take takes took
cream ointment inhaler injection antibiotic generic brand prescription refill allergic allergy
january february march april may june july august september october november december
monday tuesday wednesday thursday friday saturday sunday today tomorrow yesterday
bud buddy ma folks guys love dear mate darling sweetheart hun honey pal champ boss chief gentlemen ladies
md do rn np pa phd lpn cna dds dpm crna msw lcsw facs mbbs frcp
bring brought lives live living with married divorced passed died works working worked goes go went gone
""".split()

MEDICAL = """
paracetamol calpol ibuprofen nurofen codeine cocodamol omeprazole lansoprazole amoxicillin flucloxacillin penicillin erythromycin
clarithromycin doxycycline nitrofurantoin trimethoprim metformin gliclazide insulin ramipril lisinopril amlodipine bisoprolol
atorvastatin simvastatin sertraline citalopram fluoxetine mirtazapine amitriptyline gabapentin pregabalin naproxen diclofenac
salbutamol ventolin symbicort seretide clenil prednisolone prednisone levothyroxine warfarin apixaban rivaroxaban eliquis xarelto
aspirin clopidogrel cetirizine loratadine piriton fexofenadine gaviscon rennie senna laxido movicol dioralyte imodium loperamide
zopiclone diazepam tramadol morphine oramorph fentanyl tylenol advil motrin aleve benadryl zyrtec claritin allegra flonase
nexium prilosec zantac pepcid lipitor crestor zocor norvasc synthroid lasix coumadin plavix humira enbrel ozempic wegovy mounjaro
trulicity victoza jardiance farxiga januvia lantus humalog novolog tresiba zoloft prozac lexapro celexa wellbutrin cymbalta effexor
xanax ativan klonopin valium ambien trazodone seroquel abilify risperdal adderall ritalin concerta vyvanse strattera accutane
viagra cialis botox depo provera mirena nexplanon yasmin microgynon cerazette epipen hydrocortisone fucidin canesten bonjela
dulcolax miralax metamucil colace pedialyte melatonin vicodin percocet oxycontin norco suboxone methadone lithium keppra dilantin
depakote tegretol lamictal topamax imitrex maxalt spiriva advair singulair flovent qvar pulmicort mucinex sudafed robitussin nyquil
eczema psoriasis asthma copd bronchitis sinusitis tonsillitis gastroenteritis norovirus covid coronavirus flu pneumonia sepsis
hypertension hypothyroidism hyperthyroidism diabetes diabetic prediabetes fibromyalgia arthritis osteoarthritis sciatica migraine
migraines vertigo tinnitus anxiety depression schizophrenia bipolar adhd autism dementia stroke angina afib arrhythmia anemia
anaemia diarrhoea haemorrhoids oesophagus oedema colonoscopy endoscopy gastroscopy laparoscopy hysterectomy appendectomy
tonsillectomy cholecystectomy mammogram ultrasound mri cbc ecg ekg eeg echocardiogram biopsy xray physio chemo chemotherapy
radiotherapy dialysis vasectomy ivf iud uti utis std hiv hpv mmr bmi gcs hba hpi ros cpap bipap stent pacemaker
acetaminophen hydrochlorothiazide losartan metoprolol carvedilol spironolactone furosemide pantoprazole famotidine montelukast
albuterol fluticasone budesonide azithromycin ciprofloxacin levofloxacin cephalexin metronidazole fluconazole acyclovir
valacyclovir bupropion duloxetine venlafaxine escitalopram lamotrigine topiramate levetiracetam quetiapine olanzapine aripiprazole
clonazepam lorazepam alprazolam zolpidem cyclobenzaprine meloxicam celecoxib oxycodone hydrocodone naloxone buprenorphine
semaglutide tirzepatide dulaglutide empagliflozin dapagliflozin sitagliptin glipizide glimepiride glargine adalimumab
""".split()

EPONYMS = """
parkinson parkinsons alzheimer alzheimers crohn crohns hodgkin hodgkins graves hashimoto hashimotos addison addisons cushing cushings
bell bells raynaud raynauds tourette tourettes asperger aspergers huntington huntingtons marfan meniere menieres sjogren sjogrens
behcet wilson wilsons paget pagets peyronie dupuytren dupuytrens colles baker bakers achilles barrett barretts meckel whipple
apgar glasgow babinski foley hickman jackson pratt bartholin bartholins braxton hicks heimlich epley dix hallpike romberg trendelenburg
lachman mcmurray phalen tinel murphy mcburney rovsing kernig brudzinski homan homans virchow wells geneva ottawa framingham wells
down downs turner klinefelter edwards patau williams prader willi angelman rett tay sachs gaucher fabry pompe hurler kawasaki
guillain barre wernicke korsakoff broca kaposi ewing wilms burkitt waldenstrom bowen pap papanicolaou gram ziehl neelsen mantoux
schirmer snellen ishihara weber rinne allen coombs kveim schilling schober spurling thomas faber patrick ober finkelstein
lisfranc jones monteggia galeazzi pott potts lefort salter harris osgood schlatter perthes scheuermann charcot marie tooth
creutzfeldt jakob lewy pick lou gehrig lyme legionnaires chagas hansen ebola zika marburg coxsackie epstein barr hirschsprung
mallory weiss zenker schatzki nissen billroth roux hartmann kocher pfannenstiel lazarus stokes adams wolff parkinson white brugada
fallot eisenmenger ebstein takotsubo prinzmetal holter swan ganz doppler winter cheyne stokes kussmaul biot hamman valsalva
kegel kegels bishop leopold mcroberts lamaze braden waterlow morse norton karnofsky beck hamilton edinburgh likert
abderhalden adie adson albright alport amsler anichkov argyll chiari aschoff askin auer auerbach auspitz ballard balint bankart bartter
batten beckwith wiedemann beers bence soulier bickerstaff birads bitot blumberg bochdalek boerhaave borrelia bosniak bouchard bourneville
boutonniere brenner breslow brodie brompton sequard buerger bunyavirus cantlie caroli castleman chaddock charcot cheadle pugh chvostek
churg clostridium cloquet codman collet couinaud courvoisier cowden crigler najjar cronkhite cullen curling danis darier deauville
dejerine demodex devic blackfan dieulafoy digeorge donovan dressler dubin duchenne duroziez durie eales ehlers danlos eikenella enneking
erb erdheim eustachian fanconi felty fontan fordyce fournier freiberg friedreich froment froin galant gardos gartland gastaut gaucher
gerdy ghent tourette glanzmann gleason glisson goodpasture gorlin gottron gower gowers grawitz grynfeltt gustilo hachinski haglund
hallervorden hashimoto hawkin heberden hegar henoch schonlein herlitz hermansky pudlak hertel hesselbach horner hunner ilizarov jaccoud
janeway jobe kanavel kartagener kasabach kayser kearns kehr kellgren kienbock killip kimmelstiel kirschner kleihauer betke kleine klippel
feil trenaunay klumpke koebner koplik krukenberg kugelberg kupffer kurtzke kleffner lasegue leber lennox lesch nyhan libman lichtman
loeffler lofgren mackler madelung mallampati malgaigne maroteaux marjolin mazzotti mccune mcroberts meigs menkes merkel michaelis milroy
mobitz moebius kellie morquio mucha naegele naffziger neer nikolsky noonan oddi ogilvie ollier ortolani osler oswestry pancoast parinaud
pelizaeus penrose peutz jeghers phalen vinson pompe ponseti poupart quervain quincke quinke raji ranson rathke rasmussen sternberg reinke
reiter reye riedel rinne rockall rokitansky roth rovsing saegesser sandhoff santorini savary schamroth scheie schmorl schwachman seddon
segond seldinger semmes weinstein sengstaken sezary sheehan drager shwachman silfverskiold sipple sjoegren skene lemli opitz sotos
spigelian spurling leventhal stener stensen steinert stickler stokes sturge sudeck sydenham takayasu tarlov tietze tinetti treacher
trousseau tullio unna valgus vater verhoeff volkmann kossmann waldeyer wallenberg warthin waterhouse friderichsen wegener welander werdnig
werlhof wernicke westley westermark wharton whitmore wickham wiskott aldrich wolfram wolman yersinia yergason zellweger ziehl zollinger
zung
golgi krebs langerhans purkinje bowman henle malpighi eustachian fallopian ringer ringers lactated hartmanns
""".split()

BRANDS = """
aetna cigna humana anthem kaiser permanente medicare medicaid tricare bupa axa aviva vitality unitedhealthcare molina centene optum
walgreens cvs walmart costco kroger publix rite aid boots superdrug lloyds tesco asda sainsburys morrisons aldi lidl target amazon
google facebook instagram whatsapp twitter tiktok youtube apple iphone ipad android samsung microsoft outlook gmail yahoo hotmail
zoom teams skype uber lyft fedex ups usps dhl netflix spotify paypal venmo visa mastercard amex discover
claude gpt chatgpt openai anthropic gemini llama alexa siri cortana watson copilot babylon epic cerner mychart athena zocdoc
fitbit garmin dexcom freestyle libre omnipod medtronic omron philips bosch honda toyota ford tesla bmw
labcorp quest mayo cleveland nhs fda cdc vapi retell twilio elevenlabs
lakeside riverside hillside sunrise valley mercy saint providence baptist methodist presbyterian memorial cedars sinai
stryker depuy zimmer biomet arthrex synthes smithnephew ethicon covidien boston abbott pfizer merck moderna bayer novartis sanofi roche genentech gilead
resmed respironics philips dexcom insulet tandem animas welch allyn baxter fresenius davita siemens vicryl prolene monocryl ethilon
deliveroo doordash grubhub instacart hyatt marriott hilton airbnb expedia nokia ericsson sony panasonic toshiba nintendo playstation xbox
starbucks mcdonalds subway nike adidas ikea lego disney
""".split()
