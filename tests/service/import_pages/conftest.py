"""Fixtures of the import pages: a base for a test of its own, and one with a bit of everything."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.service.import_pages.bench import SAME, UNDATED, Bench, make_bench
from tests.service.small_base import CONFLICT, LIKELY


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    yield from make_bench(tmp_path / "home")


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """A base with a bit of everything; for tests that change nothing."""
    for bench in make_bench(tmp_path_factory.mktemp("full") / "home"):
        bench.take("矛盾.docx", text=["甲厂起火，死三四人。"], **CONFLICT)
        bench.take("相似.docx", text=["乙厂次日起火。"], **LIKELY)
        bench.take("同一起.docx", text=["丙厂当天起火。"], **SAME)
        bench.take("无日期.docx", text=["丁厂某天起火。"], **UNDATED)
        bench.take("存疑.docx", text=["戊厂起火，字迹不清。"], doubtful="deaths")
        bench.take("双版规定.docx", text=["双版规定", "第一条 甲。"], rule="某未登记规定", drafts=[])
        bench.take("扫描.pdf", text=["此页无字。"], pages=["unread"], drafts=[])
        bench.take("目录.docx", text=["一、概况"], kind="contents-only", drafts=[])
        bench.take("坏.pdf", fail="“坏.pdf”已加密，无法读取。请去掉密码后重新导入。")
        yield bench
