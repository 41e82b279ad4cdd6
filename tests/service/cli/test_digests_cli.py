"""Digests on the command line: on cards and sheets, and asked for by the number of a hit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import StringIO
from typing import Any

import pytest
from fastapi.testclient import TestClient
from rich.console import Console
from tests.service.digest_hits import ALARM, ITEM, LABEL, NO_TEXT, NOT_THAT_DAY, article, hit_of
from tests.service.fake_digests import DUST, DUST_ONCE, JUDGED, JUDGED_NOW, VENT_DIGEST
from tests.service.fake_kb import VENT, FakeKnowledgeBase

from qianche.corpus.errors import NotFound
from qianche.service.cli import reading
from qianche.service.cli.cards import print_answer
from qianche.service.cli.digest_sheets import print_digest, print_in_brief
from qianche.service.cli.sheets import print_article, print_rule
from qianche.service.wire.digests import digest_record


def printed(show: Callable[[Console, dict[str, Any]], None], content: dict[str, Any]) -> str:
    screen = StringIO()
    show(Console(file=screen, width=300), content)
    return screen.getvalue()


def test_the_command_line_prints_gist_scene_and_warning(client: TestClient) -> None:
    dust = client.post("/api/search", json={"query": "粉尘", "as_of": "2026-01-01"}).json()
    lines = [line.strip() for line in printed(print_answer, dust).splitlines()]
    assert f"1. {ITEM}  [{ALARM}]  [现行（2023-05-15 起）]" in lines
    assert lines.index(NO_TEXT) < lines.index("要旨（本库归纳）：车间里的粉尘没有按时清扫。")
    assert "责任主体：生产经营单位" in lines
    assert "编号 judged-rule@2023-04-14:3.2" in lines
    vent = client.post("/api/search", json={"query": "通风", "as_of": "2021-01-01"}).json()
    lines = [line.strip() for line in printed(print_answer, vent).splitlines()]
    at = lines.index("要旨（本库归纳）：下池的人先通风再测气体。")
    assert lines[at - 1] == "项：（一）通风；"
    assert lines[at + 1] == "现场说法：掀开盖子就下去了，没通风"
    assert not [line for line in lines if ALARM in line]


def test_the_command_line_tells_the_digest_of_another_day_apart(client: TestClient) -> None:
    body = {"query": "有限空间没有通风", "as_of": "2015-01-01"}
    text = printed(print_answer, client.post("/api/search", json=body).json())
    assert text.index("非当日文本，条号可能不同：2020-05-01 公布的版本") < text.index(VENT_DIGEST.gist)
    text = printed(print_article, article(client, "invented-rule/articles/3?as_of=2015-01-01"))
    assert text.index("非当日文本，条号可能不同") < text.index(VENT_DIGEST.gist)
    hit = hit_of(JUDGED_NOW, DUST_ONCE, date(2026, 1, 1))
    text = printed(print_answer, client.post("/api/search", json=body).json() | {"rules": [hit]})
    assert "（已被修订）第四条第（一）项" in text
    assert f"[{NOT_THAT_DAY}（已被修订）]" in text
    assert ALARM not in text


def test_the_command_line_shows_an_article_by_its_digests(client: TestClient) -> None:
    text = printed(print_article, article(client, "judged-rule/articles/3?as_of=2026-01-01"))
    order = [
        text.index(piece) for piece in ("当日版本未收录", "第三条第（一）项", "第三条第（二）项", "下一条")
    ]
    assert order == sorted(order)
    assert text.count(LABEL) == 2
    assert "下一条 judged-rule@2023-04-14/5" in text
    assert "据网页 · 2026-11-25 查阅 · https://example.gov.cn/judged.html（经某处所录）" in text
    text = printed(print_rule, client.get("/api/rules/judged-rule").json())
    assert "要旨目录（本库归纳，非条文原文）" in text
    assert "车间里的粉尘没有按时清扫。" in text


def test_the_number_of_a_hit_opens_its_digest_and_an_unknown_one_names_those_there_are(
    kb: FakeKnowledgeBase,
) -> None:
    on = date(2026, 1, 1)
    kind, view = reading._record(kb, "judged-rule@2023-04-14:3.2", on)
    assert (kind, [d["place"] for d in view["digests"]]) == ("article", ["3.2"])
    assert "编号 judged-rule@2023-04-14:3.2" in printed(print_article, view)
    assert printed(print_article, view).startswith(f"{ITEM}\n[现行")
    _, view = reading._record(kb, "judged-rule@2018-01-01/4", on)
    assert [d["major_hazard_label"] for d in view["digests"]] == [f"{NOT_THAT_DAY}（已被修订）"]
    _, view = reading._record(kb, "invented-rule@2020-05-01:3", on)
    assert (view["article"]["text"], len(view["digests"])) == (VENT.text, 1)
    with pytest.raises(NotFound, match=r"没有编号为“judged-rule@2023-04-14:9”的要旨.*第三条第（一）项"):
        reading._record(kb, "judged-rule@2023-04-14:9", on)
    with pytest.raises(NotFound, match="没有版本“judged-rule@1999-01-01”"):
        reading._record(kb, "judged-rule@1999-01-01:3", on)


def test_a_rule_named_by_its_version_lists_the_digests_of_that_version(kb: FakeKnowledgeBase) -> None:
    _, rule = reading._record(kb, "judged-rule@2018-01-01", date(2026, 1, 1))
    [line] = rule["digest_contents"]["lines"]
    assert (line["place"], line["major_hazard_label"]) == ("4.1", f"{NOT_THAT_DAY}（已被修订）")


def test_hostile_text_in_a_digest_does_not_steer_the_terminal() -> None:
    hostile = "\x1b[31m\u202e倒写\u2066\u200b\x00[bold]"
    made = replace(DUST, gist=hostile, said_as=(hostile,), hazards=(hostile,), source=hostile)
    digest = digest_record(made, JUDGED, date(2026, 1, 1))
    passage = {"part": "said_as", "part_label": "现场说法", "text": hostile, "marks": [[0, 3], [2, 99]]}
    text = printed(print_digest, digest) + printed(
        lambda screen, d: print_in_brief(screen, d, [passage], 3), digest
    )
    assert not set("\x1b\u202e\u2066\x00") & set(text)
    assert text.count("[bold]") >= 4
