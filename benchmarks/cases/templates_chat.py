"""Typed messages: chat widgets, SMS, portal messages, e-mails. One template a line, turns as in templates_voice."""

NAME = """
Hi, this is {full}. Can I get a refill of {drug}?
hey its {first} again, still waiting on that call back
Hello, my name is {full} and I'm a new patient.
Thanks, {first}
- {first} {last}
Regards,\\n{full}
Dear Dr. {last2},\\n\\nThank you for seeing my {rel} {first2}. She is doing well.\\n\\nBest,\\n{first}
Can Dr. {last2} look at my {cond} meds?
is {first2} at the desk today? she helped me last time
I'm {first}, {first2}'s {rel}
patient: {lf}
Please add {full2} as my proxy.
{full} here!
My legal name is {full} but my insurance has {first} {last2}
could nurse {first2} call me pls
{first.l} {last.l} - need to cancel
@{first2} can you check this one?
Mr. {last} is on the line, can you take it?
Mrs {last} said you'd know
Prof. {last2} wrote the letter
Hola, soy {full}, necesito una cita.
Bonjour, je m'appelle {full}, c'est pour un renouvellement.
Ich bin {full} und brauche einen Termin.
My daughters {first2}, {first3} and {first4} all have it
A Hi! Who am I chatting with? / U {first}
A Could I have your full name? / U {full}
A What's the patient's last name? / U {last}
A Thanks {first}! Anything else? / U no thats all
""".strip().split("\n")
DATE = """
My DOB is {dob}.
dob {dob}
Can I move my {date} visit to {date2}?
I was seen on {date} for {cond}.
Is {md} still available?
surgery was {date}, still swollen
My due date is {md}!!
born {dob} in case you need it
Discharged {date}. Still no paperwork.
started {drug} {md}, rash showed up {md2}
I moved here in {monyear}
My grandmother was born in {oldyear} so she's on Medicare
Any time after {md} works
the {day} works, not the {day2}
Reminder set for {date.iso}[~:T09:30]
A What is your date of birth? / U {dob}
A Please pick a date: {md}, {md2} or {md3} / U {md3}
A When did the symptoms begin? / U around {md}
A I can offer {wd} {md} at 2:15 PM. / U thats fine
""".strip().split("\n")
AGE = """
My mom is {age} and lives alone, is the shot ok for her?
he's {age}, does that matter
I'm {age} years old
{age}yo female, fell this morning
Patient age: {age}
My grandpa turned {age} last week :)
At {age} I don't want another surgery.
she is {age} y/o and on {drug}
A How old is the patient? / U {age}
A Age? / U {age} lol
""".strip().split("\n")
PHONE = """
Call me at {phone}
my cell is {phone}
{phone} is best after 5
Tel: {phone}
mobile {phone}, home {phone2}
Please call {phone.ext}
text {phone} thx
You can reach my {rel} at {phone2}.
WhatsApp {phone}
new number!! {phone}
A What's a good callback number? / U {phone}
A Is {phone} still correct? / U no, {phone2}
A Your number ends in {phone.last}, right? / U yes
""".strip().split("\n")
FAX = """
Fax: {fax}
please fax the form to {fax}
Our fax number is {fax}, attn records
Phone {phone} / Fax {fax}
can u fax it? {fax}
F: {fax}
The fax line at the school is {fax}.
A What fax number should we use? / U {fax}
""".strip().split("\n")
EMAIL = """
my email is {email}
{email}
Send it to {email} and cc {email2}
Email: {email}
E-MAIL {email.u}
contact me: {email}.
is {email} on file?
<{email}>
mailto:{email}
A What's the best email? / U {email}
A We sent it to {email}. / U wrong one, its {email2}
""".strip().split("\n")
SSN = """
My SSN is {ssn}
ssn: {ssn}
social security number {ssn}
Last 4 of SSN: {ssnlast}
the last four of my social are {ssnlast}
ITIN {itin}
I use an ITIN, it's {itin}
his social is {ssn} if that helps
A Please enter the last four digits of your Social Security number. / U {ssnlast}
A What's your SSN? / U {ssn}
""".strip().split("\n")
MRN = """
My MRN is {mrn}
mrn {mrn}
MRN: {mrn}
Medical record number {mrn}
chart # {chart}
Patient ID {mrn}
The accession number is {acc}
Encounter {enc}
NHS number: {nhs}
I have two record numbers, {mrn} and {mrn2}
A Do you know your medical record number? / U {mrn}
A Which chart number? / U {chart}
""".strip().split("\n")
HEALTH = """
Member ID: {member}
my {ins} id is {member}
Group number {group}, member {member}
subscriber id {member}
Policy # {policy}
Medicare number {mbi}
MBI: {mbi}
Medicaid ID {medicaid}
My Ontario health card is {ohip}
Medicare card {medicare} (Australia)
insurance card says {member} / grp {group}
A What's your member ID? / U {member}
A Group number? / U {group}
""".strip().split("\n")
ACCOUNT = """
account number {account}
Acct # {account}
Routing {routing}, account {account}
Please refund to IBAN {iban}
sort code {sort}, account {account}
I'm asking about invoice {invoice}
Invoice no. {invoice} was paid twice
Case number {caseno}
my case # is {caseno}
bank acct {account}, routing number {routing}
A Which invoice? / U {invoice}
A Which account should we refund? / U {account}
""".strip().split("\n")
CARD = """
my card is {card}
Card number {card}, exp {exp}, CVV {cvv}
use {card}
Visa {card} {exp}
card ending {cardlast}
The card on file (ending in {cardlast}) expired, new one is {card}
cvv {cvv}
A Card number? / U {card}
A Expiration date? / U {exp}
A Security code? / U {cvv}
""".strip().split("\n")
LICENSE = """
Driver's license {dl}
DL# {dl}
license number: {dl}
passport {passport}
My passport number is {passport}
NPI {npi}
Prescriber NPI: {npi}, DEA: {dea}
DEA number {dea}
State license no. {lic}
A Driver's license number? / U {dl}
A What's the NPI? / U {npi}
""".strip().split("\n")
VEHICLE = """
license plate {plate}
My plate is {plate}, silver Subaru
VIN {vin}
VIN: {vin}
the car's vin is {vin}
number plate: {plate}
Vehicle reg {plate}
towed my car!! plate {plate}
parking permit for {plate} pls
The other driver's plate was {plate} and the VIN is {vin}
A What's the license plate? / U {plate}
A VIN? / U {vin}
""".strip().split("\n")
DEVICE = """
serial number {serial}
S/N {serial}
My pump (serial {serial}) shows error 43
CGM transmitter SN {serial}
IMEI {imei}
device MAC {mac}
UDI {udi}
implant UDI: {udi}
the imei is {imei}
CPAP serial no: {serial}
A What is the serial number? / U {serial}
A Please send the device's MAC address. / U {mac}
""".strip().split("\n")
URL = """
here's the photo {url}
{url}
My profile: {url}
see {url} for the x-ray
the link {url} doesn't work
I uploaded it to {url}, let me know
<a href="{url}">rash</a>
[photo]({url})
A Where is the picture? / U {url}
A Open {url} to see your results. / U ok
""".strip().split("\n")
IP = """
My IP is {ip}
it says {ip} is blocked
login from {ip}?? wasn't me
IP address: {ip}
ipv6 {ip.six}
new sign-in from {ip.six}
my pump connects from {ip}:8443
blocked: {ip}, {ip2}
A What IP address is shown? / U {ip}
""".strip().split("\n")
OTHER = """
Confirmation # {conf}
my order {order} never came
Rx number {rx}
rx# {rx} refill please
claim {claim} denied
Claim number: {claim}
Employee ID {emp}
username {user}
My login is {user}
Reference {ref}
ref no. {ref}
Prior auth {auth} expired
tracking number {track}
Aadhaar {aadhaar}
student ID {student}
booking code {conf}
NI number {nino}
A Confirmation number? / U {conf}
A What's your username? / U {user}
A Order number? / U {order}
""".strip().split("\n")
ADDRESS = """
I moved: {addr}
My new address is {addr}
{addr}
ship to {full}, {addr}
I live in {city}
im in {city}, {state}
Zip {zip}
postcode {zip}
any clinic near {zip}?
{street}
Home address: {street}
City: {city}
pick up at the CVS on {street.bare}
we're in {hood}, is that too far
{county} residents only?
driving from {city} to {city2} tomorrow
A What's your address? / U {addr}
A Zip code? / U {zip}
A Which city? / U {city}
""".strip().split("\n")
MIXED = """
Name: {full}\\nDOB: {dob}\\nPhone: {phone}
{full}, {dob}, {phone}, {email}
Hi I'm {full}, DOB {dob}, member id {member}. Is {drug} covered?
This is {full} ({dob}). Please call {phone} about my {rel} {first2}.
{full} {addr} {phone}
Please update: {email}, {phone}, {addr}. Thanks, {first}
Need a note for work ({work}), employee {emp}. {full}, seen {date}.
Hi {first2}, I paid invoice {invoice} on {md} with card ending {cardlast}. {first}
Fwd: {full} <{email}>, {phone}
patient {lf}, mrn {mrn}, dob {dob}
{full} / {ins} {member} / grp {group} / {dob}
A Please confirm your name and date of birth. / U {full} {dob} / A Thanks {first}. Address? / U {addr}
A Name, phone, email? / U {full}\\n{phone}\\n{email}
S You are an assistant for {fac}. Patient: {full} (DOB {dob}, MRN {mrn}). Lives at {addr}. / U when is my next visit / A {first}, your next visit is {md} with Dr. {last2}.
""".strip().split("\n")

ALL = [
    (k, t.replace("\\n", "\n"))
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
    )
    for t in ts
]
