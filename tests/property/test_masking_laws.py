"""Laws of masking: nothing known leaves, everything comes back, and nothing else changes."""

import re

from hypothesis import given
from hypothesis import strategies as st

from masker import Segment, Span
from masker.core.policy import Policy
from masker.core.surrogates import find_literals, literal_names, parse_token
from masker.masking.masker import Seed, mask_segments, outgoing_check
from masker.masking.rehydrator import rehydrate
from masker.masking.vault import Vault

PERSONS = ["Sarah Chen", "Pedro Ruiz-Vega", "Siobhán O'Brien", "Will May", "Li Na", "Mrs. Rose King", "Grace"]
NUMBERS = ["415-555-0123", "+1 (212) 555-0147", "020 7946 0018", "four one five, five five five, oh one two three"]
DATES = ["March 3rd, 1982", "3/14/1982", "march third nineteen eighty two", "1982-03-14", "the fourth of july"]
CODES = ["MRN-004471", "1EG4-TE5-MK73", "A-77", "00218834"]
MAILS = ["sarah.chen@example.org", "pedro dot ruiz at example dot com"]
FOUND = st.one_of(
    st.tuples(st.just("NAME"), st.sampled_from(PERSONS)),
    st.tuples(st.just("PHONE"), st.sampled_from(NUMBERS)),
    st.tuples(st.just("DATE"), st.sampled_from(DATES)),
    st.tuples(st.just("MRN"), st.sampled_from(CODES)),
    st.tuples(st.just("EMAIL"), st.sampled_from(MAILS)),
)
#: Prose, forms that a detector missed, and text that looks like tokens.
LOOSE = st.sampled_from(
    [
        "okay", "hi", "my name is", "will", "may i", "sarah", "SARAH CHEN", "chen's", "s a r a h", "Ruiz", "siobhan obrien", "4155550123",
        "four one five", "555", "0123", "415 555", "(415) 555.0123", "five", "one", "two", "1", "in 1982", "march", "3/3/1982", "92", "[NAME_1]",
        "NAME_2", "[phone 1]", "\\[NAME\\_3\\]", "[REDACTED:SSN]", "é", ".", ",", "'s", "\n", "call", "1eg4te5mk73", "dot", "at", "rose",
        "King", "in May", "Grace", "grace", "with Grace today", '{"a": "b"}', "sarah dot chen at example dot org", "_", "NAME_", "-", "/",
    ]
)  # fmt: skip
PIECES = st.lists(st.one_of(LOOSE.map(lambda text: (None, text)), FOUND), max_size=8)
ROLES = st.sampled_from(["user", "assistant", "system", "tool", None])
GAPS = st.sampled_from([" ", " ", " ", ", ", "", "\n"])
SEEDS = st.lists(FOUND.map(lambda found: Seed(*found)), max_size=2)
POLICY = Policy()


@st.composite
def requests(draw, roles=ROLES):
    """Draw segments and the spans that detectors found in them."""
    segments, spans = [], []
    for _ in range(draw(st.integers(1, 4))):
        text, found = "", []
        for kind, piece in draw(PIECES):
            if text:
                text += draw(GAPS)
            if kind is not None:
                found.append(Span(len(text), len(text) + len(piece), kind, 1.0, "test"))
            text += piece
        segments.append(Segment(text, draw(roles)))
        spans.append(found)
    return segments, spans


def masked(request, seeds=(), policy=POLICY):
    vault = Vault()
    return mask_segments(*request, vault, policy, seeds), vault


def roles_of(segments):
    return [segment.role for segment in segments]


@given(requests(), SEEDS)
def test_the_last_look_finds_nothing(request, seeds):
    """What masking leaves passes the outgoing check: the two share borders and exemptions."""
    result, vault = masked(request, seeds)
    outgoing_check(result.texts, vault, POLICY, roles=roles_of(request[0]))


@given(requests(), SEEDS)
def test_everything_found_is_covered(request, seeds):
    """Every letter and digit of a finding is masked, but for literal text that looks like a token."""
    segments, spans = request
    result, _ = masked(request, seeds)
    for segment, found, done in zip(segments, spans, result.spans, strict=True):
        covered = {place for span in done for place in range(span.start, span.end)}
        covered |= {place for one in find_literals(segment.text) for place in range(one.start, one.end)}
        for span in found:
            exposed = {place for place in range(span.start, span.end) if segment.text[place].isalnum()} - covered
            assert not exposed


@given(requests(), SEEDS)
def test_the_rest_stays_character_for_character(request, seeds):
    """Outside its spans a text is untouched: the masked text is the source with each span replaced by a token."""
    segments, _ = request
    result, _ = masked(request, seeds)
    for segment, text, spans, edits in zip(segments, result.texts, result.spans, result.edits, strict=True):
        assert [(span.start, span.end) for span in spans] == [edit[:2] for edit in edits]
        rebuilt, done = "", 0
        for start, end, token in edits:
            assert done <= start < end
            assert parse_token(token)
            rebuilt += segment.text[done:start] + token
            done = end
        assert rebuilt + segment.text[done:] == text


@given(requests(), SEEDS)
def test_an_echo_comes_back_with_every_value(request, seeds):
    """Rehydrating the masked text gives the source, up to the form in which each value stands."""
    segments, _ = request
    result, vault = masked(request, seeds)
    for segment, edits in zip(segments, result.edits, strict=True):
        rebuilt, done = "", 0
        for start, end, token in edits:
            value = vault.live[token[1:-1]]
            rebuilt += segment.text[done:start] + value.form
            done = end
        echo = rehydrate("".join(_masked_pieces(segment.text, edits)), vault)
        if not _ambiguous(segment.text, edits):
            assert rebuilt + segment.text[done:] == echo


def _masked_pieces(text, edits):
    done = 0
    for start, end, token in edits:
        yield text[done:start]
        yield token
        done = end
    yield text[done:]


def _ambiguous(text, edits):
    """Return whether literal text and a token touch, so that a model could not tell them apart either."""
    return any(
        text[start - 1 : start] in ("\\", "[", "_") or text[end : end + 1] in ("]", "\\") for start, end, _ in edits
    )


@given(requests(), SEEDS)
def test_look_alikes_stay_as_typed(request, seeds):
    """Literal token text is never masked, its number never given to a value, and it never becomes a value."""
    segments, _ = request
    result, vault = masked(request, seeds)
    for segment, text in zip(segments, result.texts, strict=True):
        for literal in find_literals(segment.text):
            source = segment.text[literal.start : literal.end]
            assert literal.name not in vault.live
            assert source in text
            assert source == rehydrate(source, vault)


@given(requests(), SEEDS)
def test_one_value_one_token(request, seeds):
    """Different tokens have different values, and each kind's numbers are counted without gaps but for literals."""
    result, vault = masked(request, seeds)
    numbers = {}
    for value in vault:
        kind, number = parse_token(value.token)
        numbers.setdefault(kind, []).append(number)
    for kind, given_numbers in numbers.items():
        free = [n for n in range(1, 99) if f"{kind}_{n}" not in vault.reserved]
        assert free[: len(given_numbers)] == given_numbers
    used = {token for edits in result.edits for _, _, token in edits}
    assert used == {value.token for value in vault}


@given(requests(), requests(), SEEDS)
def test_a_growing_conversation_keeps_its_tokens(earlier, later, seeds):
    """What was found stays numbered as it was when later turns bring more, unless those tell more of the earlier ones."""
    segments, spans = earlier
    before, _ = masked(earlier, seeds)
    after, _ = masked((segments + later[0], spans + later[1]), seeds)
    for text, old, new in zip((s.text for s in segments), before.edits, after.edits, strict=False):
        if literal_names(segment.text for segment in later[0]):
            return  # a look-alike typed later takes its number away
        kept = {(start, end): token for start, end, token in old}
        again = {(start, end): token for start, end, token in new}
        shared = kept.keys() & again.keys()
        assert {place: kept[place] for place in shared} == {place: again[place] for place in shared}, text


@given(requests(), SEEDS)
def test_masking_masked_text_changes_nothing(request, seeds):
    """Tokens are not masked again, and nothing that is left is known."""
    result, _ = masked(request, seeds)
    segments = [Segment(text, role) for text, role in zip(result.texts, roles_of(request[0]), strict=True)]
    again, _ = masked((segments, [[] for _ in segments]), seeds)
    assert result.texts == again.texts


@given(requests(roles=st.just("user")), SEEDS)
def test_redacted_values_never_come_back(request, seeds):
    """With action ``redact`` nothing is live, and the text says which kind was there."""
    policy = Policy.from_mapping(
        {"kinds": {kind: {"action": "redact"} for kind in ("NAME", "PHONE", "DATE", "MRN", "EMAIL")}}
    )
    result, vault = masked(request, seeds, policy)
    assert not vault.live
    for text, spans in zip(result.texts, result.spans, strict=True):
        assert len(spans) <= len(re.findall(r"\[REDACTED:[A-Z]+\]", text))
        assert text == rehydrate(text, vault)
