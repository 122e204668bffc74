"""The table of errors: each bad input, its status, its code, and that the next caller is served."""

from __future__ import annotations

import gzip
import hashlib
import hmac
import json
import socket
from typing import Any

import httpx
import pytest

ASK = {"model": "gpt-4o-mini", "messages": [{"role": "user", "content": "Hi, this is Sarah Chen."}]}


@pytest.fixture
def http() -> Any:
    with httpx.Client(trust_env=False, timeout=20) as client:
        yield client


def error_of(response: httpx.Response) -> dict[str, Any]:
    """Return the error object, after checking what every error has."""
    error = response.json()["error"]
    assert {"message", "type", "param", "code"} <= error.keys()
    assert response.headers["x-request-id"]
    assert "Sarah" not in response.text
    return error


@pytest.mark.parametrize(
    ("raw", "code", "param"),
    [
        (b"", "invalid_json", None),
        (b"{", "invalid_json", None),
        (b'{"a": NaN}', "invalid_json", None),
        (b'{"model": "m", "model": "n"}', "invalid_json", None),
        (b'{"model": "\\ud800"}', "invalid_json", None),
        (b"\xff\xfe", "invalid_json", None),
        (b'{"a":' * 128 + b"{}" + b"}" * 128, "invalid_json", None),
        (b'{"a": ' + b"1" * 1001 + b"}", "invalid_json", None),
        (b"[]", "invalid_request", None),
        (b'{"messages": []}', "invalid_request", "model"),
        (b'{"model": "m"}', "invalid_request", "messages"),
        (b'{"model": "m", "messages": []}', "invalid_request", "messages"),
        (b'{"model": 1, "messages": [{"role": "user", "content": "Sarah"}]}', "invalid_request", "model"),
        (b'{"model": "m", "messages": "Sarah"}', "invalid_request", "messages"),
    ],
)
def test_bad_bodies_are_400(proxy: Any, upstream: Any, http: Any, raw: bytes, code: str, param: str | None) -> None:
    """What is no chat request is refused with the field that is to blame, and nothing is forwarded."""
    headers = {"content-type": "application/json"}
    response = http.post(proxy.chat_url(proxy.agent()), content=raw, headers=headers)
    assert (400, code, param) == (response.status_code, error_of(response)["code"], error_of(response)["param"])
    assert not upstream.exchanges


def test_unknown_and_disabled_agents_are_404(make_proxy: Any, http: Any, background: Any) -> None:
    """An id that nobody has, one that is no ULID, and a disabled agent look the same."""
    proxy = make_proxy()
    agent = proxy.agent()
    for agent_id in ("agt_01ARZ3NDEKTSV4RRFFQ69G5FAV", "agt_x", "clinic", "agt_81ARZ3NDEKTSV4RRFFQ69G5FAV", "%2e%2e"):
        response = http.post(f"{proxy.url}/proxy/{agent_id}/v1/chat/completions", json=ASK)
        assert (404, "agent_not_found") == (response.status_code, error_of(response)["code"])

    from masker.proxy.agents import AgentStore

    async def disable() -> None:
        store = AgentStore(proxy.settings.database_url)
        await store.update(agent.name, disabled=True)
        await store.close()

    background.run(disable())
    response = http.post(proxy.chat_url(agent), json=ASK)
    assert (404, "agent_not_found") == (response.status_code, error_of(response)["code"])


@pytest.mark.parametrize(
    "path",
    ["/", "/v1/chat/completions", "/proxy", "/proxy/{id}/v1/completions", "/proxy/{id}/v1/embeddings", "/metrics",
     "/proxy/{id}/v1/chat/completions/", "/proxy//{id}/v1/chat/completions", "/proxy/{id}/v1/chat/completions/../models"],
)  # fmt: skip
def test_other_paths_are_404(proxy: Any, upstream: Any, http: Any, path: str) -> None:
    """Nothing else is served, and nothing is ever tunnelled."""
    target = path.replace("{id}", proxy.agent().id)
    with socket.create_connection(("127.0.0.1", proxy.port)) as raw:
        raw.sendall(f"POST {target} HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: raw.recv(65536), b""))
    assert b"404" in answer.split(b"\r\n")[0]
    assert (
        "not_found" == json.loads(answer.rpartition(b"\r\n\r\n")[2] or answer.split(b"\r\n\r\n", 1)[1])["error"]["code"]
    )
    assert not upstream.exchanges


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_other_methods_are_405(proxy: Any, http: Any, method: str) -> None:
    """The reply says which method is meant."""
    response = http.request(method, proxy.chat_url(proxy.agent()))
    assert (405, "method_not_allowed", "POST") == (
        response.status_code,
        error_of(response)["code"],
        response.headers["allow"],
    )


@pytest.mark.parametrize(
    ("headers", "content"),
    [
        ({"content-type": "text/plain"}, json.dumps(ASK).encode()),
        ({"content-type": "application/x-www-form-urlencoded"}, json.dumps(ASK).encode()),
        ({"content-type": "application/json", "content-encoding": "gzip"}, gzip.compress(json.dumps(ASK).encode())),
        ({"content-type": "application/json", "content-encoding": "br"}, b"x"),
        ([("content-type", "application/json"), ("content-encoding", "identity"), ("content-encoding", "gzip")], b"x"),
    ],
)
def test_other_media_types_are_415(proxy: Any, http: Any, headers: Any, content: bytes) -> None:
    """Neither other media types nor compressed bodies are read."""
    response = http.post(proxy.chat_url(proxy.agent()), content=content, headers=headers)
    assert (415, "unsupported_media_type") == (response.status_code, error_of(response)["code"])


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_over_the_limit_is_413(make_proxy: Any, upstream: Any, http: Any, chunked: bool) -> None:
    """The limit holds for declared lengths and for chunked bodies, and the sender gets to read the answer."""
    proxy = make_proxy(max_body_bytes=100_000)
    url, size = proxy.chat_url(proxy.agent()), 3_000_000
    content = (b"x" * 10_000 for _ in range(size // 10_000)) if chunked else b"x" * size
    response = http.post(url, content=content, headers={"content-type": "application/json"})
    assert (413, "request_too_large") == (response.status_code, error_of(response)["code"])
    assert 200 == http.post(url, json=ASK).status_code


def test_a_model_that_is_not_the_agents_is_422(proxy: Any, upstream: Any, http: Any) -> None:
    """The error names the models that the agent may use."""
    response = http.post(proxy.chat_url(proxy.agent("openai:gpt-4o,gpt-4.1")), json=ASK)
    assert (422, "model_not_allowed", "model") == (
        response.status_code,
        error_of(response)["code"],
        error_of(response)["param"],
    )
    assert not upstream.exchanges


class TestKeys:
    def test_an_agent_with_a_key_asks_for_it(self, proxy: Any, http: Any) -> None:
        """Missing, wrong, doubled and differently schemed keys are 401; the right one is served and not forwarded."""
        agent, key = proxy.agent_with_key(with_key=True)
        url = proxy.chat_url(agent)
        wrong = [[], [("authorization", "Bearer nope")], [("authorization", f"Basic {key}")],
                 [("authorization", f"Bearer {key}"), ("authorization", f"Bearer {key}")]]  # fmt: skip
        for headers in wrong:
            response = http.post(url, json=ASK, headers=headers)
            assert (401, "invalid_api_key") == (response.status_code, error_of(response)["code"])
        assert 200 == http.post(url, json=ASK, headers={"authorization": f"Bearer {key}"}).status_code

    def test_the_key_does_not_travel_on(self, proxy: Any, upstream: Any, http: Any) -> None:
        """The upstream gets the operator's key."""
        agent, key = proxy.agent_with_key(with_key=True)
        http.post(proxy.chat_url(agent), json=ASK, headers={"authorization": f"Bearer {key}"})
        assert "Bearer sk-operator" == upstream.last.header("authorization")
        assert key.encode() not in upstream.received

    def test_a_passed_authorization_travels_on(self, proxy: Any, upstream: Any, http: Any) -> None:
        """An agent may use its caller's own upstream key."""
        agent = proxy.agent(pass_authorization=True)
        http.post(proxy.chat_url(agent), json=ASK, headers={"authorization": "Bearer sk-callers"})
        assert "Bearer sk-callers" == upstream.last.header("authorization")

    def test_a_caller_without_one_does_not_get_ours(self, proxy: Any, upstream: Any, http: Any) -> None:
        """Nor does one whose header holds something else than a token."""
        url = proxy.chat_url(proxy.agent(pass_authorization=True))
        for headers in ({}, {"authorization": "Bearer Sarah Chen"}):
            http.post(url, json=ASK, headers=headers)
            assert upstream.last.header("authorization") is None


class TestSignatures:
    RAW = json.dumps(ASK).encode()

    def sign(self, secret: str, message: bytes) -> str:
        return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()

    def post(self, http: Any, url: str, headers: Any, raw: bytes = RAW) -> httpx.Response:
        return http.post(url, content=raw, headers=[("content-type", "application/json"), *headers])

    def test_signed_bodies_are_served(self, make_proxy: Any, http: Any) -> None:
        """Plain, with sha256= in front, in capitals, and over timestamp and body."""
        proxy = make_proxy(vapi_webhook_secret="s3cret")
        url, good = proxy.chat_url(proxy.agent()), self.sign("s3cret", self.RAW)
        stamped = self.sign("s3cret", b"1700000000." + self.RAW)
        for headers in (
            [("x-vapi-signature", good)],
            [("x-vapi-signature", f"sha256={good}")],
            [("x-vapi-signature", good.upper())],
            [("x-vapi-signature", stamped), ("x-vapi-timestamp", "1700000000")],
        ):
            assert 200 == self.post(http, url, headers).status_code

    def test_others_are_401(self, make_proxy: Any, upstream: Any, http: Any) -> None:
        """Missing, empty, cut, of another secret or body, doubled, not hexadecimal, not ASCII; a doubled timestamp."""
        proxy = make_proxy(vapi_webhook_secret="s3cret")
        url, good = proxy.chat_url(proxy.agent()), self.sign("s3cret", self.RAW)
        for headers in (
            [],
            [("x-vapi-signature", "")],
            [("x-vapi-signature", good[:-1])],
            [("x-vapi-signature", self.sign("other", self.RAW))],
            [("x-vapi-signature", self.sign("s3cret", self.RAW + b" "))],
            [("x-vapi-signature", good), ("x-vapi-signature", good)],
            [("x-vapi-signature", "é".encode("latin-1") * 64)],
            [("x-vapi-signature", "z" * 64)],
            [("x-vapi-signature", self.sign("s3cret", b"1." + self.RAW)), ("x-vapi-timestamp", "2")],
            [("x-vapi-signature", good), ("x-timestamp", "1"), ("x-timestamp", "1")],
        ):
            response = self.post(http, url, headers)
            assert (401, "bad_signature") == (response.status_code, error_of(response)["code"])
        assert not upstream.exchanges

    def test_an_agents_own_secret_replaces_the_process_s(self, make_proxy: Any, http: Any) -> None:
        """Whoever knows the process's secret cannot call an agent that has its own."""
        proxy = make_proxy(vapi_webhook_secret="s3cret")
        url = proxy.chat_url(proxy.agent(signing_secret="agents-own"))
        assert 401 == self.post(http, url, [("x-vapi-signature", self.sign("s3cret", self.RAW))]).status_code
        assert 200 == self.post(http, url, [("x-vapi-signature", self.sign("agents-own", self.RAW))]).status_code

    def test_the_headers_names_are_settings(self, make_proxy: Any, http: Any) -> None:
        """Other platforms call the header something else."""
        proxy = make_proxy(vapi_webhook_secret="s3cret", signature_header="X-Hub-Signature-256")
        url, good = proxy.chat_url(proxy.agent()), self.sign("s3cret", self.RAW)
        assert 200 == self.post(http, url, [("x-hub-signature-256", f"sha256={good}")]).status_code
        assert 401 == self.post(http, url, [("x-vapi-signature", good)]).status_code


class TestQuota:
    def test_over_the_quota_is_429(self, make_proxy: Any, http: Any) -> None:
        """After the burst the reply says when to come back; another agent is not touched."""
        proxy = make_proxy(rate_limit="1/s burst 2")
        url = proxy.chat_url(proxy.agent())
        statuses = [http.post(url, json=ASK).status_code for _ in range(2)]
        response = http.post(url, json=ASK)
        assert [200, 200] == statuses
        assert (429, "rate_limited", "1") == (
            response.status_code,
            error_of(response)["code"],
            response.headers["retry-after"],
        )
        assert 200 == http.post(proxy.chat_url(proxy.agent(name="other")), json=ASK).status_code

    def test_refused_callers_do_not_use_it_up(self, make_proxy: Any, http: Any) -> None:
        """Keys are checked before the quota, bodies after it."""
        proxy = make_proxy(rate_limit="1/s burst 1")
        agent, key = proxy.agent_with_key(with_key=True)
        url = proxy.chat_url(agent)
        assert [401, 401] == [http.post(url, json=ASK).status_code for _ in range(2)]
        good = {"authorization": f"Bearer {key}"}
        assert [400, 429] == [
            http.post(url, content=b"{", headers=good | {"content-type": "application/json"}).status_code
            for _ in range(2)
        ]

    def test_callers_whose_signature_is_wrong_do_not_use_it_up(self, make_proxy: Any, http: Any) -> None:
        """Whoever knows an agent's id and no secret cannot keep its callers out."""
        proxy = make_proxy(vapi_webhook_secret="s3cret", rate_limit="1/s burst 1")
        url, raw = proxy.chat_url(proxy.agent()), json.dumps(ASK).encode()
        statuses = [
            http.post(
                url,
                content=raw,
                headers={
                    "content-type": "application/json",
                    "x-vapi-signature": hmac.new(secret, raw, hashlib.sha256).hexdigest(),
                },
            ).status_code
            for secret in (b"other", b"s3cret")
        ]
        assert [401, 200] == statuses


class TestOtherRoutes:
    def test_a_doubled_path_is_served(self, proxy: Any, http: Any) -> None:
        """Vapi appends the path to a full URL."""
        assert 200 == http.post(proxy.chat_url(proxy.agent()) + "/chat/completions", json=ASK).status_code

    def test_models_are_the_agents(self, proxy: Any, http: Any) -> None:
        """In OpenAI's list shape."""
        tree = http.get(proxy.base_url(proxy.agent("openai:gpt-4o,gpt-4.1")) + "/models").json()
        assert ("list", ["gpt-4o", "gpt-4.1"]) == (tree["object"], [model["id"] for model in tree["data"]])

    def test_models_of_an_open_agent_are_the_upstreams(self, proxy: Any, upstream: Any, http: Any) -> None:
        """An agent that may use any model shows what its upstream has."""
        upstream.script = lambda exchange: exchange.json({"object": "list", "data": [{"id": "gpt-4o"}]})
        tree = http.get(proxy.base_url(proxy.agent()) + "/models").json()
        assert ["gpt-4o"] == [model["id"] for model in tree["data"]]
        assert "/v1/models" == upstream.last.target

    def test_a_list_of_models_has_an_end(self, proxy: Any, upstream: Any, http: Any) -> None:
        """What is far longer than any list of models is none; long ones are."""
        models = [{"id": f"maker/model-{number}", "description": "x" * 2_000} for number in range(1_500)]
        upstream.script = lambda exchange: exchange.json({"object": "list", "data": models})
        url = proxy.base_url(proxy.agent()) + "/models"
        tree = http.get(url).json()
        assert [model["id"] for model in models] == [model["id"] for model in tree["data"]]
        models *= 2
        answer = http.get(url)
        assert (502, "upstream_error") == (answer.status_code, answer.json()["error"]["code"])

    def test_health(self, proxy: Any, http: Any) -> None:
        """Live and ready."""
        assert 200 == http.get(f"{proxy.url}/health/live").status_code
        tree = http.get(f"{proxy.url}/health").json()
        assert ("ok", "ok") == (tree["status"], tree["store"])
        assert tree["plugins"] >= 1
        assert tree["version"]
