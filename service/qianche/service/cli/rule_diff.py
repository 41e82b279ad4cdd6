"""`qianche diff`: two versions of a rule against each other."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qianche.service.cli.options import Json

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

Content = dict[str, Any]
_MARKS = {"removed": ("[-", "-]", "red"), "added": ("{+", "+}", "green"), "kept": ("", "", "")}
"""As wdiff writes them: what changed is told without colour too."""


def diff(
    a: Annotated[str, typer.Argument(metavar="版本甲", help="版本编号，如 civil-aviation-law@2021-04-29。")],
    b: Annotated[str, typer.Argument(metavar="版本乙", help="另一个版本的编号。")],
    whole: Annotated[bool, typer.Option("--all", help="没有变动的条文也列出。")] = False,
    json: Json = False,
) -> None:
    """逐条对照两个版本：哪一条改成了哪一条，改了哪些字；[-删去的-]，{+新增的+}。"""
    from qianche.indexing.rulebook.differences import version_differences
    from qianche.service.cli import opening, output
    from qianche.service.wire.rule_diff import rule_differences

    with output.waiting("正在对照") as report, opening.knowledge_base(opening.begin()) as base:
        base.build_records(report)
        content = rule_differences(version_differences(base, a.strip(), b.strip()), date.today())
    if json:
        output.print_json(content)
    else:
        _print(output.screen(), content, whole)


def _print(console: Console, content: Content, whole: bool) -> None:
    """Print what changed, or every article."""
    from qianche.service.cli.output import DIM, STRONG, plain, put

    for name, side in (("版本甲", "a"), ("版本乙", "b")):
        version = content[side]
        day = version["version_date"] or "公布日期不详的"
        put(console, plain(f"{name}  《{version['title']}》{day} 版  {version['status_label']}", STRONG))
    put(console, plain(f"从版本甲到版本乙：{content['label']}"))
    put(console, plain("哪一条对应哪一条，由文字比较推定，不是立法机关的说明。", DIM))
    for pair in content["pairs"]:
        if whole or pair["kind"] != "same":
            _print_pair(console, pair)


def _print_pair(console: Console, pair: Content) -> None:
    """Print what became of an article; of one that was revised only the units that changed."""
    from qianche.service.cli.output import STRONG, WARN, plain, put

    sides = [side for side in ("、".join(x["label"] for x in pair[key]) for key in ("a", "b")) if side]
    head = " → ".join(dict.fromkeys(sides))
    console.print()
    put(console, plain(f"{head}  {pair['kind_label']}", STRONG))
    if pair["only_references"]:
        put(console, plain("只有所引条号随条号变动而改。"), 2)
    if pair["doubtful"]:
        put(console, plain(f"对应关系请核对：相似度 {pair['similarity']:.2f}。", WARN), 2)
    for unit in pair["units"]:
        if unit["kind"] != "same":
            _print_unit(console, unit)
    if not pair["units"]:
        op = {"new": "added", "removed": "removed"}.get(pair["kind"], "kept")
        for article in pair["a" if op == "removed" else "b"]:
            put(console, _piece(op, article["text"]), 2)


def _print_unit(console: Console, unit: Content) -> None:
    """Print a 款, 项 or 目 with what was taken out and put in."""
    from qianche.service.cli.output import DIM, plain, put

    places = dict.fromkeys(unit[side]["label"] for side in ("a", "b") if unit[side] is not None)
    if place := " → ".join(filter(None, places)):
        put(console, plain(f"{place}  {unit['kind_label']}", DIM), 2)
    if unit["kind"] == "renumbered":
        return
    text = plain("")
    for piece in unit["pieces"]:
        text.append_text(_piece(piece["op"], piece["text"]))
    text.rstrip()
    put(console, text, 4)


def _piece(op: str, text: str) -> Text:
    """Return a piece with its marks."""
    from qianche.service.cli.output import plain

    before, after, style = _MARKS[op]
    shown = text.strip("\n")
    return plain(text.replace(shown, f"{before}{shown}{after}") if shown else text, style)
