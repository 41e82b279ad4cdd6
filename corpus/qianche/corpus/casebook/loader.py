"""Case files: JSON Lines, one accident a line; every record is checked before any is returned."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any, NoReturn

from qianche.corpus.casebook.checks import check_case, same_accident
from qianche.corpus.casebook.schema import case_from_payload
from qianche.corpus.casebook.sectors import SECTOR_FILES, check_sector
from qianche.corpus.cases import Case, Origin
from qianche.corpus.errors import BadRecord


@dataclass(frozen=True, slots=True)
class _Entry:
    """A case with the place in the file that it was read from."""

    case: Case
    file_name: str
    line: int


def load_casebook() -> tuple[Case, ...]:
    """Return every case of the bundled casebook, sorted by date, then id.

    Raises:
        BadRecord: a file breaks a rule of `read_cases`, or a record lies in another sector's file or differs
            from the reviewed sector tables.
    """
    folder = files("qianche.corpus.casebook").joinpath("cases")
    entries: list[_Entry] = []
    for sector, stem in SECTOR_FILES.items():
        file_name = f"{stem}.jsonl"
        for entry in _read(folder.joinpath(file_name).read_text(encoding="utf-8"), file_name, "bundled"):
            if entry.case.sector != sector:
                _fail(entry, f"行业领域是“{entry.case.sector}”，不应在此文件中。请移到相应的文件。")
            try:
                check_sector(entry.case)
            except BadRecord as error:
                _fail(entry, error.message)
            entries.append(entry)
    _check_distinct(entries)
    return tuple(sorted((e.case for e in entries), key=lambda c: (c.occurred_on, c.case_id)))


def read_cases(text: str, file_name: str, *, origin: Origin = "imported") -> list[Case]:
    """Return the cases of one file in the order of its lines; empty lines are passed over.

    Args:
        text: JSON Lines with the keys of `Case`.
        file_name: named in messages.
        origin: how the cases come into the product; an `origin` in the file does not count.

    Raises:
        BadRecord: the first line that is no JSON object of this schema, contradicts itself, repeats an id or
            tells an accident a second time; the message names file and line and says what to do.
    """
    entries = _read(text, file_name, origin)
    _check_distinct(entries)
    return [entry.case for entry in entries]


def _read(text: str, file_name: str, origin: Origin) -> list[_Entry]:
    entries = []
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            case = case_from_payload(_parse(line) | {"origin": origin})
            check_case(case)
        except BadRecord as error:
            raise BadRecord(_where(file_name, number) + error.message) from error
        entries.append(_Entry(case, file_name, number))
    return entries


def _parse(line: str) -> dict[str, Any]:
    """The JSON object of one line; what `json` lets pass is refused: repeated keys, NaN, half characters."""
    try:
        value = json.loads(line, object_pairs_hook=_unique, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise BadRecord(f"不是合法的 JSON（第 {error.colno} 个字符处）。请检查引号、逗号和括号。") from None
    except ValueError:  # an integer of thousands of digits
        raise BadRecord("数字过长，无法读取。请更正。") from None
    except RecursionError:
        raise BadRecord("JSON 嵌套过深。请按案例的字段重写。") from None
    try:
        (json.dumps(value, ensure_ascii=False) if "\\u" in line else line).encode()
    except UnicodeEncodeError:  # "\ud83d" without its second half could not be stored
        raise BadRecord("含有残缺的字符（单独的代理码位）。请以 UTF-8 重新保存文件。") from None
    if not isinstance(value, dict):
        raise BadRecord("应为一个 JSON 对象。请每行写一个 {…}。")
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        repeated = next(key for key in keys if keys.count(key) > 1)
        raise BadRecord(f"键“{repeated}”出现两次。请只留一个。")
    return found


def _no_constant(name: str) -> NoReturn:
    raise BadRecord(f"数字写作“{name}”。不详的请写 null。")


def _check_distinct(entries: Iterable[_Entry]) -> None:
    """No id twice, no accident twice."""
    by_id: dict[str, _Entry] = {}
    by_day: dict[date, list[_Entry]] = {}
    for entry in entries:
        case = entry.case
        if (first := by_id.setdefault(case.case_id, entry)) is not entry:
            _fail(entry, f"编号“{case.case_id}”已用于{_place_of(first)}。请换一个编号，或删去重复的一条。")
        same_day = by_day.setdefault(case.occurred_on, [])
        for first in same_day:
            if same_accident(first.case, case):
                _fail(
                    entry,
                    f"“{case.name}”与{_place_of(first)}的“{first.case.name}”日期、地点、死亡人数相同，名称相近，"
                    "应是同一起事故。请合并为一条；确是两起的，请在名称中写出各自的单位。",
                )
        same_day.append(entry)


def _fail(entry: _Entry, problem: str) -> NoReturn:
    raise BadRecord(_where(entry.file_name, entry.line) + problem)


def _where(file_name: str, line: int) -> str:
    return f"案例文件“{file_name}”第 {line} 行："


def _place_of(entry: _Entry) -> str:
    return f"“{entry.file_name}”第 {entry.line} 行"
