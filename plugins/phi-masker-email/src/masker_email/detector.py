"""Email addresses: written, disguised ("name [at] domain dot com") and spoken.

The reading has turned "sarah dot chen at gmail dot com" into ``sarah.chen@gmail.com``. What is left to this detector
is where a spoken address begins: "my email is mei liu 91 at outlook dot com" has a local part of three words. It
reaches left from the ``@`` until a word that introduces an address or ends the sentence before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from masker_tagger import shared_tagger

from masker import Segment, Span, asked, is_amount

__all__ = ["EmailDetector", "make_detector"]

#: Spaces around the at sign or the dots, words in brackets: spoken or hidden from harvesters.
_AT: Final = re.compile(r"[ ]?@[ ]?|[ ]?[\[({<]\s?(?:at|@|AT)\s?[\])}>][ ]?")
_HIDDEN_AT: Final = re.compile(r"[\[({<]\s?(?:at|@|AT)\s?[\])}>]")
_DOMAIN: Final = re.compile(
    r"(?:[^\W_][\w-]{0,40}(?: \. |\.| ?[\[({]\s?(?:dot|\.|DOT)\s?[\])}] ?| dot )){1,5}[^\W\d_][\w-]{1,15}"
)
#: Providers that callers name without a domain.
_PROVIDER: Final = re.compile(
    r"(?:g ?mail|hot ?mail|yahoo|outlook|i ?cloud|aol|proton ?mail|comcast|verizon|ymail|msn"
    r"|live|gmx|me|mac)(?![^\W_])",
    re.IGNORECASE,
)
#: The same with their domain, in the pieces that recognisers make of them ("i cloud.com", "g mail.com").
_SPACED: Final = re.compile(
    r"(?:g mail|hot mail|i cloud|out look|a o ?l|ao l|proton mail|y mail|fast mail|zoho mail|rocket mail|you mail"
    r"|t mail"
    r"|e mail|web mail|live|yahoo|out look|(?:[a-z] ){1,3}[a-z]{2,12}) ?\. ?[^\W\d_]{2,6}(?:\.[^\W\d_]{2})?(?![^\W_])",
    re.IGNORECASE,
)
#: A domain of several words: "info@pottery by lucinda.com", "orders@millbrook dental.example.com".
_WORDY: Final = re.compile(
    r"[^\W_]{2,20}(?: [^\W_]{1,20}){1,4}(?:\.[^\W_]{2,20}){0,2}\.(?:com|org|net|edu|gov|co|biz|us|uk|ca|au|example)"
    r"(?:\.uk)?(?![\w@])",
    re.IGNORECASE,
)
#: A command's option, whose value is the file behind the at sign: "-d @body.json".
_OPTION: Final = re.compile(r"(?<!\S)--?[A-Za-z][\w-]*\Z")
_MAILBOX: Final = re.compile(
    (
        r"(?<![\w.])(?:info|contact|hello|office|admin|support|sales|mail|bookings?|enquiries|inquiries|team|billing"
        r"|me)(?: at |@)"
    ),
    re.IGNORECASE,
)
#: How many words a local part has that is "all one word".
_MOST_WORDS: Final = 6
#: An at that was typed as a word: "rosa_88 at outlook.com".
_TYPED_AT: Final = re.compile(
    r" at (?<=[^\s@] at )(?=(?:[^\W_]{1,20} ){0,4}[^\W_][\w-]{1,40}(?:\.[\w-]{1,40}){0,3}\.[^\W\d_]{2,10}(?![\w@]))"
)
#: A local part with a letter explained ("jenny with a y.lopez") or announced ("the letter j then hernandez").
_EXPLAINED: Final = re.compile(
    r"(?:[^\W_]{2,20} (?:with|without)(?: (?:an?|one|two|no|the))? |(?:the )?(?:letter|number|digit)s? [^\W_]{1,10} "
    r"(?:then |and then |and |followed by |dot )?(?:the )?(?:name |word )?)\Z",
    re.IGNORECASE,
)
_TOKEN: Final = re.compile(r"[^\s,;:\"()<>\[\]]+")
_CUE: Final = re.compile(r"\be ?-?mails?\b", re.IGNORECASE)
_CUE_WORDS: Final = frozenset("email emails mail mails e".split())
#: Words that stand before an address and never in one.
_STOP: Final = frozenset(
    """is its it's was at to as the email emails e-mail mail address addresses my me i i'm you your yours his her
    him their our us we they that that's this and or but so okay ok yeah yes yep sure
    no right well um uh er erm send sent sending use using reach contact write please can could would will try
    via from for on in with be hi hello just like have has got say says said think believe
    also then still again here's here there it would actually sorry wait mean oh ah hmm mm all lower lowercase
    case caps one word spelled spell of under registered called a an are cc by message
    are up go look page site website online records pictures photos scan there posted found click visit
    forward copy results him login log username account personal work home best new old correct preferred
    primary secondary current not now if when what which who where how do does did""".split()
)


#: Of these, what mailboxes are called, too: "what's your email?" / "it's records at hessbarlow dot example dot com".
_MAILBOXES: Final = frozenset("records results photos pictures scan contact mail work home account".split())
_LED_IN: Final = re.compile(r"(?:\A|\b(?:it's|its|is|to) )\Z", re.IGNORECASE)
#: What is said before the at sign while somebody looks up the rest: "k.brandt hold on@yahoo.com".
_BREATH: Final = re.compile(r"(?:,? (?:uh|um|er|erm|wait|sorry|hold on|hang on|let me see|one sec(?:ond)?)\b)+,?\Z")
#: The beginning of an address at the end of what is said: "you can email me it's deepika dot rao 71".
_BEGUN: Final = re.compile(
    r"\be ?-?mails?\b.{0,24}?\b(?:it's|its|is|with|to|as) "
    r"(?P<value>[^\W_]{1,30}(?:(?: (?:dot|dash|hyphen|underscore) |[._])[^\W_]{1,30}| \d{1,6})+)\W*\Z",
    re.IGNORECASE,
)
#: Asks for the part before the at sign.
_BEFORE_AT: Final = re.compile(r"\b(?:before|in front of) the (?:at|@)(?: sign| symbol)?\W*\Z", re.IGNORECASE)
#: A whole address that was said: the question is answered.
_GIVEN: Final = re.compile(r"@|\bat\b.{1,40}\bdot [a-z]{2,}", re.IGNORECASE)
#: Letters one by one: an address that was given may be spelled.
_LETTERS: Final = re.compile(r"(?<![\w'])[^\W\d_] [^\W\d_] [^\W\d_](?![\w'])")
#: As many words urge on somebody who says an address in pieces: "uh huh", "okay go ahead".
_URGING: Final = 3
_SITE: Final = re.compile(r"(?:www|portal|my ?chart|share|photos?|records)\.", re.IGNORECASE)
_FILLERS: Final = frozenset("uh um er erm ah like so and then".split())
_HESITATIONS: Final = frozenset("uh um er erm".split())
#: "Is it still *the* a okoro at example dot org": no article.
_BEFORE_INITIAL: Final = re.compile(r"\b(?:the|is|it's|its|still|email|address) \Z", re.IGNORECASE)
#: Before a local part they are the beginning of it ("the enzo silveira at ...", "old goat 93 at ..."), if of anything.
_OPENERS: Final = frozenset(("the", "old"))
#: The end of a local part that is no word: it has a digit, or a sign between letters, as it is written or said.
_CODED: Final = re.compile(r"[^\s@]*(?:\d|\w[._-]\w)[^\s@]*\Z|\w (?:dot|dash|hyphen|underscore) \w+\Z")
#: The rest of an address that an earlier turn began: "at mail dot example dot net".
_REST: Final = re.compile(
    r"\W*(?:(?:uh|um|er|erm|then|and|it's) )*(?P<value>at [^\W_][\w-]{0,40}(?:\.[^\W_][\w-]{1,40}){1,4})(?![\w@])",
    re.IGNORECASE,
)
_INITIAL_BEFORE: Final = re.compile(r"(?<![^\W_])[^\W_]{1,2} \Z")
_INITIAL: Final = re.compile(r" [^\W_]{1,2}\W*\Z")
#: What shows that an answer is the beginning of an address: a digit, or a sign, as it is written or said.
_JOINED: Final = re.compile(r"\d|[._]\w|\b(?:dot|dash|hyphen|underscore|period)\b", re.IGNORECASE)
#: A local part that hides its dots, too: "marta(dot)silva(at)example(dot)org".
_HIDDEN_LOCAL: Final = re.compile(
    r"[^\W_][\w.+-]{0,40}(?: ?[\[({]\s?(?:dot|\.|DOT)\s?[\])}] ?[^\W_][\w.+-]{0,40}){1,4}\Z"
)
_NUMBER: Final = re.compile(r"(?<![^\W_])\d+(?:\.\d)?(?![^\W_])")
#: Classes of everyday words, drugs and brands.
_EVERYDAY: Final = frozenset(("c1", "c2", "d", "y", "b"))
_DENIES: Final = re.compile(r"\b(?:he|she|i|it|they|who)(?:'s|'m|'re| is| am| are) not \w", re.IGNORECASE)
#: What is longer is no answer.
_SHORT: Final = 160
_ANSWER: Final = re.compile(r"[^\W_][\w.-]{2,60}")
#: The end of an address that breaks off: "sunny garden at", "sunny dot", "sunny garden at example dot".
_BROKEN_OFF: Final = re.compile(
    r" (?:at(?: (?P<host>[^\W_]{2,30}))?|dot|dash|hyphen|underscore)(?P<dot>(?<! dot) dot)?(?=\W*\Z)", re.IGNORECASE
)
_EMAIL_IS: Final = re.compile(
    r"\be ?-?mail(?: address)? (?:is|it's|would be) (?:(?:uh|um|er|erm),? )?\Z", re.IGNORECASE
)
#: What people say instead of an address.
_TALK: Final = frozenset(
    "same one second 2nd sec moment minute forget breaking up complicated long again representative voicemail".split()
)


class EmailDetector:
    """Finds email addresses."""

    def __init__(self) -> None:
        self.name = "email"
        self.kinds = frozenset({"EMAIL"})
        self._lexicon = shared_tagger().lexicon

    def detect(self, segment: Segment) -> Iterator[Span]:
        """Yield every email address."""
        reading = segment.reading
        text = reading.text
        hidden = False
        if "@" not in text:
            yield from self._unfinished(segment)
            hidden = _HIDDEN_AT.search(text) is not None
            if not hidden and ("." not in text or " at " not in reading.low):
                return
        for box in _MAILBOX.finditer(text) if not reading.is_identity else ():
            wordy = _WORDY.match(text, box.end(), box.end() + 90)
            if wordy is not None:
                yield Span(*reading.source(box.start(), wordy.end()), "EMAIL", 0.9, self.name)
        signs = _AT.finditer(text) if hidden or "@" in text else ()
        for at in (*signs, *_TYPED_AT.finditer(reading.low)):
            if at[0] == " @" and _OPTION.search(text, max(0, at.start() - 40), at.start()):
                continue
            domain, provider = _DOMAIN.match(text, at.end(), at.end() + 200), None
            end = domain.end() if domain else None
            if end is None:
                provider = _SPACED.match(text, at.end(), at.end() + 24)
                provider = provider or _WORDY.match(text, at.end(), at.end() + 90)
                provider = provider or _PROVIDER.match(text, at.end(), at.end() + 20)
                if provider is None or not (
                    ("." in provider[0] and provider.re is not _WORDY)
                    or _CODED.search(text, max(0, at.start() - 20), at.start())
                    or asked(segment, _CUE, _CUE_WORDS)
                    or _CUE.search(text, max(0, at.start() - 120), at.start())
                ):
                    continue
                end = provider.end()
            if _is_spoken(segment, at.start(), at.end()) and (
                text[at.end() : at.end() + 2].lower() == "a."
                or text[end : end + 1] == "/"
                or _SITE.match(text, at.end())
            ):
                continue  # "the pictures are at portal.example.org": a place, not a person
            if at.re is _TYPED_AT and not (
                _CODED.search(text, max(0, at.start() - 20), at.start())
                or _CUE.search(text, max(0, at.start() - 120), at.start())
                or (provider is not None and asked(segment, _CUE, _CUE_WORDS))
            ):
                continue  # "see you at portal.example.org"
            masked = _HIDDEN_LOCAL.search(text, max(0, at.start() - 160), at.start()) if hidden else None
            start = masked.start() if masked is not None else _start(segment, at.start(), at.end())
            if start is None and _is_rest(segment, at.start(), end):
                start = at.start()
                yield Span(*reading.source(start, end), "EMAIL", 0.8, self.name)
            if start is not None and start < at.start():
                yield Span(*reading.source(start, end), "EMAIL", 0.95, self.name)

    def _unfinished(self, segment: Segment) -> Iterator[Span]:
        """Yield the beginning of an address whose rest comes in a later turn ("your email?" / "szczepanski 53")."""
        low = segment.reading.low
        cued = not _CUE_WORDS.isdisjoint(segment.reading.words)
        begun = _BEGUN.search(low, max(0, len(low) - 120)) if cued else None
        if begun is not None:
            yield Span(*segment.reading.source(*begun.span("value")), "EMAIL", 0.7, self.name)
            return
        rest = _REST.match(segment.reading.text) if "." in segment.reading.text else None
        if rest is not None and _is_rest(segment, *rest.span("value")):
            yield Span(*segment.reading.source(*rest.span("value")), "EMAIL", 0.8, self.name)
            return
        asking = segment.question is not None and _asks_email(segment.question.text[-80:])
        short = len(segment.text) <= 80
        follows = short and bool(segment.since) and _BEFORE_AT.search(segment.since[-1].text) is not None
        if not (asking or cued or follows) or (not cued and _is_other(segment.reading.text)):
            return
        broken = _broken_off(segment, asking=asking) if asking or cued else None
        if broken is not None:
            yield Span(*segment.reading.source(*broken), "EMAIL", 0.7, self.name)
            return
        if not (short and (asking or follows)):
            return
        if not _LETTERS.search(segment.text) and any(_GIVEN.search(turn.text) for turn in segment.since):
            return
        words = list(_ANSWER.finditer(segment.reading.text))
        value = [word for word in words if word[0].lower() not in _STOP and word[0].lower() not in _FILLERS]
        if not value or len(value) > 3 or len(words) > 8 or not _TALK.isdisjoint(segment.reading.words):
            return
        start, end = value[0].start(), value[-1].end()
        before = _INITIAL_BEFORE.search(segment.reading.text, 0, start)
        if before is not None and value[0][0].lower() in ("dot", "dash", "hyphen", "underscore"):
            start = before.start()  # "a dot ferreira"
        rest = _INITIAL.match(segment.reading.text, end)
        end = rest.end() if rest is not None else end  # "sam dash w"
        text = segment.reading.text[start:end]
        joined = _JOINED.search(text) is not None
        if joined or (len(value) == 1 and len(text.rstrip(".")) >= 9 and not self._is_everyday(value[0][0])):
            yield Span(*segment.reading.source(start, end), "EMAIL", 0.7, self.name)

    def _is_everyday(self, word: str) -> bool:
        """Return whether a word is one that anybody says, or a drug ("ambulance", "metformin")."""
        low = word.rstrip(".").lower()
        return self._lexicon.describe(low)[1] in _EVERYDAY or self._lexicon.is_term(low)


def _asks_email(text: str) -> bool:
    return "mail" in text.lower() and _CUE.search(text) is not None


def _is_other(text: str) -> bool:
    """Return whether all numbers of what is said instead of an address are amounts ("I swallowed 30"), or it denies."""
    amounts = [is_amount(text, *one.span()) for one in _NUMBER.finditer(text)] if len(text) <= _SHORT else ()
    return all(amounts) if amounts else _DENIES.search(text) is not None


def _broken_off(segment: Segment, *, asking: bool) -> tuple[int, int] | None:
    """Return where the beginning of an address stands whose end a later turn says, known by the sign at its end."""
    text = segment.reading.text
    end = _BROKEN_OFF.search(text, max(0, len(text) - 48))
    if end is None or (end["host"] or "").lower() in _STOP:
        return None
    start = _start(segment, end.start(), end.end())
    if start is None or not (asking or _EMAIL_IS.search(text, max(0, start - 40), start)):
        return None
    return start, end.end()


def _is_rest(segment: Segment, start: int, end: int) -> bool:
    """Return whether an utterance is nothing but the rest of an address, whose beginning came a turn before."""
    text = segment.reading.text
    lead = re.findall(r"[^\W_]+", text[:start].lower())
    if not (segment.since or segment.question) or not _FILLERS.issuperset(lead):
        return False
    if asked(segment, _CUE, _CUE_WORDS):
        return True
    urged = bool(segment.since) and len(segment.since[-1].text.split()) <= _URGING
    return urged and _is_spoken(segment, start, start + 1) and not any(map(str.isalnum, text[end:]))


def _is_spoken(segment: Segment, start: int, end: int) -> bool:
    """Return whether the at sign was a word or stands apart."""
    text = segment.reading.text[start:end]
    if text != "@":
        return True
    begin, stop = segment.reading.source(start, end)
    return segment.text[begin:stop] != "@"


def _start(segment: Segment, at: int, after: int) -> int | None:
    """Return where the local part that ends at ``at`` begins, or ``None`` when there is none."""
    text = segment.reading.text
    floor = max(0, at - 120)
    breath = _BREATH.search(text, floor, at) if _is_spoken(segment, at, after) else None
    at = breath.start() if breath is not None else at
    if text[at - 1 : at] == '"' and (quote := text.rfind('"', floor, at - 1)) >= 0:
        return quote  # "big.red.barn"@example.org (RFC 5321, 4.1.2)
    tokens = list(_TOKEN.finditer(text, floor, at))
    if not tokens or tokens[-1].end() != at:
        return None
    start = tokens[-1].start()
    local = tokens[-1][0]
    for mark in ("mailto:", "=", "/", "|"):
        if mark in local and not local.endswith(mark):
            start += local.rindex(mark) + len(mark)
    if not _is_spoken(segment, at, after):
        return start
    while len(tokens) > 1 and tokens[-1][0].lower().strip(",") in _FILLERS:
        tokens.pop()  # "fifty two, uh, at hotmail": a breath before the at sign
        start = tokens[-1].start()
    if tokens[-1][0].lower() in _STOP:
        mailbox = tokens[-1][0].lower() in _MAILBOXES and _LED_IN.search(text, floor, start) is not None
        return start if mailbox and asked(segment, _CUE, _CUE_WORDS) else None
    if "@" in tokens[-1][0]:
        return start + tokens[-1][0].rindex("@") + 1
    following = tokens[-1][0].lower()
    edge = start
    for token in reversed(tokens[-7:-1]):
        word = token[0].lower()
        if word.strip(",") in _HESITATIONS and not text[token.end() : edge].strip(" ,"):
            edge = token.start()  # "maribel um 61 at ...", "ruiz um ann at ..."
            continue
        if "@" in word and not text[token.end() : start].strip(" "):
            return token.start() + word.rindex("@") + 1  # "email me at jordan 52 at ...": an at too many
        if word == "the" and text[start:at].startswith(("family", following)) and "family" in text[start:at]:
            start = token.start()
            break
        initial = word == "a" and _BEFORE_INITIAL.search(text, max(0, token.start() - 12), token.start()) is not None
        single = initial or (word == "a" and re.match(r"[^\W\d_](?![^\W_])", text[start:at]) is not None)
        letter = len(word) == 1 and word.isalpha()  # "m, okonkwo at ..."
        if (
            text[token.end() : edge].strip(" ," if letter or edge != start else " ")
            or (word.removesuffix("'s") in _STOP and not single)
            or word.endswith((".", "?", "!"))
            or "@" in word
        ):
            break
        start = edge = token.start()
    opener = re.search(r"(?<![\w@.])(\w+) \Z", text[floor:start])
    if opener is not None and opener[1].lower() in _OPENERS and start < at:
        start = floor + opener.start()
    whole = re.search(r"\b(?:all )?(?:one|1) word,? ", text[floor:start], re.IGNORECASE)
    if whole is not None and len(text[floor + whole.end() : start].split()) <= _MOST_WORDS:
        return floor + whole.end()
    explained = _EXPLAINED.search(text, max(0, start - 40), start)
    return explained.start() if explained else start


def make_detector() -> EmailDetector:
    """Return the detector."""
    return EmailDetector()
