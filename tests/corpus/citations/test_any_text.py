"""Any text at all is resolved without fault, and what is quoted is the article's own."""

# ruff: noqa: E501  (a table of one row a case)

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.corpus.citations.pond_act import ARTICLES, RESOLVER

from qianche.corpus.citations.outcomes import Outcome

PIECES = st.sampled_from([
    "《安全生产法》", "《消防法》", "安法", "《实施条例》", "《条例》", "（以下简称《条例》）", "（主席令第88号）", "令10号", "国务院令493号",
    "GB 30871-2022", "5.2.3", "第一条", "第三条", "第四条", "第五百条", "第三＋六条", "第一款", "第二款", "第（一）项", "第1目", "第二句",
    "（节选）", "（连同引导语）", "前款", "前条", "前两款", "本法", "该条例", "依据", "违反", "、", "，", "。", "：“", "”", "\n", "2014年",
    "（2014年修正）", "《白云公司制度》", "a",
])  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=60), st.dates(min_value=date(1949, 10, 1))
)
def test_any_text_is_resolved_and_every_quotation_is_the_articles_own(text: str, day: date) -> None:
    for found in RESOLVER.resolve(text, day):
        assert (found.rule is None) == (found.version is None)
        assert found.outcome is Outcome.RESOLVED or found.messages or found.provisions
        assert found.outcome is not Outcome.RESOLVED or found.rule is not None
        if found.outcome in (Outcome.AMBIGUOUS, Outcome.UNKNOWN) and found.rule is None:
            assert found.messages
        for part in found.provisions:
            assert part.outcome is Outcome.RESOLVED or part.message
            for quote in filter(None, (part.quote, part.stand_in)):
                whole = next(a for a in ARTICLES if a.article_id == quote.article.article_id).text
                assert quote.text == "\n".join(whole[span.start : span.end] for span in quote.spans)
                assert quote.text.strip()
