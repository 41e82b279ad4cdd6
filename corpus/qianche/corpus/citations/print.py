"""A citation in the one form the product prints; `find_citations` reads it back as it was."""

from __future__ import annotations

from qianche.corpus.citations.citation import Citation, Provision
from qianche.corpus.statutes.numerals import article_label, to_chinese


def print_citation(citation: Citation) -> str:
    """Return 《安全生产法》第三十六条第一款第（二）项, （国务院令第493号）behind the title where it is known.

    Every provision of a list is written out in full: 第三十三条第三款、第三十三条第四款.
    """
    provisions = "、".join(map(print_provision, citation.provisions))
    if citation.title is not None:
        name = f"《{citation.title}》" + (f"（{citation.number}）" if citation.number else "")
    else:
        name = citation.number or citation.relative or ""
    gap = " " if citation.number and not citation.title and provisions[:1].isalnum() else ""
    return f"{name}{gap}{provisions}"


def print_provision(provision: Provision) -> str:
    """Return 第三十六条第一款第（二）项第1目, or the clause number 6.2.2.1."""
    text = provision.clause or ""
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
    return (
        text + ("（节选）" if provision.excerpt else "") + ("（连同引导语）" if provision.with_lead else "")
    )
