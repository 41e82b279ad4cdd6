"""`qianche diff`."""

from __future__ import annotations

import pytest
from tests.service.cli.conftest import Run, told
from tests.service.page_outline import client_of
from tests.service.two_texts import WITHOUT_TEXT, A, B, TwoTexts

from qianche.service.cli import opening


@pytest.fixture
def run(run_real: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setattr(opening, "open_base", lambda settings, threads: TwoTexts())
    return run_real


def test_the_command_prints_what_changed(run: Run) -> None:
    shown = run("diff", A, B).stdout
    for text in (
        "版本甲  《池内作业规定》2010-01-01 版",
        "第二条  新增\n",
        "{+化粪池的盖板应当上锁",
        "第二条 → 第三条  修改且条号变动\n",
        "（二）{+正压式+}呼吸器",
        "第三条 → 第四条  修改且条号变动\n  只有所引条号随条号变动而改。\n",
        "处一千元罚款",
        "[-清淤车不得停在池边",
    ):
        assert text in shown
    assert "先通风" not in shown
    assert "先通风" in run("diff", A, B, "--all").stdout


def test_the_command_gives_the_json_of_the_api(run: Run) -> None:
    with client_of(TwoTexts()) as client:
        answer = client.get("/api/rules/diff", params={"a": A, "b": B}).json()
    assert told(run("diff", A, B, "--json")) == answer


@pytest.mark.parametrize(("a", "b", "code"), [(A, A, 2), (A, "none@1", 1), (WITHOUT_TEXT.version_id, B, 1)])
def test_the_command_refuses_in_chinese(run: Run, a: str, b: str, code: int) -> None:
    ended = run("diff", a, b)
    assert ended.exit_code == code
    assert "请" in str(ended.exception or "") + ended.stderr
    assert "Traceback" not in ended.stderr
