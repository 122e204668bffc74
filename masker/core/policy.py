r"""Policy: what to do with each kind, where, and how sure a finding must be.

A policy is a TOML document that the operator writes; nothing in a request can change it. Without one, every kind of
Safe Harbor is tokenized, everywhere.

    preset = "scheduling"                 # or "default"
    scheduling_tools = ["find_slots"]     # dates in the results of these tools stay readable
    media = "refuse"                      # or "allow"
    unknown_tokens = "phrase"             # or "keep"
    required_kinds = ["NAME", "PHONE"]    # default: every kind that has a first-party plugin

    [kinds.SSN]
    action = "redact"                     # tokenize (also called mask) | redact | block | keep
    min_score = 0.4

    [[rules]]                             # the last rule that fits wins over [kinds]
    kind = "DATE"
    role = "system"                       # or: tool = "lookup_insurance"
    action = "keep"

    [allow.NAME]                          # never PHI here: the clinic, its staff, the bot
    words = ["Willow Creek Clinic", "Ava"]
    patterns = ["Dr\\.? \\w+"]
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from difflib import get_close_matches
from functools import cached_property
from typing import Any, Final, Literal, cast

import attrs

from masker.core.backtracking import ways
from masker.core.kinds import FIRST_PARTY, KIND_NAME
from masker.core.values import canonical
from masker.errors import PolicyError

__all__ = ["ACTIONS", "ROLES", "Action", "Allowed", "Policy", "Rule"]

Action = Literal["tokenize", "redact", "block", "keep"]

#: What can happen to a finding. ``mask`` may be written for ``tokenize``.
ACTIONS: Final[tuple[Action, ...]] = ("tokenize", "redact", "block", "keep")

#: Roles that a rule may name.
ROLES: Final = ("system", "developer", "user", "assistant", "tool", "function")

DEFAULT_MIN_SCORE: Final = 0.5

#: Longest text that an allow-list pattern is tried on; a finding longer than that is no clinic's name.
_LONGEST_ALLOWED: Final = 256

#: In how many ways a pattern may be tried on it: once at each character.
_MOST_WAYS: Final = 2 * _LONGEST_ALLOWED

_TOP: Final = (
    "preset",
    "scheduling_tools",
    "media",
    "unknown_tokens",
    "required_kinds",
    "kinds",
    "rules",
    "allow",
)


@attrs.frozen
class Rule:
    """An action for one kind in one place.

    Args:
        kind: The kind it is about.
        action: What to do there.
        role: The role whose text it is about, or ``None``.
        tool: The tool whose results it is about, or ``None``; exactly one of the two is given.
    """

    kind: str
    action: Action
    role: str | None = None
    tool: str | None = None

    def fits(self, kind: str, role: str | None, tool: str | None) -> bool:
        """Return whether the rule speaks about this place."""
        if kind != self.kind:
            return False
        return role == self.role if self.tool is None else tool == self.tool


@attrs.frozen(eq=False)
class Allowed:
    """Texts of one kind that are never PHI here.

    Args:
        kind: The kind.
        words: Whole values; another written or spoken form of one counts too.
        patterns: Regular expressions (``re``); they must match the whole value.
    """

    kind: str
    words: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    _known: frozenset[str] = attrs.field(init=False)
    _compiled: tuple[re.Pattern[str], ...] = attrs.field(init=False)

    @_known.default
    def _index_words(self) -> frozenset[str]:
        return frozenset(form for word in self.words for form in (_plain(word), canonical(self.kind, word)) if form)

    @_compiled.default
    def _compile(self) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(pattern) for pattern in self.patterns)

    def covers(self, text: str) -> bool:
        """Return whether the whole text is a listed word or matches a listed pattern."""
        if len(text) > _LONGEST_ALLOWED:
            return False
        if self._known and (_plain(text) in self._known or canonical(self.kind, text) in self._known):
            return True
        return any(pattern.fullmatch(text) for pattern in self._compiled)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


@attrs.frozen(eq=False)
class Policy:
    """One agent's policy; build it with `from_toml` or `from_mapping`.

    Args:
        preset: ``default`` (Safe Harbor) or ``scheduling`` (dates in the results of ``scheduling_tools`` stay).
        scheduling_tools: Names of the tools whose results list free slots.
        media: ``refuse`` or ``allow`` images, audio and files.
        unknown_tokens: ``keep`` a token that the request did not issue, or say a neutral ``phrase`` for it.
        actions: Action by kind; `tokenize` where a kind is not named.
        min_scores: Lowest score that counts, by kind; 0.5 where a kind is not named.
        rules: Overrides by role or tool; the last one that fits wins.
        allow: What is never PHI here, by kind.
        required_kinds: Kinds without whose detector the proxy must not start; ``None`` for every first-party kind.
    """

    preset: Literal["default", "scheduling"] = "default"
    scheduling_tools: tuple[str, ...] = ()
    media: Literal["refuse", "allow"] = "refuse"
    unknown_tokens: Literal["keep", "phrase"] = "keep"
    actions: Mapping[str, Action] = attrs.Factory(dict)
    min_scores: Mapping[str, float] = attrs.Factory(dict)
    rules: tuple[Rule, ...] = ()
    allow: Mapping[str, Allowed] = attrs.Factory(dict)
    required_kinds: tuple[str, ...] | None = None

    @classmethod
    def from_toml(cls, text: str, *, kinds: Collection[str] | None = None) -> Policy:
        """Return the policy that a TOML document describes.

        Args:
            text: The document; an empty one is the default policy.
            kinds: Every registered kind, so that a misspelt one is reported; ``None`` accepts any kind name.

        Raises:
            PolicyError: It is no TOML, or no policy.
        """
        try:
            data = tomllib.loads(text)
        except (ValueError, RecursionError) as error:  # numbers of thousands of digits are another ValueError
            raise PolicyError(f"The policy is not valid TOML: {error}.") from None
        return cls.from_mapping(data, kinds=kinds)

    @classmethod
    def from_mapping(cls, data: Mapping[str, Any], *, kinds: Collection[str] | None = None) -> Policy:
        """Return the policy that a parsed TOML document describes.

        Args:
            data: Tables, arrays, strings and numbers as `tomllib` returns them.
            kinds: Every registered kind, so that a misspelt one is reported; ``None`` accepts any kind name.

        Raises:
            PolicyError: A key, kind, action, score or pattern is wrong; names it and, where there is one, the
                nearest known word.
        """
        _only(data, _TOP, "the policy")
        preset = _choice(data, "preset", ("default", "scheduling"), "default")
        tools = _strings(data, "scheduling_tools", "the policy")
        if tools and preset != "scheduling":
            raise PolicyError(
                '"scheduling_tools" has an effect only with preset = "scheduling"; add it or remove the list.'
            )
        actions: dict[str, Action] = {}
        scores: dict[str, float] = {}
        for kind, table in _table(data, "kinds").items():
            where = f"[kinds.{kind}]"
            _kind(kind, kinds, where)
            _only(_mapping(table, where), ("action", "min_score"), where)
            if "action" in table:
                actions[kind] = _action(table["action"], where)
            if "min_score" in table:
                scores[kind] = _score(table["min_score"], where)
        required = _strings(data, "required_kinds", "the policy") if "required_kinds" in data else None
        for kind in required or ():
            _kind(kind, kinds, '"required_kinds"')
        return cls(
            preset=cast('Literal["default", "scheduling"]', preset),
            scheduling_tools=tools,
            media=cast('Literal["refuse", "allow"]', _choice(data, "media", ("refuse", "allow"), "refuse")),
            unknown_tokens=cast(
                'Literal["keep", "phrase"]', _choice(data, "unknown_tokens", ("keep", "phrase"), "keep")
            ),
            actions=actions,
            min_scores=scores,
            rules=_rules(data.get("rules", ()), kinds),
            allow=_allow(_table(data, "allow"), kinds),
            required_kinds=required,
        )

    def action_for(self, kind: str, role: str | None = None, tool: str | None = None) -> Action:
        """Return what to do with a finding.

        Args:
            kind: Its kind.
            role: Role of the message it stands in, ``None`` outside messages.
            tool: Name of the tool whose result it stands in, if it does.
        """
        for rule in self._effective_rules:
            if rule.fits(kind, role, tool):
                return rule.action
        return self.actions.get(kind, "tokenize")

    def min_score(self, kind: str) -> float:
        """Return the lowest score, from 0 to 1, at which a finding of this kind counts."""
        return self.min_scores.get(kind, DEFAULT_MIN_SCORE)

    def allows(self, kind: str, text: str) -> bool:
        """Return whether this text, as a value of this kind, is on the allow-list."""
        listed = self.allow.get(kind)
        return listed is not None and listed.covers(text)

    def check_kinds(self, kinds: Collection[str]) -> None:
        """Make sure that every kind the policy names is one.

        Args:
            kinds: Every registered kind.

        Raises:
            PolicyError: One is not; names it and the nearest known one.
        """
        named = (*self.actions, *self.min_scores, *self.allow, *(rule.kind for rule in self.rules))
        for kind in named:
            _kind(kind, kinds, "the policy")

    @property
    def required(self) -> tuple[str, ...]:
        """The kinds that must have an active detector."""
        return self.required_kinds if self.required_kinds is not None else tuple(FIRST_PARTY)

    def to_mapping(self) -> dict[str, Any]:
        """Return the policy as a mapping that `from_mapping` reads back, without what equals the default."""
        data: dict[str, Any] = {"preset": self.preset, "media": self.media, "unknown_tokens": self.unknown_tokens}
        if self.scheduling_tools:
            data["scheduling_tools"] = list(self.scheduling_tools)
        if self.required_kinds is not None:
            data["required_kinds"] = list(self.required_kinds)
        kinds: dict[str, dict[str, Any]] = {}
        for kind, action in self.actions.items():
            kinds.setdefault(kind, {})["action"] = action
        for kind, score in self.min_scores.items():
            kinds.setdefault(kind, {})["min_score"] = score
        if kinds:
            data["kinds"] = kinds
        if self.rules:
            data["rules"] = [
                {"kind": rule.kind, "role": rule.role, "action": rule.action}
                if rule.tool is None
                else {"kind": rule.kind, "tool": rule.tool, "action": rule.action}
                for rule in self.rules
            ]
        if self.allow:
            data["allow"] = {
                kind: {"words": list(listed.words), "patterns": list(listed.patterns)}
                for kind, listed in self.allow.items()
            }
        return data

    @cached_property
    def digest(self) -> str:
        """A hexadecimal name for this policy's content; equal policies have equal names, on every machine."""
        plain = json.dumps(self.to_mapping(), sort_keys=True, ensure_ascii=True)
        return hashlib.sha256(plain.encode()).hexdigest()

    @cached_property
    def _effective_rules(self) -> tuple[Rule, ...]:
        """All rules, the strongest first: the operator's in reverse order, then the preset's."""
        preset = tuple(Rule("DATE", "keep", tool=tool) for tool in self.scheduling_tools)
        return (*reversed(self.rules), *preset)


def _nearest(word: object, known: Collection[str]) -> str:
    close = get_close_matches(str(word), list(known), n=1, cutoff=0.5)
    return f'; the nearest known one is "{close[0]}"' if close else f"; known: {', '.join(known)}"


def _only(table: Mapping[str, Any], known: Sequence[str], where: str) -> None:
    for key in table:
        if key not in known:
            raise PolicyError(f'Unknown key "{key}" in {where}{_nearest(key, known)}.')


def _mapping(value: object, where: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise PolicyError(f"{where} must be a table.")
    return value


def _table(data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    return _mapping(data.get(key, {}), f"[{key}]")


def _choice(data: Mapping[str, Any], key: str, known: Sequence[str], default: str) -> str:
    value = data.get(key, default)
    if value not in known:
        raise PolicyError(f'"{key}" cannot be "{value}"{_nearest(value, known)}.')
    return str(value)


def _strings(data: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = data.get(key, [])
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) and item for item in value):
        raise PolicyError(f'"{key}" in {where} must be a list of non-empty strings.')
    return tuple(value)


def _kind(kind: object, kinds: Collection[str] | None, where: str) -> str:
    if not isinstance(kind, str) or not KIND_NAME.fullmatch(kind):
        raise PolicyError(
            f'"{kind}" in {where} is not a kind{_nearest(str(kind).upper(), kinds or tuple(FIRST_PARTY))}.'
        )
    if kinds is not None and kind not in kinds:
        raise PolicyError(f'No plugin registers the kind "{kind}" of {where}{_nearest(kind, kinds)}.')
    return kind


def _action(value: object, where: str) -> Action:
    if value == "mask":
        return "tokenize"
    for action in ACTIONS:
        if value == action:
            return action
    raise PolicyError(f'"action" in {where} cannot be "{value}"{_nearest(value, ACTIONS)}.')


def _score(value: object, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise PolicyError(f'"min_score" in {where} must be a number from 0 to 1.')
    return float(value)


def _rules(value: object, kinds: Collection[str] | None) -> tuple[Rule, ...]:
    if not isinstance(value, list | tuple):
        raise PolicyError("[[rules]] must be an array of tables.")
    rules = []
    for position, entry in enumerate(value, 1):
        where = f"[[rules]] number {position}"
        table = _mapping(entry, where)
        _only(table, ("kind", "role", "tool", "action"), where)
        for key in ("kind", "action"):
            if key not in table:
                raise PolicyError(f'{where} lacks "{key}".')
        if ("role" in table) == ("tool" in table):
            raise PolicyError(f'{where} needs either "role" or "tool"; for an action everywhere use [kinds.KIND].')
        tool = table.get("tool")
        if tool is not None and (not isinstance(tool, str) or not tool):
            raise PolicyError(f'"tool" in {where} must be the name of a tool.')
        role = None if tool is not None else _choice(table, "role", ROLES, "")
        rules.append(Rule(_kind(table["kind"], kinds, where), _action(table["action"], where), role, tool))
    return tuple(rules)


def _allow(tables: Mapping[str, Any], kinds: Collection[str] | None) -> dict[str, Allowed]:
    allow = {}
    for kind, entry in tables.items():
        where = f"[allow.{kind}]"
        _kind(kind, kinds, where)
        table = _mapping(entry, where)
        _only(table, ("words", "patterns"), where)
        patterns = _strings(table, "patterns", where)
        for position, pattern in enumerate(patterns, 1):
            _check_pattern(pattern, f"pattern {position} of {where}")
        allow[kind] = Allowed(kind, _strings(table, "words", where), patterns)
    return allow


def _check_pattern(pattern: str, where: str) -> None:
    try:
        re.compile(pattern)
        count = ways(pattern, _LONGEST_ALLOWED)
    except (re.error, RecursionError, OverflowError) as error:
        raise PolicyError(f"The {where} is not a regular expression: {error}.") from None
    if count > _MOST_WAYS:
        raise PolicyError(
            f"The {where} can be tried in too many ways, which takes very long: let the character after each repetition"
            ' say where it ends, as in "Dr\\.? \\w+ \\w+", and repeat no repetition.'
        )
