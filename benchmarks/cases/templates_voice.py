"""Single turns and short exchanges as a phone line's recogniser writes them: lower case, no punctuation.
One template a line; a template with turns has them separated by ' / ' with A (assistant), U (caller) or S (system)."""

NAME = """
hi this is {full} i was in last week about my knee
hello yeah it's {first} here {first} {last}
my name's {full} and i'd like to talk to a nurse please
{full} speaking
good morning {full} calling back about the blood test
um yes hello i'm {first} i'm ringing for my {rel} {first2}
it's {last} {first} {last}
the name on the account should be {full} but everyone calls me {nick}
so it's spelled {last.spell} {last}
first name {first} that's {first.spell} last name {last} {last.spell}
{last.nato} {last}
it's {first} with a k no sorry with a c and the surname is {last}
no it's not {last.mis} it's {last} {last.spell}
sorry did you say {first.mis} / no {first}
you've got me down as {full.mis} but it's {full}
i go by {nick} but on the card it's {first} {last}
my husband {first2} is going to pick it up
could you leave a note for doctor {last2} that {first} {last} rang
doctor {last2} told me to call if the fever came back
is nurse {first2} in today
i usually see {first2} the physio on the second floor
the lady on the phone {first2} i think her name was said you'd ring me
my son {first2} has a rash all over his back and his brother {first3} has it too
can you put {first2} {last2} down as my emergency contact
it's under my maiden name {last}
mrs {last} with an e on the end
this is mister {last} again
thanks {first2} i appreciate it
okay {first2} so what do i do now
{first} listen i really need that prescription today
yes {first} {last} and the baby is {first2}
hey {first2} it's {first} from unit four
i'm {first} {last} i'm the caregiver for {full2}
can i speak to {first2} please she left me a message
{full} that's me yes
and i said to {first2} don't you dare lift that
my mother in law {first2} takes the same one
ask for {first2} at the front desk they said
the appointment is for {full2} not for me
so {last} is l as in lima no wait it's {last.spell}
you can call me {first}
who am i speaking with / you're speaking with {first2}
A can i take your full name please / U yes it's {full}
A who am i speaking to / U {first}
A and your surname / U {last}
A and what was your first name / U um {first}
A could i have the patient's name / U {full2} she's my {rel}
A is that {last.mis} / U no {last} {last.spell}
A how do you spell your surname / U {last.spell}
A could you spell that for me / U sure {last.nato}
A what was the name again / U {first} {last} sorry the line is bad
A can you spell the first name / U {first.spell} / A and the last name / U {last.spell}
A thank you {first} and how can i help / U it's my back again
A right {first} so tell me what's been going on / U well it started with a cough
A am i speaking with mister {last} / U speaking
A is this {full} / U it is yeah / A great thanks for picking up
A hi {first.mis} what can i do for you / U it's {first} actually / A sorry {first}
A what name is it under / U it'll be under {last} or maybe {last2} i got married
A and who is your regular doctor / U doctor {last2}
A and who's the prescriber / U um {last2} i think doctor {last2}
A who can we contact in an emergency / U my {rel} {first2} {last2}
A what should i call you / U {nick} is fine
A my name is {first2} how can i help you today / U hi {first2} i need to cancel
A hello this is {first2} from the surgery is {first} there / U yeah speaking
A hi i'm doctor {last2} i understand you've had some chest pain / U yes doctor
A hi there my name's {full2} i'm one of the doctors here / U hello doctor {last2}
U is doctor {last2} available / A doctor {last2} is away but doctor {last3} can see you
A and the names of your children / U {first2} and {first3} and the little one {first4}
A last name first please / U {last} {first}
A first name / U {first} / A middle / U don't have one / A last name / U {last}
A okay so that's {first} / U yes / A {last} / U yep
A was that {first2} or {first3} / U {first3}
""".strip().split("\n")

DATE = """
my date of birth is {dob}
dob {dob}
date of birth uh {dob}
i was born on {dob} in a taxi believe it or not
born {dob}
my birthday is {md}
it's {dob.fix}
can i move the appointment from {md} to {md2}
i had the surgery on {date}
the stitches came out {md} i think
she was admitted on {date} and they let her go on {date2}
my {rel} passed away on {date}
the last period was {md}
the accident was {date}
i've got an appointment on {wd} {md} at two thirty
is there anything after {md}
anything on the {day} or the {day2}
so the {day} at ten fifteen works for me
the baby is due {md}
i got the second shot in {monyear}
diagnosed in {monyear} with {cond}
i've been off work since {md}
the referral was sent {date} and nobody called
we spoke on {md} and you said to wait
it was sometime in {month} i don't remember the day
i'm travelling from {md} until {md2}
my prescription runs out {md}
colonoscopy was {monyear}
my mammogram was {date} and it was fine
the rash came up on {md} and went away on {md2}
U hi just confirming i'm in on {md} / A yes {md} at nine
A what's your date of birth / U {dob}
A and your date of birth please / U it's the {dob.on}
A date of birth / U {dob}
A can you confirm your date of birth for me / U sure {dob}
A and date of birth / U um {dob.md} / A and the year / U {dobyear}
A what year / U {dobyear} / A and the day and month / U {dob.md}
A month and day of birth / U {dob.md}
A so that's {dob} / U no no it's {dob2}
A when was your last visit / U {date}
A when was your surgery / U it was in {monyear}
A when did the symptoms begin / U around {md}
A what day works for you / U {md} if you have it
A i have {md} or {md2} / U {md2} please
A and when were you discharged / U the {day} i think yeah {md}
A what was the first day of your last period / U {md}
A when is the due date / U {md}
A her birthday / U {dob2} she's my daughter
A when did you start the {drug} / U {md}
A so you were born in / U {oldyear}
i was born in {oldyear} so i remember the war
he was born {oldyear} and he still drives
she's from {oldyear} you know they're tough
""".strip().split("\n")

AGE = """
i'm {age} years old you know
i'll be {age} in the spring
my mother is {age} and she still lives on her own
he's {age} and he fell this morning
she turned {age} last month
my grandfather he's {age} he can't hear the phone
well at {age} what do you expect
i'm {age} and a half
the patient is {age} year old female with a cough
my neighbor is {age} she has nobody
he made it to {age} and the doctors gave up on him twice
he is about {age} now i think
she would have been {age} this year
yes i'm {age} going on [AGE:ninety nine]
my aunt is {age} years of age and diabetic
A how old are you / U {age}
A and your age / U i'm {age} dear
A how old is your mother / U she's {age}
A what age is the patient / U {age} next week
A how old is he now / U um {age}
A can you confirm her age / U {age} she was eighty nine when we registered
A so you're {age} / U yes {age} believe it or not
A your dad is how old / U dad's {age}
A age of the patient please / U {age} years
he's a {age} year old with a hip fracture
""".strip().split("\n")

PHONE = """
you can call me back on {phone}
my number is {phone}
it's {phone}
the best number is {phone} that's my cell
my mobile's {phone} and the landline is {phone2}
call {phone} and ask for me
{phone.fix}
no the number ends in {phone.last}
the number's {phone} let me say that again {phone}
text me at {phone} if anything comes up
home phone {phone} work phone {phone2}
it's my work number {phone.ext}
ring my daughter on {phone} she's nearer
they can reach me any time on {phone}
i've changed my number it's now {phone}
the pharmacy is on {phone}
um so it's {phone.p1} then {phone.p2} and then {phone.p3}
{phone.p1} {fill} {phone.p2} {fill} {phone.p3}
i'm calling from {phone} is that showing up
don't use the old one use {phone}
can you send the link to {phone}
my number hasn't changed it's still {phone}
A what's the best number to reach you on / U {phone}
A can i get a callback number in case we get cut off / U {phone}
A phone number / U it's {phone}
A and a contact number / U {phone.p1} / A mm hmm / U {phone.p2} / A yep / U {phone.p3}
A go ahead with the number / U {phone.p1} / A {phone.p1} / U {phone.p2} / A {phone.p2} / U {phone.p3}
A can you give me that one digit at a time / U {phone.c1} / A okay / U {phone.c2} / A okay / U {phone.c3} / A mhm / U {phone.c4} {phone.c5} {phone.c6}
A let me read that back {phone} / U yes
A i have {phone} on file / U no that's old it's {phone2}
A is {phone} still a good number / U yep
A and the area code / U {phone.p1}
A last four digits of your phone number / U {phone.last}
A what number did you call from / U {phone}
A do you have a mobile / U yes hang on {phone}
A so {phone} / U no {phone.fix}
A and your wife's number / U {phone2}
A the number for doctor {last}'s office is {phone} / U thank you
""".strip().split("\n")

FAX = """
fax it over to {fax}
can you fax the results to {fax}
our fax number is {fax}
the fax is {fax} attention medical records
fax {fax}
send it by fax {fax}
you can use the fax line {fax}
our phone is {phone} and our fax is {fax}
the fax number they gave me is {fax} does that work
i need the form faxed to {fax} before noon
A what's the fax number / U {fax}
A where should i fax this / U to {fax}
A and your office fax / U {fax.p1} / A okay / U {fax.p2} / A go on / U {fax.p3}
A i'll send that by fax what's the number / U uh {fax}
A the fax i have is {fax} / U correct
A do you have a fax / U yes {fax.fix}
they keep faxing the wrong number it should be {fax}
the referral has to be faxed it's {fax}
the school's fax machine is {fax}
A and fax / U same but the fax ends {fax.last}
""".strip().split("\n")

EMAIL = """
my email is {email}
you can send it to {email}
it's {email} all lower case
email me at {email}
{email} that's my email
i'll spell it {email.spell}
my email address is {email} and my husband's is {email2}
use {email} not the old one
the portal has my wrong email it should be {email}
it's my first name dot last name so {email}
send the form to {email} please
yeah {email}
my work email is {email}
is it okay if i email you the photo from {email}
A what's your email / U {email}
A can i get an email address / U sure it's {email}
A what email should i send the link to / U {email}
A your email please / U {email.local} / A at / U {email.domain}
A and the part before the at / U {email.local}
A which provider / U {email.domain}
A i have {email} is that right / U yes
A so that's {email} / U no {email2}
A could you spell the email / U {email.spell}
A and an email for the receipt / U um {email}
""".strip().split("\n")

SSN = """
my social security number is {ssn}
social is {ssn}
it's {ssn}
ssn {ssn}
the last four of my social are {ssnlast}
my social ends in {ssnlast}
last four {ssnlast} of the social
i have an i t i n it's {itin}
my itin is {itin}
the social is {ssn.fix}
{ssn.p1} {fill} {ssn.p2} {fill} {ssn.p3} that's my social
his social security is {ssn}
do you need my social it's {ssn}
my tax id the i t i n is {itin}
A what's your social / U {ssn}
A can i have your social security number / U yes {ssn}
A last four of your social please / U {ssnlast}
A and the last four digits of the social / U {ssnlast}
A social security number / U {ssn.p1} / A okay / U {ssn.p2} / A yes / U {ssn.p3}
A i need to verify the last four of your social / U it's {ssnlast}
A so the social ends in {ssnlast} / U correct
A do you have a social or an itin / U an itin {itin}
A the social i have on file is {ssn} / U that's wrong it's {ssn2}
""".strip().split("\n")

MRN = """
my medical record number is {mrn}
my chart number is {chart}
the m r n is {mrn}
m r n {mrn}
my patient number is {mrn}
it says patient id {mrn} on the wristband
hospital number {mrn}
my n h s number is {nhs}
the nhs number is {nhs}
encounter number {enc}
the accession number on the scan is {acc}
on the label it says mrn {mrn}
medical record {mrn} i've got the card here
my record number's {mrn.fix}
the visit number on the discharge paper is {enc}
chart number {chart} i think
the number on my hospital bracelet is {mrn}
A what's your medical record number / U {mrn}
A do you have your m r n / U yes {mrn}
A what's the chart number / U {chart}
A can you read me the patient number / U {mrn.p1} / A uh huh / U {mrn.p2} / A yep / U {mrn.p3}
A do you know your nhs number / U {nhs}
A what's the encounter number on the bill / U {enc}
A and the accession number / U {acc}
A your m r n is {mrn} please keep it / U okay thanks
A the record number please / U uh {mrn}
""".strip().split("\n")

HEALTH = """
my member id is {member}
the member number on the card is {member}
insurance is {ins} the id is {member}
my subscriber id is {member} and the group is {group}
the group number is {group}
group {group}
policy number {policy}
my policy number is {policy}
my medicare number is {mbi}
medicare id {mbi}
i'm on medicaid the number is {medicaid}
my medicaid id is {medicaid}
the medicare card says {medicare} it's the australian one
my health card number is {ohip}
{ins} member id {member.fix}
it's under my husband's {ins} plan id {member}
i have {ins} it starts with {member.p1} then {member.p2} {member.p3}
the card says id {member} group {group}
A what's your member id / U {member}
A and the insurance id / U {member}
A can you read me the id on the front of the card / U sure {member}
A what's the group number / U {group}
A policy number please / U {policy}
A do you have your medicare card / U yes it's {mbi}
A and your subscriber number / U {member.p1} / A okay / U {member.p2} / A okay / U {member.p3}
A medicaid number / U {medicaid}
A which insurance / U {ins} / A and the member number / U {member}
A i see member id {member} / U that's the old one
A so group {group} / U right
A what's your health card number / U {ohip}
""".strip().split("\n")

ACCOUNT = """
my account number is {account}
the bank account is {account} and the routing number is {routing}
routing number {routing}
the routing is {routing} account {account}
my checking account is {account}
sort code {sort} account number {account}
the iban is {iban}
the invoice number is {invoice}
i got a bill invoice {invoice}
it says invoice number {invoice} for the ambulance
my case number is {caseno}
the case number for the appeal is {caseno}
workers comp case {caseno}
acct number {account} on the statement
i want to pay bill account {account.fix}
take it from the savings account {account}
A what's the account number / U {account}
A and the routing number / U {routing}
A which invoice is this about / U {invoice}
A do you have the case number / U it's {caseno}
A your bank account number please / U {account.p1} / A got it / U {account.p2} / A yes / U {account.p3}
A sort code / U {sort} / A and the account number / U {account}
A the account i have ends in {account.last} / U yes
A what's the iban / U {iban}
A the statement should have an account number / U yeah {account}
""".strip().split("\n")

CARD = """
the card number is {card}
my visa is {card}
it's a mastercard {card}
{card} expires {exp} and the code is {cvv}
card ending in {cardlast}
use the card that ends {cardlast}
the security code is {cvv}
the c v v is {cvv}
expiry date on the card is {exp}
i want to put it on my amex {card}
{card.p1} {fill} {card.p2} {fill} {card.p3} that's the visa
the card number's {card.fix}
debit card {card}
my f s a card is {card}
A what's the card number / U {card}
A go ahead with the card / U {card.p1} / A okay / U {card.p2} / A okay / U {card.p3}
A and the three digits on the back / U {cvv}
A and the expiration / U {exp}
A security code / U {cvv}
A the card on file ends in {cardlast} shall i use that / U yes
A card number please / U {card} / A expiry / U {exp} / A and the c v c / U {cvv}
A last four of the card / U {cardlast}
""".strip().split("\n")

LICENSE = """
my driver's license number is {dl}
license number {dl}
driving licence {dl}
the number on my licence is {dl}
my passport number is {passport}
passport {passport}
the passport is {passport} it's a {rel}'s
our n p i is {npi}
the npi number is {npi}
doctor {last}'s n p i is {npi}
d e a number {dea}
the dea is {dea}
my nursing license is {lic}
state license number {lic} it's active
medical license {lic}
i only have my driver's license it's {dl.fix}
A do you have a driver's license number / U {dl}
A what's the licence number / U {dl}
A and the provider's n p i / U {npi}
A i need the d e a number / U {dea}
A passport number / U {passport}
A can you read the number on your passport / U {passport.p1} / A uh huh / U {passport.p2} / A and / U {passport.p3}
A what is your state license number / U {lic}
A and the n p i is {npi} / U that's correct
""".strip().split("\n")

VEHICLE = """
my license plate is {plate}
the plate is {plate} it's a red toyota
i'm parked out front plate number {plate}
number plate {plate}
the reg is {plate}
my registration is {plate} it's the blue van
the vin is {vin}
the v i n is {vin}
vehicle identification number {vin}
the vin number on the accident report is {vin}
for the parking it's {plate}
the car that hit me had plate {plate}
tag number {plate}
i'm in the white truck {plate} is the plate
for the insurance the vin starts {vin.p1} then {vin.p2} then {vin.p3}
A what's your license plate / U {plate}
A and the registration of your car / U {plate}
A do you have the v i n / U yes {vin}
A plate number for the parking pass / U {plate}
A what's the reg / U um {plate}
A can you read me the vin / U {vin.p1} / A okay / U {vin.p2} / A okay / U {vin.p3}
A i have plate {plate} here / U no it's {plate2}
""".strip().split("\n")

DEVICE = """
the serial number on my insulin pump is {serial}
serial number {serial}
my c p a p serial is {serial}
it says s n {serial} on the back
the pacemaker card says serial {serial}
the glucose monitor's serial is {serial}
device id {serial}
the imei of my phone is {imei}
i m e i {imei}
the mac address is {mac}
the u d i on the implant card is {udi}
the transmitter number is {serial}
my hearing aid serial number {serial}
the nebulizer the serial on it is {serial.fix}
the app wants the mac address so it's {mac}
A what's the serial number / U {serial}
A can you read the serial on the bottom of the device / U {serial}
A what's the i m e i / U {imei}
A and the device serial / U {serial.p1} / A okay / U {serial.p2} / A go on / U {serial.p3}
A is there a device identifier on the card / U yes {udi}
A serial number of the pump please / U uh {serial}
A i see a dexcom with serial {serial} / U that's it
""".strip().split("\n")

URL = """
the pictures are at {url}
go to {url}
i put the scan up at {url}
my page is {url}
the link was {url}
you sent me {url} and it doesn't open
it's on my website {url}
my profile is {url}
the download link is {url} it says expired
they told me to open {url} and log in
i uploaded my records at {url}
A what's the link / U {url}
A where did you upload the photo / U at {url}
A can you read me the address of the page / U {url}
A which site is that / U {url}
A i've sent you a link to {url} / U got it
A do you have a website / U yes {url}
""".strip().split("\n")

IP = """
my i p address is {ip}
the ip is {ip}
it says blocked ip {ip}
ip address {ip}
your portal says i logged in from {ip} that wasn't me
the router is at {ip}
the monitor has the address {ip}
the home hub shows {ip} for the c p a p
it keeps saying too many attempts from {ip}
the tablet's i p is {ip}
A what's the ip address / U {ip}
A what i p does it show / U it shows {ip}
A can you read me the i p / U {ip}
A the login came from {ip} / U that's my house
A which address was blocked / U ip {ip}
A and the i p on the device screen / U um {ip}
""".strip().split("\n")

OTHER = """
my confirmation number is {conf}
the confirmation code was {conf}
order number {order}
my order is {order} it hasn't come
prescription number {rx}
the r x number is {rx}
refill for {drug} rx {rx}
claim number {claim}
it's claim {claim} it got denied
my employee id is {emp}
employee number {emp}
the reference number is {ref}
they gave me a reference {ref}
prior auth number {auth}
the authorization number is {auth}
tracking number {track}
my username is {user}
user name {user}
my national insurance number is {nino}
my aadhaar is {aadhaar}
my student id is {student}
the appointment id is {appt}
the booking reference is {ref.fix}
ticket number {ref}
the code they texted me is {cvv2} no wait i shouldn't say that
A what's your confirmation number / U {conf}
A can you give me the order number / U {order}
A what's the prescription number on the bottle / U {rx}
A do you have a claim number / U {claim}
A employee id please / U {emp}
A what's the reference / U {ref.p1} / A okay / U {ref.p2} / A and / U {ref.p3}
A your confirmation number is {conf} / U {conf} got it thanks
A your reference is {ref} / U let me write that down {ref}
A what's your username / U {user}
A and the authorization number / U {auth}
A tracking number / U {track}
""".strip().split("\n")
OTHER = [t for t in OTHER if "cvv2" not in t]

ADDRESS = """
my address is {addr}
i live at {addr}
it's {addr}
i'm at {street} in {city}
{street} {city}
we've moved to {addr}
the new address is {addr}
i'm staying with my {rel} at {street}
the zip is {zip}
postcode {zip}
my postcode is {zip} that's {zip.as}
zip code {zip}
i live in {city}
i'm calling from {city} {state}
i'm over in {county}
i live in {hood} near the park
we're in {city} now but we used to be in {city2}
i grew up in {city} and moved to {city2} for work
send it to {addr}
the house is on {street.bare} past the school
it's {street.fix}
i'm on {street.bare}
the pharmacy on {street.bare} in {city}
i fell on the corner of {street.bare} and {street2.bare}
deliver it to {street} please not the old place
my mail goes to [ADDRESS:p o box four one two] {city}
we live in a little village called {village}
the ambulance should come to {street} {city}
there's a flood in {county} so i can't get out
i drive in from {city} every day
i'm from {city} originally
it's {street} uh {city} {fill} {zip}
A what's your address / U {addr}
A can i get your street address / U {street}
A and the first line of your address / U {street}
A and your postcode / U {zip}
A what's your zip code / U {zip}
A zip / U {zip}
A and the postcode please / U {zip.nato}
A first half of the postcode / U {zip.p1} / A and the second / U {zip.p2}
A can you give me the postcode slowly / U {zip.c1} / A yes / U {zip.c2} / A mm / U {zip.c3} / A yes / U {zip.c4} / A yep / U {zip.c5}
A which city / U {city}
A where are you calling from / U {city}
A where do you live / U in {hood}
A which county is that / U {county}
A still at {street} / U no i moved to {street2}
A so that's {addr} / U yes that's right
A i've got {street} in {city} / U that's my old one
A and city and state / U {city} {state}
A what street is it on / U {street.bare}
A what's the address for the delivery / U {street} / A city / U {city} / A and zip / U {zip}
A where's the nearest pharmacy to you / U the one on {street.bare}
A are you local / U yeah {hood}
""".strip().split("\n")

MIXED = """
hi it's {full} date of birth {dob} i'm ringing about my results
this is {full} {dob} and my number is {phone}
yeah my name is {full} i live at {addr} and i was born {dob}
{full} {dob} {addr}
{first} {last} {dob} and the phone's {phone}
this is {full} member id {member} i need to know if {drug} is covered
my {rel} {full2} born {dob2} was seen at {fac} on {date}
i'm {first} {last} calling for {first2} {last} he's {age} and lives in {city}
refill of {drug} {dose} for {full} {dob} the rx number is {rx}
{full} at {phone} or {email}
my name is {full} uh my social's {ssn} and i work for {work}
{full} from {city} doctor {last2} referred me
i got a bill account {account} it's in the name of {full} and i paid it with the card ending {cardlast}
okay {full} {phone} you can leave a message
it's for {full2} my {rel} dob {dob2} m r n {mrn}
hi {first2} it's {full} i'm running late for the {day}
my car {plate} is in your lot i'm {full}
the fax for doctor {last} is {fax} and the npi is {npi}
i'm {full} i'm calling from {ip} no that's the computer my phone is {phone}
U hello is this {fac} / A yes how can i help / U this is {full} i want to see doctor {last2} on {md}
A name and date of birth please / U {full} {dob}
A name date of birth and address please / U {dob} {full} and it's {street}
A can i take your name and date of birth / U {full} / A and the date of birth / U {dob}
A can you confirm your name date of birth and the first line of your address / U yes {full} {dob} {street}
A your name and postcode please / U {last} {zip}
A name dob and a phone number / U {first} {last} {dob.fix} {phone}
A so i have {full} born {dob} at {street} / U yes that's me
A can i confirm i'm speaking with {full} date of birth {dob} / U that's right
A full name please / U {full} / A and a number / U {phone} / A email / U {email}
A who's the policy holder / U my {rel} {full2} / A their date of birth / U {dob2} / A member id / U {member}
A patient name / U {last} {first} / A dob / U {dob} / A insurance / U {ins} {member}
A alright {first} i've booked you for {md} at three fifteen with doctor {last2} / U lovely thank you
A your appointment with doctor {last2} is on {wd} {md} at nine / U can {first2} come with me
A i'll text the details to {phone} / U no use {phone2} / A {phone2} / U yes
A and who will bring you in / U my daughter {first2} she's on {phone2}
A where was the surgery done / U {fac} in {city} in {monyear} / A and the surgeon / U doctor {last2}
S you are the phone agent of {fac}. caller: {full.t}, dob {dob.t}, phone {phone.t} / A hello {first} how can i help / U can you see my address / A yes i have {street}
A do you want to pay by card / U yeah {card} / A and the name on the card / U {full} / A zip code / U {zip}
A we can send a cab what's the pickup address / U {street} {city} / A and the name / U {first}
A just to check i've got {first.mis} {last} / U it's {first} not {first.mis} / A sorry {first} and the date of birth {dob} / U yep
""".strip().split("\n")

# as recorded consultations have it: asked together, answered partly, repeated wrongly, cut over turns
CONSULT = """
A could you tell me your name and date of birth / U {first} / A and the date of birth / U {dob.md} / A is that {dobyear} / U yes
A name and d o b please / U {dob.on.md} {dobyear} something
A can i just take your name and your date of birth and the first line of your address please / U yeah it's {first} / A yeah / U uh {dob.md} / A and the year / U {dobyear} / A and the address / U {street} / A thank you
A can you confirm your address for me / U {street} / A and the town / U {city} / A postcode / U i can't remember it we've just moved
A can you confirm your date of birth / U {dob.md} uh i don't like to say the year
A so that's {first.mis} / U {first} / A {first} sorry
A hello {first.mis} / U {first} with respect doctor / A {first} i do apologise
A is it {first} or {first2} / U {first2} and {first} is my sister
A it says {first} {last} here is that right / U yeah / A and you prefer / U {nick}
A right {first} so tell me / U well
A okay {first} and how long has this been going on / U two weeks
A and do you have anyone with you {first} / U my {rel} {first2} is here
A hi {first2} is it / U yes / A and {first2} you're the {rel} / U that's right
A i can see you spoke to doctor {last2} on {md} / U that's right
A so last time doctor {last2} gave you {drug} / U he did yes
A i'll ask {first2} on reception to ring you / U okay
U hi is that doctor {last2} / A it is yes
U oh doctor {last2} thank god / A what's the matter {first}
U doctor {last2} it's {first} again / A hello {first}
A before we carry on could you just confirm you're at {street} in {city} in case we lose you / U yes i am
A if we get cut off is {phone} the right number / U that's my wife's mine is {phone2}
A what's the number ending / U {phone.last}
A okay and the postcode there / U {zip} / A {zip.as} / U yes
A {zip.c1} {zip.c2} what / U {zip.c3} {zip.c4} {zip.c5}
A i've got you down as living in {city} / U {city2} now
A and where's that / U it's near {city} in {county}
A which {city} is that / U the one in {state}
A do you know {street.bare} / U yes i live just off it on {street2.bare}
A your birthday's coming up / U yes {md} / A happy birthday for {md} then
A let's say the {day} then / U the {day} okay
A shall we say the {day} / U the {day} is no good the {day2}
A that was {md} / U i think so yes {md}
U i came to see you in {month} / A in {month} yes i have it here
U the hospital rang on the {day} and said to come back on the {day2} / A i see
A and when was your baby born / U {date} / A and what did you call her / U {first2} / A lovely name {first2}
A how's {first2} doing / U {first2} is at university now
A and your husband's name / U {first2} {last2} / A is he your next of kin / U yes his number's {phone2}
A we have {first2} {last2} as next of kin / U that's my ex it should be {first3} {last3}
A i just need to ask who's at home with you / U me and {first2} and {first3}
A are you mrs {last.mis} / U {last} / A how are you pronouncing it / U {last} like {last.spell}
A can i call you {first} / U course you can
A surname / U {last} / A christian name / U {first}
A say your name and date of birth after the tone / U {full} {dob}
A and what's the last name again / U {last.spell} / A {last.spell} / U yes
A {first} can you hear me {first} / U yeah sorry doctor
A thank you {first} take care {first} / U bye doctor {last2}
A it's doctor {last2} here from {fac} is that {full} / U yes speaking
A could i speak to {full} please / U she's at work this is her {rel} {first2}
A are you {first}'s {rel} / U yes i'm {first2}
U i'm ringing for the results for {full} / A date of birth / U {dob} / A and are you {first} / U no i'm {first2}
U hello i'm {first} i was told to ask for {first2} / A {first2} is on lunch can i help
U so {first2} said and {first3} agreed that i should stop the {drug} / A who's {first2} / U the pharmacist
U it's [NAME:may] here {last} / A sorry may i have your date of birth [NAME:may] / U {dob}
U my name is [NAME:will] / A [NAME:will] what / U [NAME:will] {last}
U it's [NAME:june] / A [NAME:june] what / U [NAME:june] {last} born in [DATE:june]
U [NAME:april] {last} calling about my appointment in [DATE:april] / A okay [NAME:april]
U this is [NAME:rose] from the flower shop / A hi [NAME:rose] what's your surname / U {last}
U it's for [NAME:mark] {fill} [NAME:mark] {last} / A [NAME:mark] with a k / U yes
U i'm [NAME:grace] and this is my sister [NAME:hope] / A hello [NAME:grace] hello [NAME:hope]
U {phone.p1} / A yes / U hang on / A okay / U {phone.p2} / A yes / U {phone.p3} / A so that's {phone} / U perfect
U my number is {phone.p1} no sorry {phone.fix} / A {phone} / U yes
U it's [PHONE:oh seven] / A yes / U [PHONE:seven double oh] / A yes / U [PHONE:nine hundred] / A yes / U [PHONE:oh one two]
""".strip().split("\n")

ALL = [
    (k, t)
    for k, ts in (
        ("NAME", NAME),
        ("DATE", DATE),
        ("AGE", AGE),
        ("PHONE", PHONE),
        ("FAX", FAX),
        ("EMAIL", EMAIL),
        ("SSN", SSN),
        ("MRN", MRN),
        ("HEALTH_PLAN", HEALTH),
        ("ACCOUNT", ACCOUNT),
        ("CARD", CARD),
        ("LICENSE", LICENSE),
        ("VEHICLE", VEHICLE),
        ("DEVICE", DEVICE),
        ("URL", URL),
        ("IP", IP),
        ("OTHER_ID", OTHER),
        ("ADDRESS", ADDRESS),
        ("MIXED", MIXED),
        ("CONSULT", CONSULT),
    )
    for t in ts
]
