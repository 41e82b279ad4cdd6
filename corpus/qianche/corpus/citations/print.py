"""A citation in the one form the product prints; `find_citations` reads it back as it was."""

from __future__ import annotations

from qianche.corpus.citations.citation import Citation, Provision
from qianche.corpus.statutes.numerals import article_label, to_chinese


def print_citation(citation: Citation) -> str:
    """Return 《安全生产法》第三十六条第一款第（二）项, with （国务院令第493号） and （2021年版） where they are known.

    Every provision of a list is written out in full: 第三十三条第三款、第三十三条第四款. What is damaged is printed
    as it was written.
    """
    provisions = "、".join(map(print_provision, citation.provisions))
    numbers = [n for n in (citation.number, *citation.other_numbers, citation.damaged) if n is not None]
    if citation.title is not None:
        name = f"《{citation.title}》" + "".join(f"（{number}）" for number in numbers)
    else:
        name = "".join(numbers) or citation.relative or ""
    if citation.edition is not None:
        name += f"（{citation.edition}年版）"
    gap = " " if name[-1:].isalnum() and citation.relative is None and provisions[:1].isascii() else ""
    return f"{name}{gap if provisions else ''}{provisions}"


def in_marks(title: str) -> str:
    """Return the title in 《》, a title within it in 〈〉."""
    return f"《{title.replace('《', '〈').replace('》', '〉')}》"


def print_provision(provision: Provision) -> str:
    """Return 第三十六条第一款第（二）项第1目, or the clause number 6.2.2.1, 第4.1条 where it has two levels."""
    text = provision.clause or ""
    if text.count(".") == 1:
        text = f"第{text}条"
    if provision.article is not None:
        text += article_label(provision.article)
    if provision.paragraph is not None:
        text += f"第{to_chinese(provision.paragraph)}款"
    if provision.item is not None:
        text += f"第（{to_chinese(provision.item)}）项"
    if provision.point is not None:
        text += f"第{provision.point}目"
    if provision.sentence is not None:
        text += f"第{to_chinese(provision.sentence)}句"
    text += provision.damaged or ""
    return (
        text + ("（节选）" if provision.excerpt else "") + ("（连同引导语）" if provision.with_lead else "")
    )
