"""No other way in, no other way out: paths, methods, headers, body fields, models and redirects have no power."""

from __future__ import annotations

import json
import socket
from typing import Any

import pytest

from tests.attack.canaries import CANARIES, leaks, request

SAID = {"role": "user", "content": CANARIES["PHONE"].sentence}
BODY = json.dumps(request(SAID)).encode()


def raw(arena: Any, *lines: str, body: bytes = BODY) -> tuple[int, bytes]:
    """Send a request as it is written, and return the status and everything that comes back."""
    head = "\r\n".join(
        [*lines, "content-type: application/json", f"content-length: {len(body)}", "connection: close", "", ""]
    )
    with socket.create_connection(("127.0.0.1", arena.proxy.port), 10) as connection:
        connection.sendall(head.encode("latin-1") + body)
        answer = b""
        while data := connection.recv(65536):
            answer += data
    return int(answer.split(b" ", 2)[1]) if answer else 0, answer


PATHS = [
    "/v1/chat/completions", "/chat/completions", "/proxy/{id}", "/proxy/{id}/", "/proxy/{id}/v1", "/proxy/{id}/v1/",
    "/proxy/{id}/v1/embeddings", "/proxy/{id}/v1/completions", "/proxy/{id}/v1/responses", "/proxy/{id}/v1/files",
    "/proxy/{id}/v1/audio/transcriptions", "/proxy/{id}/v1/chat/completions/", "/proxy/{id}/v1//chat/completions",
    "//proxy/{id}/v1/chat/completions", "/proxy//{id}/v1/chat/completions", "/proxy/{id}/v1/chat/completions/x",
    "/proxy/{id}/v1/chat/../embeddings", "/proxy/{id}/v1/chat/%2e%2e/embeddings", "/proxy/{id}/v1/%2e%2e/v1/files",
    "/proxy/{id}/v1/chat/completions/..%2f..%2fembeddings", "/proxy/{id}/v1/chat/completions%00", "/proxy/{id}%2f..",
    "/proxy/{id}/v1/chat/completions;x=1", "/proxy/{id}/v1/chat/completions%3Fa=b", "/proxy/{id}/V1/chat/completions",
    "/proxy/%2e%2e/{id}/v1/chat/completions", "/proxy/{id}/v1/models/gpt-4o", "/proxy/{id}/v1/models/%2e%2e/files",
    "/openai/deployments/x/chat/completions", "/health/../proxy/{id}/v1/embeddings", "/metrics", "/docs", "/",
    "/proxy/{id}/v1/chat/completions/chat/completions/chat/completions", "/proxy/{id}/v1/realtime",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["POST", "GET"])
def test_other_paths_lead_nowhere(arena: Any, path: str, method: str) -> None:
    """404 or 405, never a tunnel; nothing of the body comes back."""
    status, answer = raw(arena, f"{method} {path.replace('{id}', arena.agent.id)} HTTP/1.1", "host: masker")
    assert status in (400, 404, 405), status
    assert not arena.heard()
    assert not leaks(answer, CANARIES["PHONE"].written)


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "TRACE", "CONNECT", "PROPFIND"])
def test_other_methods_are_refused(arena: Any, method: str) -> None:
    """On the one endpoint that there is."""
    status, answer = raw(arena, f"{method} {arena.url.removeprefix(arena.proxy.url)} HTTP/1.1", "host: masker")
    assert status in (400, 404, 405, 501), status
    assert not arena.heard()
    assert not leaks(answer, CANARIES["PHONE"].written)


@pytest.mark.parametrize(
    "target", ["http://example.org/v1/chat/completions", "example.org:443", "*", "http://127.0.0.1:{port}/v1/files"]
)
def test_it_is_no_forward_proxy(arena: Any, target: str) -> None:
    """An absolute URI, an authority and the asterisk name nobody whom we would call."""
    status, _ = raw(arena, f"POST {target.replace('{port}', str(arena.upstream.port))} HTTP/1.1", "host: example.org")
    assert status in (0, 400, 404, 405), status
    assert not arena.heard()


@pytest.mark.parametrize("upgrade", ["websocket", "h2c"])
def test_no_protocol_is_upgraded(arena: Any, upgrade: str) -> None:
    """A websocket would be a tunnel."""
    status, _ = raw(
        arena,
        f"GET {arena.url.removeprefix(arena.proxy.url)} HTTP/1.1",
        "host: masker",
        f"upgrade: {upgrade}",
        "sec-websocket-version: 13",
        "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==",
        "http2-settings: AAMAAABkAAQAAP__",
        body=b"",
    )
    assert status not in (101, 200), status
    assert not arena.heard()


HEADERS = [
    "host: example.org", "x-forwarded-host: example.org", "x-forwarded-for: 203.0.113.77", "forwarded: for=203.0.113.77",
    "x-original-url: /v1/files", "x-rewrite-url: /v1/files", "x-http-method-override: GET", "x-masker-policy: off",
    "openai-organization: Maribel Okonkwo", "openai-project: x", "api-key: sk-caller", "x-api-key: sk-caller",
    "authorization: Bearer sk-caller", "proxy-authorization: Basic eA==", "cookie: name=Maribel", "referer: http://x/415-555-0134",
    "user-agent: Maribel Okonkwo", "accept: text/event-stream", "accept-encoding: br, zstd", "accept-language: en",
    "x-vapi-signature: 00", "x-request-id: 415-555-0134", "idempotency-key: Maribel", "traceparent: 00-1-1-01",
    "te: trailers", "trailer: x-note", "keep-alive: timeout=5", "x-stainless-lang: python", "expect: 200-ok", "via: 1.1 x",
    "x-upstream-url: http://127.0.0.1:9", "x-base-url: http://127.0.0.1:9", "helicone-target-url: http://127.0.0.1:9",
]  # fmt: skip


@pytest.mark.parametrize("header", HEADERS, ids=lambda header: header.partition(":")[0])
def test_headers_have_no_power_and_do_not_travel(arena: Any, header: str) -> None:
    """What goes upstream is written from scratch: the same request with and without the header is the same there."""
    path = arena.url.removeprefix(arena.proxy.url)
    raw(arena, f"POST {path} HTTP/1.1", "host: masker")
    plain = arena.heard()
    host = [] if header.startswith("host:") else ["host: masker"]
    status, _ = raw(arena, f"POST {path}?{header.partition(': ')[2].replace(' ', '+')} HTTP/1.1", *host, header)
    heard = arena.heard()
    assert (status == 200 and heard == plain) or (status in (400, 417) and not heard), status


@pytest.mark.parametrize(
    "lines",
    [
        ["content-length: 5"], ["transfer-encoding: chunked"], ["transfer-encoding: identity, chunked"],
        ["content-length: +5"], ["transfer-encoding : chunked"], ["content-length: 5, 5"], ["x: a\rb: c"], ["x\x00: a"],
        [" x: folded"], ["transfer-encoding: xchunked"], ["content-length: 0x10"],
    ],
    ids=str,
)  # fmt: skip
def test_messages_that_two_readers_could_read_differently_are_refused(arena: Any, lines: list[str]) -> None:
    """Smuggling needs a disagreement about where a request ends: whatever is served was served whole, once."""
    path = arena.url.removeprefix(arena.proxy.url)
    hidden = f"GET {path.removesuffix('chat/completions')}models HTTP/1.1\r\nhost: masker\r\n\r\n".encode()
    status, answer = raw(arena, f"POST {path} HTTP/1.1", "host: masker", *lines, body=BODY + hidden)
    heard = arena.heard()
    assert status in (0, 400, 415, 501) or (status == 200 and heard.count(b"POST ") == 1), status
    assert b"GET /v1/models" not in heard
    assert not leaks(heard + answer, CANARIES["PHONE"].written)


OPTIONS: dict[str, Any] = {
    "api_base": "http://127.0.0.1:9", "base_url": "http://127.0.0.1:9", "api_key": "sk-caller", "organization": "x",
    "extra_body": {"model": "other"}, "extra_headers": {"authorization": "Bearer sk-caller"}, "extra_query": {"a": "b"},
    "headers": {"host": "example.org"}, "guardrails": [], "guardrail_config": {"enabled": False}, "mock_response": "x",
    "custom_llm_provider": "azure", "litellm_params": {"api_base": "http://127.0.0.1:9"}, "proxies": {"http": "x"},
    "mask": False, "masking": "off", "policy": "none", "policy_toml": 'media = "allow"', "media": "allow", "agent": "x",
    "timeout": 0.001, "max_retries": 9, "fallbacks": [{"model": "x"}], "route": "fallback", "provider": {"order": ["x"]},
    "cache": {"no-cache": True}, "metadata": {"guardrails": "off"}, "http_client": None, "transport": "x", "url": "http://127.0.0.1:9",
    "__class__": "x", "__proto__": {"masked": True}, "constructor": {"prototype": {}},
}  # fmt: skip


@pytest.mark.parametrize("option", OPTIONS)
def test_fields_that_libraries_take_for_options_have_no_power(arena: Any, option: str) -> None:
    """One request to our upstream, with our key, masked; the field is text like any other."""
    response = arena.post(request(SAID, **{option: OPTIONS[option]}))
    assert response.status_code in (200, 422)
    exchanges = list(arena.upstream.exchanges)
    assert len(exchanges) == (response.status_code == 200)
    for exchange in exchanges:
        assert ("/v1/chat/completions", "Bearer sk-operator") == (exchange.target, exchange.header("authorization"))
        assert "[PHONE_1]" in exchange.tree["messages"][-1]["content"]
    assert not leaks(arena.heard(), CANARIES["PHONE"].written)


PLAIN_MODELS = [
    "gpt-4o", "gpt-4o-mini-2024-07-18", "gpt-3.5-turbo-0125", "o3", "chatgpt-4o-latest", "claude-3-5-sonnet-20241022",
    "anthropic.claude-3-5-sonnet-20241022-v2:0", "us.anthropic.claude-sonnet-4-20250514-v1:0", "meta-llama/Llama-3.3-70B-Instruct",
    "accounts/fireworks/models/llama-v3p1-405b-instruct", "ft:gpt-4o-mini-2024-07-18:acme:intake:9mGqXyZ1", "qwen2.5:7b-instruct-q4_K_M",
    "@cf/meta/llama-3.1-8b-instruct", "mistralai/Mixtral-8x22B-Instruct-v0.1", "deepseek-ai/DeepSeek-R1-Distill-Llama-70B",
    "gemini-2.5-flash-preview-05-20", "google/gemma-3-27b-it", "command-r-plus-08-2024", "openai/gpt-4o", "azure/my-deployment",
    "nousresearch/hermes-3-llama-3.1-405b", "grok-2-1212", "llama3-groq-70b-8192-tool-use-preview", "phi-4", "nova-pro-v1:0",
    "grace-model-7b", "jordan/austin-13b", "amazon.titan-text-express-v1",
]  # fmt: skip


@pytest.mark.parametrize("model", PLAIN_MODELS)
def test_models_of_all_makers_are_accepted(arena: Any, model: str) -> None:
    """Dates, versions and names of models are no one's, even beside a caller who is called Claude."""
    said = {"role": "user", "content": "My name is Claude Hermes, born 2024-07-18."}
    assert 200 == arena.post({**request(said), "model": model}).status_code
    assert model == arena.upstream.last.tree["model"]


BAD_MODELS = [
    *(canary.sentence for canary in CANARIES.values()),
    "maribel okonkwo", "Maribel_Okonkwo", "call-415-555-0134", "415-555-0134", "m.okonkwo@example.org", "219-09-9999",
    "4111111111111111", "m" * 201, "gpt-4o\r\nx: y", "gpt-4o\x00", "../../files", "a//b", "http://127.0.0.1:9/v1",
    "gpt 4o", " gpt-4o", "gpt-4o ", "gpt-4o?x=1", "gpt-4o#x", "gpt-4o\u200b", "ｇｐｔ-4o", "gpt-4o%2e", "[NAME_1]", "*", "-", "/etc",
    "mrn-84739201", "gpt-4o:4155550134",
]  # fmt: skip


@pytest.mark.parametrize("model", BAD_MODELS)
def test_a_model_is_not_a_place_for_words(arena: Any, model: str) -> None:
    """The model's name leaves unmasked, so it must be one: 422 for sentences, persons, numbers, addresses."""
    said = {"role": "user", "content": " ".join(canary.sentence for canary in CANARIES.values())}
    response = arena.post({**request(said), "model": model})
    assert (422, "model_not_allowed") == (response.status_code, response.json()["error"]["code"])
    assert "model" == response.json()["error"]["param"]
    assert not arena.heard()
    assert model not in response.text


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("stream", [False, True])
def test_redirects_are_not_followed(arena: Any, status: int, stream: bool) -> None:
    """Wherever they lead: 502, one request."""
    location = f"{arena.upstream.url}/elsewhere"
    arena.upstream.script = lambda exchange: exchange.reply(b"", status=status, location=location)
    response = arena.post({**request(SAID), "stream": stream})
    assert (502, "upstream_error") == (response.status_code, response.json()["error"]["code"])
    assert 1 == len(arena.upstream.exchanges)
