"""Labels: the words that announce a number, and what kind of number they announce.

People name a number before they say it ("the member id on my card is ..."), right after it ("... is my cell"), or
answer a question that named it. A label is a phrase of plain words; every phrase belongs to one kind, to `NUMBER`
(a number of no named kind) or to `PLAIN` (a dose, a vital, a date, a price: something that no number detector may
claim). Keeping all of them in one table is what lets the nearest label win: "zip 95658" is nobody's member number
because "zip" stands nearer than "member".

The table is matched word by word through a dictionary, so that its size costs nothing at run time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

__all__ = [
    "NUMBER",
    "PLAIN",
    "POSTCODES",
    "Label",
    "each_word",
    "is_label",
    "is_link",
    "is_plain",
    "labels_in",
    "may_label",
    "spaced",
    "words_in",
]

#: A number whose kind the words leave open ("the number is").
NUMBER: Final = "NUMBER"
#: Something harmless, or another detector's business: a dose, a vital sign, a date, a price, an address.
PLAIN: Final = "PLAIN"

#: What postcodes are called; for numbers these labels are `PLAIN`.
POSTCODES: Final = frozenset(
    ("zip", "zip code", "zipcode", "eircode", "postcode", "post code", "postal code", "postalcode", "postal")
)

_NUMBER_WORDS = "number numbers numer nuber nummer no num nr id ids identifier identification code digits"

#: Phrases by kind. ``~`` marks a weak phrase: it needs a number word, a colon or the value itself right after it,
#: because alone it is an everyday word ("my group", "in order").
_TABLE: Final[dict[str, str]] = {
    "PHONE": """
        ext,
        phone, phones, phone number, telephone, tel, mobile, cell, cell phone, cellphone, landline, land line,
        callback, call back, callback number, call back number, area code, caller id, best number, better number,
        contact number,
        home number, work number, office number, daytime number, evening number, number to reach, number to call,
        reach me, reach him, reach her,
        reach them, reach us, reach you, reached at, call me, call him, call her, call them, call us, calling from,
        calling me, text me, text her, text him, text them, text you, call you, call you back, ring me, ring him,
        ring her,
        ring you, dial, pager, whatsapp, sms, ~call, ~text, ~ring, ~reach, ~contact, ~home, ~work, emergency contact,
        his number, her number, their number, switchboard, direct line, phone line, main line, extension, toll free,
        hotline, on call line,
        voicemail, msisdn, phone no, ph, mob, handset, work line, home line, house line, office line,
        private line, desk line, bleep, bleeps,
        a number for you, number for you, number we can reach, number i can reach, number on file, phone on file,
        number you are calling from, ani,
        telecom, pone, phonenumber, phne, telephones, calls from, call from, number where we can, number where i can""",
    "FAX": """
        fax, faxed, faxing, faxes, fax number, facsimile, fax machine, faxd, faexd, fax line, efax, ~f""",
    "SSN": """
        ssn, ss, s s n, s s, social, ~socials, social security, social security number, soc sec, soc, last four of
        the social, tin, itin,
        taxpayer, tax id, taxpayer id, tax identification, last four, last 4, last4, socail, ssn last four, ssnlast4,
        ssn4""",
    "MRN": """
        lab number, file number, family number, u r number, ur number, hosp no, hosp number,
        mrn, m r n, medical record, medical records, medical record number, record number, record no, chart,
        charts, mrns, chart
        number, ~patient, patient number,
        patient id, patient identifier, patient no, hospital number, hospital no, encounter, encounter number, visit
        number, visit id,
        accession, accession number, ~record, n h s, n h s number, n h s numbers, nhs, nhs number, nhs numbers, nhs
        no, nhi, n h i, nhi number, abha, abha number, ~acc, chi number, chi, health record, ehr id, emr id,
        ~unit record, hrn, uhid,
        mr no, mr number, mr #, pt id, pt no, pt number, pt #, ~enc, hx no,
        har, csn, fin, ~med rec, pid, patientid, mrn number, empi, ~subject mrn, ~urn""",
    "HEALTH_PLAN": """
        phn, svnr, aged care number,
        ~member, ~members, member id, member number, memberid, membership, subscriber, subscriber id, ~group, group
        number, group id, grp, ~policy, policy number,
        policy holder id, policyholder, medicare, medicaid, medigap, mbi, hicn, medi cal, medical card number,
        ~insurance,
        insurance id, insurance number, insurance card,
        insurance policy, ~plan, plan number, plan id, beneficiary, enrollee, enrollee id, enrolment, health plan,
        rx bin, rxbin, bin, rx pcn, pcn,
        rx group, rxgrp, rx grp, ~coverage, coverage id, certificate number, tricare, ~aetna, ~cigna,
        ~humana,
        ~united, ~unitedhealthcare, ~blue cross, ~blue shield, ~bcbs, ~kaiser, ~anthem, ~medicare advantage,
        ~healthcare, ~bupa, ~dependent,
        insured id, insured, meember, memeber, menber, subsciber, grup, gruop, subscriber no, health card, medicare
        card, member card, medicaid card, member no, mbr, cardholder, cardholder id, ~ins, ramq, ohip,
        gms number, g m s,
        mem id, mem no, mem #, ~subs, sub id, sub no, sub #, ~subscr, ~pol,
        philhealth, nhis, n h i s, nhif, medical aid, medical aid number, health number, health insurance number,
        services card, care card, doctor visit card, ~supplement, ~plan member, ~secondary, ~primary""",
    "ACCOUNT": """
        account, accounts, account number, acct, accnt, acc no, a c, ~a c, ~bank, bank account, routing, routing
        number, aba, aba number, iban, swift, bic, swift code, sort code,
        invoice, invoices, invoice number, ~inv, ~bill, billing number, billing account, billing id,
        ~statement, statement
        number, ~case, case number, case id, case no, guarantor,
        guarantor number, checking, savings, transit number, bsb, ifsc, ~financial, accunt, accuont, acount, account
        no, ac no, ac #, ~payment, ~balance account,
        direct deposit, clabe, invoce, ~receipt""",
    "CARD": """
        mc ending, visa ending, amex ending, 1 ending, one ending, three on the back, 3 on the back, four on the front,
        card, ~cards, card number, credit card, debit card, ~credit, ~debit, visa, mastercard, master card, amex,
        american express, ~discover, discover card, cvv, cvc, cvv2, cid,
        security code, card ending, hsa card, fsa card, card on file, ~cc, ~pan, card verification, 3 digits on the
        back, three numbers on the back, 3 numbers on the back, three digit code, 3 digit code, expiry, expiry date,
        expiration, expiration date, exp date, card expires, three digits on the back, four digits on the front,
        back of the card, back of my card, digits on the back, numbers on the back, number on the back,
        exp, front of the card, card no, cardnumber""",
    "LICENSE": """
        license, licence, licenses, drivers license, drivers licence, driving licence, driving license, driver
        license, driver licence, dl, d l, ~drivers, passport, passport number, npi, n p i, dea, d e a,
        national provider, state license, medical license, nursing license, rn license, license number, licence
        number, ~permit, state id, alien number, alien registration, green card, ~uscis,
        g m c, n m c, gmc, nmc, gphc, hcpc, goc, gdc, hpcsa, practice number, ahpra, ~registration number, pin nmc,
        ~board certification, ~certificate, lic, dea number,
        npi number, upin, liscense, lisence, licsense,
        ~pharmacist, ~visa number, ~bar, lcsw, ~nurse registration, prescriber id, provider id, provider number,
        global entry, known traveler""",
    "VEHICLE": """
        vin, v i n, plate, plates, plate number, license plate, licence plate, number plate, license plate number,
        licence plate number, ~tag, tag number, registration, vehicle registration, car registration,
        reg, ~vehicle, vehicle identification, vehicle identification number, vehicle id, car plate, ~car, reg
        plate, license tag, chassis, chassis number, registration plate, ~handicap placard, placard,
        ~parking permit, ~disabled badge, plat""",
    "DEVICE": """
        serial, serial number, serial no, serials, s n, sn, ser no, udi, u d i, unique device, imei, i m e i, meid,
        mac, mac address, ~device, device id, device identifier, device serial, device number, ~pacemaker,
        ~implant, implant id, ~pump, ~icd, ~defibrillator, ~monitor, ~meter, ~cgm, ~glucometer, ~transmitter,
        ~sensor, ~hearing aid, ~cpap, ~machine, ~prosthesis, ~stent, ~valve, ~lead, ~lens, ~unit serial, eui,
        bluetooth, ~device lot, asset tag, ~asset, ~gtin, ~esn, iccid, imsi, ~stimulator, ~ventilator,
        ~concentrator, seriel, serail, ~wheelchair, ~tablet serial""",
    "OTHER_ID": """
        ip address, i p address, ipv4, ipv6, tracking num, parcel num, collar, collar number, vat, vat number,
        ~interpreter, entry code, logbook, log book,
        docket number, privacy code, ~clm, ~tkt, ~tix, ~cnf, ~ord, emp id, emp no, emp #,
        confirmation, confirmation number, conf, conf number, ~order, order number, prescription number,
        ~prescription, ~prescription refill, rx, r x, rx number, rx no, ~script, ~claim, ~claims, claim number,
        reference, reference number, ~ref, ref number, call reference, call reference number, case reference,
        ticket, ticket number, ~employee, employee number, employee id, badge, badge number, ~staff, staff number,
        staff id, ~student, student id, student number, username, user name, ~user, user id, userid, login, log in,
        login id, case code, tracking, pan card, ghana card, identity card, aadhaar card, nric, n r i c, hkid,
        hong kong id, dni,
        d n i, cpf, c p f, trn, t r n, pps, p p s, pps number, treaty number, status number, citizen id, nin, iqama,
        emirates id, cedula, cnic, bvn, door code, key safe,
        tracking number, ~booking, booking reference, booking number, booking ref, ~appointment, appointment id,
        appointment number, ~transaction, transaction id, transaction number, authorization number, ~authorization,
        auth number, ~auth, authorisation number, ~authorisation, prior auth, ~prior authorization, pre auth,
        precert, ~referral,
        referral number, pin, pin number, passcode, pass code, password, access code, verification code, one time
        code, otp, security pin, activation code, ~incident, incident number, ~report, police report, incident report,
        police report number, report number, crime reference, crime number, crime reference number,
        ~study, study id, subject id,
        ~subject, ~participant, participant id, ~trial, ~donor, donor id,
        voiceprint, voice print, faceprint, face print, fingerprint, finger print, ~template, template id,
        biometric, biometrics, biometric id, retina scan, iris scan, iris code, ~locker, confirmation code, pickup
        code, pick up code, pickup number, ~refill, refill number, ~application, application number, ~request,
        request number, request id, ~session, session id, ~call id, callid, call id,
        ~customer, customer number, customer id, customer no, ~client, client number, client id, ~profile, ~loyalty,
        rewards number, frequent flyer, ~inmate, ~military, service number, dodin, edipi, ~voter, ~library,
        ~reservation, ~job, ~work order, ~complaint, complaint number, ~grievance, ~appeal, appeal number, ~caller,
        ~file, file number, ~docket,
        ~identifier, ~dispatch, ~shipment, ~package, ~parcel, ~enquiry, ~inquiry, ~queue, ~token, message id,
        control number, ~registration id, ~handle, account name, screen name, twitter, instagram, ~visitor,
        wristband, bracelet, ~band, ~kit, ~sample, sample id, ~barcode, urn, ~tattoo, ~approval, ~document, ~contract,
        ~folder, payroll number, ~payroll, ~vendor, ein, e i n, gate code, ~membership pin, gamertag,
        uid, uuid, guid,
        national insurance, national insurance number, nino, ni number, social insurance, social insurance number,
        ~sin, aadhaar, aadhar, pesel, codice fiscale, curp, national id, ~locator, record locator, ~intake, ~batch
        id, ~form id, ~correlation, skype, ~slack, snapchat, ~patient code, tiktok, refrence, confirmaton,
        prescripton, perscription number""",
    "": """
        in case, just in case, in my case, in that case, in any case, case of, in order, order of, in order to, of
        course, group home, support group, age group, group of, group therapy, in charge, phone call, phone calls, a
        call, at a time,
        for the record, off the record, on record, i claim, first time, last time, this time, next time, any time,
        anytime, every time, all the time, number of, one at a time, in time, on time, on the phone, over the phone,
        by phone, in person,
        on file, on the file,
        social worker, social workers, social history, social anxiety, social media, social life, family member,
        staff member, team member, reading level, sea level, staying on track, customer service, member services,
        policy of, plan of, care plan, treatment plan,
        plan to, patient advocate, patient portal, in the chart, phone app, my group of, pin and, pins and, passport
        photo, valve replacement, on account of, credit for, take into account, heart valve, tag along, serial
        killer, report of""",
    PLAIN: ", ".join(sorted(POSTCODES))
    + """,
        mg dl, ng ml, g dl, mcg dl, mmol l, iu l, u l, ng dl, meq l, pg ml,
        address, street, apartment, apt,
        suite, ste, ~unit, po box, p o box, box, house number, ~room, room number, bed, ~floor, building, ward, bay,
        dob, d o b, date of birth, birth date, birthdate, birthday, born, birth, ~date, date, admitted, discharged,
        deceased, died, year, years, age, aged, since, january, february, march, april, june,
        july, august, september, october, november, december, jan, feb, mar, apr, jun, jul, aug, sep, sept, oct,
        nov, dec, monday, tuesday, wednesday, thursday, friday, saturday, sunday, today, tomorrow, yesterday, time,
        times, dose, doses, dosage, dosing, take, takes, took,
        taking, taken, tablet, tablets, pill, pills, capsule, strength, mg, milligrams, units, insulin, blood
        pressure, pressure, bp, b p,
        top number, bottom number, upper number, lower number, systolic, diastolic,
        heart rate, hr, h r, pulse, resp, respirations, rr, temp,
        temperature, fever, sats, sat, spo2, oxygen, o2, weight, weigh, weighs, weighed, wt, height, ht, bmi, a1c,
        hba1c, hemoglobin, haemoglobin, glucose, sugar, sugars, fasting, pp, cholesterol, ldl, hdl, triglycerides,
        neutrophils, lymphocytes, monocytes, eosinophils, reticulocytes, gradient, anc, alc, dlco, agatston,
        ctdivol, hcg, bhcg, amylase, ldh, procalcitonin, ddimer, cortisol, testosterone, estradiol, prolactin,
        potassium, sodium, calcium, magnesium, creatinine, bun, egfr, gfr, tsh, wbc, rbc, hgb, hct, plt, platelets,
        platelet count, troponin, bilirubin, alt, ast, alk phos, albumin, inr, ptt, psa, cd4, viral load, ferritin,
        b12, vitamin, crp, esr, bnp, lipase, lactate, ph level, ejection fraction, ef, ~score, score, scale, level,
        ~stage, stage, grade, ~type, class,
        icd, icd 10, icd10, icd 9, icd code, diagnosis code, dx code, cpt, cpt code, procedure code, hcpcs, loinc,
        payer id, payor id, payer ids, payer number, payer code,
        code status, full code, no code, dress code, color code, colour code, billing code, billing codes, denial code,
        icd 10 code, icd 9 code, icd ten code, procedure codes, diagnosis codes, cpt codes, hcpcs code, code blue,
        snomed, ndc, ndc code, rxnorm, rxcui, drg, revenue code, modifier, cvx, atc, version, ver, build, release, page,
        pages, line, lines, error, error code, status code, http, port, chapter, section, step, steps, size, model,
        model number, gauge, quantity, qty, count, copay, co pay, price, cost, costs, total, totals, owe, owed,
        paid, pay, charge, charged, fee, amount, dollars, ~deductible, deductible, balance, premium, refund, tip,
        salary, income, budget,
        about, around, approximately, roughly, over, under, least, most, between, every, phase, question, questions,
        part, item, items, number one, route, highway, interstate, exit, mile, miles, lot, lot number, lot no,
        batch, exp, expires, area, percent, smoked, smokes, drink, drinks, pack, packs, latency, duration, timeout,
        retry, ratio, dilution, frequency, bpm, flow rate, fio2, peep, apgar, gcs, glasgow coma scale, phq, phq 9,
        gad 7, moca, mmse, nihss, pain, ~isbn, isbn, pmid, doi, rfc, iso, article, trial of, ~nct, formula one,
        gene, protein, covid, room air, extension of, edition, volume, season, episode, channel, flight, gate, seat,
        terminal, row, aisle""",
}

#: Words that may stand between a label and its value without breaking the link.
_LINKS: Final = frozenset(
    (
        _NUMBER_WORDS + " digit is are was were be will itll it its that thats this these those the a an my his"
        " her our your their on in of file ends ending end ended finishing starts"
        " starting start begins beginning with by for at to as um uh er erm hmm mm okay ok alright"
        " right well so yeah yep yes sure like just here heres there have has got goes go would"
        " should do again still currently same new old correct current one digits digit last first"
        " four five six 4 5 value type system use string text see let me i i'm think believe please"
        " and"
        " going actually sorry full complete whole also says said reads showing shows being called"
        " listed listing given user assistant agent patient caller doctor nurse pt dr client rep"
        " operator customer"
        " if need last4 card printed written back front bottom top ma'am sir oh gosh sec second"
        " hang hold hangon one-sec wait gave they you read readback you're calling mine mom's"
        " mum's dad's wife's husbands daughters sons"
        " http https urn oid usual official home work mobile display resource mhm mmhm uhhuh em changed ive weve youve"
        " ah thank thanks equals number's colon hash pound"
    )
    .replace("'", "")
    .split()
)

_WORD: Final = re.compile(r"#|[^\W_]+(?:'[^\W_]+)*")
_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class Label(NamedTuple):
    """A label found in a text.

    Args:
        start: Where its first word starts.
        end: Where its last word ends.
        kind: The kind it announces, `NUMBER` or `PLAIN`.
        weak: Whether it announces only with a number word, a colon or the value right behind it.
    """

    start: int
    end: int
    kind: str
    weak: bool

    def __repr__(self) -> str:
        return f"Label(start={self.start}, end={self.end}, kind={self.kind!r}, weak={self.weak})"


def _index() -> dict[str, list[tuple[tuple[str, ...], str, bool]]]:
    """Return the phrases by their first word, longest first; a strong entry wins over a weak one of equal length."""
    index: dict[str, list[tuple[tuple[str, ...], str, bool]]] = {}
    for kind, phrases in _TABLE.items():
        for phrase in phrases.split(","):
            text = " ".join(phrase.split())
            weak = text.startswith("~")
            words = tuple(text.lstrip("~").split())
            index.setdefault(words[0], []).append((words, kind, weak))
            if len(words) > 1 and len("".join(words)) > 5 and words != ("medi", "cal"):
                # a JSON key in running text: "serialNumber"
                index.setdefault("".join(words), []).append((("".join(words),), kind, weak))
    for entries in index.values():
        entries.sort(key=lambda entry: (-len(entry[0]), entry[2]))
    return index


_INDEX: Final = _index()
_NUMBERS: Final = frozenset([*_NUMBER_WORDS.split(), "#"])
_LABEL_WORDS: Final = frozenset(
    word
    for entries in _INDEX.values()
    for phrase, kind, _ in entries
    if kind
    for word in phrase
    if word not in ("it", "that", "he", "she", "what", "there", "here", "who")
)


def words_in(text: str, start: int = 0, end: int | None = None) -> list[tuple[str, int, int]]:
    """Return the words of a stretch, lower-case and without apostrophes, with their offsets.

    A label's own "'s" is an "is" ("the main line's 800 ..."), and left out.
    """
    stop = len(text) if end is None else end
    found = [(match[0].lower(), *match.span()) for match in _WORD.finditer(text, start, stop)]
    if text.find("'", start, stop) >= 0:
        return [(_joined(word), first, last) for word, first, last in found]
    return found


def each_word(text: str) -> Iterator[str]:
    """Yield the words of a text as `words_in` returns them, one by one: for those who stop early."""
    for match in _WORD.finditer(text):
        yield _joined(match[0].lower())


def _joined(word: str) -> str:
    if "'" not in word:
        return word
    return word[:-2] if word.endswith("'s") and word[:-2] in _LABEL_WORDS else word.replace("'", "")


def spaced(key: str) -> str:
    """Return a JSON key as words: ``memberId`` and ``member_id`` as ``member Id`` and ``member id``."""
    return _CAMEL.sub(" ", key).replace("_", " ").replace("-", " ")


def is_link(word: str) -> bool:
    """Return whether a word (as `words_in` gives it) may stand between a label and its value."""
    return word in _LINKS or word in _NUMBERS


def is_label(word: str) -> bool:
    """Return whether a word (as `words_in` gives it) is a label by itself."""
    return any(len(phrase) == 1 for phrase, _, _ in _INDEX.get(word, ()))


def may_label(word: str) -> bool:
    """Return whether a label may begin with a word (as `words_in` gives it), or be a number word."""
    return word in _INDEX or word in _NUMBERS


def is_plain(word: str) -> bool:
    """Return whether a word is the name of something harmless: "hba1c", "b12"."""
    return any(len(phrase) == 1 and kind == PLAIN for phrase, kind, _ in _INDEX.get(word, ()))


def _follows(phrase: tuple[str, ...], words: list[tuple[str, int, int]], at: int) -> bool:
    """Return whether the words from ``at`` on are those of a phrase, of which the first is known to be."""
    size = len(phrase)
    if at + size > len(words) or words[at + 1][0] != phrase[1]:
        return False
    return size == 2 or all(words[at + more][0] == phrase[more] for more in range(2, size))


def labels_in(words: list[tuple[str, int, int]]) -> Iterable[Label]:
    """Yield the labels in a list of words (see `words_in`), in order, longest phrase first, without overlaps.

    A weak label directly followed by a number word is yielded as a strong one that ends with that word. A number
    word on its own is a label of kind `NUMBER`.
    """
    at, count = 0, len(words)
    while at < count:
        word, start, end = words[at]
        for phrase, kind, is_weak in _INDEX.get(word, ()):
            size, weak = len(phrase), is_weak
            if size > 1 and not _follows(phrase, words, at):
                continue
            last = at + size
            end = words[last - 1][2]
            if not kind:
                at = last
                break
            if weak and last < count and (words[last][0] in _NUMBERS or words[last][0] in ("ref", "reference")):
                weak, end, last = False, words[last][2], last + 1
            yield Label(start, end, kind, weak)
            at = last
            break
        else:
            if word in _NUMBERS and (word != "no" or at + 1 == count):  # "no it's ..." is no number
                yield Label(start, end, NUMBER, weak=False)
            at += 1
