"""Notes, forms, JSON, FHIR, HL7 v2, CSV, letters. Templates are separated by lines of ===."""

_RAW = r"""
PATIENT: {lf}
DOB: {dob}
MRN: {mrn}
DATE OF SERVICE: {date}

HPI: {first} is a 54-year-old with {cond} who presents for follow up. BP 148/77. Continue {drug} {dose}.

Signed: {full2}, MD
===
DISCHARGE SUMMARY
Name: {full}   MRN: {mrn}
Admitted: {date}   Discharged: {date2}
Attending: Dr. {full2}

Hospital course: Mr. {last} was admitted to {fac} with chest pain. Troponin negative x3. Discharged home to {addr} on {drug} {dose}.
===
Intake form
First name: {first}
Last name: {last}
Preferred name: {nick}
Address: {street}
City: {city}
State: {state}
Zip: {zip}
Phone: {phone}
Email: {email}
Insurance: {ins}  ID: {member}  Group: {group}
===
NEW PATIENT REGISTRATION
Name (last, first): {lf}
Date of birth: {dob}
Social Security #: {ssn}
Driver's license #: {dl}
Employer: {work}   Employee #: {emp}
Emergency contact: {full2} ({rel}) {phone2}
===
{"resourceType": "Patient", "id": "{mrn}", "name": [{"family": "{last}", "given": ["{first}"]}], "birthDate": "{dob.iso}", "telecom": [{"system": "phone", "value": "{phone}"}, {"system": "email", "value": "{email}"}], "gender": "female"}
===
{"resourceType": "Patient", "identifier": [{"type": {"text": "SSN"}, "value": "{ssn}"}, {"type": {"text": "DL"}, "value": "{dl}"}], "name": [{"text": "{full}"}], "address": [{"line": ["{street}"], "city": "{city}", "postalCode": "{zip}"}]}
===
{"resourceType": "Appointment", "status": "booked", "identifier": [{"value": "{appt}"}], "start": "{date.iso}[~:T09:30:00Z]", "participant": [{"actor": {"display": "{full}"}}, {"actor": {"display": "Dr. {full2}"}}]}
===
{"resourceType": "Coverage", "subscriberId": "{member}", "beneficiary": {"display": "{full}"}, "payor": [{"display": "{ins}"}], "class": [{"type": {"text": "group"}, "value": "{group}"}]}
===
{"resourceType": "Device", "serialNumber": "{serial}", "udiCarrier": [{"carrierHRF": "{udi}"}], "patient": {"display": "{full}"}, "type": {"text": "insulin pump"}}
===
{"resourceType": "Practitioner", "identifier": [{"system": "[~:http://hl7.org/fhir/sid/us-npi]", "value": "{npi}"}], "name": [{"family": "{last}", "given": ["{first}"], "prefix": ["Dr."]}]}
===
{"resourceType": "Encounter", "identifier": [{"value": "{enc}"}], "subject": {"display": "{full}"}, "period": {"start": "{date.iso}"}, "class": {"code": "AMB"}}
===
{"resourceType": "RelatedPerson", "relationship": [{"text": "{rel}"}], "name": [{"given": ["{first2}"], "family": "{last2}"}], "telecom": [{"value": "{phone2}"}]}
===
{"patient_name": "{full}", "dob": "{dob.iso}", "phone": "{phone}", "reason": "refill of {drug}"}
===
{"firstName": "{first}", "lastName": "{last}", "dateOfBirth": "{dob}", "memberId": "{member}", "zip": "{zip}"}
===
{"caller": {"name": "{full}", "number": "{phone}"}, "slot": "{date.iso}[~:T14:15:00]", "provider": "{last2}", "notes": "{rel} {first3} will drive"}
===
{"status": "ok", "confirmation": "{conf}", "appointment_id": "{appt}", "patient": {"name": "{full}", "mrn": "{mrn}"}, "when": "{date.iso}"}
===
{"address": {"street": "{street}", "city": "{city}", "postal_code": "{zip}"}, "email": "{email}", "sms": true}
===
{"card_number": "{card}", "exp": "{exp}", "cvv": "{cvv}", "name_on_card": "{full}", "amount": 35.00}
===
{"account_number": "{account}", "routing_number": "{routing}", "invoice": "{invoice}", "balance": 412.50}
===
{"lookup": {"last_name": "{last}", "dob": "{dob}", "last4_ssn": "{ssnlast}"}, "found": true}
===
{"results": [{"patient": "{full}", "mrn": "{mrn}"}, {"patient": "{full2}", "mrn": "{mrn2}"}, {"patient": "{full3}", "mrn": "{mrn3}"}]}
===
{"plate": "{plate}", "vin": "{vin}", "driver_license": "{dl}"}
===
{"device": {"serial": "{serial}", "mac": "{mac}", "ip": "{ip}"}, "glucose": 104}
===
{"event": "login", "user": "{user}", "ip": "{ip}", "ts": "{date.iso}[~:T08:11:09Z]", "portal": "{url}"}
===
MSH|^~\&|ADT1|{fac}|GHH LAB|ELAB-3|{date.compact}||ADT^A01|0001|P|2.4
PID|1||{mrn}^^^HOSP||{last.u}^{first.u}||{dob.compact}|F|||{street}^^{city}^^{zip}||{phone}
===
MSH|^~\&|LAB|{fac}|EHR|CLINIC|{date.compact}||ORU^R01|778|P|2.5.1
PID|||{mrn}||{last}^{first}||{dob.compact}|M
OBR|1|{order}|{acc}|2345-7^Glucose^LN|||{date.compact}|||||||||{npi}^{last2}^{first2}
OBX|1|NM|2345-7^Glucose^LN||104|mg/dL|70-99|H|||F
===
PID|1||{mrn}||{last.u}^{first.u}^^^MR||{dob.compact}|M|||{street}^^{city}^^{zip}||{phone}|{phone2}||S||{account}|{ssn}
NK1|1|{last2.u}^{first2.u}|SPO||{phone3}
===
IN1|1|PPO|{policy}|{ins}||||{group}|||||||{last}^{first}|SEL|{dob.compact}
===
appointment_id,patient,dob,phone
{appt},{full},{dob.iso},{phone}
{appt2},{full2},{dob2.iso},{phone2}
===
first_name,last_name,email,zip,member_id
{first},{last},{email},{zip},{member}
{first2},{last2},{email2},{zip},{member2}
===
mrn;name;admit_date;attending
{mrn};{lf};{date.iso};{last2}
{mrn2};{lf3};{date2.iso};{last2}
===
name	ssn	account	balance
{full}	{ssn}	{account}	120.00
===
serial,model,patient,implanted
{serial},Medtronic Azure,{full},{date.iso}
===
plate,permit_holder,phone
{plate},{full},{phone}
===
user,ip,last_seen
{user},{ip},{date.iso}
{user2},{ip2},{date2.iso}
===
Referral: {full} (DOB {dob}) referred by Dr. {init2} NPI {npi} for evaluation of {cond}. ICD-10 M54.5. Fax results to {fax}.
===
Dear Dr. {last2},

Thank you for referring {full} (DOB {dob}, MRN {mrn}), whom I saw on {date} for {cond}. BP 132/84, BMI 27.1. I have started {drug} {dose}.

With kind regards,
{full3}, MD
{fac}
Tel {phone}  Fax {fax}
===
To whom it may concern: {full} was under my care from {date} to {date2} and may return to work. {full2}, NP, license {lic}
===
Nursing note {date}: Pt {first} c/o pain 6/10, given {drug}. {rel} {full2} ({phone}) notified. VS: BP 128/74, HR 82, SpO2 97% RA.
===
Rx: {drug} {dose}, #30, refills 2. Patient: {full}, {dob}. Prescriber: {full2}, DEA {dea}. Rx# {rx}.
===
Pt is a {age}[~: y/o] female, resident of {city}, hx of {cond}, fell on {md}. Son {first2} at bedside.
===
{age}[~:yo] F admitted {date} with {cond}; lives in {hood} with her {rel} {first2}.
===
HPI: Ms. {last} is a {age}[~: year old] woman, independent at baseline.
===
Pt {age}[~:-year-old] male, DNR. HCP {full2} {phone2}.
===
Age: {age}   Sex: F   Room 12
===
Age/Sex: {age}/M  Ht 170 cm  Wt 61 kg
===
{"age": {age}, "sex": "F", "weight_kg": 52}
===
This {age}[~: year old] gentleman from {city} celebrated his birthday on {md}.
===
Social: born in {oldyear}, widowed, retired teacher, lives in {county}.
===
Device check: pacemaker serial {serial}, implanted {date} at {fac} by Dr. {last2}. Battery 80%.
===
IMPLANT LOG
Lens, UDI {udi}, lot exp per label
Surgeon {last2}, {date}
===
CPAP compliance: S/N {serial}, MAC {mac}, 6.2 h/night, AHI 3.1.
===
Remote monitor IMEI {imei} paired on {date}; last transmission from {ip}.
===
Social: Lives with {rel} {first2} in {city}. Retired from {work}. Drives; license {dl}, plate {plate}.
===
Accident report: vehicle VIN {vin}, plate {plate}, driver {full}, license {dl}.
===
EMS RUN: pt extricated from vehicle (plate {plate}), VIN {vin}. Restrained driver, GCS 15.
===
Parking validated for plate {plate}.
===
Billing note: acct {account}, card {card}, claim {claim} submitted {date} to {ins} for CPT 93000.
===
STATEMENT
Account: {account}
Invoice: {invoice}
Patient: {full}
Amount due: $84.20 by {date}
===
Payment posted: card ending {cardlast}, exp {exp}, $35.00, ref {ref}.
===
Refund by ACH: routing {routing}, account {account}. Case {caseno}.
===
Bank transfer received from IBAN {iban} for invoice {invoice}.
===
LAB REPORT  Collected: {date}  Patient: {lf.u}  MRN {mrn}
Accession: {acc}
Glucose 104 mg/dL
A1c 7.2%
Reviewed by {full2}
===
PATHOLOGY
Accession No. {acc}
Patient {full}, DOB {dob}
Specimen: skin, left forearm. Diagnosis: basal cell carcinoma.
===
RADIOLOGY: CT head w/o contrast, accession {acc}, encounter {enc}. Comparison {date}. No acute bleed. Dictated by {full2}.
===
Portal access from {ip} on {date} by user {user}; link sent to {email}: {url}
===
AUDIT {date.iso}[~:T11:02:33Z] user={user} ip={ip} action=view chart={mrn}
===
New sign-in to the patient portal from {ip.six}. If this was not you, open {url}.
===
Images shared at {url} (expires in 7 days).
===
Photo: {url}
Consent on file.
===
CONSENT: I, {full}, born {dob}, agree to the procedure. Witness: {full2}. Date: {date}
===
Insurance card: {ins}; subscriber {full2}; member ID {member}; group {group}; effective {date}
===
Medicare beneficiary {full}, MBI {mbi}, supplemental policy {policy}.
===
Medicaid ID: {medicaid}  Plan: managed care
===
Eligibility 270/271: subscriber {lf.u}; ID {member}; status active; copay 25.00
===
Prior authorization {auth} approved {date} for MRI lumbar spine (CPT 72148). Member {member}.
===
Immunization record: {full}, DOB {dob}. Tdap {date}, MMR {date2}. Provider {init2}.
===
Birth note: baby of {full2}, delivered {date}, 3,210 g, Apgar 8/9. Father {full3}.
===
Death note: pronounced {date} at [~:04:12]. Family ({first2}, {rel}) present. Dr. {last3}
===
SOAP
S: {first} reports worsening knee pain since {md}.
O: ROM 0-110, no effusion.
A: osteoarthritis.
P: PT x 6 weeks, f/u {date}.
===
PMH: {cond}, appendectomy {monyear}. FH: {rel} {first2} with breast cancer. SH: lives in {hood}.
===
Telephone encounter {date}: {full2} ({rel} of {full}) called from {phone} re {drug}. Advised. -{first3} RN
===
Triage: {full} {dob} {phone} chest pain x 2 h, BP 160/95, pain 8/10 -> 911
===
Home visit: {addr}. Gate code on file. Contact {first2} {phone2}.
===
Patient's address changed from {addr} to {addr2}.
===
Ship supplies to:
{full}
{street}
{city} {zip}
===
Discharged to {city} with {rel}. Lives on {street.bare}.
===
Catchment: {county}; transferred from {city} by ambulance.
===
Fax cover: TO Dr. {full2} FAX {fax} FROM {fac} RE {full} DOB {dob} PAGES 4
===
FAX: {fax}
PHONE: {phone}
RE: records of {lf}
===
NPI: {npi}  DEA: {dea}  Lic: {lic}
{full}, DO
===
Credentialing: {full}, state license {lic}, DEA {dea}, NPI {npi}.
===
Identity verified by passport {passport} and utility bill for {addr}.
===
Interpreter for {full}: Vietnamese. ID shown: driver's license {dl}.
===
SSN: {ssn}   ITIN: n/a
===
Guarantor: {full2}  SSN {ssn2}  DOB {dob2}  Phone {phone2}
===
Verify: last 4 SSN {ssnlast}; DOB {dob}; ZIP {zip}.
===
W-9 received, TIN type ITIN {itin}.
===
Employee health: {full}, employee ID {emp}, PPD read {date}: 0 mm.
===
Student health: {full}, student ID {student}, cleared for sports.
===
Complaint {ref} opened {date} by {full}, {email}.
===
Pharmacy: Rx {rx} for {full} ready; order {order}; tracking {track}.
===
NHS No: {nhs}  Name: {lf}  DoB: {dob}  GP: Dr {last2}
===
Username {user} locked; reset link to {email}.
===
Call transcript summary: {first} ({phone}) confirmed DOB {dob} and address {addr}; booked {date} with Dr. {last2}; conf {conf}.
===
Pt. contact: e-mail {email}; mobile {phone}; Fax {fax}
===
A Please extract the caller's details. / U name={full}; dob={dob}; phone={phone}; reason=cough / T {"saved": true, "patient": {"id": "{mrn}", "name": "{full}"}} / A Saved {first}.
===
S Clinic bot. Patient on file: {lf}, {dob}, {phone}. Provider: Dr. {last2}. / U cancel my visit / T {"cancelled": "{date.iso}", "ref": "{ref}"} / A Your visit on {date} is cancelled.
===
T {"slots": [{"start": "{date.iso}[~:T09:00]", "provider": "Dr. {last2}"}, {"start": "{date2.iso}[~:T10:30]", "provider": "Dr. {last3}"}]} / A Dr. {last2} can see you on {date}.
===
T {"account": "{account}", "invoice": "{invoice}", "due": "{date.iso}", "card_last4": "{cardlast}"} / A Your invoice {invoice} is due on {date}.
"""

ALL = [("MIXED", t.strip("\n")) for t in _RAW.split("\n===\n")]
