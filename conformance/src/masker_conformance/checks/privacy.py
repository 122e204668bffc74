"""Chapter P: a detector sees what nobody else may see. It says nothing, writes nothing, calls nobody."""

from __future__ import annotations

import contextlib
import functools
import gc
import io
import logging
import os
import random
import re
import sys
import tempfile
import threading
import traceback
import warnings
from collections.abc import Callable, Iterator
from typing import Any, Final

from masker import Segment, Turn
from masker_conformance.checks.contract import HOSTILE
from masker_conformance.fixtures import Case
from masker_conformance.rules import Level, Verdict, failed, passed, rule
from masker_conformance.subjects import Subject

__all__ = ["watched"]


def _canaries(subject: Subject, most: int = 24) -> list[Case]:
    """Return positives whose values are long enough to be recognised wherever they turn up."""
    cases = [
        case for case in subject.cases() if case.positive and any(mark.end - mark.start >= 4 for mark in case.marks)
    ]
    step = max(1, len(cases) // most)
    return cases[::step][:most]


def _squeezed(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()


def _leaks(case: Case, output: str) -> bool:
    """Return whether an output contains a marked value, with whatever separators."""
    seen = _squeezed(output)
    if not seen:
        return False
    text = case.segment.text
    return any(
        _squeezed(text[mark.start : mark.end]) in seen
        for mark in case.marks
        if len(_squeezed(text[mark.start : mark.end])) >= 4
    )


def _quietly(subject: Subject, segment: Segment) -> None:
    with contextlib.suppress(Exception):
        subject.detect(segment)


class _Records(logging.Handler):
    """Keeps everything that a log record could ever print."""

    def __init__(self) -> None:
        super().__init__(logging.NOTSET)
        self.seen: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.seen.append(f"{record.__dict__!r} {record.getMessage()}")


@rule(Level.MUST, "Nothing that was detected is logged")
def p1_no_logs(subject: Subject) -> Iterator[Verdict]:
    """Detect with every logger at its most talkative.

    If this fails: log counts, kinds and offsets, never text. Most detectors need no log at all.
    """
    root = logging.getLogger()
    names = [name for name, logger in root.manager.loggerDict.items() if isinstance(logger, logging.Logger)]
    loggers = [root, *(logging.getLogger(name) for name in names)]
    before = [(logger, logger.level, logger.disabled, logger.propagate) for logger in loggers]
    disabled = root.manager.disable
    records = _Records()
    try:
        logging.disable(logging.NOTSET)
        root.addHandler(records)
        for logger in loggers:
            logger.setLevel(1)
            logger.disabled = False
            logger.propagate = True
        for case in _canaries(subject):
            records.seen.clear()
            _quietly(subject, case.segment)
            leak = _leaks(case, " ".join(records.seen))
            yield failed(case.id, "the value stands in a log record") if leak else passed(case.id)
    finally:
        root.removeHandler(records)
        logging.disable(disabled)
        for logger, level, off, propagate in before:
            logger.setLevel(level)
            logger.disabled = off
            logger.propagate = propagate


@contextlib.contextmanager
def _output() -> Iterator[Callable[[], str]]:
    """Catch stdout and stderr, as objects and as file descriptors; the callable returns what came so far."""
    stream = io.StringIO()
    for each in (sys.stdout, sys.stderr):
        with contextlib.suppress(Exception):
            each.flush()
    with tempfile.TemporaryFile() as file:
        saved = [(number, os.dup(number)) for number in (1, 2)]
        try:
            for number, _ in saved:
                os.dup2(file.fileno(), number)
            with contextlib.redirect_stdout(stream), contextlib.redirect_stderr(stream):

                def collected() -> str:
                    file.seek(0)
                    return stream.getvalue() + file.read().decode("utf-8", "replace")

                yield collected
        finally:
            for number, copy in saved:
                os.dup2(copy, number)
                os.close(copy)


@rule(Level.MUST, "Nothing that was detected is printed")
def p2_no_output(subject: Subject) -> Iterator[Verdict]:
    """Detect with stdout and stderr caught, down to the file descriptors.

    If this fails: remove the ``print`` that was left behind, or the library's verbose flag.
    """
    verdicts = []
    for case in _canaries(subject):
        with _output() as collected:
            _quietly(subject, case.segment)
            seen = collected()
        leak = _leaks(case, seen)
        verdicts.append(failed(case.id, "the value was printed") if leak else passed(case.id))
    yield from verdicts


@rule(Level.MUST, "Nothing that was detected stands in a warning")
def p3_no_warnings(subject: Subject) -> Iterator[Verdict]:
    """Detect with every warning recorded.

    If this fails: warn about settings when the detector is made, never about text while it detects.
    """
    for case in _canaries(subject):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            _quietly(subject, case.segment)
        leak = _leaks(case, " ".join(f"{each.message!r} {each.message}" for each in caught))
        yield failed(case.id, "the value stands in a warning") if leak else passed(case.id)


@rule(Level.MUST, "Nothing that was detected stands in a repr")
def p4_no_repr(subject: Subject) -> Iterator[Verdict]:
    """Detect, then look at the repr and str of the spans, of the detector and of what it holds.

    If this fails: spans carry offsets, never text; keep text off the detector, and give fields that must hold it
    ``repr=False``.
    """
    # What the detector says anyway (its patterns and lists) is no leak; only what a text added to it is.
    always = " ".join(f"{detector!r} {detector} {_state(detector)}" for detector in subject.detectors)
    for case in _canaries(subject):
        try:
            spans: Any = subject.detect(case.segment)
        except Exception:  # noqa: BLE001  # C9 reports it
            spans = ()
        shown = [f"{span!r} {span} {_state(span)}" for span in spans]
        shown += [f"{detector!r} {detector} {_state(detector)}" for detector in subject.detectors]
        leak = _leaks(case, " ".join(shown)) and not _leaks(case, always)
        yield failed(case.id, "the value stands in a repr") if leak else passed(case.id)


def _state(thing: object) -> str:
    return repr(getattr(thing, "__dict__", "")) + repr(
        [getattr(thing, name, "") for name in getattr(thing, "__slots__", ())]
    )


class _Provoked(RuntimeError):
    """Our own failure: what a detector was handling when it struck is not the detector's word."""


class _Unreadable:
    """A segment that fails as soon as it is read: the way to make a careful detector raise."""

    role = "user"
    question = None
    since = ()
    path = ()

    def __init__(self, text: str, *, key: str | None = None) -> None:
        self._text = text
        self.key = key
        self._looks = 0

    @property
    def text(self) -> str:
        """The text, until the detector has looked at it for the third time."""
        self._looks += 1
        if self._looks > 3:
            raise _Provoked("provoked")
        return self._text

    @property
    def reading(self) -> Any:
        """Nothing: a reading that fails."""
        raise _Provoked("provoked")


@rule(Level.MUST, "Nothing that was detected stands in an exception")
def p5_no_exceptions(subject: Subject) -> Iterator[Verdict]:
    """Provoke exceptions: a reading that fails, text among hostile characters, a stack that is almost full.

    If this fails: raise with the detector's name and the place, never with the text, and use ``raise ... from None``
    where the cause would quote it.
    """
    for case in _canaries(subject, 12):
        text = case.segment.text
        provocations: list[Any] = [
            _Unreadable(text),
            _Unreadable(text, key="id"),
            *(Segment(f"{HOSTILE[name][:200]} {text}") for name in ("surrogate-high", "nul", "controls", "markup")),
            Segment(text, "user", None, Turn("assistant", "\ud800")),
        ]
        leak = None
        for segment in provocations:
            try:
                subject.detect(segment)
            except Exception as error:  # noqa: BLE001  # its words are what is judged
                words = "".join(traceback.format_exception_only(error)) + repr(error.args)
                chain = (error.__cause__, None if isinstance(error, _Provoked) else error.__context__)
                words += "".join(repr(each) for each in chain if each is not None)
                if _leaks(case, words):
                    leak = f"the value stands in a {type(error).__name__}"
        yield failed(case.id, leak) if leak else passed(case.id)


#: Audit events that mean a network or another process.
_NETWORK: Final = tuple(
    "socket. urllib.Request http.client. ftplib. smtplib. imaplib. poplib. nntplib. telnetlib. subprocess.Popen "
    "os.system os.exec os.posix_spawn os.spawn os.fork os.forkpty pty.spawn webbrowser.".split()
)
#: Audit events that change what is on disk.
_CHANGES: Final = tuple(
    "os.remove os.rename os.mkdir os.rmdir os.link os.symlink os.truncate os.chmod os.chown os.utime shutil. tempfile. "
    "sqlite3.connect dbm. shelve. syslog.".split()
)
_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC


class _Watch:
    """What the audit hook saw since `watched` began; an interpreter's hook cannot be removed, so there is one."""

    def __init__(self) -> None:
        self.active = False
        self.installed = False
        self.network: list[str] = []
        self.writes: list[str] = []
        self.owners: set[int] = set()

    def install(self) -> None:
        if not self.installed:
            sys.addaudithook(self._hook)
            self.installed = True

    def _hook(self, event: str, args: tuple[Any, ...]) -> None:
        if not self.active or (self.owners and threading.get_ident() in self.owners):
            return
        if event.startswith(_NETWORK):
            self.network.append(event)
            raise PermissionError("network and processes are closed while detecting")
        if event.startswith(_CHANGES):
            self.writes.append(event)
            raise PermissionError("files are closed for writing while detecting")
        if event == "open" and _opens_for_writing(args):
            self.writes.append(event)
            raise PermissionError("files are closed for writing while detecting")


def _opens_for_writing(args: tuple[Any, ...]) -> bool:
    _, mode, flags = (*args, None, None, None)[:3]
    if isinstance(mode, str):
        return any(letter in mode for letter in "wax+")
    return isinstance(flags, int) and bool(flags & _WRITING)


_WATCH: Final = _Watch()


@contextlib.contextmanager
def watched() -> Iterator[_Watch]:
    """Close network, processes and files for writing, and take note of who tries, in every thread."""
    _WATCH.install()
    _WATCH.network, _WATCH.writes = [], []
    # Other threads of the test process (a runner's own plumbing) are not the detector's.
    _WATCH.owners = {thread.ident for thread in threading.enumerate() if thread.ident} - {threading.get_ident()}
    # Byte code that an import leaves behind is Python's, not the detector's.
    cached, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    _WATCH.active = True
    try:
        yield _WATCH
    finally:
        _WATCH.active = False
        sys.dont_write_bytecode = cached


@rule(Level.MUST, "Nobody is called while detecting: no network, no other process")
def p6_no_network(subject: Subject) -> Iterator[Verdict]:
    """Detect with sockets and processes closed by an audit hook that also sees swallowed attempts.

    If this fails: ship data and models in the wheel. Text that leaves the process has left the building.
    """
    for case in _canaries(subject):
        with watched() as watch:
            _quietly(subject, case.segment)
            seen = list(watch.network)
        yield failed(case.id, f"tried {seen[0]}") if seen else passed(case.id)


@rule(Level.MUST, "Nothing is written to disk while detecting")
def p7_no_files(subject: Subject) -> Iterator[Verdict]:
    """Detect with files closed for writing by an audit hook that also sees swallowed attempts.

    If this fails: build caches when the detector is made, and keep them out of the working directory.
    """
    for case in _canaries(subject):
        with watched() as watch:
            _quietly(subject, case.segment)
            seen = list(watch.writes)
        yield failed(case.id, f"tried {seen[0]}") if seen else passed(case.id)


@rule(Level.SHOULD, "No text is kept after detecting")
def p8_keeps_no_text(subject: Subject) -> Iterator[Verdict]:
    """Detect a text with an unmistakable value, let go of it, and look for it in the process's containers.

    If this fails: a cache of words (``functools.lru_cache`` on a function of text, a dictionary of what was seen) keeps
    callers' words for as long as the process lives. Cache by position or not at all.
    """
    case = next(iter(_canaries(subject, 1)), None)
    if case is None:
        return
    # New in every run: neither a constant of ours nor what an earlier run left behind can be mistaken for a copy.
    needle = "zq" + "".join(random.SystemRandom().choices("bcdfghjklmnpqrstvwxz", k=14))
    _quietly(subject, Segment(f"{case.segment.text} {needle} {case.segment.text}"))
    gc.collect()
    kept = [type(each).__name__ for each in gc.get_objects() if _holds(each, needle)]
    kept += [each.__name__ for each in gc.get_objects() if _is_cache(each) and _caches(each, needle)]
    yield failed("containers", f"found in a {kept[0]}") if kept else passed("containers")


def _is_cache(thing: object) -> bool:
    return isinstance(thing, functools._lru_cache_wrapper)  # noqa: SLF001  # the type has no public name


def _caches(function: object, needle: str) -> bool:
    """Return whether a cached function remembers the needle; its table is hidden from ``gc.get_objects``."""
    return any(_holds(each, needle) or (type(each) is str and needle in each) for each in gc.get_referents(function))


def _holds(container: object, needle: str) -> bool:
    """Return whether a container holds a string with the needle in it, other than the needle itself."""
    if type(container) is dict:
        members: Any = (*container.keys(), *container.values())
    elif type(container) in (list, tuple, set, frozenset):
        members = container
    else:
        return False
    return any(type(each) is str and needle in each and each is not needle for each in members)
