"""The engine masks a request and brings values back, whatever place they stood in."""

import base64
import json
import re

import pytest

from masker import Kind, PatternDetector, Rule, Turn, hookimpl
from masker.core.policy import Policy
from masker.errors import Blocked, DetectionFailed, InvalidRequest, PolicyError, UpstreamError
from masker.host.engine import Engine, unmask_text
from masker.host.manager import create_plugin_host
from masker.masking.vault import identity
from masker.wire.bodies import dump_body, parse_body


class People:
    """A plugin that finds a few invented people, phone numbers and dates."""

    @staticmethod
    @hookimpl
    def masker_register_kinds():
        return [Kind("NAME", "A", "name"), Kind("PHONE", "D", "phone number"), Kind("DATE", "C", "date")]

    @staticmethod
    @hookimpl
    def masker_register_detectors(settings):
        return [
            PatternDetector(
                "people",
                [
                    Rule("NAME", re.compile(r"\b(?:sarah chen|pedro ruiz)\b", re.IGNORECASE)),
                    Rule("PHONE", re.compile(r"(?<!\w)(?:\d{3}[- ]?\d{3}[- ]?\d{4}|(?<=code )\d{7,8})(?!\w)")),
                    Rule("DATE", re.compile(r"\d{4}-\d\d-\d\d")),
                ],
            )
        ]


@pytest.fixture
def engine():
    return Engine(create_plugin_host(load_entrypoints=False, plugins={"people": People}))


def masked(engine, body, policy=None):
    call = engine.open(parse_body(json.dumps(body).encode()), policy=policy or Policy(), agent="desk", request_id="r1")
    for _ in call.steps():
        pass
    return call, json.loads(dump_body(call.body))


def user(text, **more):
    return {"model": "m", "messages": [{"role": "user", "content": text}], **more}


def reply(text):
    return {"choices": [{"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}]}


def test_a_turn_there_and_back(engine):
    """Values go out as tokens and come back as they were said."""
    call, body = masked(engine, user("hi Sarah Chen here, four one five five five five oh one two three"))
    assert "hi [NAME_1] here, [PHONE_1]" == body["messages"][0]["content"]
    answer = call.reply(reply("Thanks [NAME_1], [PHONE_1] it is."))
    said = answer["choices"][0]["message"]["content"]
    assert "Thanks Sarah Chen, four one five five five five oh one two three it is." == said


def test_the_same_value_is_one_token_in_any_form(engine):
    """Written, spoken and partial forms of known values are found everywhere."""
    body = user("415-555-0123 for sarah chen")
    body["messages"].append({"role": "assistant", "content": "Sarah, is it 4155550123?"})
    body["messages"].append({"role": "user", "content": "yes four one five five five five oh one two three"})
    _, out = masked(engine, body)
    assert ["[PHONE_1] for [NAME_1]", "[NAME_2], is it [PHONE_1]?", "yes [PHONE_1]"] == [
        m["content"] for m in out["messages"]
    ]


def test_tool_arguments_are_edited_in_place_and_come_back_written(engine):
    """Arguments keep their spacing; a spoken value returns as digits, escaped for its string."""
    body = user("four one five five five five oh one two three")
    arguments = '{ "phone":  "415-555-0123", "n": 1.50 }'
    body["messages"].append(
        {"role": "assistant", "content": None,
         "tool_calls": [{"id": "c1", "type": "function", "function": {"name": "look", "arguments": arguments}}]}
    )  # fmt: skip
    call, out = masked(engine, body)
    sent = out["messages"][1]["tool_calls"][0]["function"]["arguments"]
    assert '{ "phone":  "[PHONE_1]", "n": 1.50 }' == sent
    message = {"role": "assistant", "content": None, "tool_calls": [
        {"id": "c2", "type": "function", "function": {"name": "look", "arguments": '{"phone": "[PHONE_1]"}'}}]}  # fmt: skip
    back = call.reply({"choices": [{"index": 0, "message": message}]})
    got = json.loads(back["choices"][0]["message"]["tool_calls"][0]["function"]["arguments"])
    assert {"phone": "4155550123"} == got


def test_numbers_change_only_when_known_or_named(engine):
    """A JSON number becomes a token when its key names a kind or it equals a known value; others stay as they are."""
    content = json.dumps({"phone": 4155550199, "copy": 4155550123, "price": 12.50, "count": 4155550177})
    body = user("my number is 415-555-0123")
    body["messages"] += [
        {"role": "assistant", "content": None, "tool_calls": [
            {"id": "c1", "type": "function", "function": {"name": "look", "arguments": "{}"}}]},
        {"role": "tool", "tool_call_id": "c1", "content": content},
    ]  # fmt: skip
    _, out = masked(engine, body)
    got = json.loads(out["messages"][-1]["content"])
    assert {"phone": "[PHONE_2]", "copy": "[PHONE_1]", "price": 12.5, "count": 4155550177} == got


def test_function_names_are_mapped_whole_and_back(engine):
    """A full name inside a function's name is masked within OpenAI's alphabet; the reply uses the caller's name."""
    tools = [
        {"type": "function", "function": {"name": name, "parameters": {"type": "object", "properties": {}}}}
        for name in ("call_sarah_chen", "schedule_may")
    ]
    body = user("hello", tools=tools, tool_choice={"type": "function", "function": {"name": "call_sarah_chen"}})
    call, out = masked(engine, body)
    assert ["call_NAME_1", "schedule_may"] == [t["function"]["name"] for t in out["tools"]]
    assert "call_NAME_1" == out["tool_choice"]["function"]["name"]
    message = {"role": "assistant", "tool_calls": [
        {"id": "c", "type": "function", "function": {"name": "call_NAME_1", "arguments": "{}"}}]}  # fmt: skip
    back = call.reply({"choices": [{"index": 0, "message": message}]})
    assert "call_sarah_chen" == back["choices"][0]["message"]["tool_calls"][0]["function"]["name"]


def test_an_enum_comes_back_as_it_is_spelled(engine):
    """A value that a tool's enum lists returns exactly as listed there."""
    schema = {"type": "object", "properties": {"who": {"type": "string", "enum": ["SARAH CHEN", "PEDRO RUIZ"]}}}
    tools = [{"type": "function", "function": {"name": "pick", "parameters": schema}}]
    call, out = masked(engine, user("it's sarah chen", tools=tools))
    assert ["[NAME_1]", "[NAME_2]"] == out["tools"][0]["function"]["parameters"]["properties"]["who"]["enum"]
    message = {"role": "assistant", "tool_calls": [
        {"id": "c", "type": "function", "function": {"name": "pick", "arguments": '{"who": "[NAME_1]"}'}}]}  # fmt: skip
    back = call.reply({"choices": [{"index": 0, "message": message}]})
    assert '{"who": "SARAH CHEN"}' == back["choices"][0]["message"]["tool_calls"][0]["function"]["arguments"]


def test_the_platforms_envelope_is_taken_off_and_seeds(engine):
    """What a platform tells of the caller is removed, and masked wherever it stands."""
    body = user("i am zyx wvut and this is my line 0155501234", customer={"name": "Zyx Wvut", "number": "+10155501234"})
    _, out = masked(engine, body)
    assert {"model", "messages"} == out.keys()
    assert "zyx" not in out["messages"][0]["content"].lower()


def test_identifiers_of_the_caller_are_dropped(engine):
    """`user` is removed when it holds PHI and stays when it does not."""
    _, out = masked(engine, user("hello", user="sarah chen"))
    assert "user" not in out
    _, out = masked(engine, user("hello", user="u-1"))
    assert "u-1" == out["user"]


def test_typed_tokens_stay_as_typed(engine):
    """A look-alike in the request keeps its number free and is never restored."""
    call, out = masked(engine, user("say [NAME_1] to sarah chen"))
    assert "say [NAME_1] to [NAME_2]" == out["messages"][0]["content"]
    back = call.reply(reply("[NAME_1] and [NAME_2]"))
    assert "[NAME_1] and sarah chen" == back["choices"][0]["message"]["content"]


def test_a_growing_conversation_keeps_its_tokens(engine):
    """The masked prefix of a conversation does not change when a turn is added."""
    body = user("415-555-0123 sarah chen")
    _, first = masked(engine, body)
    body["messages"] += [{"role": "assistant", "content": "ok"}, {"role": "user", "content": "and pedro ruiz"}]
    _, second = masked(engine, body)
    assert first["messages"] == second["messages"][:1]
    assert "and [NAME_2]" == second["messages"][2]["content"]


def test_a_name_that_is_said_by_itself_later_keeps_its_number(engine):
    """It was known as a part of the full name since that was said."""
    turns = [
        "My name is Will Chen.",
        "Thank you Will.",
        "My doctor is Pedro Ruiz.",
        "Okay.",
        "This is Will calling again.",
    ]
    messages = [{"role": ("user", "assistant")[n % 2], "content": text} for n, text in enumerate(turns)]
    _, before = masked(engine, {"model": "m", "messages": messages[:3]})
    _, after = masked(engine, {"model": "m", "messages": messages})
    assert before["messages"] == after["messages"][:3]


def test_a_reply_that_takes_too_long_to_look_through_is_an_error(engine, monkeypatch):
    """However it is made: brackets, strings without end."""
    call, _ = masked(engine, user("sarah chen"))
    monkeypatch.setattr("masker.host.engine._MOST_WORK", -1.0)
    with pytest.raises(UpstreamError, match="too long"):
        call.reply(reply("[" * 1000))
    with pytest.raises(UpstreamError, match="too long"):
        call.stream().feed(b'data: {"choices":[{"delta":{"content":"[a"}}]}\n\n')


@pytest.mark.parametrize(
    "body",
    [
        lambda n: user("hi", customer={"name": [f"Zyx{k} Wvut{k}" for k in range(n)]}),
        lambda n: {"model": "m", "messages": [{"role": "assistant", "content": f"what is {k}?"} for k in range(n)]},
        lambda n: user("a: what is it\np: sarah\n" * n),
        lambda n: user("hi", x=[str(k % 10) for k in range(n)]),
        lambda n: user("hi", tools=[{"function": {"name": "f", "parameters": {"pattern": "ab? or b? " * n}}}]),
        lambda n: user("hi", tools=[{"function": {"parameters": {"$defs": {f"d{k}": True for k in range(n)}}}}]),
    ],
    ids=["seeds", "messages", "a transcript", "a row", "a pattern", "names of definitions"],
)
def test_whatever_there_is_much_of_is_done_in_many_steps(engine, body, monkeypatch):
    """So that others are served in between; however quick the machine is, each pause that could be made is."""
    monkeypatch.setattr("masker.host.engine._STEP", -1)
    few, many = (
        sum(1 for _ in engine.open(body(n), policy=Policy(), agent="a", request_id="r").steps()) for n in (10, 2000)
    )
    assert many > few + 8


def test_a_request_of_too_many_values_is_refused(engine):
    """Also where each message for itself has not too many."""
    document = json.dumps(["a stone"] * 45_000)
    body = {"model": "m", "messages": [{"role": "tool", "tool_call_id": "c", "content": document}] * 3}
    with pytest.raises(InvalidRequest, match="100,000"):
        masked(engine, body)


@pytest.mark.parametrize(
    "toml",
    [
        '[kinds.PHONES]\naction = "block"',
        '[[rules]]\nkind = "PHONES"\nrole = "user"\naction = "block"',
        '[allow.PHONES]\nwords = ["x"]',
    ],
)
def test_a_kind_that_nobody_registers_is_an_error(engine, toml):
    """It would do nothing; the nearest one is named."""
    with pytest.raises(PolicyError, match='"PHONE"'):
        engine.check(Policy.from_toml(f"required_kinds = []\n{toml}"))


def test_the_policy_decides(engine):
    """redact, keep, block and allow-lists."""
    policy = Policy.from_toml('[kinds.PHONE]\naction = "redact"\n[kinds.NAME]\naction = "keep"')
    _, out = masked(engine, user("sarah chen 415-555-0123"), policy)
    assert "sarah chen [REDACTED:PHONE]" == out["messages"][0]["content"]
    with pytest.raises(Blocked):
        masked(engine, user("sarah chen"), Policy.from_toml('[kinds.NAME]\naction = "block"'))
    policy = Policy.from_toml('[allow.NAME]\nwords = ["Sarah Chen"]')
    _, out = masked(engine, user("sarah chen and pedro ruiz"), policy)
    assert "sarah chen and [NAME_1]" == out["messages"][0]["content"]


def test_media_is_refused_unless_allowed(engine):
    """An image stops the request; with media = "allow" it passes untouched."""
    part = {"type": "image_url", "image_url": {"url": "https://example.org/x.png"}}
    body = {"model": "m", "messages": [{"role": "user", "content": [{"type": "text", "text": "hi"}, part]}]}
    with pytest.raises(InvalidRequest) as caught:
        masked(engine, body)
    assert "media_not_allowed" == caught.value.code
    _, out = masked(engine, body, Policy.from_toml('media = "allow"'))
    assert part["type"] == out["messages"][0]["content"][1]["type"]


def test_a_failing_detector_stops_the_request(engine):
    """Nothing can leave before the steps have ended."""

    class Broken(People):
        @staticmethod
        @hookimpl
        def masker_register_detectors(settings):
            detector = PatternDetector("broken", [Rule("NAME", re.compile("."), validate=lambda text: 1 / 0)])
            return [detector]

    broken = Engine(create_plugin_host(load_entrypoints=False, plugins={"broken": Broken}))
    call = broken.open(user("hi"), policy=Policy(), agent="desk", request_id="r")
    with pytest.raises(DetectionFailed):
        list(call.steps())
    with pytest.raises(RuntimeError):
        _ = call.body


def test_closing_forgets_everything(engine):
    """After close no value is left, and the repr never shows one."""
    call, _ = masked(engine, user("sarah chen"))
    assert "chen" not in repr(call) + repr(call.vault) + repr(call.report)
    call.close()
    assert 0 == len(call.vault)
    assert "[NAME_1]" == call.restore_text("[NAME_1]")


def test_warming_up_runs_every_detector_once_and_never_fails():
    """What is made at first use is made before the first caller; a detector that fails lets him know, not us."""
    seen = []

    class Failing:
        name = "failing"
        kinds = frozenset(("NAME",))

        def detect(self, segment):
            seen.append(segment.role)
            raise RuntimeError(segment.text)

    class Plugin(People):
        @staticmethod
        @hookimpl
        def masker_register_detectors(settings):
            return [Failing()]

    engine = Engine(create_plugin_host(load_entrypoints=False, plugins={"failing": Plugin}))
    engine.warm_up()
    assert ["assistant"] == seen
    with pytest.raises(DetectionFailed):
        masked(engine, user("sarah chen"))


def test_a_long_request_is_masked_in_short_steps(engine):
    """The caller of steps() gets control back many times."""
    call = engine.open(user("word " * 20_000), policy=Policy(), agent="desk", request_id="r")
    assert 20 < sum(1 for _ in call.steps())


@pytest.mark.parametrize("run", ["++++++++++++ ", "____________\n", "zqxjkvbwpfgh "])
def test_what_may_be_encoded_is_read_in_short_steps(engine, run):
    """Also where nothing is: as many runs as a message holds are no single step."""
    texts = (run * (50_000 // len(run)), "go on " * (50_000 // 6))
    runs, words = (
        sum(1 for _ in engine.open(user(text), policy=Policy(), agent="desk", request_id="r").steps()) for text in texts
    )
    assert runs >= words + 10


def test_a_known_segment_is_not_searched_again(engine):
    """The second turn finds the first one's segments in the cache."""
    body = user("sarah chen")
    masked(engine, body)
    body["messages"].append({"role": "user", "content": "pedro ruiz"})
    call, _ = masked(engine, body)
    assert call.report.cache_hits > 0
    assert {"NAME": 2} == dict(call.report.by_kind)


def test_detect_maps_back_to_the_turns(engine):
    """Spans count in the text as given, also inside JSON with escapes."""
    turns = [
        Turn("user", 'x {"a": 1}'),
        Turn("tool", '{"n\\u0061me": "Jo\\u00e9 \\"x\\" sarah chen"}'),
        Turn(None, "sarah chen"),
    ]
    found = engine.detect(turns, Policy())
    assert [[], ["sarah chen"], ["sarah chen"]] == [
        [turn.text[s.start : s.end] for s in spans] for turn, spans in zip(turns, found, strict=True)
    ]


def test_mask_and_unmask_a_text(engine):
    """The map brings a text back."""
    text = "sarah chen, 415-555-0123"
    out, tokens = engine.mask_text(text, Policy())
    assert "[NAME_1], [PHONE_1]" == out
    assert text == unmask_text(out, tokens)


def test_an_observer_learns_counts_and_cannot_hurt(engine):
    """Observation hooks get PHI-free reports; one that raises changes nothing."""
    seen = []

    class Observer:
        @staticmethod
        @hookimpl
        def masker_request_masked(report):
            seen.append(report)
            raise RuntimeError("observer")

    host = create_plugin_host(load_entrypoints=False, plugins={"people": People, "observer": Observer})
    _, out = masked(Engine(host), user("sarah chen"))
    assert "[NAME_1]" == out["messages"][0]["content"]
    assert {"NAME": 1} == dict(seen[0].by_kind)
    assert "sarah" not in repr(seen[0])


def test_a_plugin_may_make_surrogates(engine):
    """masker_make_surrogate decides the token's text within the grammar."""

    class Numbers:
        @staticmethod
        @hookimpl
        def masker_make_surrogate(kind, number, request):
            return f"[{kind}_{number + 100}]"

    host = create_plugin_host(load_entrypoints=False, plugins={"people": People, "numbers": Numbers})
    call, out = masked(Engine(host), user("sarah chen"))
    assert "[NAME_101]" == out["messages"][0]["content"]
    assert "hi sarah chen" == call.reply(reply("hi [NAME_101]"))["choices"][0]["message"]["content"]


def test_a_document_in_which_nothing_was_found_is_opened_once_a_value_in_it_is_known(engine):
    """Its places were not even listed while nothing known could stand in them."""
    record = {"role": "tool", "tool_call_id": "c", "content": '{"contact": "chen, s.", "note": "late"}'}
    said = {"role": "user", "content": "hi, sarah chen here"}
    _, alone = masked(engine, {"model": "m", "messages": [record]})
    assert record == alone["messages"][0]
    call, both = masked(engine, {"model": "m", "messages": [record, said]})
    assert '{"contact": "[NAME_2], s.", "note": "late"}' == both["messages"][0]["content"]
    assert "hi, [NAME_1] here" == both["messages"][1]["content"]
    assert (2, 4) == (call.report.cache_hits, call.report.segments)


def test_what_is_remembered_holds_no_text(engine):
    """Offsets, kinds and numbers, under digests that say nothing."""
    said = user("hi, sarah chen here, 415-555-2671", metadata={"who": "pedro ruiz"})
    said["messages"].append({"role": "user", "content": "what is your address"})
    masked(engine, said)
    memories = [engine.findings, engine.places, engine.still, engine.cache._spans, engine.cache._asking]
    assert all(len(one) for one in memories[:-1])
    shown = repr([list(one._values.items()) for one in memories]).lower()
    assert [] == [word for word in ("sarah", "chen", "415", "hi,", "who", "pedro", "your") if word in shown]


@pytest.mark.parametrize(
    ("said", "told", "masks"),
    [
        ("it's 415 555", "four one five five five five oh one two three", "it's [PHONE_1]"),
        ("for sarah", "i'm sarah chen", "for [NAME_2]"),
        ("for sandra", "i'm sarah chen", "for sandra"),
        ("it's 415 555 for now", "415-555-0123", "it's 415 555 for now"),
    ],
)
def test_a_callers_earlier_words_are_opened_once_a_value_in_them_is_known(engine, said, told, masks):
    """Also where half a value stands at their end; what was only looked at beside them stays as it is."""
    first = {"model": "m", "messages": [{"role": "user", "content": said}]}
    assert first == masked(engine, first)[1]
    assert first == masked(engine, first)[1]
    later = {**first, "messages": [*first["messages"], {"role": "user", "content": told}]}
    for _ in range(3):
        assert masks == masked(engine, later)[1]["messages"][0]["content"]
    assert first == masked(engine, first)[1]


def test_what_the_assistant_repeats_is_opened_where_a_caller_gave_it(engine):
    """Nine messages later the same words are no echo."""
    given, repeated = {"role": "user", "content": "415-555-0123"}, {"role": "assistant", "content": "0123, thanks"}
    other = [{"role": "assistant", "content": "okay"}] * 8
    for messages in ([repeated], [given, repeated], [given, *other, repeated], [given, repeated]):
        _, out = masked(engine, {"model": "m", "messages": messages})
        echoed = messages == [given, repeated]
        assert ("[PHONE_2], thanks" if echoed else "0123, thanks") == out["messages"][-1]["content"]


def test_a_message_is_known_behind_the_same_messages_alone(engine):
    """What is open where it stands is worked out anew behind others."""
    yes, one, other = ({"role": role, "content": text} for role, text in (
        ("user", "yes"), ("assistant", "what is your member id"), ("assistant", "anything else"),
    ))  # fmt: skip
    talks = ([one, yes], [one, yes], [other, yes], [yes], [one, yes], [one, yes, other], [one, one, yes])
    misses = [masked(engine, {"model": "m", "messages": talk})[0].report.cache_misses for talk in talks]
    assert [2, 0, 2, 1, 0, 1, 1] == misses


def test_what_others_ask_meanwhile_is_not_counted(engine):
    """Hits and misses are a request's own, though many run side by side."""
    calls = [engine.open(user(text), policy=Policy(), agent="desk", request_id="r") for text in ("sarah chen", "hello")]
    steps = [call.steps() for call in calls]
    while steps:
        steps = [each for each in steps if next(each, "end") != "end"]
    assert [(0, 1), (0, 1)] == [(call.report.cache_hits, call.report.cache_misses) for call in calls]


def _base64(text):
    return base64.b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    "encode",
    [_base64, lambda text: _base64(text).rstrip("="), lambda text: text.encode().hex(), lambda text: text.encode().hex(":")],
    ids=["base64", "without padding", "hexadecimal", "bytes"],
)
@pytest.mark.parametrize("says", ["Sarah", "Sarah\n", "row of chen is done", "&#83;arah", "5550123", "id 5550123 seen"])
def test_a_known_value_that_stands_encoded_is_masked(engine, encode, says):
    """Nothing in what is encoded tells a detector what it is; the value is known from elsewhere, and comes back encoded."""
    hidden = encode(says)
    asked = {"role": "user", "content": "Sarah Chen, code 5550123"}
    told = {"role": "tool", "tool_call_id": "1", "content": f"data {hidden} end"}
    call, body = masked(engine, {"messages": [told, asked]})
    assert re.fullmatch(r"data \[[A-Z]+_\d\] end", body["messages"][0]["content"])
    answer = call.reply(reply(body["messages"][0]["content"]))
    assert answer["choices"][0]["message"]["content"] == told["content"]


@pytest.mark.parametrize("frame", ["/patients/{}=", "pat_{}", "/data/rec_{}.json", "id-{}-x", "a/{}/b"])
@pytest.mark.parametrize("encode", [lambda text: _base64(text).rstrip("="), lambda text: text.encode().hex()])
@pytest.mark.parametrize("says", ["sarah chen", "55501238"])
def test_a_known_value_that_stands_encoded_in_a_path_is_masked(engine, says, encode, frame):
    """Signs of base64 may join it to words; what is around it stays."""
    told = frame.format(encode(says))
    asked = {"role": "user", "content": "Sarah Chen, code 55501238"}
    call, body = masked(engine, {"messages": [asked, {"role": "tool", "tool_call_id": "1", "content": told}]})
    assert encode(says) not in body["messages"][1]["content"]
    assert call.reply(reply(body["messages"][1]["content"]))["choices"][0]["message"]["content"] == told


def test_what_is_encoded_and_says_nothing_known_stays(engine):
    """An image's bytes, a hash, and a text about nobody."""
    harmless = f"data {_base64('nothing to see here')} {'9f86d081884c7d65' * 4} {_base64('brow')} end"
    _, body = masked(engine, {"messages": [{"role": "user", "content": "Sarah Chen"}, {"role": "user", "content": harmless}]})
    assert body["messages"][1]["content"] == harmless


@pytest.mark.parametrize("forms", [("McDonald", "MCDONALD"), ("H5936144", "h5936144"), ("3JR7ZD9DM12", "3JR7-ZD9-DM12"), ("4YSH419", "4ysh419")])
def test_codes_that_base64_could_read_are_one_value_in_any_form(forms):
    """By chance many codes are text once they are decoded."""
    assert 1 == len({identity("OTHER_ID", form) for form in forms})


def test_two_encoded_values_are_two(engine):
    """Both hold a telephone number, and their digits are the same by chance."""
    first, second = _base64("call me at 415 555 0112 x"), _base64("call mf at 416 555 0132 y")
    assert re.sub(r"\D", "", first) == re.sub(r"\D", "", second)
    _, body = masked(engine, user(f"{first} or {second}"))
    assert body["messages"][0]["content"] == "[PHONE_1] or [PHONE_2]"


def test_a_value_in_a_tag_that_is_named_like_a_value_is_masked(engine):
    """No range goes beyond what was found."""
    _, body = masked(engine, {"messages": [{"role": "user", "content": "Sarah Chen"}, {"role": "user", "content": "<sarah>Chen</sarah> x"}]})
    assert re.search("sarah|chen", body["messages"][1]["content"], re.IGNORECASE) is None
