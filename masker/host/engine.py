"""The engine: plugins, chain, cache, masking and rehydration behind the one object that the shells use.

`Engine.open` begins one call. Its `MaskedCall.steps` masks the request in short steps, so that a shell can serve
others in between; then `MaskedCall.body` is what may leave, and `reply` and `stream` bring values back. Pure but for
the clock: no I/O.
"""

from __future__ import annotations

import contextlib
import importlib.resources
import json
import threading
import time
from collections import Counter
from collections.abc import Collection, Generator, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

import attrs

from masker.core.kinds import FIRST_PARTY
from masker.core.markup import bare
from masker.core.policy import Policy
from masker.core.reports import MaskingReport, RehydrationReport
from masker.core.segments import Segment, Turn
from masker.core.spans import Span, span_problem
from masker.core.surrogates import literal_names, opened
from masker.detection.cache import Digests, Recent, SpanCache
from masker.detection.chain import Chain
from masker.detection.embedded import Edit
from masker.detection.hidden import KNOWN, hidden_texts
from masker.detection.naming import says_value
from masker.detection.resolve import counting, exposed, resolve
from masker.detection.tags import in_tags
from masker.detection.told import told
from masker.errors import DetectionFailed, InvalidRequest, LeakPrevented, MaskerError, UpstreamError
from masker.host.looking import Closed, Finding, Look, look_at
from masker.host.made_names import (
    NAME_IN_NAME,
    camel_words,
    is_full_name,
    is_id,
    is_name,
    joined_words,
    may_stand_in_id,
    readings_of_fixed,
    readings_of_id,
    readings_of_label,
    spaced,
    spells,
    sure_in_name,
    tells,
)
from masker.host.manager import PluginHost, PluginStatus, create_plugin_host
from masker.host.placing import Place, Places
from masker.host.settings import Settings
from masker.masking.known import finished
from masker.masking.masker import Masked, Seed, in_groups, masking_steps, outgoing_steps
from masker.masking.rehydrator import Rehydrator
from masker.masking.vault import Vault
from masker.wire.chat_stream import ChatStream
from masker.wire.positions import positions
from masker.wire.request import (
    Outgoing,
    Part,
    Slot,
    fixed_strings,
    media_in,
    outgoing_slots,
    parts_of,
    put,
    take_envelope,
)
from masker.wire.request import Seed as EnvelopeSeed
from masker.wire.response import restore_reply
from masker.wire.rows import rows_of
from masker.wire.turns import in_turns

__all__ = ["Engine", "MaskedCall", "build_engine", "unmask_text"]

#: Seconds after which a step ends.
_STEP: Final = 0.002
#: Characters from which on each detector's look is a step of its own.
_LONG: Final = 2000
#: Digits of a number of choices that are read; no upstream makes more.
_MOST_DIGITS: Final = 9
#: Findings from which on making them disjoint is a step of its own.
_MANY: Final = 1000
#: How many places with text a request may have, in its body and in the JSON inside of its strings.
_MOST_SLOTS: Final = 100_000
_OLD: Final = 89
#: Digits from which a number under a telling key is believed to be an identifier.
_DIGITS_UNDER_KEY: Final = 4
#: Keys of file names.
_FILE_NAMES: Final = frozenset(("filename", "file_name"))
#: Characters on either side of a border between two parts in which a cut word is looked at.
_AROUND: Final = 120
#: Most characters that values may take in one reply: a token is short, a link may be long, and a model told to repeat
#: one a million times would fill our memory.
_MOST_RESTORED: Final = 32 * 1024 * 1024
#: Seconds that may be spent on looking through one reply, or one piece of a stream. Ten megabytes of prose take one.
_MOST_WORK: Final = 6.0
#: Rehydrators of one reply that are kept until their counts are added up.
_COUNTED: Final = 1000


#: A little of everything that plugins look for; nobody's.
_WARM_UP: Final = (
    ("assistant", "thanks for calling, what is your name and date of birth"),
    (
        "user",
        "hi it's ann example, a n n, march third nineteen eighty, my number is four one five five five five oh one",
    ),
    ("assistant", "Thank you Ann. Is 12 Main Street, Springfield, IL 62701 still your address, and ann@example.org?"),
    ("user", "yes and my member id is xyz123456789, medical record number 00123456, (415) 555-0134, www.example.org"),
)


class Engine:
    """Masks requests and rehydrates replies with the plugins of one process.

    Args:
        host: The loaded plugins.
        cache_limit: How many segments' spans to remember.
    """

    def __init__(self, host: PluginHost, *, cache_limit: int = 50_000) -> None:
        self.host = host
        lock = threading.Lock()  # large requests are masked in threads
        self.cache = SpanCache(cache_limit, lock)
        self.findings: Recent[Finding] = Recent(cache_limit, lock)
        self.places: Recent[Place] = Recent(cache_limit, lock)
        self.still: Recent[bool] = Recent(cache_limit, lock)
        self._chain = Chain(host.detectors)
        self._phrases = {kind.name: kind.phrase for kind in host.kinds.values()}

    @property
    def plugins(self) -> tuple[PluginStatus, ...]:
        """What became of each plugin."""
        return self.host.statuses

    def check(self, policy: Policy) -> None:
        """Make sure that nothing is broken and every kind that the policy requires is covered.

        Raises:
            PolicyError: The policy names a kind that nobody registers.
            PluginError: A plugin is broken.
            MissingKinds: A required kind has no detector.
        """
        self.host.check(policy.required)
        policy.check_kinds({*FIRST_PARTY, *self.host.kinds})

    def ready(self) -> bool:
        """Return whether there is anything to mask with, and nothing is broken."""
        return bool(self.host.detectors) and all(status.state != "broken" for status in self.host.statuses)

    def warm_up(self) -> None:
        """Mask an invented conversation, so that the first caller does not wait for tables that are made when used.

        What goes wrong is left for that caller to hear of.
        """
        with contextlib.suppress(MaskerError):
            self.detect([Turn(role, text) for role, text in _WARM_UP], Policy())

    def open(self, body: Mapping[str, Any], *, policy: Policy, agent: str, request_id: str) -> MaskedCall:
        """Begin one call.

        Args:
            body: A checked chat request (`masker.wire.bodies`); not changed.
            policy: The agent's policy.
            agent: The agent's name, for reports and for keeping agents' cache entries apart.
            request_id: For reports.
        """
        return MaskedCall(self, body, policy, agent, request_id)

    def detect(self, turns: Sequence[Turn], policy: Policy) -> list[list[Span]]:
        """Return what would be masked in each turn, with offsets into its text; disjoint and sorted."""
        messages = [
            {"role": turn.role, "content": turn.text} if turn.role else {"content": turn.text} for turn in turns
        ]
        call = self.open({"messages": messages}, policy=policy, agent="", request_id="")
        for _ in call.steps():
            pass
        found: list[list[Span]] = [[] for _ in turns]
        for slot, spans in call.found():
            for span in spans:
                for path, start, end in positions(slot, span.start, span.end):
                    if len(path) == 3 and path[2] == "content":  # ("messages", index, "content")
                        found[int(path[1])].append(attrs.evolve(span, start=start, end=end))
        call.close()
        return [list(resolve(spans)) for spans in found]

    def mask_text(self, text: str, policy: Policy) -> tuple[str, dict[str, str]]:
        """Return a text with tokens in place of PHI, and the map from token to value."""
        call = self.open({"messages": [{"content": text}]}, policy=policy, agent="", request_id="")
        for _ in call.steps():
            pass
        tokens = {value.token: value.form for value in call.vault.live.values()}
        masked = call.body["messages"][0]["content"]
        call.close()
        return masked, tokens

    def admitted(self, segment: Segment, candidates: Sequence[Span], policy: Policy) -> tuple[Span, ...]:
        """Return the findings that count under a policy, made disjoint; a plugin may resolve overlaps its own way."""
        found = counting(segment.text, candidates, policy)
        if found and self.host.hook.masker_resolve_overlaps.get_hookimpls():
            return self._resolved(segment, found, policy)
        return resolve(found)

    def _resolved(self, segment: Segment, found: list[Span], policy: Policy) -> tuple[Span, ...]:
        """Return a plugin's answer to overlaps, checked: it may choose among kinds, but uncover nothing."""
        hook = "masker_resolve_overlaps"
        try:
            answer = self.host.hook.masker_resolve_overlaps(segment=segment, spans=list(found), policy=policy)
        except Exception as error:  # noqa: BLE001  # a third party's code: whatever it raises stops the request
            raise DetectionFailed(hook, f"raised {type(error).__name__}") from None
        if answer is None:
            return resolve(found)
        problem = span_problem(answer, len(segment.text), self.host.kinds)
        if problem is None and exposed(found, answer) is not None:
            problem = "left a finding uncovered"
        if problem is not None:
            raise DetectionFailed(hook, problem)
        return resolve(answer)

    def search(self, segment: Segment, policy: Policy, digests: Digests) -> Iterator[tuple[Span, ...] | None]:
        """Yield ``None`` after each step of a search, and at last the spans, cached where the segment is known."""
        digest = digests.segment(segment)
        spans = self.cache.get(digest)
        if spans is None:
            digests.misses += 1
            candidates: list[Span] = []
            for found in self._chain.steps(segment):
                candidates.extend(found)
                yield None
            for hidden in hidden_texts(segment.text):
                if hidden is None:
                    yield None
                    continue
                start, end, said = hidden
                inside = attrs.evolve(segment, text=said)
                for found in self._chain.steps(inside):
                    candidates.extend(
                        Span(start, end, span.kind, 1.0, span.detector) for span in counting(said, found, policy)
                    )
                    yield None
            if (inner := opened(segment.text)) is not None:
                for found in self._chain.steps(attrs.evolve(segment, text=inner)):
                    candidates.extend(found)
                    yield None
            if (fields := told(segment.text)) is not None:
                for found in self._chain.steps(attrs.evolve(segment, text=fields.text)):
                    candidates.extend(fields.placed(found))
                    yield None
            if (shown := bare(segment.text)) is not None:
                known = tuple(candidates)
                for found in self._chain.steps(attrs.evolve(segment, text=shown.text)):
                    candidates.extend(in_tags(segment.text, found, shown, known))
                    yield None
            for words, places in joined_words(segment):
                inside = attrs.evolve(segment, text=words)
                for found in self._chain.steps(inside):
                    believed = [span for span in sure_in_name(found, words) if span.kind == "NAME"]
                    # With the least score that counts: a user name or an address has a detector of its own.
                    candidates.extend(
                        attrs.evolve(span, start=places[span.start], end=places[span.end], score=NAME_IN_NAME)
                        for span in believed
                    )
                    yield None
            if len(candidates) > _MANY:
                yield None
            spans = self.admitted(segment, candidates, policy)
            if len(candidates) > _MANY:
                yield None
            self.cache.put(digest, spans)
        else:
            digests.hits += 1
        yield spans

    def open_vault(self, agent: str, request_id: str) -> Vault:
        """Return the vault for one request; plugins may bring their own, or their own surrogates."""
        hook, request = self.host.hook, {"agent": agent, "request_id": request_id}
        vault = hook.masker_open_vault(request=request) if hook.masker_open_vault.get_hookimpls() else None
        if vault is not None:
            return vault  # type: ignore[no-any-return]  # the hook's promise
        if not hook.masker_make_surrogate.get_hookimpls():
            return Vault()
        return Vault(
            surrogate=lambda kind, number: hook.masker_make_surrogate(kind=kind, number=number, request=request)
        )

    def rehydrator(self, vault: Vault, policy: Policy, *, heard: bool = True, **options: Any) -> Rehydrator:
        """Return a rehydrator that knows every registered kind's phrase.

        Args:
            vault: The request's vault.
            policy: Says what becomes of unknown tokens in text that a caller may hear.
            heard: Whether the text is such; in tool arguments unknown tokens always stay as they are.
            options: Further arguments of `Rehydrator`.
        """
        unknown = policy.unknown_tokens if heard else "keep"
        return Rehydrator(vault, unknown=unknown, phrases=self._phrases, **options)

    def observe(self, report: MaskingReport | RehydrationReport) -> None:
        """Tell the observing plugins; what they do can never hurt the request."""
        masked = isinstance(report, MaskingReport)
        self.host.tell("masker_request_masked" if masked else "masker_response_rehydrated", report=report)

    def coverage(self, policy: Policy) -> list[dict[str, Any]]:
        """Return, for every kind, what happens to it, who finds it, and what is known to be missed.

        Measured figures and gaps come from ``evidence.json`` in the plugin's package, where it ships one.
        """
        rows = []
        kinds = dict.fromkeys([*policy.required, *sorted(self.host.kinds)])
        for name in kinds:
            kind = self.host.kinds.get(name)
            found = [d for d in self.host.detectors if name in d.kinds]
            plugins = [p for d in found if (p := self.host.provider_of(d.name)) is not None]
            evidence = [_evidence(plugin).get(name, {}) for plugin in plugins]
            rows.append(
                {
                    "kind": name,
                    "category": kind.category if kind else None,
                    "action": policy.action_for(name),
                    "covered_by": [f"{plugin.name} {plugin.version or ''}".strip() for plugin in plugins],
                    "measured": "; ".join(e["measured"] for e in evidence if e.get("measured")),
                    "gaps": "; ".join(e["gaps"] for e in evidence if e.get("gaps")),
                }
            )
        return rows


def build_engine(settings: Settings) -> Engine:
    """Return an engine with the installed plugins. Broken ones are reported by `Engine.check`."""
    host = create_plugin_host(blocked=settings.blocked_plugins, settings=settings.plugin_settings)
    host.hook.masker_configure.call_historic(kwargs={"settings": settings.public()})
    return Engine(host)


def unmask_text(text: str, tokens: Mapping[str, str]) -> str:
    """Return a text with a map's values in place of its tokens."""
    vault = Vault()
    vault.load(tokens)
    rehydrator = Rehydrator(vault)
    return rehydrator.feed(text) + rehydrator.flush()


def _evidence(plugin: PluginStatus) -> dict[str, dict[str, str]]:
    if plugin.module is None:
        return {}
    try:
        raw = importlib.resources.files(plugin.module).joinpath("evidence.json").read_text(encoding="utf-8")
        found: dict[str, dict[str, str]] = json.loads(raw)
    except (OSError, ValueError, ModuleNotFoundError, TypeError):
        return {}
    return found


class MaskedCall:
    """One request on its way out, and its reply on its way back.

    Run `steps` to its end before anything else; call `close` whatever happens.

    Attributes:
        vault: The request's values; wiped by `close`.
        body: What may leave, after `steps`.
        report: What was masked, after `steps`.
    """

    def __init__(self, engine: Engine, body: Mapping[str, Any], policy: Policy, agent: str, request_id: str) -> None:
        self._engine = engine
        self._policy = policy
        self._agent = agent
        self._request_id = request_id
        self._source = body
        self._looks: list[Look] = []
        self._slots: list[Slot] = []
        self._masked: Masked | None = None
        self._outgoing: Outgoing | None = None
        self._spellings: dict[str, dict[str, str]] = {}
        self._digests = engine.cache.digests("")
        self._rehydrators: list[Rehydrator | RehydrationReport] = []
        self._room = _MOST_RESTORED
        self._until = 0.0
        self.vault = engine.open_vault(agent, request_id)
        self.report = MaskingReport(agent, request_id)

    def __repr__(self) -> str:
        return f"MaskedCall(request_id={self._request_id!r}, slots={len(self._slots)})"

    # --- out ---------------------------------------------------------------------------------------------------------

    def steps(self) -> Iterator[None]:
        """Mask the request, yielding after each short step.

        Raises:
            InvalidRequest: It carries media that the policy refuses.
            Blocked: It holds a kind that the policy blocks.
            DetectionFailed: A detector raised or returned nonsense.
            LeakPrevented: The last look found a known value.
        """
        started = time.perf_counter()
        scope = f"{self._agent}|{self._policy.digest}|{self._engine.host.versions}"
        self._digests = self._engine.cache.digests(scope)
        envelope = take_envelope(dict(self._source))
        places = yield from self._look(envelope.body)
        seeds: list[Seed] = []
        pause = _Pause()
        for candidate in envelope.seeds:
            seeds += self._seeds(candidate, self._digests)
            if pause.due():
                yield
        detected = time.perf_counter()
        yield from self._mask(envelope.body, places, seeds)
        yield
        yield from self._look_once_more(envelope.body, places)
        self.report = self._report(started, detected)
        self._engine.observe(self.report)

    @property
    def body(self) -> dict[str, Any]:
        """The masked request."""
        if self._outgoing is None:
            raise RuntimeError("the call is not masked yet: run steps() to its end")
        return self._outgoing.body

    def found(self) -> Iterator[tuple[Slot, tuple[Span, ...]]]:
        """Yield every slot with what is masked in it."""
        if self._masked is not None:
            for slot, spans, edits in zip(self._slots, self._masked.spans, self._masked.edits, strict=True):
                if _may_change(slot, edits):
                    yield slot, spans

    def _look(self, body: Mapping[str, Any]) -> Generator[None, None, Places]:
        """Find what is in each part of the request, or know it from an earlier turn; return where they stand."""
        engine, digests = self._engine, self._digests
        pause = _Pause()
        parts = parts_of(body)
        places = Places(parts, digests, engine.places, engine.cache)
        for _ in places.steps():
            if pause.due():
                yield
        findings = [engine.findings.get(digest) for digest in places.digests]
        self._refuse_media({part.index for part, finding in zip(parts, findings, strict=True) if finding is not None})
        room = _MOST_SLOTS
        for part, digest, finding in zip(parts, places.digests, findings, strict=True):
            if finding is None:
                look = yield from self._look_at(part, digest, places, pause)
                engine.findings.put(digest, look.finding, look.finding.size)
            else:
                digests.hits += finding.searched
                look = Look(part, digest, finding, None if finding.closed else part.slots(places.named))
            self._looks.append(look)
            room -= look.finding.slots
            if room < 0:
                raise InvalidRequest("invalid_request", f"The request holds more than {_MOST_SLOTS:,} values.")
            if pause.due():
                yield
        return places

    def _refuse_media(self, known: Collection[int | None]) -> None:
        """Refuse a request that carries media, where the policy does; in known messages there was none."""
        if self._policy.media != "refuse":
            return
        where = media_in(self._source, {index for index in known if index is not None})
        if where is not None:
            raise InvalidRequest(
                "media_not_allowed",
                'Images, audio and files are refused; the policy may say media = "allow".',
                param=where,
            )

    def _look_at(self, part: Part, digest: bytes, places: Places, pause: _Pause) -> Generator[None, None, Look]:
        """Search every slot of a part, in short steps."""
        digests = self._digests
        before = digests.hits + digests.misses
        slots = part.slots(places.tools, places.context(part))
        if pause.due():
            yield
        slots = in_turns(slots)
        spans: list[tuple[Span, ...]] = []
        for slot in slots:
            for found in self._search(slot, digests):
                if found is not None:
                    spans.append(found)
                if (found is None and len(slot.segment.text) > _LONG) or pause.due():
                    yield
                    pause.begin()
        for row in rows_of(slots):
            for found in self._engine.search(row.segment, self._policy, digests):
                for span in found or ():
                    for place in row.touched(span):
                        whole = Span(0, len(slots[place].segment.text), span.kind, span.score, span.detector)
                        spans[place] = resolve((*spans[place], whole))
                if pause.due():
                    yield
        if part.index is None:
            for name, text in fixed_strings(part.value):
                kind = yield from self._identifying(text)
                if kind is not None:
                    raise LeakPrevented(kind, param=name)
                if pause.due():
                    yield
        hiding = yield from _hiding(slots, pause)
        searched = digests.hits + digests.misses - before
        return look_at(part, digest, slots, spans, hiding=hiding, searched=searched)

    def _search(self, slot: Slot, digests: Digests) -> Iterator[tuple[Span, ...] | None]:
        """Yield ``None`` after each step and at last the spans of one slot, by its form."""
        segment, engine = slot.segment, self._engine
        if slot.form == "id" and is_id(segment.text):
            yield from self._search_id(segment, digests)
        elif slot.form == "number":
            if _may_answer(slot):
                yield from engine.search(segment, self._policy, digests)
            else:
                yield _number_under_key(slot)
        elif slot.form in ("function_name", "property_name") and is_name(segment.text):
            # Read "call_sarah_chen" as words; what is found must be surer than in a sentence.
            words = attrs.evolve(segment, text=spaced(segment.text))
            for found in engine.search(words, self._policy, digests):
                yield found and tuple(sure_in_name(found, words.text))
        elif slot.parts:
            yield from self._search_parts(slot, digests)
        elif _is_label(slot):
            yield from self._search_label(segment, digests)
        else:
            yield from engine.search(segment, self._policy, digests)

    def _search_id(self, segment: Segment, digests: Digests) -> Iterator[tuple[Span, ...] | None]:
        """Search an identifier that a program made, if something in it may be somebody's."""
        spans: list[Span] = []
        for reading in readings_of_id(segment.text):
            for found in self._engine.search(attrs.evolve(segment, text=reading), self._policy, digests):
                if found is None:
                    yield None
                else:
                    spans += (span for span in sure_in_name(found, reading) if may_stand_in_id(span, reading))
        for words, places in camel_words(segment.text):
            for found in self._engine.search(attrs.evolve(segment, text=words), self._policy, digests):
                if found is None:
                    yield None
                for span in found or ():
                    if is_full_name(span, words):
                        spans.append(attrs.evolve(span, start=places[0], end=places[-1]))
        yield resolve(spans)

    def _search_parts(self, slot: Slot, digests: Digests) -> Iterator[tuple[Span, ...] | None]:
        """Search content parts as one text, and once more around each border that may cut a word: "Sar", "ah Chen"."""
        segment = slot.segment
        text = segment.text
        spans: list[Span] = []
        for found in self._engine.search(segment, self._policy, digests):
            if found is None:
                yield None
            else:
                spans += found
        for (_, _, end), (_, begin, _) in pairwise(slot.parts):
            if begin == end or not (text[end - 1 : end].isalpha() and text[begin : begin + 1].isalpha()):
                continue
            start = max(0, end - _AROUND)
            whole = attrs.evolve(segment, text=text[start:end] + text[begin : begin + _AROUND])
            for found in self._engine.search(whole, self._policy, digests):
                if found is None:
                    yield None
                for span in found or ():
                    if span.start < end - start < span.end:
                        spans.append(attrs.evolve(span, start=start + span.start, end=span.end + start + begin - end))
        yield resolve(spans)

    def _search_label(self, segment: Segment, digests: Digests) -> Iterator[tuple[Span, ...] | None]:
        """Search a label as `Engine.search`, as it is written and as the words it is made of."""
        spans: list[Span] = []
        for text in readings_of_label(segment.text):
            for found in self._engine.search(attrs.evolve(segment, text=text), self._policy, digests):
                if found is None:
                    yield None
                else:
                    spans += found
        yield resolve(spans)

    def accepts_model(self, model: str) -> bool:
        """Return whether a model's name, which leaves as it came, names nobody; after `steps`."""
        known = self.vault.known
        for hit in known.find([model]) if known is not None else ():
            span = Span(hit.start, hit.end, hit.kind)
            if spells(hit.kind, len(span)) or tells(span, spaced(model)):
                return False
        return finished(self._identifying(model)) is None

    def _identifying(self, name: str) -> Generator[None, None, str | None]:
        """Return the kind of what identifies a person in a text that cannot be masked, or ``None``, in short steps."""
        for text in readings_of_fixed(name):
            for found in self._engine.search(Segment(text), self._policy, self._digests):
                if found is None and len(text) > _LONG:
                    yield
                for span in found or ():
                    if tells(span, text) and self._policy.action_for(span.kind) != "keep":
                        return span.kind
        return None

    def _seeds(self, candidate: EnvelopeSeed, digests: Digests) -> Iterator[Seed]:
        """Yield what a platform told us: by the key's kind, or as far as a detector recognises it."""
        if candidate.kind is not None:
            yield Seed(candidate.kind, candidate.text)
            return
        segment = Segment(candidate.text, key=candidate.key)
        for found in self._engine.search(segment, self._policy, digests):
            for span in found or ():
                yield Seed(span.kind, segment.text[span.start : span.end])

    def _mask(self, body: Mapping[str, Any], places: Places, seeds: Sequence[Seed]) -> Iterator[None]:
        closed = Closed(self._looks, places, self._digests, self._engine.still)
        # What leaves as it is may look like a token too.
        fixed = (text for _, text in fixed_strings(body))
        self.vault.reserve(literal_names([str(body.get("model", "")), *fixed]))
        self._masked = yield from masking_steps(closed.source, self.vault, self._policy, seeds, closed.opened)
        closed.remember(self._masked.edits)
        self._slots = closed.slots
        yield
        answers = [
            [Edit(*edit) for edit in edits] if _may_change(slot, edits) else None
            for slot, edits in zip(self._slots, self._masked.edits, strict=True)
        ]
        self._outgoing = put(body, self._slots, answers)
        self._spellings = self._schema_spellings()

    def _look_once_more(self, source: Mapping[str, Any], places: Places) -> Iterator[None]:
        """Look for known values in what is about to leave.

        A part that leaves as the very object that came in, and in which nothing was to be changed, was looked at a
        moment ago by the same matcher, for the same values: looking again could not find more.
        """
        assert self._masked is not None  # noqa: S101  # for the type checker; set by `_mask`
        body = self.body
        edited = {
            slot.segment.path[1] if slot.segment.path[0] == "messages" else None
            for slot, edits in zip(self._slots, self._masked.edits, strict=True)
            if edits
        }
        pairs = zip(source.get("messages", ()), body.get("messages", ()), strict=True)
        same: set[int | None] = {index for index, (old, new) in enumerate(pairs) if old is new and index not in edited}
        others = [name for name in body if name != "messages"]
        if None not in edited and all(name in source and body[name] is source[name] for name in others):
            same.add(None)
        slots = [slot for slot in outgoing_slots(body, same, places.named) if slot.form != "number"]
        texts = [slot.segment.text for slot in slots]
        roles = [slot.segment.role for slot in slots]
        tools = [slot.tool if slot.segment.role in ("tool", "function") else None for slot in slots]
        for start, end in in_groups(texts):
            yield from outgoing_steps(
                texts[start:end], self.vault, self._policy, roles=roles[start:end], tools=tools[start:end]
            )
            yield

    def _schema_spellings(self) -> dict[str, dict[str, str]]:
        """Return, for each tool, how its schema's ``enum`` and ``const`` spell the values they hold."""
        assert self._masked is not None  # noqa: S101  # for the type checker; set by the caller
        found: dict[str, dict[str, str]] = {}
        for slot, forms in zip(self._slots, self._masked.forms, strict=True):
            path = slot.segment.path
            if (
                forms
                and path
                and path[0] in ("tools", "functions", "response_format")
                and {"enum", "const"} & set(path)
            ):
                for token, text in forms.items():
                    found.setdefault(_tool_at(self._source, path), {}).setdefault(token, text)
        return found

    def _report(self, started: float, detected: float) -> MaskingReport:
        spans = [span for _, many in self.found() for span in many]
        now = time.perf_counter()
        return MaskingReport(
            self._agent,
            self._request_id,
            by_kind=Counter(span.kind for span in spans),
            by_detector=Counter((span.kind, span.detector or "") for span in spans),
            milliseconds={"detect": (detected - started) * 1000, "mask": (now - detected) * 1000},
            segments=sum(look.finding.slots for look in self._looks),
            characters=sum(look.finding.characters for look in self._looks),
            cache_hits=self._digests.hits,
            cache_misses=self._digests.misses,
        )

    # --- back --------------------------------------------------------------------------------------------------------

    def reply(self, tree: dict[str, Any]) -> dict[str, Any]:
        """Return a whole reply with values in place of tokens."""
        outgoing = self._outgoing
        assert outgoing is not None  # noqa: S101  # `body` was sent before a reply can come
        self._begin()
        return restore_reply(tree, self._open, outgoing.names, outgoing.properties, json_content=self._wants_json)

    def stream(self) -> ChatStream:
        """Return what turns the upstream's event stream into the caller's."""
        outgoing = self._outgoing
        assert outgoing is not None  # noqa: S101  # `body` was sent before a reply can come
        asked = getattr(self._source.get("n"), "literal", "")
        return ChatStream(
            self._open,
            outgoing.names,
            outgoing.properties,
            json_content=self._wants_json,
            begin=self._begin,
            asked=int(asked[:_MOST_DIGITS]) if asked.isdecimal() else 1,
        )

    def restore_text(self, text: str) -> str:
        """Return a text, such as an upstream's error message, with values in place of tokens."""
        self._begin()
        rehydrator = self._engine.rehydrator(self.vault, self._policy, spend=self._spend)
        return rehydrator.feed(text) + rehydrator.flush()

    def _begin(self) -> None:
        """Begin some work on the reply: all of it, or what one piece of a stream makes."""
        self._until = time.monotonic() + _MOST_WORK

    def _spend(self, length: int) -> None:
        """Count what values take in the reply, and how long it takes to look for them."""
        self._room -= length
        if self._room < 0:
            raise UpstreamError("upstream_error", "The upstream's reply is too large with its values restored.")
        if time.monotonic() > self._until:
            raise UpstreamError("upstream_error", "The upstream's reply takes too long to look through.")

    def close(self) -> None:
        """Tell the observers what was restored, and forget every value."""
        if self._rehydrators:
            self._engine.observe(self.rehydration_report())
        self._rehydrators.clear()
        self._looks = []
        self._slots = []
        self._masked = None
        self._outgoing = None
        self._source = {}
        self._spellings = {}
        self.vault.wipe()

    def rehydration_report(self) -> RehydrationReport:
        """Return what was restored so far."""
        done = self._rehydrators
        return RehydrationReport(
            self._agent,
            self._request_id,
            restored=sum(one.restored for one in done),
            bent=sum(one.bent for one in done),
            unknown=sum(one.unknown for one in done),
            held_max=max((one.held_max for one in done), default=0),
        )

    @property
    def _wants_json(self) -> bool:
        form = self._source.get("response_format")
        return isinstance(form, dict) and form.get("type") in ("json_object", "json_schema")

    def _open(self, _choice: int, field: str, json: bool, tool: str | None) -> Rehydrator:
        self._spend(0)
        scope = tool if tool is not None else "" if json else None
        rehydrator = self._engine.rehydrator(
            self.vault,
            self._policy,
            heard=not field.endswith((".arguments", ".input")),
            json=json,
            for_tool=tool is not None,
            spellings=self._spellings.get(scope, {}) if scope is not None else {},
            spend=self._spend,
        )
        if len(self._rehydrators) >= _COUNTED:
            # An upstream may go on opening texts for as long as it likes: what they did is kept, not they.
            self._rehydrators = [self.rehydration_report()]
        self._rehydrators.append(rehydrator)
        return rehydrator


class _Pause:
    """Tells when it is time to let others be served."""

    __slots__ = ("_since",)

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Begin a step."""
        self._since = time.perf_counter()

    def due(self) -> bool:
        """Return whether a step's worth of time has gone by, and if so begin the next."""
        if time.perf_counter() - self._since <= _STEP:
            return False
        self.begin()
        return True


def _hiding(slots: Sequence[Slot], pause: _Pause) -> Generator[None, None, set[int]]:
    """Yield after short steps; return the places of the slots in which something stands encoded."""
    hiding: set[int] = set()
    for place, slot in enumerate(slots):
        for hidden in hidden_texts(slot.segment.text, least=KNOWN):
            if hidden is not None:
                hiding.add(place)
                break
            if pause.due():
                yield
    return hiding


def _may_change(slot: Slot, edits: Sequence[tuple[int, int, str]]) -> bool:
    """Return whether a slot's edits are made: a number only changes as a whole."""
    if slot.form != "number":
        return bool(edits)
    return len(edits) == 1 and (edits[0][0], edits[0][1]) == (0, len(slot.segment.text))


def _is_label(slot: Slot) -> bool:
    """Return whether a slot holds what people write without spaces: a message's name, a file's name."""
    path = slot.segment.path
    return (len(path) == 3 and path[0] == "messages" and path[2] == "name") or slot.segment.key in _FILE_NAMES


def _number_under_key(slot: Slot) -> tuple[Span, ...]:
    """Return a span for a JSON number whose key names a kind."""
    literal = slot.segment.text
    if slot.kind is None or not literal.isdecimal():
        return ()
    telling = int(literal) > _OLD if slot.kind == "AGE" else len(literal) >= _DIGITS_UNDER_KEY
    return (Span(0, len(literal), slot.kind, 1.0, "key"),) if telling else ()


def _may_answer(slot: Slot) -> bool:
    """Return whether a JSON number may answer what its call asked, as a text would: ``{"digits": 9999}``.

    What was asked before that is answered by the caller, and among others in an array it is a measurement.
    """
    segment = slot.segment
    if slot.kind is not None or segment.question is None or segment.since or segment.role == "assistant":
        return False
    if not says_value(segment.key):
        return False
    in_array = bool(slot.row) or (slot.document is None and type(segment.path[-1]) is int)
    return not in_array and segment.text.isdecimal() and len(segment.text) >= _DIGITS_UNDER_KEY


def _tool_at(body: Mapping[str, Any], path: Sequence[str | int]) -> str:
    """Return the name of the function whose schema a path leads through; ``""`` for ``response_format``."""
    if path[0] == "response_format" or not isinstance(path[1], int):
        return ""
    tool = body[str(path[0])][path[1]]
    function = tool.get("function", tool) if isinstance(tool, dict) else {}
    name = function.get("name") if isinstance(function, dict) else None
    return name if isinstance(name, str) else ""
