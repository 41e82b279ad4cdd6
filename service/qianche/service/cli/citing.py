"""`qianche cite`: the citations in a text, resolved on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from qianche.service.cli.options import AsOf, Json, day_of, text_of

if TYPE_CHECKING:
    from rich.console import Console

Content = dict[str, Any]
_STYLES = {
    "resolved": "green", "not-in-force": "red", "does-not-exist": "red", "damaged": "red", "unknown": "red",
}  # fmt: skip


def cite(
    text: Annotated[list[str], typer.Argument(metavar="文字", help="含有引用的文字；写 - 则读标准输入。")],
    as_of: AsOf = None,
    json: Json = False,
) -> None:
    """认定一段文字中的法规引用：所指的规定、当日的版本和条文。"""
    from qianche.indexing.rulebook.citing import resolve_text
    from qianche.service.cited import cited_day, cited_text
    from qianche.service.cli import opening, output
    from qianche.service.wire.citing import citations

    on, asked = cited_day(day_of(as_of)), cited_text(text_of(text))
    with output.waiting("正在认定") as report, opening.knowledge_base(opening.begin()) as base:
        base.build_records(report)
        content = citations(asked, resolve_text(base, asked, on), on)
    if json:
        output.print_json(content)
    else:
        _print(output.screen(), content)


def _print(console: Console, content: Content) -> None:
    """Print the citations with what became of each."""
    from rich.text import Text

    from qianche.service.cli.output import WARN, joined, plain, put

    if not content["citations"]:
        put(
            console,
            plain(
                "没有找到法规引用。可写作 《安全生产法》第三十六条、国务院令第493号 或 GB 30871-2022 5.2.3。"
            ),
        )
        return
    counts = [f"{item['label']} {item['count']}" for item in content["counts"]]
    put(console, joined([f"按 {content['as_of']} 认定，共 {content['total']} 处引用", *counts]))
    if content["register_notice"]:
        put(console, plain(content["register_notice"], WARN))
    for citation in content["citations"]:
        put(console, Text())
        _print_citation(console, citation)


def _print_citation(console: Console, citation: Content) -> None:
    """Print one citation: as written, its outcome, rule and version, then each provision."""
    from rich.text import Text

    from qianche.service.cli.output import DIM, STRONG, WARN, joined, plain, put

    put(console, Text.assemble(plain(citation["text"], STRONG), "  ", _badge(citation)))
    version = citation["version"]
    if version is not None:
        if len(citation["provisions"]) < 2:  # else each stands before its own text
            put(console, plain(citation["canonical"]), 2)
        pieces = [
            citation["rule"]["level"],
            version["number"],
            version["status_label"],
            version["dates_grade_label"] and f"日期{version['dates_grade_label']}",
        ]
        put(console, joined(pieces), 2)
    if citation["read_as"]:
        put(console, plain(citation["read_as"], DIM), 2)
    for message in citation["messages"]:
        put(console, plain(message, WARN), 2)
    for provision in citation["provisions"]:
        _print_provision(console, provision, several=len(citation["provisions"]) > 1)
    for candidate in citation["candidates"]:
        number = candidate["version"]["number"]
        pieces = [
            f"可能是《{candidate['title']}》",
            number,
            candidate["version"]["status_label"],
            candidate["id"],
        ]
        put(console, joined(pieces, style=""), 2)


def _print_provision(console: Console, provision: Content, *, several: bool) -> None:
    """Print one provision: what there is to know, its text, or the text that stands in for it."""
    from rich.text import Text

    from qianche.service.cli.output import DIM, WARN, plain, put

    if several:
        put(console, Text.assemble(plain(provision["citation"]), "  ", _badge(provision)), 2)
    if provision["message"]:
        put(console, plain(provision["message"], WARN), 2)
    for quote in (provision["quote"], provision["stand_in"]):
        if quote is None:
            continue
        if quote["notice"]:
            put(console, plain(f"[{quote['notice']}]", WARN), 4)
        for line in quote["text"].split("\n"):
            put(console, plain(line), 4)
        put(console, plain(f"编号 {quote['article_id']}", DIM), 4)


def _badge(record: Content) -> Any:
    """Return the outcome in its colour."""
    from qianche.service.cli.output import WARN, plain

    return plain(f"[{record['outcome_label']}]", _STYLES.get(record["outcome"], WARN))
