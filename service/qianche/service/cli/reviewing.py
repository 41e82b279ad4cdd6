"""`qianche review` and `correct`: what needs a person, and what a person says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qianche.corpus.errors import BadRequest, NotFound
from qianche.service.cli.options import Json, Who, field_meant, name_of, one_meant

if TYPE_CHECKING:
    from qianche.corpus.reading.document import Document
    from qianche.indexing.importing import Importer
    from qianche.indexing.importing.records import Review
    from qianche.indexing.knowledge_base import KnowledgeBase
    from qianche.service.cli.review_sheets import Told

_DECIDE = "作出决定（先给出编号）"
Unknown = Annotated[bool, typer.Option("--unknown", help="改为未知（原文没有写明）。")]


def review(
    review_id: Annotated[
        str | None,
        typer.Argument(metavar="编号", help="待核事项的编号，或不致混淆的开头；含 > 时请加引号。"),
    ] = None,
    kind: Annotated[
        str | None, typer.Option("--kind", metavar="类别", help="只列一类，如 conflict、join。")
    ] = None,
    decided: Annotated[bool, typer.Option("--decided", help="列出已作出决定的。")] = False,
    every: Annotated[bool, typer.Option("--all", help="待核的和已核的都列出。")] = False,
    json: Json = False,
    action: Annotated[
        str | None,
        typer.Option("--action", metavar="决定", help="可选的决定见该事项。", rich_help_panel=_DECIDE),
    ] = None,
    value: Annotated[
        list[str] | None,
        typer.Option("--value", metavar="值", help="选定的值；列表可多次给出。", rich_help_panel=_DECIDE),
    ] = None,
    unknown: Unknown = False,
    who: Who = None,
) -> None:
    """列出待核事项；给出编号则看一件，再给出 --action 则作出决定。"""
    if review_id is None:
        if action is not None or value:
            raise BadRequest("没有写明对哪一件作出决定。编号见 `qianche review`。")
        _list(kind, decided=decided, every=every, json=json)
    elif action is None:
        _show(review_id, json=json)
    else:
        _decide(review_id, action, value or (), unknown=unknown, who=name_of(who), json=json)


def correct(
    case_id: Annotated[str, typer.Argument(metavar="案例", help="案例编号。")],
    field: Annotated[
        str | None, typer.Argument(metavar="字段", help="如 死亡人数、toll.deaths；不给则列出已有的更正。")
    ] = None,
    values: Annotated[list[str] | None, typer.Argument(metavar="值", help="新的值；列表给出多个。")] = None,
    unknown: Unknown = False,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="撤回这个字段的更正。")] = False,
    who: Who = None,
    json: Json = False,
) -> None:
    """更正案例的一个字段；更正保留姓名和时间，重新导入或重建后仍有效。"""
    from qianche.indexing.importing.corrections import FIELDS
    from qianche.service.by_hand import by_hand
    from qianche.service.cli import opening, output, review_sheets
    from qianche.service.wire import imports as import_wire

    if field is not None:
        if sum((bool(values), unknown, withdraw)) != 1:
            raise BadRequest("请给出新的值，或 --unknown，或 --withdraw，三者取其一。")
        key, name = field_meant(field, FIELDS), name_of(who)
    with opening.records(changes=field is not None) as (base, importer):
        if field is not None and withdraw:
            importer.withdraw(case_id, key, name)
        elif field is not None:
            with by_hand():
                value = _value(key, values or (), unknown=unknown, country=_country(base, case_id))
                importer.correct(case_id, key, value, name)
        content = {"corrections": [import_wire.correction(c) for c in importer.corrections(case_id)]}
    if json:
        output.print_json(content)
    else:
        review_sheets.print_corrections(output.screen(), content["corrections"])


def _value(field: str | None, texts: Sequence[str], *, unknown: bool, country: str | None) -> Any:
    """Return the value that was written for a field; a text where it is for no field (a version of a rule)."""
    from qianche.service.typed_values import typed_value, unknown_value

    if unknown or not "".join(texts).strip():
        return unknown_value(field)
    if field is None:
        return " ".join(texts)
    return typed_value(field, "\n".join(texts), country=country)


def _country(base: KnowledgeBase, case_id: str | None) -> str | None:
    """Return where an accident happened, None where there is no such case (yet)."""
    try:
        return None if case_id is None else base.case(case_id).place.country
    except NotFound:
        return None


def _list(kind: str | None, *, decided: bool, every: bool, json: bool) -> None:
    """Print the questions there are."""
    from qianche.indexing.importing import ACTIONS
    from qianche.service.cli import opening, output, review_sheets
    from qianche.service.questions import check_choice
    from qianche.service.wire import imports as import_wire
    from qianche.service.wire.found import stretch

    check_choice("kind", kind, tuple(ACTIONS))
    state = None if every else "decided" if decided else "open"
    with opening.records() as (_, importer):
        found = [
            import_wire.review(item)
            for item in importer.reviews(state=state)
            if kind is None or item.kind == kind
        ]
        names = {source.sha256: source.names[0] for source in importer.sources()}
    if json:
        output.print_json(stretch("reviews", found))
    else:
        review_sheets.print_reviews(output.screen(), found, names)


def _show(given: str, *, json: bool) -> None:
    """Print one question with the words it is about."""
    from qianche.service.cli import opening, output, review_sheets
    from qianche.service.wire import imports as import_wire

    with opening.records() as (_, importer):
        item = _meant(importer, given)
        content = import_wire.review(item)
        name = importer.source(item.source).names[0]
        places = _places(importer, item)
        quote = "" if item.span is None or places else _quoted(importer, item)
    if json:
        output.print_json(content)
    else:
        review_sheets.print_review(output.screen(), content, name, quote, places)


def _meant(importer: Importer, given: str) -> Review:
    """Return the question that an id or its beginning means."""
    found = {item.review_id: item for item in importer.reviews(state=None)}
    return found[one_meant(given, found, "待核事项")]


def _quoted(importer: Importer, item: Review) -> str:
    """Return the words of the source that a question is about."""
    assert item.span is not None
    return importer.document(item.source).text[slice(*item.span)]


def _places(importer: Importer, item: Review) -> list[Told]:
    """Return every place where a file gives one of the values that disagree, in the order of the files."""
    from qianche.service.cli.review_sheets import Told
    from qianche.service.wire.imports import plain

    if item.kind != "conflict" or item.case_id is None:
        return []
    found: dict[tuple[str, int, str], Told] = {}
    for account in importer.accounts(item.case_id):
        name = importer.source(account.source).names[0]
        for said in importer.evidence(account.account_id):
            if said.field == item.field:
                value = plain(said.value)
                words = _with_more(importer.document(said.source), said.start, said.end)
                found.setdefault((said.source, said.start, str(value)), Told(value, name, said.page, words))
    return list(found.values())


def _with_more(document: Document, start: int, end: int) -> str:
    """Return the words of a span, in 【】 within some of their paragraph: of two figures it tells which is meant."""
    from qianche.service.places import around

    near = around(document, start, end)
    before, words, after = (
        document.text[a:b] for a, b in ((near.start, start), (start, end), (end, near.end))
    )
    if not before and not after:
        return words
    more_before, more_after = ("…" if more else "" for more in (near.more_before, near.more_after))
    return f"{more_before}{before}【{words}】{after}{more_after}"


def _decide(given: str, action: str, texts: Sequence[str], *, unknown: bool, who: str, json: bool) -> None:
    """Carry out a decision and print the question as it stands then."""
    from qianche.service.by_hand import by_hand
    from qianche.service.cli import opening, output, review_sheets
    from qianche.service.wire import imports as import_wire

    with opening.records(changes=True) as (base, importer):
        item = _meant(importer, given)
        value = None
        if texts or unknown:
            value = _value(item.field, texts, unknown=unknown, country=_country(base, item.case_id))
        with by_hand():
            done = importer.decide(item.review_id, action, who, value)
        content = import_wire.review(done)
    if json:
        output.print_json(content)
    else:
        review_sheets.print_decided(output.screen(), content)
