"""The data sheet that collections of law print above a text: 发文字号：… 公布日期：… 施行日期：…."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from qianche.corpus.rule_texts.dates import find_days
from qianche.corpus.rule_texts.lines import Line
from qianche.corpus.rule_texts.numbers import document_number

# Matches 发布文号：, 【发文字号】, 文号 ; not 文号不详的.
_NUMBER = re.compile(r"【?(?:发文|发布|公布)?(?:文号|字号)】?\s*[：:】]\s*")
# Matches 生效日期：, 【施行日期】, 实施时间：.
_EFFECTIVE = re.compile(r"【?(?:施行|实施|生效)(?:日期|时间)】?\s*[：:】]?\s*")
# Matches 公布日期：, 【颁布日期】; 发布日期 is a page's own day where no day of commencement stands beside it.
_PROMULGATED = re.compile(r"【?(?:公布|颁布)(?:日期|时间)】?\s*[：:】]?\s*")
_PUBLISHED = re.compile(r"【?发布日期】?\s*[：:】]?\s*")
_WIDTH = 24
"""Characters behind a label in which its day stands."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the sheet says; None for what it does not."""

    number: str | None
    promulgated_on: date | None
    effective_from: date | None


def read_sheet(lines: Sequence[Line]) -> Sheet:
    """Return what the lines of a head say behind labels."""
    texts = [line.text for line in lines]
    effective = _day(_EFFECTIVE, texts)
    promulgated = _day(_PROMULGATED, texts)
    if promulgated is None and effective is not None:
        promulgated = _day(_PUBLISHED, texts)
    return Sheet(_number(texts), promulgated, effective)


def _number(texts: Sequence[str]) -> str | None:
    """Return the number behind its label."""
    found = (document_number(text[match.end() :]) for text in texts if (match := _NUMBER.search(text)))
    return next((number for number in found if number), None)


def _day(label: re.Pattern[str], texts: Sequence[str]) -> date | None:
    """Return the day right behind a label."""
    for text in texts:
        for match in label.finditer(text):
            day = next(find_days(text[match.end() : match.end() + _WIDTH]), None)
            if day is not None and day.start == 0:
                return day.day
    return None
