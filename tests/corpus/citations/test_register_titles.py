"""Every title and every number of the register is found in running text, whatever it looks like."""

from __future__ import annotations

import pytest

from qianche.corpus.citations import find_citations
from qianche.corpus.register import load_register

TITLES = sorted({version.title for rule in load_register() for version in rule.versions})
PLAIN = [title for title in TITLES if "《" not in title]


def test_most_titles_have_no_title_in_them() -> None:
    assert len(PLAIN) > 0.95 * len(TITLES)


@pytest.mark.parametrize("provision", ["", "第一条"])
def test_a_title_of_the_register_is_a_citation_with_and_without_a_provision(provision: str) -> None:
    cited = [f"《{title}》{provision}" for title in PLAIN]
    found = [[text[c.span.start : c.span.end] for c in find_citations(text)] for text in cited]
    assert [text for text, spans in zip(cited, found, strict=True) if spans != [text]] == []


def test_a_title_with_a_space_is_found_without_it_too() -> None:
    spaced = [title for title in PLAIN if " " in title]
    assert spaced
    assert all(len(find_citations(f"《{title.replace(' ', '')}》第二条")) == 1 for title in spaced)


NUMBERS = sorted({version.number for version in load_register().versions() if version.number})
READABLE = [number for number in NUMBERS if "未知" not in number]
ALONE_ONLY = [number for number in READABLE if number.startswith("公告")]
"""The register has them without the issuer, and many issue 公告: in a sentence they name nothing certain."""


def test_nearly_every_number_can_be_read() -> None:
    assert len(READABLE) > 350
    assert len(NUMBERS) - len(READABLE) <= 1
    assert len(ALONE_ONLY) <= 3


def test_every_number_of_the_register_is_a_citation_by_itself() -> None:
    found = {
        number: [number[c.span.start : c.span.end] for c in find_citations(number)] for number in READABLE
    }
    assert [number for number, spans in found.items() if spans != [number]] == []


@pytest.mark.parametrize("frame", ["按照{}执行", "见{}。", "（{}）", "依据{}，责令改正"])
def test_every_number_of_the_register_is_a_citation_in_a_sentence(frame: str) -> None:
    missed = []
    for number in READABLE:
        text = frame.format(number)
        spans = [text[c.span.start : c.span.end] for c in find_citations(text)]
        if number not in ALONE_ONLY and spans != [number]:
            missed.append((number, spans))
    assert missed == []
