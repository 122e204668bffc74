"""Invented calls to measure with: no two alike, and each with values that must never reach an upstream.

A call is put together from everyday sentences of a clinic's telephone line. Every slot is filled at random, so that no
turn of one call was ever seen in another: a cache cannot help on first sight. The planted values (*canaries*) stand in
the plainest wording there is, so that a canary that reaches the upstream is a fault, not a hard case.
"""

from __future__ import annotations

import json
import random
import string
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

__all__ = ["Call", "call", "next_turn", "text_of"]

_FIRST: Final = (
    "Sarah Jian Pedro Oksana Thandiwe Milica Rui Ngozi Wade Maaike Amara Lucia Tomas Priya Hana Omar Ingrid Kofi Elena"
    " Yusuf Marta Dmitri Aisha Bjorn Fatima Hugo Leila Nikolai Paula Samir Tanja Viktor Wanjiru Zofia Emeka Rosalind"
).split()
_LAST: Final = (
    "Chen Ruiz Kowalski Okafor Lindqvist Haddad Petrova Nakamura Delgado Mbeki Sorensen Farouk Ivanova Castellanos"
    " Oyelaran Bergstrom Takahashi Moreau Vasquez Adeyemi Novak Rahman Jankowski Fernandes Olsen Dubois Marchetti"
).split()
_DIGITS: Final = "zero one two three four five six seven eight nine".split()
_SYMPTOMS: Final = (
    "headache cough rash dizziness heartburn back-pain stiffness swelling nausea cramps itching fatigue".split()
)
_DRUGS: Final = (
    "metformin lisinopril ibuprofen amoxicillin sertraline albuterol omeprazole atorvastatin gabapentin".split()
)
_PARTS: Final = "left knee|right shoulder|lower back|left ear|right hand|neck|stomach|chest|ankle|elbow".split("|")
_TIMES: Final = "in the morning|at night|after lunch|before bed|when i walk|when i sit|on the stairs|all day".split("|")
_ASKED: Final = (
    "okay and how long has the {symptom} been going on",
    "does the {symptom} get worse {time}",
    "are you still taking the {drug} {n} times a day",
    "all right and on a scale of one to ten how bad is the {part}",
    "have you noticed any {symptom} in the {part} as well",
    "i see and did the {drug} help at all with that",
    "let me check what we have open next week around {n} o'clock would that work",
    "okay thank you for telling me about the {part} is there anything else {time}",
)
_SAID: Final = (
    "well the {symptom} started about {n} weeks ago and it comes and goes {time}",
    "no not really it is mostly the {part} and some {symptom} {time}",
    "yeah i take {n} milligrams of {drug} and it helps with the {symptom} a little",
    "i would say {n} out of ten when it is bad and then {symptom} for {n} hours {time}",
    "it hurts in the {part} {time} and i had some {symptom} but the {drug} made it better",
    "um maybe {n} days i am not sure it was after i stopped the {drug}",
    "sure that works for me i can come {time} if that is easier for you",
    "my doctor said to keep the {part} warm and drink more water {time}",
)
_PROMPT: Final = (
    "When a caller mentions {symptom} in the {part}, ask how long it has lasted and whether {drug} was tried.",
    "Offer an appointment within {n} days if the {symptom} gets worse {time}.",
    "Never give advice on doses of {drug}; say that a nurse will call back within {n} hours.",
    "Speak in short sentences and confirm what you heard about the {part} before you go on.",
    "If the caller asks about opening hours, say that the desk is open {time}, {n} days a week.",
)
_NOTE: Final = (
    "The patient reports {symptom} of the {part} {time}, {n} out of 10, improved on {drug} {n}0 mg twice daily.",
    "No {symptom} on exam. The {part} is tender, range of motion is preserved, gait is steady.",
    "Plan: continue {drug}, ice to the {part}, follow up in {n} weeks if the {symptom} persists.",
    "Denies {symptom}, denies weight loss; sleeps {n} hours and walks {n} blocks without stopping.",
)


class Call(NamedTuple):
    """A request's body, and what of it must not reach the upstream."""

    body: dict[str, Any]
    canaries: tuple[str, ...]

    @property
    def size(self) -> int:
        """Bytes of the body as JSON."""
        return len(json.dumps(self.body))


def _fill(rng: random.Random, templates: Sequence[str], sentences: int = 1) -> str:
    return " ".join(
        rng.choice(templates).format(
            symptom=rng.choice(_SYMPTOMS),
            drug=rng.choice(_DRUGS),
            part=rng.choice(_PARTS),
            time=rng.choice(_TIMES),
            n=rng.randrange(2, 10),
        )
        for _ in range(sentences)
    )


class _Person:
    """Who is calling: invented, with numbers from the ranges kept for fiction."""

    def __init__(self, rng: random.Random) -> None:
        self.name = f"{rng.choice(_FIRST)} {rng.choice(_LAST)}"
        self.area = rng.randrange(201, 990)
        self.line = f"01{rng.randrange(100):02d}"
        self.phone = f"{self.area}-555-{self.line}"
        self.mrn = str(rng.randrange(10_000_000, 99_999_999))
        self.email = f"{self.name.lower().replace(' ', '.')}{rng.randrange(10, 999)}@example.org"
        self.born = f"{rng.randrange(1, 13):02d}/{rng.randrange(10, 29)}/19{rng.randrange(40, 99)}"

    @property
    def spoken(self) -> str:
        """The telephone number, digit by digit."""
        return " ".join(_DIGITS[int(digit)] for digit in f"{self.area}555{self.line}")

    @property
    def canaries(self) -> tuple[str, ...]:
        return (self.phone, self.spoken, self.mrn, self.email, self.name, self.name.lower(), self.born)


def _opening(person: _Person) -> list[tuple[str, str]]:
    return [
        ("assistant", "thank you for calling what is your first and last name please"),
        ("user", f"my name is {person.name.lower()}"),
        ("assistant", f"thank you {person.name} and what is the best phone number to reach you"),
        ("user", f"my phone number is {person.spoken}"),
    ]


def call(
    seed: object,
    *,
    turns: int = 6,
    size: int = 2_000,
    tools: bool = False,
    model: str = "bench",
    stream: bool = False,
    agent: object = None,
) -> Call:
    """Return one call of about so many bytes.

    Args:
        seed: Same seed, same call; different seeds share no turn but the greeting.
        turns: Messages besides the system's.
        size: Bytes of the JSON body; what the turns do not fill goes to the system prompt and tool results.
        tools: Whether it has tool definitions, tool calls and their results.
        model: The model to name.
        stream: Whether to ask for events.
        agent: Whose call it is, if its prompt and tools are those of the agent's other calls. What the turns do not fill is
            prompt then.
    """
    rng = random.Random(f"{seed}")
    fixed = rng if agent is None else random.Random(f"agent {agent}")
    person = _Person(rng)
    said = _opening(person)
    while len(said) < turns:
        asking = len(said) % 2 == 0
        long = rng.randrange(2, 5) if size > 10_000 else 1
        said.append(("assistant", _fill(rng, _ASKED, 1)) if asking else ("user", _fill(rng, _SAID, long)))
    messages: list[dict[str, Any]] = [{"role": role, "content": text} for role, text in said[:turns]]
    body: dict[str, Any] = {"model": model, "stream": stream, "messages": messages}
    if tools:
        body["tools"] = [_tool(fixed, name) for name in ("find_patient", "list_slots", "book_slot")]
        number = _call_id(rng)
        record = {"patient": person.name, "mrn": person.mrn, "email": person.email, "dob": person.born}
        arguments = json.dumps({"name": person.name, "phone": person.phone})
        messages[4:4] = [
            {
                "role": "assistant",
                "content": None,
                "tool_calls": [
                    {"id": number, "type": "function", "function": {"name": "find_patient", "arguments": arguments}}
                ],
            },
            {"role": "tool", "tool_call_id": number, "content": json.dumps(record)},
        ]
    else:
        messages.insert(
            min(4, len(messages)),
            {
                "role": "user",
                "content": f"My email is {person.email}, MRN {person.mrn}, born {person.born}, phone {person.phone}.",
            },
        )
    missing = size - len(json.dumps(body)) - 60
    prompt = ["You answer the telephone of a clinic."]
    budget = missing if missing < 8_000 else 4_000
    if agent is not None:
        budget = size - 3_000  # the same in every call
    while sum(map(len, prompt)) + len(prompt) < budget:
        prompt.append(_fill(fixed, _PROMPT))
    messages.insert(0, {"role": "system", "content": " ".join(prompt)})
    missing = size - len(json.dumps(body))
    place = 5
    while missing > 500 and agent is None:  # records that a tool looked up, up to 8 KB each
        notes = []
        length = min(missing - 150, 8_000)
        while sum(map(len, notes)) + 5 * len(notes) < length:
            notes.append(_fill(rng, _NOTE))
        number = _call_id(rng)
        messages[place:place] = [
            {
                "role": "assistant",
                "content": None,
                "tool_calls": [
                    {"id": number, "type": "function", "function": {"name": "read_notes", "arguments": "{}"}}
                ],
            },
            {"role": "tool", "tool_call_id": number, "content": json.dumps({"notes": notes})},
        ]
        missing = size - len(json.dumps(body))
    return Call(body, person.canaries)


def _call_id(rng: random.Random) -> str:
    """Return the id of a tool call as OpenAI makes them."""
    return f"call_{''.join(rng.choices(string.ascii_letters + string.digits, k=24))}"


def _tool(rng: random.Random, name: str) -> dict[str, Any]:
    return {
        "type": "function",
        "function": {
            "name": name,
            "description": _fill(rng, _PROMPT, 2),
            "parameters": {
                "type": "object",
                "properties": {
                    "name": {"type": "string", "description": _fill(rng, _PROMPT)},
                    "phone": {"type": "string", "description": "Digits only."},
                },
                "required": ["name"],
            },
        },
    }


def next_turn(before: Call, seed: object) -> Call:
    """Return the same call two messages later: what the agent answered, and what the caller said then."""
    rng = random.Random(f"next {seed}")
    messages = [
        *before.body["messages"],
        {"role": "assistant", "content": _fill(rng, _ASKED)},
        {"role": "user", "content": _fill(rng, _SAID, 2)},
    ]
    return before._replace(body={**before.body, "messages": messages})


def text_of(seed: object, size: int) -> str:
    """Return a text of about so many characters, half speech and half notes, with a person in it."""
    rng = random.Random(f"text {seed}")
    person = _Person(rng)
    parts = [f"my name is {person.name.lower()} and my number is {person.spoken}"]
    if size > 1_000:
        parts.append(f"Patient: {person.name}, MRN {person.mrn}, born {person.born}, {person.email}.")
    length = sum(map(len, parts))
    while length < size:
        parts.append(_fill(rng, rng.choice((_SAID, _NOTE))))
        length += len(parts[-1]) + 1
    return "\n".join(parts)[:size]
