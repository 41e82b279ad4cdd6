"""Whatever is sent: the status stays below 500, and every error is a problem document."""

from __future__ import annotations

import json
from urllib.parse import quote

from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qianche.service.schemas import Problem, SearchParameters

FIELDS = [*SearchParameters.model_fields, "unknown"]
scalars = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text()
    | st.sampled_from(["工贸", "case", "2021-09-01", "true", "all", "通风", "综合", "池\ud800", "\x00"])
)  # fmt: skip
values = scalars | st.lists(scalars, max_size=4) | st.dictionaries(st.text(max_size=3), scalars, max_size=2)
segments = st.text(min_size=1, max_size=12).filter(lambda t: t not in (".", ".."))
quick = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])


def check(reply: object) -> None:
    status, kind = reply.status_code, reply.headers["content-type"]  # type: ignore[attr-defined]
    assert status < 500
    if status >= 400:
        assert kind == "application/problem+json"
        assert Problem.model_validate_json(reply.content).status == status  # type: ignore[attr-defined]


@quick
@given(st.dictionaries(st.sampled_from(FIELDS), values, max_size=6))
def test_any_object_as_body(client: TestClient, body: dict[str, object]) -> None:
    content = json.dumps(body).encode()
    check(client.post("/api/search", content=content, headers={"content-type": "application/json"}))


@quick
@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda t: t.encode("utf-8", "surrogatepass")))
def test_any_bytes_as_body(client: TestClient, content: bytes) -> None:
    check(client.post("/api/search", content=content, headers={"content-type": "application/json"}))


@quick
@given(st.lists(st.tuples(st.sampled_from(FIELDS), scalars.map(str)), max_size=6))
def test_any_query_string(client: TestClient, pairs: list[tuple[str, str]]) -> None:
    query = "&".join(f"{name}={quote(value, errors='surrogatepass')}" for name, value in pairs)
    check(client.get(f"/api/search?{query}"))


@quick
@given(st.binary(max_size=40))
def test_any_bytes_as_query_string(client: TestClient, raw: bytes) -> None:
    check(client.get(f"/api/search?query=x&{quote(raw)}"))


@quick
@given(
    st.sampled_from(
        ["/api/cases/{}", "/api/cases/{}/similar", "/api/rules/{}", "/api/rules?text={}", "/api/{}",
         "/api/rules/invented-rule/articles/{}", "/api/rules?as_of={}", "/api/segment?text={}",
         "/api/facets?kind={}"]
    ),
    segments,
)  # fmt: skip
def test_any_identifier(client: TestClient, path: str, segment: str) -> None:
    check(client.get(path.format(quote(segment, safe="", errors="surrogatepass"))))
