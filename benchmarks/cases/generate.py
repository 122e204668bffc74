#!/usr/bin/env python3
"""Writes the labelled evaluation cases (stdlib only, fixed seed).

python generate.py            write *.jsonl beside this file
python generate.py --check    check the labels and that the committed files are what this script writes
python generate.py --show N   print N cases of each domain with the labels inline
"""

import argparse
import collections
import hashlib
import json
import os
import random
import re
import sys

import templates_calls
import templates_chat
import templates_clinical
import templates_negatives
import templates_voice
from markup import KINDS, outside, parse
from values import KIND_OF, Ctx, country, disfluent

HERE = os.path.dirname(os.path.abspath(__file__))
SEED = "masker-cases-1"
ROLES = {"A": "assistant", "U": "user", "S": "system", "T": "tool"}
MIN_TEMPLATES = 1000
MIN_PER_KIND = 100
DOMAINS = ["voice", "chat", "clinical", "calls", "hard_negatives"]


def tid(t):
    return hashlib.sha256(t.encode()).hexdigest()[:8]


def turns(t):
    """'A ... / U ...' -> [(role, text)], or None for a plain text"""
    if not re.match(r"[AUST] ", t):
        return None
    return [(ROLES[p[0]], p[2:]) for p in re.split(r" / (?=[AUST] )", t)]


def build(domain, template, filled):
    """filled: markup text, or [(role, markup text)]"""
    row = {"domain": domain, "template": tid(template)}
    if isinstance(filled, str):
        row["text"], row["spans"], ign = parse(filled)
    else:
        row["messages"], row["spans"], ign = [], [], []
        for i, (role, s) in enumerate(filled):
            text, spans, ig = parse(s)
            row["messages"].append({"role": role, "content": text})
            row["spans"] += [dict(x, message=i) for x in spans]
            ign += [dict(x, message=i) for x in ig]
    if ign:
        row["ignore"] = ign
    return row


def typo(s, rng):
    """slips of the typing hand, outside of labels and markup"""
    parts = re.split(r"(\[[A-Z_~]+:[^\[\]]*\]|https?:\S+|<[^>]*>)", s)

    def slip(t):
        ws = t.split(" ")
        for i, w in enumerate(ws):
            if len(w) > 5 and w.isalpha() and rng.random() < 0.06:
                k = rng.randrange(1, len(w) - 1)
                ws[i] = rng.choice([w[:k] + w[k + 1 :], w[:k] + w[k] + w[k:], w[:k] + w[k + 1] + w[k] + w[k + 2 :]])
        return " ".join(ws)

    return "".join(x if x[:1] in "[<" or x.startswith("http") else slip(x) for x in parts)


def single(domain, template, style, i):
    rng = random.Random(f"{SEED}|{domain}|{template}|{i}")
    ctx = Ctx(rng, style, country(template))
    ts = turns(template)
    fillp = rng.choice([0, 0, 0.02, 0.06]) if domain == "voice" else 0

    def one(s, role="user"):
        s = ctx.fill(s)
        if domain == "voice" and role == "user":
            s = disfluent(s, rng, fillp)
        if domain == "chat" and role == "user":
            if low:
                s = outside(s, str.lower)
            if rng.random() < 0.5:
                s = typo(s, rng)
        return s

    low = rng.random() < 0.25
    return build(domain, template, one(template) if ts is None else [(r, one(s, r)) for r, s in ts])


SLOTS = {k: [b for b, x in KIND_OF.items() if x == k] for k in KINDS}
SLOTS.update(
    NAME=["full"],
    ADDRESS=["addr"],
    DATE=["date"],
    AGE=["age"],
    EMAIL=["email"],
    URL=["url"],
    IP=["ip"],
    OTHER_ID=SLOTS["OTHER_ID"] + ["user"],
)


def kinds_of(rows):
    return collections.Counter(s["kind"] for r in rows for s in r["spans"])


def bulk(domain, templates, style, reps, floor):
    """`reps` cases of each template, then more of the templates of every kind with fewer than `floor` labels"""
    rows = [single(domain, t, style, i) for _, t in templates for i in range(reps)]

    def cases_of(rows):
        return collections.Counter(k for r in rows for k in {s["kind"] for s in r["spans"]})

    counts = cases_of(rows)
    for kind in KINDS:
        own = [t for k, t in templates if k == kind] or [
            t for _, t in templates if any("{" + b in t for b in SLOTS[kind])
        ]
        i = reps
        while own and counts[kind] < floor and i < reps + 20:
            for t in own:
                row = single(domain, t, style, i)
                rows.append(row)
                counts += cases_of([row])
                if counts[kind] >= floor:
                    break
            i += 1
    return rows


def negatives():
    rows = []
    for t, style, reps in templates_negatives.ALL:
        for i in range(reps):
            rng = random.Random(f"{SEED}|neg|{t}|{i}")
            s = templates_negatives.fill(t, rng, style)
            ts = turns(s)
            rows.append(build("hard_negatives", t, s if ts is None else ts))
    for t in templates_calls.STRETCHES:  # the long middle of a call, alone
        rng = random.Random(f"{SEED}|neg|{t}")
        rows.append(build("hard_negatives", t, [(r, disfluent(s, rng, 0.03)) for r, s in turns(t)]))
    return rows


def everything():
    out = {
        "voice": bulk("voice", templates_voice.ALL, "v", 2, 56),
        "chat": bulk("chat", templates_chat.ALL, "t", 2, 30),
        "clinical": bulk("clinical", templates_clinical.ALL, "t", 3, 30),
        "calls": [build("calls", t, f) for t, f in templates_calls.calls(SEED)],
        "hard_negatives": negatives(),
    }
    for dom, rows in out.items():
        seen, keep = set(), []
        for r in rows:  # the same text twice says nothing new
            key = json.dumps(r.get("text") or r["messages"], ensure_ascii=False)
            if key not in seen:
                seen.add(key)
                keep.append(r)
        out[dom] = [{"id": f"b-{dom}-{i:04d}", **r} for i, r in enumerate(keep)]
    return out


def dump(rows):
    return "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows)


def check(data):
    bad = []
    for dom, rows in data.items():
        path = os.path.join(HERE, dom + ".jsonl")
        if not os.path.exists(path) or open(path, encoding="utf-8").read() != dump(rows):
            bad.append(f"{dom}.jsonl differs from what generate.py writes")
        for r in rows:
            T = [r["text"]] if "text" in r else [m["content"] for m in r["messages"]]
            taken = [set() for _ in T]
            for s, what in [(s, "span") for s in r["spans"]] + [(s, "ignore") for s in r.get("ignore", [])]:
                t = T[s.get("message", 0)]
                a, b = s["start"], s["end"]
                if not 0 <= a < b <= len(t):
                    bad.append(f"{r['id']} {what} out of range {s}")
                    continue
                if not (t[a].isalnum() and t[b - 1].isalnum()):
                    bad.append(f"{r['id']} {what} not trimmed {t[a:b]!r}")
                if what == "span" and s["kind"] not in KINDS:
                    bad.append(f"{r['id']} unknown kind {s['kind']}")
                if "message" not in s and "messages" in r:
                    bad.append(f"{r['id']} {what} without message")
                if taken[s.get("message", 0)] & set(range(a, b)):
                    bad.append(f"{r['id']} {what} overlaps {t[a:b]!r}")
                taken[s.get("message", 0)] |= set(range(a, b))
                if "optional" in s and not a <= s["optional"][0] < s["optional"][1] <= b:
                    bad.append(f"{r['id']} optional part outside {s}")
            if dom == "hard_negatives" and r["spans"]:
                bad.append(f"{r['id']} hard negative with a span")
            for t in T:
                if re.search(r"\{[a-z]+\d*(\.[a-z0-9]+)*\}", t):
                    bad.append(f"{r['id']} unfilled slot in {t[:80]!r}")
    cases = collections.Counter(k for rows in data.values() for r in rows for k in {s["kind"] for s in r["spans"]})
    bad += [f"{k}: {cases[k]} cases, fewer than {MIN_PER_KIND}" for k in KINDS if cases[k] < MIN_PER_KIND]
    n = len({r["template"] for rows in data.values() for r in rows})
    if n < MIN_TEMPLATES:
        bad.append(f"{n} templates, fewer than {MIN_TEMPLATES}")
    if len(data["hard_negatives"]) < 250:
        bad.append("fewer than 250 hard negatives")
    if len(data["calls"]) < 60:
        bad.append("fewer than 60 calls")
    if dump_all(everything()) != dump_all(data):
        bad.append("two runs differ")
    return bad


def dump_all(data):
    return "".join(dump(r) for r in data.values())


def inline(t, spans, ign):
    marks = sorted(
        [(s["start"], s["end"], s["kind"]) for s in spans] + [(s["start"], s["end"], "~") for s in ign], reverse=True
    )
    for a, b, k in marks:
        t = f"{t[:a]}[{k}:{t[a:b]}]{t[b:]}"
    return t


def show(data, n, domains):
    for dom in domains:
        rows = data[dom]
        for r in random.sample(rows, min(n, len(rows))):
            if "text" in r:
                print(r["id"], inline(r["text"], r["spans"], r.get("ignore", [])))
            else:
                print(r["id"])
                for i, m in enumerate(r["messages"]):
                    print(
                        f"   {m['role']:9s}",
                        inline(
                            m["content"],
                            [s for s in r["spans"] if s["message"] == i],
                            [s for s in r.get("ignore", []) if s["message"] == i],
                        ),
                    )


def report(data):
    doms = list(data)
    print("| kind | " + " | ".join(doms) + " | spans | cases |\n|---|" + "---|" * (len(doms) + 2))
    tot = {d: kinds_of(r) for d, r in data.items()}
    for k in KINDS:
        cases = sum(1 for rows in data.values() for r in rows if any(s["kind"] == k for s in r["spans"]))
        print(f"| {k} | " + " | ".join(str(tot[d][k]) for d in doms) + f" | {sum(tot[d][k] for d in doms)} | {cases} |")
    print("| cases | " + " | ".join(str(len(data[d])) for d in doms) + f" | | {sum(map(len, data.values()))} |")
    print("| templates | " + " | ".join(str(len({r["template"] for r in data[d]})) for d in doms) + " | | |")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--check", action="store_true")
    ap.add_argument("--report", action="store_true", help="counts by kind and domain")
    ap.add_argument("--show", type=int)
    ap.add_argument("--domains", default=",".join(DOMAINS))
    a = ap.parse_args()
    data = everything()
    if a.show:
        return show(data, a.show, a.domains.split(","))
    if a.report:
        return report(data)
    if a.check:
        bad = check(data)
        print("\n".join(bad[:50]) or "ok")
        return 1 if bad else 0
    for dom, rows in data.items():
        with open(os.path.join(HERE, dom + ".jsonl"), "w", encoding="utf-8") as f:
            f.write(dump(rows))
    report(data)


if __name__ == "__main__":
    sys.exit(main())
