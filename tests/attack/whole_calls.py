"""Invented calls, whole: a patient says who they are and books a visit, as a recogniser writes it down.

Every value is said by `tests.property.speaker`, corrected, cut over two turns or read back, and comes once more from a
tool in the form in which programs write it. `Whole.forms` are all the forms that must not leave.
"""

from __future__ import annotations

import datetime as dt
import json
from random import Random
from typing import Any

import attrs

from tests.property import speaker

FIRST = "maribel tadeusz wambui ingrid kofi leila nikolai priya oksana yusuf hana emeka".split()
LAST = "okonkwo lindqvist castellanos haddad petrova nakamura jankowski adeyemi farouk oyelaran".split()
STREETS = "larkspur lane|juniper street|millbrook road|harrow avenue|old quarry road".split("|")
TOWNS = ["dayton ohio", "toledo ohio", "akron ohio", "mason ohio"]
HESITATIONS = ["", "", "um ", "yeah ", "sure it's ", "okay so ", "uh it's "]
URGING = ["mm hmm", "okay", "uh huh", "go ahead"]
#: All that callers say beside their values.
PLAIN = frozenset(
    "hi um i need to book a visit with the knee doctor blue cross yes it is that's right yep correct one on corner uh"
    " drug store downtown think my sister okay morning no all thank you yeah sure it's so first name email thanks wait"
    " sorry make that".split()
)
CLOSING = ["", "", " thanks", " i think", " okay"]
DOUBTS = ["no wait, ", "sorry, ", "no, make that ", "wait no "]


@attrs.define
class Whole:
    """A call: what was said so far, and every form of its values."""

    random: Random
    messages: list[dict[str, Any]] = attrs.field(factory=list)
    forms: set[str] = attrs.field(factory=set)

    def agent(self, text: str) -> None:
        self.messages.append({"role": "assistant", "content": text})

    def caller(self, text: str, *forms: str) -> None:
        self.forms.update(forms)
        self.messages.append({"role": "user", "content": text})

    def tool(self, name: str, arguments: dict[str, Any], result: dict[str, Any]) -> None:
        """Add a call and its result; all strings of the arguments are values."""
        self.forms.update(value for value in arguments.values() if isinstance(value, str))
        identity = f"call_{len(self.messages)}"
        function = {"name": name, "arguments": json.dumps(arguments)}
        calls = [{"id": identity, "type": "function", "function": function}]
        self.messages.append({"role": "assistant", "content": None, "tool_calls": calls})
        self.messages.append({"role": "tool", "tool_call_id": identity, "content": json.dumps(result)})

    def number(self, question: str, digits: str, read_back: str) -> str:
        """Ask for a number, which is said at once, corrected, or in two turns, and read it back."""
        way = self.random.choice(["plain", "plain", "corrected", "in part", "cut"])
        said = speaker.one_by_one(self.random, digits)
        if self.random.random() < 0.5:
            said = speaker.number(self.random, digits)
        self.agent(question)
        if way == "cut":
            at = len(digits) // 2
            first, rest = (speaker.one_by_one(self.random, part) for part in (digits[:at], digits[at:]))
            self.caller(self.random.choice(HESITATIONS) + first, first)
            self.agent(self.random.choice(URGING))
            self.caller(rest, rest)
        elif way == "corrected":
            wrong = speaker.one_by_one(self.random, digits[:-1] + str((int(digits[-1]) + 1) % 10))
            self.caller(f"{self.random.choice(HESITATIONS)}{wrong} {self.random.choice(DOUBTS)}{said}", wrong, said)
        elif way == "in part":
            head, tail = digits[:-4], digits[-4:]
            wrong = speaker.one_by_one(self.random, tail[:-1] + str((int(tail[-1]) + 1) % 10))
            right = speaker.one_by_one(self.random, tail)
            begun = f"{speaker.one_by_one(self.random, head)} {wrong}"
            self.caller(f"{begun} {self.random.choice(DOUBTS)}{right}", begun, right)
        else:
            self.caller(self.random.choice(HESITATIONS) + said + self.random.choice(CLOSING), said)
        self.agent(read_back.format(said))
        self.caller(self.random.choice(["yes", "that's right", "yep correct"]))
        self.forms.add(said)
        return said


def whole(seed: int) -> Whole:
    """Return one call."""
    random = Random(seed)
    made = Whole(random)
    first, last = random.choice(FIRST), random.choice(LAST)
    born = dt.date(random.randint(1935, 2005), random.randint(1, 12), random.randint(1, 28))
    area = random.choice(["415", "614", "216"])
    phone = f"{area}55501{random.randint(10, 99)}"
    member = f"{random.randint(100000000, 999999999)}"
    house, zipcode = str(random.randint(11, 999)), f"45{random.randint(100, 499)}"
    street, town = random.choice(STREETS), random.choice(TOWNS)
    relative = random.choice([name for name in FIRST if name != first])
    made.messages.append({"role": "system", "content": "You book visits for a clinic. Ask one question at a time."})
    made.agent("Thanks for calling, how can I help?")
    made.caller("hi um i need to book a visit with the knee doctor")
    steps = [_name, _birth, _phone, _address, _insurance, _mail]
    random.shuffle(steps)
    person = {
        "first": first, "last": last, "born": born, "phone": phone, "member": member, "house": house,
        "street": street, "town": town, "zip": zipcode, "relative": relative,
    }  # fmt: skip
    for step in steps:
        step(made, person)
    _pharmacy(made)
    _relative(made, person)
    _look_up(made, person)
    _book(made, person)
    made.agent(f"All set, {first.title()}. Anything else?")
    made.caller("no that's all thank you")
    return made


def _name(made: Whole, person: dict[str, Any]) -> None:
    first, last = person["first"], person["last"]
    made.agent(made.random.choice(["Can I have your full name?", "What's your name?", "May I have your name please?"]))
    if made.random.random() < 0.5:
        made.caller(f"{made.random.choice(['', 'um ', 'my name is ', 'it is '])}{first} {last}", first, last)
    else:
        made.caller(f"my first name is {first}", first)
        made.agent("And the last name? Please spell it.")
        at = len(last) // 2
        spelled = " ".join(last)
        if made.random.random() < 0.5:
            made.caller(f"{last} {spelled}", last, spelled)
        else:
            made.caller(" ".join(last[:at]), " ".join(last[:at]))
            made.agent(made.random.choice(URGING))
            made.caller(" ".join(last[at:]), " ".join(last[at:]))
    made.agent(f"Thank you, {first.title()} {last.title()}.")
    made.caller("yes")
    made.forms |= {first, last}


def _birth(made: Whole, person: dict[str, Any]) -> None:
    born = person["born"]
    said = speaker.date(made.random, born)
    while len(said.split()) < 4:
        said = speaker.date(made.random, born)
    made.agent(made.random.choice(["What's your date of birth?", "And your birthday?", "Date of birth please?"]))
    if made.random.random() < 0.2:
        made.caller(f"{born:%B} {speaker.ordinal(born.day)}".lower(), f"{born:%B} {speaker.ordinal(born.day)}")
        made.agent(made.random.choice(["and the year?", *URGING]))
        year = speaker.year(made.random, born.year)
        made.caller(year)
    elif made.random.random() < 0.3:
        wrong = speaker.date(made.random, born.replace(day=born.day % 28 + 1))
        made.caller(f"{wrong} {made.random.choice(DOUBTS)}{said}", wrong, said)
    else:
        made.caller(made.random.choice(HESITATIONS) + said, said)
    made.agent(f"I have {born:%B} {born.day}, {born.year}, is that right?")
    made.caller("yes it is")
    made.forms |= {born.isoformat(), f"{born:%B} {born.day}", f"{born:%m/%d/%Y}"}


def _phone(made: Whole, person: dict[str, Any]) -> None:
    phone = person["phone"]
    made.number("What's the best phone number to reach you?", phone, "So that's {}, correct?")
    made.forms |= {phone, f"+1{phone}", f"({phone[:3]}) {phone[3:6]}-{phone[6:]}"}


def _insurance(made: Whole, person: dict[str, Any]) -> None:
    made.agent("Which insurance do you have?")
    made.caller("blue cross")
    made.number("And the member ID on the card?", person["member"], "Member ID {}, got it. Right?")
    made.forms.add(person["member"])


def _address(made: Whole, person: dict[str, Any]) -> None:
    number = speaker.house(made.random, person["house"])
    code = speaker.one_by_one(made.random, person["zip"])
    made.agent("What's your home address?")
    said = f"{number} {person['street']}"
    made.caller(f"{made.random.choice(HESITATIONS)}{said} {person['town']} {code}", said, code)
    made.agent(f"{person['house']} {person['street'].title()}, is that right?")
    made.caller("yes")
    made.forms |= {person["street"], person["zip"]}


def _mail(made: Whole, person: dict[str, Any]) -> None:
    first, last = person["first"], person["last"]
    parts = made.random.choice([[last, first], [first, ".", last], [last, "61"], [first[0], last], [last, "_", first]])
    said = speaker.mail(made.random, [*parts, "@", "example", ".", "org"])
    written = f"{''.join(parts)}@example.org"
    made.agent(made.random.choice(["What's your email?", "And a good email address for you?"]))
    made.caller(made.random.choice([*HESITATIONS, "my email is "]) + said, said)
    made.agent(f"I have {written}, is that right?")
    made.caller("yes")
    made.forms |= {written, f"{last} um {first}"}
    made.tool("save_email", {"email": written}, {"saved": written, "ok": True})


def _pharmacy(made: Whole) -> None:
    made.agent("Which pharmacy do you use?")
    made.caller(made.random.choice(["the one on the corner", "uh the drug store downtown i think"]))


def _relative(made: Whole, person: dict[str, Any]) -> None:
    made.agent("Who should we call in an emergency?")
    made.caller(f"my sister {person['relative']}", person["relative"])
    last_four = speaker.one_by_one(made.random, f"01{made.random.randint(10, 99)}")
    made.agent(f"And {person['relative'].title()}'s number?")
    said = f"{speaker.one_by_one(made.random, '513555')} {last_four}"
    made.caller(said, said)
    made.agent("Got it.")
    made.caller("okay")


def _look_up(made: Whole, person: dict[str, Any]) -> None:
    first, last, born, phone = person["first"], person["last"], person["born"], person["phone"]
    record = {
        "patient": {"firstName": first.title(), "lastName": last.upper(), "dob": born.isoformat()},
        "phone": f"+1{phone}",
        "memberId": person["member"],
        "address": f"{person['house']} {person['street'].title()}",
        "visits": 3,
    }
    arguments = {"name": f"{first.title()} {last.title()}", "date_of_birth": born.isoformat(), "phone": phone}
    made.tool("find_patient", arguments, {"status": "ok", "matches": [record]})
    made.agent(f"I found you, {first.title()}. Morning or afternoon?")
    made.caller("morning")


def _book(made: Whole, person: dict[str, Any]) -> None:
    phone = person["phone"]
    written = f"({phone[:3]}) {phone[3:6]}-{phone[6:]}"
    made.tool(
        "book_visit",
        {"patient_name": f"{person['last'].title()}, {person['first'].title()}", "phone_number": written},
        {"ok": True, "for": f"{person['first']} {person['last']}", "born": f"{person['born']:%m/%d/%Y}", "minutes": 30},
    )
