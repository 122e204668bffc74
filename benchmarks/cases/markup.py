"""The little markup of the templates.

  [KIND:text]            a labelled value; inside it <?...?> is the optional part (the year of a date)
  [~:text]               "don't care": never required, never a false alarm
  {slot} {slot2.form}    filled from values.py; a number picks another person or another value

`parse` turns filled markup into text, spans and ignore."""

import re

KINDS = "NAME ADDRESS DATE AGE PHONE FAX EMAIL SSN MRN HEALTH_PLAN ACCOUNT CARD LICENSE VEHICLE DEVICE URL IP OTHER_ID".split()
TAG = re.compile(r"\[(" + "|".join(KINDS) + r"|~):([^\[\]]*)\]")
SLOT = re.compile(r"\{([a-z]+)(\d*)((?:\.[a-z0-9]+)*)\}")


def outside(s, fn):
    """apply fn to everything but the tag heads"""
    out, last = [], 0
    for m in re.finditer(r"\[(?:" + "|".join(KINDS) + r"|~):", s):
        out += [fn(s[last : m.start()]), m.group()]
        last = m.end()
    return "".join(out + [fn(s[last:])])


def _trim(t, s, e):
    while s < e and not t[s].isalnum():
        s += 1
    while e > s and not t[e - 1].isalnum():
        e -= 1
    return s, e


def joined(s):
    """one span for one name, address or number: neighbours of a kind become one"""
    for kind, sep in (("NAME", " "), ("ADDRESS", ",? "), ("PHONE", " ")):
        pat = re.compile(rf"\[{kind}:([^\[\]]*)\]({sep})\[{kind}:([^\[\]]*)\]")
        while pat.search(s):
            s = pat.sub(rf"[{kind}:\1\2\3]", s)
    return s


def parse(s):
    s = joined(s)
    text, spans, ignore, last = "", [], [], 0
    for m in TAG.finditer(s):
        text += s[last : m.start()]
        start, body, opt = len(text), m.group(2), None
        o = re.search(r"<\?(.*?)\?>", body)
        if o:
            body = body[: o.start()] + o.group(1) + body[o.end() :]
            opt = (start + o.start(), start + o.start() + len(o.group(1)))
        text += body
        a, b = _trim(text, start, len(text))
        if a < b:
            if m.group(1) == "~":
                ignore.append({"start": a, "end": b})
            else:
                sp = {"start": a, "end": b, "kind": m.group(1)}
                if opt:
                    sp["optional"] = list(_trim(text, *opt))
                spans.append(sp)
        last = m.end()
    text += s[last:]
    assert "<?" not in text and not re.search(r"\[(" + "|".join(KINDS) + "|~):", text), text
    return text, spans, ignore
