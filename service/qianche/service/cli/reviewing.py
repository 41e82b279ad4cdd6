"""`qianche review`, `correct`, `join`, `split`: what needs a person, and what a person does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qianche.corpus.errors import BadRequest
from qianche.service.cli.options import Json, Who, name_of, one_meant

if TYPE_CHECKING:
    from qianche.indexing.importing import Importer
    from qianche.indexing.importing.records import Review

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
    from qianche.service.by_hand import by_hand
    from qianche.service.cli import output, review_sheets
    from qianche.service.wire import imports as import_wire

    if field is not None:
        if sum((bool(values), unknown, withdraw)) != 1:
            raise BadRequest("请给出新的值，或 --unknown，或 --withdraw，三者取其一。")
        key, name = field_of(field), name_of(who)
    with _importer() as importer:
        if field is not None and withdraw:
            importer.withdraw(case_id, key, name)
        elif field is not None:
            with by_hand():
                importer.correct(case_id, key, _value(key, values or (), unknown=unknown), name)
        content = {"corrections": [import_wire.correction(c) for c in importer.corrections(case_id)]}
    if json:
        output.print_json(content)
    else:
        review_sheets.print_corrections(output.screen(), content["corrections"])


def join(
    account_id: Annotated[str, typer.Argument(metavar="记述", help="记述编号，见 `qianche show 案例`。")],
    case_id: Annotated[str, typer.Argument(metavar="案例", help="并入哪个案例。")],
    who: Who = None,
    json: Json = False,
) -> None:
    """把一个文件的记述并入一个案例：两者说的是同一起事故。"""
    name = name_of(who)
    with _importer() as importer:
        importer.join(account_id, case_id, name)
        _tell_accounts(importer, case_id, json=json)


def split(
    account_id: Annotated[str, typer.Argument(metavar="记述", help="记述编号，见 `qianche show 案例`。")],
    who: Who = None,
    json: Json = False,
) -> None:
    """把一份记述从案例中拆出来，恢复为它自己的案例。"""
    name = name_of(who)
    with _importer() as importer:
        importer.split(account_id, name)
        _tell_accounts(importer, importer.account(account_id).case_id or account_id, json=json)


def field_of(text: str) -> str:
    """Return the key of a field that is given by key or by its Chinese name; `BadRequest` lists the names."""
    from qianche.indexing.importing.corrections import FIELDS

    by_name = {name: key for key, name in FIELDS.items()}
    key = text if text in FIELDS else by_name.get(text)
    if key is None:
        raise BadRequest(f"没有字段“{text}”。可选：{'、'.join(by_name)}。", code="unknown-field")
    return key


def _value(field: str | None, texts: Sequence[str], *, unknown: bool) -> Any:
    """Return the value that was written for a field; a text where it is for no field (a version of a rule)."""
    from qianche.service.typed_values import typed_value

    if unknown:
        return None
    if field is None:
        return " ".join(texts) or None
    return typed_value(field, "\n".join(texts))


@contextmanager
def _importer() -> Iterator[Importer]:
    """Lend the importer on records that are there."""
    from qianche.service.cli import opening, output

    settings = opening.begin()
    with opening.knowledge_base(settings) as base, opening.importer(settings, base) as importer:
        with output.waiting("正在准备") as report:
            base.build_records(report)
        yield importer


def _list(kind: str | None, *, decided: bool, every: bool, json: bool) -> None:
    """Print the questions there are."""
    from qianche.indexing.importing import ACTIONS
    from qianche.service.cli import output, review_sheets
    from qianche.service.questions import check_choice
    from qianche.service.wire import imports as import_wire
    from qianche.service.wire.found import stretch

    check_choice("kind", kind, tuple(ACTIONS))
    state = None if every else "decided" if decided else "open"
    with _importer() as importer:
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
    from qianche.service.cli import output, review_sheets
    from qianche.service.wire import imports as import_wire

    with _importer() as importer:
        item = _meant(importer, given)
        content = import_wire.review(item)
        name = importer.source(item.source).names[0]
        quote = "" if item.span is None else _quoted(importer, item)
    if json:
        output.print_json(content)
    else:
        review_sheets.print_review(output.screen(), content, name, quote)


def _meant(importer: Importer, given: str) -> Review:
    """Return the question that an id or its beginning means."""
    found = {item.review_id: item for item in importer.reviews(state=None)}
    return found[one_meant(given, found, "待核事项")]


def _quoted(importer: Importer, item: Review) -> str:
    """Return the words of the source that a question is about."""
    assert item.span is not None
    return importer.document(item.source).text[slice(*item.span)]


def _decide(given: str, action: str, texts: Sequence[str], *, unknown: bool, who: str, json: bool) -> None:
    """Carry out a decision and print the question as it stands then."""
    from qianche.service.by_hand import by_hand
    from qianche.service.cli import output, review_sheets
    from qianche.service.wire import imports as import_wire

    with _importer() as importer:
        item = _meant(importer, given)
        value = _value(item.field, texts, unknown=unknown) if texts or unknown else None
        with by_hand():
            done = importer.decide(item.review_id, action, who, value)
        content = import_wire.review(done)
    if json:
        output.print_json(content)
    else:
        review_sheets.print_decided(output.screen(), content)


def _tell_accounts(importer: Importer, case_id: str, *, json: bool) -> None:
    """Print what the files tell of the case that an account belongs to now."""
    from qianche.service.cli import import_sheets, output
    from qianche.service.wire import imports as import_wire

    accounts = import_wire.accounts(importer, case_id)
    if json:
        output.print_json({"case_id": case_id, "accounts": accounts})
        return
    screen = output.screen()
    output.put(screen, output.plain(f"案例 {case_id}，来源文件 {len(accounts)} 个。"))
    import_sheets.print_accounts(screen, accounts)
