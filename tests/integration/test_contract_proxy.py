"""Section 1 of the contract as the outside sees it: paths, order of checks, what the upstream gets, how a stream is chosen."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from typing import Any

import httpx
import pytest

ASK = {"model": "gpt-4o-mini", "messages": [{"role": "user", "content": "Hi, this is Sarah Chen."}]}
IMAGE = {"type": "image_url", "image_url": {"url": "https://example.org/x.png"}}


@pytest.fixture
def http() -> Any:
    with httpx.Client(trust_env=False, timeout=20) as client:
        yield client


def code_of(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, response.json()["error"]["code"]


def test_each_check_comes_before_the_next(make_proxy: Any, upstream: Any, http: Any) -> None:
    """Agent, key, signature, quota, parse, model, mask: what fails a check and all after it is told of the first."""
    proxy = make_proxy(vapi_webhook_secret="s3cret", rate_limit="1/s burst 3")
    agent, key = proxy.agent_with_key("openai:gpt-4o", with_key=True)
    bearer = {"content-type": "application/json", "authorization": f"Bearer {key}"}
    masked = json.dumps({"model": "gpt-4o", "messages": [{"role": "user", "content": [IMAGE]}]}).encode()
    model = masked.replace(b"gpt-4o", b"other")
    parse = model.replace(b"}", b',"a":NaN}', 1)

    def ask(raw: bytes, headers: dict[str, str], url: str = proxy.chat_url(agent), *, signed: bool = True) -> Any:
        signature = hmac.new(b"s3cret" if signed else b"other", raw, hashlib.sha256).hexdigest()
        return code_of(http.post(url, content=raw, headers={**headers, "x-vapi-signature": signature}))

    assert (422, "media_not_allowed") == ask(masked, bearer)
    assert (422, "model_not_allowed") == ask(model, bearer)
    assert (400, "invalid_json") == ask(parse, bearer)
    # The burst is used up, however long the three took: at one a second, this many at once are too many.
    over = next(code for code in (ask(parse, bearer) for _ in range(100)) if code != (400, "invalid_json"))
    assert (429, "rate_limited") == over
    assert (401, "bad_signature") == ask(parse, bearer, signed=False)
    nobody = {"content-type": "application/json"}
    assert (401, "invalid_api_key") == ask(parse, nobody, signed=False)
    assert (404, "agent_not_found") == ask(parse, nobody, f"{proxy.url}/proxy/agt_x/v1/chat/completions", signed=False)
    assert not upstream.exchanges


def test_the_model_is_checked_before_the_request_is_masked(proxy: Any, upstream: Any, http: Any) -> None:
    """A wrong shape comes first, then the model, then what the policy refuses."""
    url = proxy.chat_url(proxy.agent("openai:gpt-4o"))
    media = {"model": "other", "messages": [{"role": "user", "content": [IMAGE]}]}
    assert [(400, "invalid_request"), (422, "model_not_allowed"), (422, "media_not_allowed")] == [
        code_of(http.post(url, json=body)) for body in ({"model": "other"}, media, {**media, "model": "gpt-4o"})
    ]
    assert not upstream.exchanges


def test_models_are_listed_under_the_same_guards(make_proxy: Any, http: Any) -> None:
    """Agent, key and quota hold for the list as well; its shape is OpenAI's."""
    proxy = make_proxy(rate_limit="1/s burst 1")
    agent, key = proxy.agent_with_key("openai:gpt-4o", with_key=True)
    url, bearer = f"{proxy.base_url(agent)}/models", {"authorization": f"Bearer {key}"}
    assert (404, "agent_not_found") == code_of(http.get(f"{proxy.url}/proxy/agt_x/v1/models"))
    assert (401, "invalid_api_key") == code_of(http.get(url))
    listed = http.get(url, headers=bearer)
    assert {"object": "list"} == {name: value for name, value in listed.json().items() if name != "data"}
    assert [{"id", "object", "created", "owned_by"}] == [set(model) for model in listed.json()["data"]]
    assert (429, "rate_limited") == code_of(http.get(url, headers=bearer))


@pytest.mark.parametrize("path", ["/proxy/{id}/v1/models", "/health", "/health/live"])
def test_other_methods_on_other_paths(proxy: Any, http: Any, path: str) -> None:
    """GET only, HEAD with it; anything else is 405 and says so."""
    url = proxy.url + path.replace("{id}", proxy.agent("openai:gpt-4o").id)
    assert (200, b"") == ((head := http.head(url)).status_code, head.content)
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        response = http.request(method, url)
        assert (405, "method_not_allowed") == code_of(response)
        assert "GET" == response.headers["allow"]


def test_health_tells_when_the_proxy_cannot_mask(make_proxy: Any, http: Any) -> None:
    """Without detectors it is alive and not ready."""
    from masker.host.engine import Engine
    from masker.host.manager import create_plugin_host

    proxy = make_proxy(use_engine=Engine(create_plugin_host(load_entrypoints=False)))
    response = http.get(f"{proxy.url}/health")
    assert 503 == response.status_code
    assert {"status", "version", "plugins", "store"} == response.json().keys()
    assert "ok" != response.json()["status"]
    assert 200 == http.get(f"{proxy.url}/health/live").status_code


def test_the_upstream_sees_no_phi_in_headers_or_url(proxy: Any, upstream: Any, http: Any) -> None:
    """Neither a query string nor a header of the caller's travels on."""
    headers = {
        "x-caller": "Sarah Chen",
        "cookie": "who=Sarah",
        "referer": "https://example.org/Sarah",
        "user-agent": "Sarah",
    }
    url = proxy.chat_url(proxy.agent()) + "?caller=Sarah%20Chen"
    assert 200 == http.post(url, json={**ASK, "user": "Sarah Chen"}, headers=headers).status_code
    assert "/v1/chat/completions" == upstream.last.target
    assert not re.search(rb"sarah|chen", bytes(upstream.received), re.IGNORECASE)


def test_nothing_is_added_to_the_messages(proxy: Any, upstream: Any, http: Any) -> None:
    """What leaves is what came, with tokens."""
    http.post(proxy.chat_url(proxy.agent()), json={**ASK, "temperature": 0.4})
    assert {
        "model": "gpt-4o-mini",
        "messages": [{"role": "user", "content": "Hi, this is [NAME_1]."}],
        "temperature": 0.4,
    } == upstream.last.tree


@pytest.mark.parametrize("stream", [None, False, True])
@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
def test_stream_alone_decides(proxy: Any, upstream: Any, http: Any, stream: bool | None, accept: str) -> None:
    """Whatever the caller says it accepts."""
    upstream.script = lambda exchange: exchange.streams("Hi [NAME_1]") if stream else exchange.says("Hi [NAME_1]")
    body = ASK if stream is None else {**ASK, "stream": stream}
    response = http.post(proxy.chat_url(proxy.agent()), json=body, headers={"accept": accept})
    assert 200 == response.status_code
    if stream:
        assert response.headers["content-type"].startswith("text/event-stream")
        assert "no-cache" == response.headers["cache-control"]
        assert response.text.endswith("data: [DONE]\n\n")
    else:
        assert "application/json" == response.headers["content-type"]
        assert "Hi Sarah Chen" == response.json()["choices"][0]["message"]["content"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b'{"a":' * 127 + b"{}" + b"}" * 127, 400),
        (b'{"model":"m","messages":[{"role":"user","content":"hi"}],"x":' + b"[" * 127 + b"]" * 127 + b"}", 200),
        (b'{"model":"m","messages":[{"role":"user","content":"hi"}],"x":' + b"[" * 128 + b"]" * 128 + b"}", 400),
        (b'{"model":"m","messages":[{"role":"user","content":"hi"}],"x":' + b"1" * 1000 + b"}", 200),
        (b'{"model":"m","messages":[{"role":"user","content":"hi"}],"x":' + b"1" * 1001 + b"}", 400),
        (b'\xef\xbb\xbf{"model":"m","messages":[{"role":"user","content":"hi"}]}', 400),
        (b'{"model":"m","messages":[{"role":"user","content":"hi","content":"ho"}]}', 400),
        (b'{"model":"m","messages":[{"role":"user","content":"hi"}]} x', 400),
    ],
)
def test_the_edges_of_a_body(proxy: Any, upstream: Any, http: Any, body: bytes, status: int) -> None:
    """Nesting of 128 and literals of 1,000 characters pass, one more does not; what passes leaves as it came."""
    response = http.post(proxy.chat_url(proxy.agent()), content=body, headers={"content-type": "application/json"})
    assert status == response.status_code
    assert [body] * (status == 200) == [exchange.body for exchange in upstream.exchanges]
    if status == 400:
        error = response.json()["error"]
        # The first row is sound JSON at the limit of nesting, but no chat request.
        assert ("invalid_request" if body.startswith(b'{"a"') else "invalid_json") == error["code"]


def test_every_error_has_openais_shape_and_type(proxy: Any, http: Any) -> None:
    """``message``, ``type``, ``param``, ``code``, and a request id of its own in the header."""
    from masker.errors import ERROR_CODES

    types = {"invalid_request_error", "authentication_error", "rate_limit_error", "server_error"}
    assert types >= {entry.type for entry in ERROR_CODES.values()}
    url = proxy.chat_url(proxy.agent())
    responses = [http.post(url, content=b"{"), http.post(proxy.url + "/x"), http.get(url), http.post(url, json=ASK)]
    for response in responses[:3]:
        assert {"error"} == response.json().keys()
        assert {"message", "type", "param", "code"} == response.json()["error"].keys()
    assert len(responses) == len({response.headers["x-request-id"] for response in responses})
    assert "server-timing" in responses[3].headers


def test_any_turn_can_be_served_by_another_worker(make_proxy: Any, upstream: Any, http: Any) -> None:
    """Two processes that share nothing but the store of agents give the same conversation the same tokens."""
    first, second = make_proxy(), make_proxy()
    agent = first.agent()
    turns = [ASK["messages"][0], {"role": "assistant", "content": "Hello Sarah Chen."}]
    bodies = []
    for proxy, messages in ((first, turns[:1]), (second, [*turns, {"role": "user", "content": "It is 415-555-2671."}])):
        upstream.script = lambda exchange: exchange.says("Thanks [NAME_1].")
        answer = http.post(proxy.chat_url(agent), json={"model": "m", "messages": messages}).json()
        assert "Thanks Sarah Chen." == answer["choices"][0]["message"]["content"]
        bodies.append(upstream.last.tree["messages"])
    assert bodies[0] == bodies[1][:1]
    assert json.dumps(bodies[1]).count("[NAME_1]") == 2
