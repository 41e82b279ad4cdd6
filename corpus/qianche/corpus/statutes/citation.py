"""The canonical citation of an article, paragraph, item or point."""

from __future__ import annotations

from qianche.corpus.errors import BadRequest, NotFound
from qianche.corpus.rules import STATE, Article, Item, Paragraph, RuleVersion
from qianche.corpus.statutes.numerals import article_label, to_chinese


def cite(
    article: Article,
    version: RuleVersion,
    paragraph: int | None = None,
    item: int | None = None,
    point: int | None = None,
    *,
    short: bool = False,
) -> str:
    """Return the citation in full, e.g. 《中华人民共和国安全生产法》第四十一条第二款, 第（二）项, 第1目.

    第X款 is written only where the article has more than one paragraph; an item without `paragraph` gets the
    one paragraph that has it.

    Args:
        article: the article.
        version: the version it belongs to; gives the title.
        paragraph: number of the 款, from 1.
        item: number of the 项, as its label says.
        point: number of the 目 within the item.
        short: leave 中华人民共和国 out of the title.

    Raises:
        NotFound: the article has no such paragraph, item or point.
        BadRequest: an item is asked for that several paragraphs have, or a point without its item.
    """
    title = short_title(version.title) if short else version.title
    text = f"《{title}》{article_label(article.number)}"
    if point is not None and item is None:
        raise BadRequest(f"引用{text}第{point}目时没有写明项。请补上第几项。")
    block = _paragraph(article, text, paragraph, item)
    if block is not None and len(article.paragraphs) > 1:
        text += f"第{to_chinese(block.number)}款"
    if block is not None and item is not None:
        found = _item(block, text, item)
        text += f"第（{to_chinese(item)}）项"
        if point is not None:
            if point not in {p.number for p in found.points}:
                has = f"该项共{len(found.points)}目" if found.points else "该项没有分目"
                raise NotFound(f"{text}没有第{point}目：{has}。请核对目号。")
            text += f"第{point}目"
    return text


def short_title(title: str) -> str:
    """Return the title without 中华人民共和国 in front: 安全生产法."""
    return title.removeprefix(STATE)


def _paragraph(article: Article, text: str, number: int | None, item: int | None) -> Paragraph | None:
    """Return the paragraph meant, None where the whole article is."""
    if number is not None:
        found = next((p for p in article.paragraphs if p.number == number), None)
        if found is None:
            count = len(article.paragraphs)
            raise NotFound(f"{text}没有第{_ordinal(number)}款：该条共{to_chinese(count)}款。请核对款号。")
        return found
    if item is None:
        return None
    holders = [p for p in article.paragraphs if any(i.number == item for i in p.items)]
    if not holders:
        raise NotFound(f"{text}没有第（{_ordinal(item)}）项。请核对项号。")
    if len(holders) > 1:
        raise BadRequest(f"{text}有{len(holders)}款都有第（{_ordinal(item)}）项。请写明第几款。")
    return holders[0]


def _item(paragraph: Paragraph, text: str, number: int) -> Item:
    """Return the item of a paragraph."""
    found = next((i for i in paragraph.items if i.number == number), None)
    if found is None:
        has = f"该款共{len(paragraph.items)}项" if paragraph.items else "该款没有分项"
        raise NotFound(f"{text}没有第（{_ordinal(number)}）项：{has}。请核对项号。")
    return found


def _ordinal(number: int) -> str:
    """Return the numeral, digits where it is none that a statute could have (0, -1)."""
    try:
        return to_chinese(number)
    except ValueError:
        return str(number)
