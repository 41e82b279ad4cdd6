"""A provision in the text of an article: whether 款, 项, 目 are there, and the characters that are theirs."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from qianche.corpus.citations.citation import Citation, Provision
from qianche.corpus.citations.outcomes import Outcome, Quote, ResolvedProvision
from qianche.corpus.citations.print import in_marks, print_citation, print_provision
from qianche.corpus.errors import BadRequest, NotFound
from qianche.corpus.reading.document import Span
from qianche.corpus.register.labels import issued_label
from qianche.corpus.rules import Article, ArticleNumber, Item, Paragraph, Rule, RuleVersion
from qianche.corpus.statutes.citation import cite
from qianche.corpus.statutes.numerals import article_label

Articles = Callable[[str], tuple[Article, ...]]
"""Gives the articles of a version by its id, in order; none where its text is not held."""

_SENTENCE = re.compile(r"[^。！？]*[。！？]?")
_NOT_HELD = "：本库没有{title}{issued}的正文，无法核对条文。请查阅官方文本。"
_ACTS = frozenset({"法律", "行政法规", "地方性法规"})
"""Levels whose acts are written in 条."""
_STAND_IN = "下列条文出自 {issued}的版本，非当日文本，条号可能不同。"


def resolve_provision(
    provision: Provision, rule: Rule, version: RuleVersion, articles: Articles, day: date
) -> ResolvedProvision:
    """Return what becomes of a provision of a version: its text, or why there is none."""
    written = canonical(version, provision)
    if provision.damaged is not None:
        return _damaged(provision, written)
    if provision.clause is not None:
        return _clause(provision, version, articles, written)
    if provision.article is None:
        return ResolvedProvision(
            provision, Outcome.NEEDS_CONTEXT, written, "没有写明是第几条，无法认定。请补上条号。"
        )
    if version.text_source is None:
        return _not_held(provision, provision.article, rule, version, articles, day)
    held = articles(version.version_id)
    article = _numbered(held, provision.article)
    if article is None:
        last = f"收录的最后一条是{article_label(held[-1].number)}" if held else "本库没有它的条文"
        message = f"{_named(version)}没有{article_label(provision.article)}：{last}。请核对条号。"
        return ResolvedProvision(provision, Outcome.ABSENT, written, message)
    return _in_article(provision, article, version, written)


def canonical(version: RuleVersion, provision: Provision | None = None) -> str:
    """Return the citation with the full title: 《…法》第三条第一款; a standard with its number."""
    named = Citation(
        Span(0, 0),
        title=version.title.replace("《", "〈").replace("》", "〉"),
        number=version.number if version.is_standard else None,
        provisions=() if provision is None else (provision,),
    )
    return print_citation(named)


def _named(version: RuleVersion) -> str:
    return f"{in_marks(version.title)}（{issued_label(version)}）"


def _damaged(provision: Provision, written: str) -> ResolvedProvision:
    """A provision with a spoilt numeral: what it may be is said, and not looked up; or a range that runs backwards."""
    if provision.backwards:
        message = f"“{provision.damaged}”前后颠倒，不能确定指哪几处。请核对起止的编号。"
        return ResolvedProvision(provision, Outcome.AMBIGUOUS, written, message)
    likely = f"可能是{article_label(provision.likely)}，" if provision.likely is not None else ""
    message = f"“{provision.damaged}”可能有识别错误，不能认定；{likely}请核对原件。"
    return ResolvedProvision(provision, Outcome.DAMAGED, written, message)


def _clause(
    provision: Provision, version: RuleVersion, articles: Articles, written: str
) -> ResolvedProvision:
    """A clause: of a standard given back as cited, for their texts are not held by clause; of an act there is none."""
    if _in_articles(version):
        where = print_provision(Provision(clause=provision.clause))
        message = f"{_named(version)}按条、款、项编排，没有“{where}”这样的条款号。"
        article = _likely(provision, version, articles)
        may_be = f"可能是{article_label(article)}，请核对原件。" if article is not None else "请核对条号。"
        return ResolvedProvision(provision, Outcome.ABSENT, written, message + may_be)
    source = "标准原文" if version.is_standard else "官方文本"
    message = f"条款号 {provision.clause} 按所写照录：本库没有收录{in_marks(version.title)}的条款正文，无法核对。请查阅{source}。"
    return ResolvedProvision(provision, Outcome.TEXT_NOT_HELD, written, message)


def _in_articles(version: RuleVersion) -> bool:
    """Whether a version is known to consist of 条: its text is held, or it is an act of a kind that always does."""
    if version.is_standard:
        return False
    if version.text_source is not None or version.level in _ACTS:
        return True
    return version.level == "部门规章" and "令" in (version.number or "")


def _likely(provision: Provision, version: RuleVersion, articles: Articles) -> ArticleNumber | None:
    """Return the article that 第36.1条 may be, None where the version is not known to have it."""
    main = int(first) if (first := (provision.clause or "").partition(".")[0]).isdecimal() else 0
    if version.text_source is not None:
        return ArticleNumber(main) if _numbered(articles(version.version_id), ArticleNumber(main)) else None
    return ArticleNumber(main) if 1 <= main <= (version.article_count or 0) else None


def _not_held(
    provision: Provision,
    number: ArticleNumber,
    rule: Rule,
    version: RuleVersion,
    articles: Articles,
    day: date,
) -> ResolvedProvision:
    """A provision of a version without text: the article of that number in the nearest version that is held."""
    written = canonical(version, provision)
    count = version.article_count
    if count is not None and number.main > count:
        message = (
            f"{_named(version)}登记的条数为 {count} 条，没有{article_label(number)}。"
            "本库没有其正文，请核对条号并查阅官方文本。"
        )
        return ResolvedProvision(provision, Outcome.ABSENT, written, message)
    which = "该版本未收录" if version.in_force(day) is False else "当日版本未收录"
    message = which + _NOT_HELD.format(title=in_marks(version.title), issued=f"（{issued_label(version)}）")
    held = rule.stand_in(version)
    article = _numbered(articles(held.version_id), number) if held is not None else None
    if held is None or article is None or article.deleted:
        return ResolvedProvision(provision, Outcome.TEXT_NOT_HELD, written, message)
    return ResolvedProvision(
        provision,
        Outcome.TEXT_NOT_HELD,
        written,
        message + _STAND_IN.format(issued=issued_label(held)),
        stand_in=Quote(held, article, (Span(0, len(article.text)),)),
    )


def _numbered(articles: tuple[Article, ...], number: ArticleNumber) -> Article | None:
    return next((article for article in articles if article.number == number), None)


def _in_article(
    provision: Provision, article: Article, version: RuleVersion, written: str
) -> ResolvedProvision:
    """A provision of an article that is held: narrowed to the 款, 项, 目 and sentence named."""
    if article.deleted:
        message = f"{written}已删去。请核对条号。"
        return ResolvedProvision(provision, Outcome.ABSENT, written, message)
    where = (provision.paragraph, provision.item, provision.point)
    try:
        full = cite(article, version, *where)
    except NotFound as error:
        return ResolvedProvision(provision, Outcome.ABSENT, written, error.message)
    except BadRequest as error:
        return ResolvedProvision(provision, Outcome.AMBIGUOUS, written, error.message)
    spans = _spans(article, provision)
    if spans is None:
        message = f"{full}没有第{provision.sentence}句。请核对。"
        return ResolvedProvision(provision, Outcome.ABSENT, written, message)
    only = provision.paragraph is not None and len(article.paragraphs) == 1
    note = "该条只有一款，规范的写法不写“第一款”。" if only else ""
    return ResolvedProvision(
        provision, Outcome.RESOLVED, full + _behind(provision), note, Quote(version, article, spans)
    )


def _behind(provision: Provision) -> str:
    """Return what stands behind the canonical citation of an article: 第一句, （节选）, （连同引导语）."""
    return print_citation(
        Citation(
            Span(0, 0),
            relative="",
            provisions=(
                Provision(
                    sentence=provision.sentence, excerpt=provision.excerpt, with_lead=provision.with_lead
                ),
            ),
        )
    )


def _spans(article: Article, provision: Provision) -> tuple[Span, ...] | None:
    """Return the characters of a provision that is there, None where the sentence named is not."""
    block = _block(article, provision)
    if block is None:
        whole = Span(0, len(article.text))
        return _sentence(article.text, whole, provision.sentence)
    item = next((i for i in block.items if i.number == provision.item), None)
    if item is None:
        return _sentence(article.text, _trimmed(article.text, block.start, block.end), provision.sentence)
    inner = _point(item, provision.point)
    found = _sentence(article.text, _trimmed(article.text, *inner), provision.sentence)
    if found is None or not provision.with_lead:
        return found
    lead = _trimmed(article.text, block.start, block.items[0].start)
    return (lead, *found) if lead.start < lead.end else found


def _block(article: Article, provision: Provision) -> Paragraph | None:
    """Return the 款 named, or the one that has the 项 named."""
    if provision.paragraph is not None:
        return next((p for p in article.paragraphs if p.number == provision.paragraph), None)
    if provision.item is None:
        return None
    return next((p for p in article.paragraphs if any(i.number == provision.item for i in p.items)), None)


def _point(item: Item, number: int | None) -> tuple[int, int]:
    point = next((p for p in item.points if p.number == number), None)
    return (item.start, item.end) if point is None else (point.start, point.end)


def _trimmed(text: str, start: int, end: int) -> Span:
    """Return the span without the blanks at its ends."""
    piece = text[start:end]
    return Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))


def _sentence(text: str, span: Span, number: int | None) -> tuple[Span, ...] | None:
    """Return the span, or the sentence of that number in it; None where it has fewer."""
    if number is None:
        return (span,)
    found = [m for m in _SENTENCE.finditer(text, span.start, span.end) if m[0].strip()]
    if not 1 <= number <= len(found):
        return None
    return (_trimmed(text, found[number - 1].start(), found[number - 1].end()),)
