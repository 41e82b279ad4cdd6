"""Safe by default: host, token and origin checks, the size of a body, security headers."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import uvicorn
from fastapi.testclient import TestClient
from tests.service.conftest import BASE_URL
from tests.service.fake_kb import FakeKnowledgeBase

from qianche.corpus.errors import BadRequest
from qianche.service.app import create_app
from qianche.service.security import HostCheck, host_name, own_path, session_value
from qianche.service.settings import load_settings

TOKEN = "a-token-of-the-tests_123"
BEARER = {"authorization": f"Bearer {TOKEN}"}
PAGE = {"accept": "text/html"}


@pytest.fixture
def guarded() -> TestClient:
    """A client of the application bound to every address, which needs the token."""
    app = create_app(FakeKnowledgeBase(), load_settings(host="0.0.0.0", token=TOKEN))
    return TestClient(app, base_url="http://192.0.2.7:8737", follow_redirects=False)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "::", "server.example"])
def test_another_address_without_a_token_does_not_start(host: str) -> None:
    with pytest.raises(BadRequest) as caught:
        create_app(FakeKnowledgeBase(), load_settings(host=host))
    assert caught.value.code == "token-required"
    assert f"监听地址“{host}”可从其他机器访问，但没有设置访问口令，服务不启动。" in caught.value.message


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "localhost", "::1", "[::1]"])
def test_this_machine_alone_needs_no_token(host: str) -> None:
    create_app(FakeKnowledgeBase(), load_settings(host=host))


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8737", "localhost:8737", "LOCALHOST", "[::1]:8737", "localhost.", "127.0.0.1:9"]
)
def test_loopback_names_are_served(client: TestClient, host: str) -> None:
    assert client.get("/healthz", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8737", "127.0.0.1.evil.example", "192.0.2.7", "", "localhost@evil.example",
     "localhost:x", "[::1", "localhost/x", "本机"],
)  # fmt: skip
def test_any_other_host_is_refused_even_for_probes(client: TestClient, host: str) -> None:
    reply = client.get("/healthz", headers={"host": host.encode()})
    assert reply.status_code == 400
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.json()["code"] == "bad-host"
    assert "QIANCHE_ALLOWED_HOSTS" in reply.json()["detail"]


def test_allowed_hosts_are_served_beside_loopback() -> None:
    check = HostCheck(load_settings(allowed_hosts="anjian.example, Second.example"))
    assert all(check.allows(host) for host in ("anjian.example:8737", "second.example", "127.0.0.1"))
    assert not check.allows("third.example")


def test_bound_elsewhere_ip_literals_are_served_and_names_only_if_allowed() -> None:
    check = HostCheck(load_settings(host="0.0.0.0", token=TOKEN))
    assert all(check.allows(host) for host in ("192.0.2.7:8737", "[2001:db8::1]:8737", "localhost"))
    assert not check.allows("evil.example")
    named = HostCheck(load_settings(host="0.0.0.0", token=TOKEN, allowed_hosts="anjian.example"))
    assert [named.allows(h) for h in ("anjian.example", "192.0.2.7", "evil.example")] == [True, False, False]


@pytest.mark.parametrize(
    ("header", "name"),
    [("a.example:80", "a.example"), ("[::1]:80", "::1"), ("A.Example.", "a.example"), ("", None),
     (":80", None), ("a:0", None), ("a:99999", None), ("u@a", None), ("a?b", None), ("a#b", None)],
)  # fmt: skip
def test_the_name_of_a_host_header(header: str, name: str | None) -> None:
    assert host_name(header) == name


@pytest.mark.parametrize(
    "headers",
    [{}, {"authorization": "Bearer wrong"}, {"authorization": TOKEN}, {"authorization": f"Basic {TOKEN}"},
     {"authorization": "Bearer "}, {"cookie": "qianche_session=x"}, {"cookie": f"qianche_session={TOKEN}"},
     {"authorization": b"Bearer \xff\xfe"}],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/api/search?query=x", "/api/stats", "/api/openapi.json", "/api/x"])
def test_without_the_token_the_api_is_closed(guarded: TestClient, headers: dict[str, str], path: str) -> None:
    reply = guarded.get(path, headers=headers)
    assert reply.status_code == 401
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.headers["www-authenticate"] == "Bearer"
    assert reply.json()["code"] == "token-required"
    assert reply.json()["detail"].startswith("没有访问口令，或口令不对。")


def test_with_the_token_as_bearer_the_api_is_open(guarded: TestClient) -> None:
    assert guarded.get("/api/search?query=x", headers=BEARER).status_code == 200
    assert guarded.post("/api/search", json={"query": "x"}, headers=BEARER).status_code == 200


def test_a_token_in_the_address_does_not_open_the_api(guarded: TestClient) -> None:
    assert guarded.get(f"/api/stats?token={TOKEN}").status_code == 401


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/login", "/static/qianche.css"])
def test_probes_login_and_static_files_need_no_token(guarded: TestClient, path: str) -> None:
    assert guarded.get(path).status_code == 200


def test_a_token_set_on_this_machine_is_asked_for_too() -> None:
    client = TestClient(create_app(FakeKnowledgeBase(), load_settings(token=TOKEN)), base_url=BASE_URL)
    assert client.get("/api/stats").status_code == 401
    assert client.get("/api/stats", headers=BEARER).status_code == 200


def test_a_browser_without_the_token_is_sent_to_the_login_form(guarded: TestClient) -> None:
    reply = guarded.get("/?q=通风", headers=PAGE)
    assert reply.status_code == 303
    assert reply.headers["location"] == "/login?next=%2F%3Fq%3D%25E9%2580%259A%25E9%25A3%258E"
    form = guarded.get(reply.headers["location"])
    assert (form.status_code, form.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert 'name="next" value="/?q=%E9%80%9A%E9%A3%8E"' in form.text


def test_the_login_form_leaves_a_cookie_that_opens_everything(guarded: TestClient) -> None:
    reply = guarded.post("/login", data={"token": TOKEN, "next": "/?q=x"})
    assert (reply.status_code, reply.headers["location"]) == (303, "/?q=x")
    cookie = reply.headers["set-cookie"]
    assert TOKEN not in cookie
    assert "HttpOnly" in cookie and "SameSite=strict" in cookie and "Path=/" in cookie
    assert guarded.get("/", headers=PAGE).status_code == 200
    assert guarded.get("/api/stats").status_code == 200


def test_the_cookie_is_secure_over_https() -> None:
    app = create_app(FakeKnowledgeBase(), load_settings(token=TOKEN))
    client = TestClient(app, base_url="https://127.0.0.1", follow_redirects=False)
    assert "Secure" in client.post("/login", data={"token": TOKEN}).headers["set-cookie"]


def test_a_wrong_token_in_the_form_is_401_and_leaves_no_cookie(guarded: TestClient) -> None:
    reply = guarded.post("/login", data={"token": "wrong", "next": '/"><script>'})
    assert reply.status_code == 401
    assert "set-cookie" not in reply.headers
    assert "口令不对，请重新填写。" in reply.text
    assert "<script>" not in reply.text


def test_a_token_in_a_page_address_becomes_a_cookie_and_leaves_the_address(guarded: TestClient) -> None:
    reply = guarded.get(f"/?q=x&token={TOKEN}&sort=date", headers=PAGE)
    assert (reply.status_code, reply.headers["location"]) == (303, "/?q=x&sort=date")
    assert session_value(TOKEN) in reply.headers["set-cookie"]


@pytest.mark.parametrize(
    ("target", "path"),
    [("/case/x?a=1", "/case/x?a=1"), ("//evil.example", "/"), ("/\\evil.example", "/"),
     ("https://evil.example", "/"), ("", "/"), ("javascript:x", "/"), ("/a\r\nset-cookie: x", "/"),
     ("/\t/evil.example", "/")],
)  # fmt: skip
def test_a_login_leads_only_to_paths_of_this_service(target: str, path: str) -> None:
    assert own_path(target) == path


@pytest.mark.parametrize(
    "headers",
    [{"origin": "http://evil.example"}, {"origin": "null"}, {"origin": "http://127.0.0.1:9999"}, {"origin": "http://["},
     {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}],
)  # fmt: skip
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_a_write_from_another_site_is_refused(
    client: TestClient, method: str, headers: dict[str, str]
) -> None:
    reply = client.request(method, "/api/anything", headers=headers)
    assert reply.status_code == 403
    assert reply.json()["code"] == "foreign-origin"
    assert reply.json()["detail"] == "请求来自其他网站的页面，没有执行。请在本服务自己的页面上操作。"


@pytest.mark.parametrize(
    "headers", [{}, {"origin": BASE_URL}, {"origin": BASE_URL, "sec-fetch-site": "same-origin"}]
)
def test_a_write_from_our_own_page_or_a_program_gets_through(
    client: TestClient, headers: dict[str, str]
) -> None:
    assert client.post("/api/stats", headers=headers).status_code == 405


def test_the_posted_search_only_reads_and_needs_no_origin_of_ours(client: TestClient) -> None:
    reply = client.post("/api/search", json={"query": "x"}, headers={"origin": "http://evil.example"})
    assert reply.status_code == 200
    assert "access-control-allow-origin" not in reply.headers


@pytest.mark.parametrize("path", ["/healthz", "/", "/api/stats", "/api/none", "/static/qianche.css"])
def test_every_answer_carries_the_security_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["content-security-policy"] == (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert "cache-control" in headers


def test_a_body_over_one_megabyte_is_413(client: TestClient) -> None:
    body = b'{"query": "' + b"x" * 1_000_000 + b'"}'
    reply = client.post("/api/search", content=body, headers={"content-type": "application/json"})
    assert reply.status_code == 413
    assert reply.json()["code"] == "body-too-large"
    assert reply.json()["detail"] == "请求正文超过 1 MB。请只发送与隐患有关的段落。"


def test_a_body_in_pieces_is_stopped_while_it_is_read(client: TestClient) -> None:
    sent = 0

    def pieces() -> Iterator[bytes]:
        nonlocal sent
        for _ in range(20):
            sent += 1
            yield b"x" * 100_000

    reply = client.post("/api/search", content=pieces(), headers={"content-type": "application/json"})
    assert reply.status_code == 413
    assert reply.headers["content-type"] == "application/problem+json"


def test_a_body_of_just_one_megabyte_is_read(client: TestClient) -> None:
    frame = b'{"query": "x"}'
    body = frame + b" " * (1_000_000 - len(frame))
    reply = client.post("/api/search", content=body, headers={"content-type": "application/json"})
    assert reply.status_code == 200


@contextmanager
def served() -> Iterator[http.client.HTTPConnection]:
    """A connection to a real server on a free port of this machine."""
    app = create_app(FakeKnowledgeBase(), load_settings())
    server = uvicorn.Server(
        uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", access_log=False)
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 10
    while not server.started and time.monotonic() < deadline:
        thread.join(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        yield connection
    finally:
        connection.close()
        server.should_exit = True
        thread.join(10)


def test_over_a_real_connection_an_endless_body_is_answered_before_it_ends() -> None:
    with served() as connection:
        connection.putrequest("POST", "/api/search")
        connection.putheader("content-type", "application/json")
        connection.putheader("transfer-encoding", "chunked")
        connection.endheaders()
        for _ in range(11):
            connection.send(b"186a0\r\n" + b"x" * 100_000 + b"\r\n")
        reply = connection.getresponse()
        assert reply.status == 413
        assert reply.headers["content-type"] == "application/problem+json"


def test_over_a_real_connection_a_declared_length_is_refused_unread_and_queries_are_answered() -> None:
    with served() as connection:
        connection.request("GET", "/api/search?query=%E9%80%9A%E9%A3%8E")
        assert connection.getresponse().read().startswith(b'{"query":')
        connection.putrequest("POST", "/api/search")
        connection.putheader("content-length", "5000000")
        connection.endheaders()
        assert connection.getresponse().status == 413
