"""Citations that lean on what stands before them: 本法, 前款, 第三十六条 alone."""

from __future__ import annotations

import pytest
from tests.corpus.citations.pond_act import last

from qianche.corpus.citations.outcomes import Outcome

RELATIVE: list[tuple[str, str]] = [
    # what stands behind 前款, or begins the sentence after a citation, is of the rule named last
    ("《安全生产法》第三条第一款，违反前款、第二条的", "《中华人民共和国安全生产法》第二条"),
    ("违反《安全生产法》第一条。第二条也有要求", "《中华人民共和国安全生产法》第二条"),
    ("《安全生產法》（以下簡稱《池法》）第一條；《池法》第二條", "《中华人民共和国安全生产法》第二条"),
    ("违反《安全生产法》第一条，依据第二条处罚", "《中华人民共和国安全生产法》第二条"),
    ("《安全生产法》第一条，本法第二条", "《中华人民共和国安全生产法》第二条"),
    ("依据《消防法》第一条；《安全生产法》第一条，依据第二条处罚", "《中华人民共和国安全生产法》第二条"),
    ("《安全生产法》（以下简称《池法》）第一条；《池法》第二条", "《中华人民共和国安全生产法》第二条"),
    # in a quotation 前款 is the one before that quoted, elsewhere the one named
    ("《安全生产法》第三条第二款：“有前款情形的”", "《中华人民共和国安全生产法》第三条第一款"),
    ("《安全生产法》第三条第二款，违反前款规定", "《中华人民共和国安全生产法》第三条第二款"),
    ("《安全生产法》第二条：“依照前条规定”", "《中华人民共和国安全生产法》第一条"),
    ("《安全生产法》第三条第一款，前款第（一）项", "《中华人民共和国安全生产法》第三条第一款第（一）项"),
    # what follows 前款 in the list is another article of the rule, and 前项 is the item alone
    (
        "《安全生产法》第三条第一款，违反前款第（一）项、第二条",
        "《中华人民共和国安全生产法》第三条第一款第（一）项；《中华人民共和国安全生产法》第二条",
    ),
    ("《安全生产法》第三条第一款第（一）项第一句，前项规定", "《中华人民共和国安全生产法》第三条第一款第（一）项"),
    ("《安全生产法》第三条第一款第（一）项第l目，前项规定", "《中华人民共和国安全生产法》第三条第一款第（一）项"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "canonical"), RELATIVE)
def test_a_relative_citation_goes_to_the_rule_named_before_it_and_says_so(text: str, canonical: str) -> None:
    found = last(text)
    assert found.outcome is Outcome.RESOLVED
    assert found.canonical == canonical
    assert found.read_as


@pytest.mark.parametrize(
    "text",
    [
        "依据第三十六条处罚",
        "依照本法第二条",
        "《安全生产法》第一条，本条例第二条",
        "前款规定的单位",
        "《安全生产法》规定，前款",
        "《安全生产法》第一条第一款，前三款",
        "《安全生产法》第一条：“违反前条”",
        "《条例》第四条",
        "《安全生产法》第一条，又违反《白云公司看守制度》，依据第二条处罚",
    ],
)
def test_a_relative_citation_without_its_context_is_told_as_such(text: str) -> None:
    found = last(text)
    assert (found.outcome, found.rule) == (Outcome.NEEDS_CONTEXT, None)
    assert found.messages[0].endswith("。")
