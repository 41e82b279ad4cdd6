"""`qianche show` and `qianche rules`: a record by its id, rules by their names."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qianche.corpus.errors import NotFound
from qianche.service.cli.options import AsOf, Json, day_of

if TYPE_CHECKING:
    from qianche.corpus.rules import Rule, RuleVersion
    from qianche.indexing.knowledge_base import ArticleView, KnowledgeBase
    from qianche.indexing.local import LocalKnowledgeBase
    from qianche.service.settings import Settings

_SUGGESTED = 5
Content = dict[str, Any]


def show(
    record_id: Annotated[
        str,
        typer.Argument(
            metavar="编号",
            help="案例、法规或条文的编号，如 work-safety-law/36、work-safety-law@2021-06-10/36。",
        ),
    ],
    as_of: AsOf = None,
    json: Json = False,
) -> None:
    """看一个案例、一部法规或一条条文的全部内容。"""
    from qianche.indexing.rulebook.case_law import case_law
    from qianche.service import wire
    from qianche.service.cli import law_sheets, opening, output, sheets

    law: Content | None = None
    on, record_id = day_of(as_of), record_id.strip()
    settings = opening.begin()
    with output.waiting("正在读取") as report, opening.knowledge_base(settings) as base:
        base.build_records(report)
        try:
            kind, content = _record(base, record_id, on)
        except NotFound:
            _say_of_account(settings, base, record_id)
            raise
        if kind == "case":
            content |= _told(settings, base, record_id)
            law = None if json else wire.case_law(case_law(base, record_id, date.today()))
    if json:
        output.print_json(content)
        return
    printers = {"case": sheets.print_case, "rule": sheets.print_rule, "article": sheets.print_article}
    printers[kind](output.screen(), content)
    if law is not None:
        law_sheets.print_case_law(output.screen(), law)


def _say_of_account(settings: Settings, base: LocalKnowledgeBase, account_id: str) -> None:
    """Return if no file's account has the id, else raise `NotFound` that says where the account is."""
    from qianche.service.cli import opening

    with opening.importer(settings, base) as importer:
        try:
            account = importer.account(account_id)
        except NotFound:
            return
        name = importer.source(account.source).names[0]
    whose = f"“{account_id}”是文件“{name}”的一份记述"
    if account.waiting_for:
        raise NotFound(f"{whose}，还不是案例：{account.waiting_for}。请运行 `qianche review` 核对。")
    case_id = account.case_id or account_id
    raise NotFound(
        f"{whose}，已并入案例 {case_id}（{base.case(case_id).name}）。请看 `qianche show {case_id}`。"
    )


def _told(settings: Settings, base: LocalKnowledgeBase, case_id: str) -> Content:
    """Return what imported files tell of a case, nothing where none does."""
    from qianche.service.cli import opening
    from qianche.service.wire import imports as import_wire

    with opening.importer(settings, base) as importer:
        accounts = import_wire.accounts(importer, case_id)
    return {"accounts": accounts} if accounts else {}


def rules(
    text: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[文字]",
            help="名称、简称或文号的一部分；写 upcoming 列出将要变化的规定，写 history 和编号看一部规定的沿革。",
        ),
    ] = None,
    sector: Annotated[str | None, typer.Option(metavar="行业", help="行业领域。")] = None,
    level: Annotated[str | None, typer.Option(metavar="级别", help="效力级别。")] = None,
    as_of: AsOf = None,
    json: Json = False,
) -> None:
    """按名称、简称、文号、行业领域和效力级别找法规；看沿革和将要发生的变化。"""
    from qianche.corpus.schemes import RULE_LEVELS
    from qianche.service.cli import changing, opening, output, sheets
    from qianche.service.questions import RULE_SECTORS, check_choice

    on, words = day_of(as_of), text or []
    filters = check_choice("sector", sector, RULE_SECTORS), check_choice("level", level, RULE_LEVELS)
    history_of = changing.history_asked(words)
    with output.waiting("正在读取") as report, opening.knowledge_base(opening.begin()) as base:
        base.build_records(report)
        if history_of is not None:
            content = changing.history_of(base, _known_rule(base, history_of), on)
        elif words == [changing.UPCOMING]:
            content = changing.changes_ahead(base, on, *filters)
        else:
            content = _listed(base, " ".join(words).strip(), on, *filters)
    if json:
        output.print_json(content)
    elif history_of is not None:
        changing.print_history(output.screen(), content)
    elif words == [changing.UPCOMING]:
        changing.print_upcoming(output.screen(), content)
    else:
        sheets.print_rules(output.screen(), content)


def _listed(base: KnowledgeBase, text: str, on: date, sector: str | None, level: str | None) -> Content:
    """Return the rules that a text names, as the wire has them."""
    from qianche.corpus.register.standing_labels import register_notice
    from qianche.service import wire

    found = [wire.rule_summary(rule, on) for rule in base.rules(text, sector, level)]
    head = {"as_of": on.isoformat(), "register_notice": register_notice(on)}
    return head | wire.stretch("rules", found)


def _record(base: KnowledgeBase, record_id: str, on: date) -> tuple[str, Content]:
    """Return what kind of record the id names, and the record as the wire has it."""
    from qianche.corpus.register.labels import text_label
    from qianche.indexing.rulebook.links import RuleLinks
    from qianche.service import labels, wire

    owner, slash, number = record_id.partition("/")
    of_digest = not slash and "@" in owner and ":" in owner
    if slash or of_digest:
        view = _digest(base, record_id, on) if of_digest else _article(base, owner, number, on)
        links = RuleLinks(base).of(view.article, on) if view.article is not None else None
        content = wire.article_view(view, on) | wire.article_links(view.article, links, on)
        if "@" in owner and view.article is None:
            # Not the version of that day but the one asked for by name.
            amended = _title(base, view.rule.amends)
            content["notice"] = text_label(view.rule, view.version, amended) or labels.DIGEST_ONLY
        return "article", content
    if "@" not in record_id:
        try:
            return "case", wire.case_record(base.case(record_id))
        except NotFound:
            pass
    return "rule", _rule(base, record_id, on)


def _article(base: KnowledgeBase, owner: str, number: str, on: date) -> ArticleView:
    """Return an article of the version named, else of the one in force that day."""
    from qianche.corpus.digests import place_order
    from qianche.corpus.digests.neighbours import digest_neighbours
    from qianche.corpus.statutes import article_label
    from qianche.indexing.knowledge_base import ArticleView
    from qianche.service.questions import article_no

    wanted = article_no(number)
    if "@" not in owner:
        return base.article(owner, wanted, on)
    rule, version = _version(base, owner)
    articles = base.articles(version.version_id)
    numbers = [article.number for article in articles]
    digests = base.digests(version.version_id)
    told = tuple(digest for digest in digests if place_order(digest.place)[0] == wanted)
    if wanted not in numbers:
        if articles and not told:
            raise NotFound(
                f"《{version.title}》（{version.version_date} 版本）没有{article_label(wanted)}："
                f"收录的最后一条是{article_label(numbers[-1])}。请核对条号，或改用全文检索。",
                code="no-such-article",
            )
        return ArticleView(rule, version, None, None, *digest_neighbours(digests, wanted), told)
    place = numbers.index(wanted)
    before = numbers[place - 1] if place else None
    after = numbers[place + 1] if place + 1 < len(numbers) else None
    return ArticleView(rule, version, version, articles[place], before, after, told)


def _digest(base: KnowledgeBase, digest_id: str, on: date) -> ArticleView:
    """Return the provision, perhaps an item, that a digest is of; with its text, where that is held by now."""
    from dataclasses import replace

    from qianche.corpus.digests import place_order

    version_id = digest_id.partition(":")[0]
    _version(base, version_id)
    digests = base.digests(version_id)
    found = next((digest for digest in digests if digest.digest_id == digest_id), None)
    if found is None:
        known = (
            f"有要旨的：{'、'.join(digest.label for digest in digests)}。"
            if digests
            else "这一版本没有要旨。"
        )
        raise NotFound(f"没有编号为“{digest_id}”的要旨。{known}编号见 `qianche search` 的结果。")
    view = _article(base, version_id, place_order(found.place)[0].slug, on)
    return view if view.article is not None else replace(view, digests=(found,))


def _rule(base: KnowledgeBase, record_id: str, on: date) -> Content:
    """Return a rule, with the version that the id names or else the one that answers for that day shown."""
    from qianche.corpus.register.labels import text_label
    from qianche.corpus.register.standing import rule_standing
    from qianche.indexing.rulebook.history import rule_history
    from qianche.service import wire

    if "@" in record_id:
        rule, version = _version(base, record_id)
    else:
        rule = _known_rule(base, record_id)
        version = rule_standing(rule, on).version
    amended = _title(base, rule.amends)
    history = rule_history(base, rule.rule_id)
    articles = base.articles(version.version_id)
    digests = () if articles else base.digests(version.version_id)
    record = wire.rule_record(history, on, articles, digests, amended)
    if "@" not in record_id:
        return record
    return record | {
        "title": version.title,
        "level": version.level,
        "version": wire.version_record(rule, version, on),
        "text_label": text_label(rule, version, amended) or None,
    }


def _version(base: KnowledgeBase, version_id: str) -> tuple[Rule, RuleVersion]:
    """Return the version with this id and its rule; `NotFound` lists the versions there are."""
    rule = _known_rule(base, version_id.partition("@")[0])
    version = next((v for v in rule.versions if v.version_id == version_id), None)
    if version is None:
        valid = "、".join(v.version_id for v in rule.versions)
        raise NotFound(f"《{rule.title}》没有版本“{version_id}”。登记的版本：{valid}。")
    return rule, version


def _known_rule(base: KnowledgeBase, rule_id: str) -> Rule:
    """Return the rule; `NotFound` for an id that is neither a case nor a rule names what comes near."""
    try:
        return base.rule(rule_id)
    except NotFound:
        near = [f"{rule.rule_id}（{rule.title}）" for rule in base.rules(rule_id)[:_SUGGESTED]]
        hint = (
            f"名称相近的法规：{'、'.join(near)}。"
            if near
            else "编号见 `qianche search` 和 `qianche rules` 的结果。"
        )
        raise NotFound(f"没有编号为“{rule_id}”的案例或法规。{hint}") from None


def _title(base: KnowledgeBase, rule_id: str | None) -> str | None:
    """Return the title of the rule that another amends, None where it amends none that is known."""
    if rule_id is None:
        return None
    try:
        return base.rule(rule_id).title
    except NotFound:
        return None
