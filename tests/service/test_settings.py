"""Settings: defaults, the environment, what cannot be used, and the table that is printed."""

from __future__ import annotations

from pathlib import Path

import pytest
from platformdirs import user_data_path

from qianche.corpus.errors import BadRequest
from qianche.service.settings import Settings, load_settings, require_safe_binding, settings_table

TOKEN = "a-token-of-the-tests_123"


def test_by_default_only_this_machine_is_served_from_the_usual_folder() -> None:
    settings = load_settings()
    assert (settings.host, settings.port, settings.token) == ("127.0.0.1", 8737, None)
    assert settings.home == user_data_path("qianche", appauthor=False)
    assert (settings.store, settings.recipe, settings.model_folder) == ("embedded", "int8", None)
    assert settings.loopback_only


def test_the_environment_sets_and_a_given_value_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("QIANCHE_HOME", str(tmp_path))
    monkeypatch.setenv("QIANCHE_PORT", "9000")
    monkeypatch.setenv("QIANCHE_RECIPE", "int8")
    monkeypatch.setenv("QIANCHE_ALLOWED_HOSTS", "A.example, b.example,")
    settings = load_settings(port=9001, recipe=None)
    assert (settings.home, settings.port, settings.recipe) == (tmp_path, 9001, "int8")
    assert settings.allowed_hosts == ("a.example", "b.example")


def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.setenv(f"QIANCHE_{name.upper()}", "")
    assert load_settings() == load_settings(host="127.0.0.1")


def test_the_data_folder_is_absolute_and_may_begin_with_a_tilde(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert load_settings(home="~/data").home == tmp_path / "data"
    assert load_settings(home="data").home == tmp_path / "data"


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("PORT", "http", "设置 QIANCHE_PORT 的值“http”不能使用。监听端口，1 至 65535。"),
        ("PORT", "70000", "设置 QIANCHE_PORT 的值“70000”不能使用。监听端口，1 至 65535。"),
        ("STORE", "mysql", "设置 QIANCHE_STORE 的值“mysql”不能使用。可选：embedded。"),
        ("STORE", "elasticsearch", "设置 QIANCHE_STORE 的值“elasticsearch”不能使用。可选：embedded。"),
        ("RECIPE", "fp8", "设置 QIANCHE_RECIPE 的值“fp8”不能使用。可选：exact、int8。"),
        (
            "LOG_LEVEL",
            "loud",
            "设置 QIANCHE_LOG_LEVEL 的值“loud”不能使用。可选：debug、info、warning、error。",
        ),
    ],
)
def test_a_value_that_cannot_be_used_is_named_with_the_valid_ones(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, message: str
) -> None:
    monkeypatch.setenv(f"QIANCHE_{name}", value)
    with pytest.raises(BadRequest) as caught:
        load_settings()
    assert caught.value.message == message
    assert caught.value.code == "bad-setting"


@pytest.mark.parametrize(
    "token", ["short", "with a blank in the middle", "中文口令中文口令中文口令中文口令", "x" * 15]
)
def test_a_weak_or_untransportable_token_is_refused_without_being_shown(token: str) -> None:
    with pytest.raises(BadRequest) as caught:
        load_settings(token=token)
    assert token not in caught.value.message
    assert "至少 16 个字符" in caught.value.message


def test_an_unknown_setting_lists_the_known_ones() -> None:
    with pytest.raises(BadRequest) as caught:
        load_settings(colour="red")
    assert caught.value.message.startswith("没有名为“colour”的设置。可用的设置：QIANCHE_HOME、")


def test_the_token_lets_another_address_be_served_and_is_never_printed() -> None:
    settings = load_settings(host="0.0.0.0", token=TOKEN)
    require_safe_binding(settings)
    assert not settings.loopback_only
    assert TOKEN not in repr(settings)
    assert TOKEN not in repr(settings_table(settings))


def test_the_table_has_every_setting_with_its_variable_default_and_a_chinese_help() -> None:
    rows = settings_table()
    assert [row.name for row in rows] == list(Settings.model_fields)
    for row in rows:
        assert row.variable == f"QIANCHE_{row.name.upper()}"
        assert any("\u4e00" <= c <= "\u9fff" for c in row.help)
    defaults = {row.name: row.default for row in rows}
    assert defaults["home"] == "（平台的用户数据目录）/qianche"
    assert (defaults["port"], defaults["token"], defaults["store"]) == ("8737", "（未设置）", "embedded")


def test_the_table_shows_values_in_use(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path, token=TOKEN, allowed_hosts="a.example,b.example")
    values = {row.name: row.value for row in settings_table(settings)}
    assert values["home"] == str(tmp_path)
    assert values["token"] == "（已设置）"
    assert values["allowed_hosts"] == "a.example,b.example"
