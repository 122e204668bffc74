"""Laws of the rehydrator, on any text and any cut, against a regular expression written apart."""

import itertools
import json
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from masker.masking.rehydrator import Rehydrator
from masker.masking.vault import Vault

VALUES = {
    "NAME_1": ("NAME", "Sarah Chen"),
    "NAME_2": ("NAME", 'Pedro "Pepe" Ruiz\n'),
    "PHONE_1": ("PHONE", "415-555-0123"),
    "HEALTH_PLAN_1": ("HEALTH_PLAN", "[NAME_1] NAME_2 \\"),
}


def a_vault() -> Vault:
    """Return a vault whose live tokens are those of ``VALUES``; NAME_3 is literal text of the request."""
    vault = Vault(reserved={"NAME_3"})
    for name, (kind, text) in VALUES.items():
        assert f"[{name}]" == vault.token_for(kind, text)
    return vault


# --- The oracle: one regular expression per live name, applied to the whole text at once ----------------------------


def _bent(name: str) -> str:
    parts = [f"(?i:{part})" for part in name.split("_")]
    square = r"(?:\\?_|[-\s])".join(parts)
    percent = r"(?:_|-|%5[Ff]|%20)".join(parts)
    return rf"(?:\\\[(?=[^\[\]]*\\)|\[){square}\\?\]|%5[Bb]{percent}%5[Dd]"


def _one_shot(*, bare: bool, unfinished: bool) -> re.Pattern[str]:
    never = r"(?!(?<=\[){0}\\?\Z)" if unfinished else ""
    forms = []
    for name in VALUES:
        words = rf"|(?<!\w){never.format(name)}{name}(?!\w)" if bare else ""
        forms.append(f"(?P<{name}>{_bent(name)}{words})")
    return re.compile("|".join(forms))


PLAIN = _one_shot(bare=True, unfinished=True)
IN_STRING = _one_shot(bare=True, unfinished=False)
IN_KEY = _one_shot(bare=False, unfinished=False)


def _value(match: re.Match[str]) -> str:
    assert match.lastgroup is not None
    return VALUES[match.lastgroup][1]


def expected(text: str) -> str:
    return PLAIN.sub(_value, text)


def expected_tree(tree):
    if isinstance(tree, str):
        return IN_STRING.sub(_value, tree)
    if isinstance(tree, list):
        return [expected_tree(item) for item in tree]
    if isinstance(tree, dict):
        return {IN_KEY.sub(_value, key): expected_tree(item) for key, item in tree.items()}
    return tree


# --- Texts that look like tokens and nearly like tokens --------------------------------------------------------------

FORMS = [
    "[NAME_1]", "[name_1]", "[Name 1]", "[NAME-1]", "[NAME\n1]", "\\[NAME\\_1\\]", "%5BNAME_1%5D", "%5bname%5f1%5d",
    "**[NAME_2]**", "[NAME_2]'s", "NAME_1", "PHONE_1", "[PHONE_1]", "[HEALTH_PLAN_1]", "[health plan 1]",
    "%5BHEALTH%20PLAN%5F1%5d", "[HEALTH-PLAN_1]", "\\[HEALTH\\_PLAN\\_1\\]", "HEALTH_PLAN_1", "[NAME_3]", "[NAME_12]", "NAME_12",
    "name_1", "name 1", "phone_1", "[PHONE_2]", "[NAME_01]", "[[NAME_1]]", "[NAME_1", "NAME_1]", "[NAME", "[", "]", "\\", "%",
    "%5", "%5B", "_", "1", "N", "NA", "HEALTH_", "_1", "%5F", "MY_", "[REDACTED:NAME]", "'s", " ", "\n", ".", ",", "é", "x",
    "A plain Sentence. ", "I AM HERE ", '"', "{", "}", ":", "☎", "\u2028",
]  # fmt: skip
TEXTS = st.one_of(
    st.lists(st.sampled_from(FORMS), max_size=12).map("".join),
    st.lists(st.one_of(st.sampled_from(FORMS), st.text(max_size=5)), max_size=10).map("".join),
    st.text(alphabet="[]NAME_1name \\%5BDF2'\n", max_size=30),
)
TREES = st.recursive(
    st.one_of(TEXTS, st.integers(), st.none(), st.booleans()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=6,
)


@st.composite
def cuts(draw, texts):
    """Draw a text and a way to cut it."""
    text = draw(texts)
    places = draw(st.one_of(st.lists(st.integers(0, len(text)), max_size=8), st.just(range(len(text)))))
    edges = [0, *sorted(places), len(text)]
    return [text[start:end] for start, end in itertools.pairwise(edges)]


def run(pieces, **options):
    rehydrator = Rehydrator(a_vault(), **options)
    return "".join(rehydrator.feed(piece) for piece in pieces) + rehydrator.flush()


@given(cuts(TEXTS))
@example(["[NAME_1", "]"])
@example(["NAME_1", "2 [NAME", "_1"])
@example(["[NAME_1"])
@example(["[NAME_1\\"])
def test_any_cut_gives_what_a_one_shot_replacement_gives(pieces):
    """Concatenated output equals the regular expression over the whole text."""
    assert expected("".join(pieces)) == run(pieces)


@given(TREES, st.booleans(), st.data())
@example(["☎NAME_1]", "éNAME_1", "\nNAME_1"], True, None)
@example(["NAME_1𐀀", "𐀀NAME_1", "NAME_1😀", "😀NAME_1", "[NAME_1]𐀀"], True, None)
@example('[PHONE_2]"[HEALTH_PLAN_1]', False, None)
@example('{x"[NAME_2]', False, None)
@example('[[NAME_1]]"**[NAME_2]**', False, None)
def test_json_is_restored_as_its_strings_are(tree, escaped, data):
    """Rehydrating JSON text gives the JSON of the tree whose strings are rehydrated; keys only in brackets."""
    text = json.dumps(tree, ensure_ascii=escaped)
    pieces = data.draw(cuts(st.just(text))) if data is not None else list(text)
    assert json.dumps(expected_tree(tree)) == json.dumps(json.loads(run(pieces, json=True), strict=False))


@given(cuts(TEXTS))
def test_json_mode_ignores_cuts_even_in_broken_json(pieces):
    """Text that is no JSON at all comes out the same however it is cut."""
    assert run(["".join(pieces)], json=True) == run(pieces, json=True)


@given(cuts(TEXTS))
def test_unknown_tokens_become_phrases_at_any_cut(pieces):
    """With ``phrase``, any cut gives the same, and no whole unknown token of a known kind is left."""
    options = {"unknown": "phrase"}
    restored = run(pieces, **options)
    assert run(["".join(pieces)], **options) == restored
    assert "[PHONE_2]" not in restored
    assert "".join(pieces).count("[NAME_3]") <= restored.count("[NAME_3]")


@given(cuts(TEXTS))
def test_held_can_always_still_become_a_token(pieces):
    """Whatever is held, some continuation of it is a live token; nothing else waits."""
    rehydrator = Rehydrator(a_vault())
    for piece in pieces:
        rehydrator.feed(piece)
        held = rehydrator.held
        if not held:
            continue
        assert any(PLAIN.fullmatch(held + ending) for ending in ENDINGS)


def _spellings(name):
    words = name.split("_")
    gaps = len(words) - 1
    yield name
    for seps in itertools.product(("_", "\\_", " ", "-", "\n"), repeat=gaps):
        inner = "".join(word + sep for word, sep in zip(words, (*seps, ""), strict=True))
        yield from (f"[{inner}]", f"\\[{inner}\\]")
    for seps in itertools.product(("_", "%5F", "%5f", "%20", "-"), repeat=gaps):
        yield "%5B" + "".join(word + sep for word, sep in zip(words, (*seps, ""), strict=True)) + "%5D"


ENDINGS = sorted({form[cut:] for name in VALUES for form in _spellings(name) for cut in range(len(form) + 1)})


@given(cuts(TEXTS))
def test_what_the_client_has_is_a_prefix_of_the_final_text(pieces):
    """Output is never taken back."""
    rehydrator = Rehydrator(a_vault())
    final = expected("".join(pieces))
    out = ""
    for piece in pieces:
        out += rehydrator.feed(piece)
        assert final.startswith(out)


@given(cuts(st.text(alphabet=st.characters(exclude_characters="[\\%NHP"))))
def test_prose_leaves_in_the_call_that_brought_it(pieces):
    """Text in which no token can begin is returned at once, unchanged."""
    rehydrator = Rehydrator(a_vault())
    for piece in pieces:
        assert piece == rehydrator.feed(piece)
    assert rehydrator.flush() == ""


@given(cuts(TEXTS))
def test_an_empty_vault_changes_nothing(pieces):
    """Tokens of another request are plain text."""
    rehydrator = Rehydrator(Vault())
    assert "".join(pieces) == "".join(rehydrator.feed(piece) for piece in pieces) + rehydrator.flush()


@pytest.mark.parametrize(
    "text",
    [
        "Hi [NAME_1], call \\[PHONE\\_1\\] or NAME_2. [health plan 1]%5BNAME_1%5D [NAME_3]",
        '{"NAME_1": ["[NAME_1]", "NAME_2"]}',
    ],
)
@pytest.mark.parametrize("as_json", [False, True])
def test_every_two_way_split(text, as_json):
    """All places to cut once."""
    whole = run([text], json=as_json)
    for cut in range(len(text) + 1):
        assert whole == run([text[:cut], text[cut:]], json=as_json)
