"""Scope lines: what a rule without text governs and whom it binds, in words of our own."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from qianche.corpus.errors import BadRecord
from qianche.corpus.register.labels import UNKNOWN_START, issued_label
from qianche.corpus.register.loader import Register, load_register
from qianche.corpus.register.standing import earlier_unlisted
from qianche.corpus.rules import Rule

SCOPES_FILE = "scopes.toml"
SCOPE_LABEL = "适用范围（本库概括，非原文）"
_LENGTHS = {"what": (25, 80), "whom": (4, 40)}
"""Fewest and most characters: long enough to be found by, short enough to be no excerpt."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a rule governs (`what`) and who has to follow it (`whom`), written for this register, not quoted."""

    what: str
    whom: str


def load_scopes(register: Register, folder: Traversable | None = None) -> Mapping[str, Scope]:
    """Return the scope lines by rule id, one for each rule of which no version has a text.

    Rules that only amend another have none: what they changed stands in the other.

    Args:
        register: the bundled register, without what users imported.
        folder: where scopes.toml lies; default: the bundled one.

    Raises:
        BadRecord: an entry has the wrong fields, a wrong length or the words of another; it names no rule of the
            register or one with text; or a rule without text has no entry.
    """
    entries = _read_entries(folder if folder is not None else files("qianche.corpus.register"))
    scopes = {rule_id: _scope(rule_id, entry) for rule_id, entry in entries.items()}
    wanted = {rule.rule_id for rule in register if _needs_scope(rule)}
    known = {rule.rule_id for rule in register}
    for rule_id in scopes:
        if rule_id not in known:
            raise BadRecord(f"{SCOPES_FILE} 的 [{rule_id}]：登记表中没有这一规定。请核对编号。")
        if rule_id not in wanted:
            raise BadRecord(f"{SCOPES_FILE} 的 [{rule_id}]：这一规定有正文或只作修改，不需要概括。请删去。")
    if missing := sorted(wanted - scopes.keys()):
        raise BadRecord(f"{SCOPES_FILE}：没有正文的规定“{missing[0]}”缺适用范围。请补写。")
    _check_unique(scopes)
    return scopes


def scope_of(rule: Rule) -> Scope | None:
    """Return the scope line of a rule, None where its text came with the program or it only amends another."""
    return _bundled_scopes().get(rule.rule_id)


def since(rule: Rule) -> date | None:
    """Return the first day of the oldest version known, None where that day is not known."""
    return rule.versions[0].effective_from


def since_label(rule: Rule) -> str:
    """Return since when the rule applies as far as the register goes, doubts included."""
    first = rule.versions[0]
    if first.effective_from is None:
        return UNKNOWN_START + (f"（{issued_label(first)}）" if first.version_date else "")
    remarks = ["本库所知最早的版本"] if len(rule.versions) > 1 or earlier_unlisted(rule) else []
    if first.verified == "memory":
        remarks.append("日期待核")
    return f"{first.effective_from} 起" + (f"（{'，'.join(remarks)}）" if remarks else "")


@cache
def _bundled_scopes() -> Mapping[str, Scope]:
    """The scope lines of the bundled register."""
    return load_scopes(load_register())


def _needs_scope(rule: Rule) -> bool:
    """Whether no version of the rule has a text and the rule does more than amend another."""
    return rule.amends is None and all(version.text_source is None for version in rule.versions)


def _read_entries(folder: Traversable) -> dict[str, Any]:
    """Return the tables of the file."""
    try:
        return tomllib.loads(folder.joinpath(SCOPES_FILE).read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadRecord(f"{SCOPES_FILE}：不是合法的 TOML（{error}）。请改正。") from error
    except OSError as error:
        raise BadRecord(f"{SCOPES_FILE}：无法读取（{error.strerror}）。请重新安装本软件。") from error


def _scope(rule_id: str, entry: Any) -> Scope:
    """Return the scope of one checked entry."""
    where = f"{SCOPES_FILE} 的 [{rule_id}]"
    if not isinstance(entry, dict) or entry.keys() != _LENGTHS.keys():
        raise BadRecord(f"{where}：要写且只写 what、whom 两项。请改正。")
    for name, (least, most) in _LENGTHS.items():
        text = entry[name]
        if not isinstance(text, str) or text != text.strip() or "\n" in text:
            raise BadRecord(f"{where}：{name} 要写成一行文字，首尾不留空格。请改正。")
        if not least <= len(text) <= most:
            raise BadRecord(f"{where}：{name} 有 {len(text)} 个字，应为 {least} 至 {most} 个。请改写。")
    return Scope(entry["what"], entry["whom"])


def _check_unique(scopes: Mapping[str, Scope]) -> None:
    """Reject two rules said to govern the same in the same words: neither would be found for itself."""
    first: dict[str, str] = {}
    for rule_id, scope in scopes.items():
        if (other := first.setdefault(scope.what, rule_id)) != rule_id:
            raise BadRecord(f"{SCOPES_FILE} 的 [{rule_id}]：what 与 [{other}] 相同。请写出两者的区别。")
