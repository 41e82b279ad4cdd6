"""Which 条 labels in a text really begin an article: by their place in the sequence, not by their form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from qianche.corpus.rule_texts.headings import AFTER_HEADING, chapter_openings
from qianche.corpus.rule_texts.labels import Label, article_label_at, heading_label
from qianche.corpus.rule_texts.lines import Line
from qianche.corpus.rule_texts.marks import Chain, Mark
from qianche.corpus.rules import ArticleNumber
from qianche.corpus.statutes.numerals import article_label

# Where a unit may begin inside a line: after the end of a sentence, as in …管理。第五条 国家…
_AFTER_SENTENCE = re.compile(r"(?<=[。！？；：”）)])\s*(?=第)")
_WINDOW = 200
"""Labels looked through for those ahead; in running text most are references."""
_LOOK_AHEAD = 12
"""Labels ahead that decide whether a number out of step is an article or stands in the wrong place."""
_PER_CHAPTER = "各章的条号各自从第一条起编，引用时须写明章"


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A 条 label that may or may not begin an article."""

    line: int
    inside: bool
    label: Label
    number: ArticleNumber


def find_articles(lines: Sequence[Line]) -> Chain:
    """Return the articles: each number follows the one before it; gaps and repetitions are told.

    A label that stands out of sequence is a reference where its form allows it. One misprinted number whose
    neighbours leave only one value (十九, 十, 二十一) is read as that value. A second 第一条 begins another text,
    unless it stands right below the next chapter: then each chapter numbers its own.
    """
    chapters = chapter_openings(lines)
    candidates = [c for i, line in enumerate(lines) if not line.table for c in _article_candidates(i, line)]
    sequence = _Sequence()
    for at, candidate in enumerate(candidates):
        later = candidates[at + 1 : at + 1 + _WINDOW]
        if sequence.begins_anew(candidate, later):
            if candidate.line not in chapters:
                return sequence.chain(candidate.line)
            sequence.begin_chapter()
        sequence.take(candidate, later)
    return sequence.chain(None)


@dataclass(slots=True)
class _Sequence:
    """The articles accepted so far."""

    marks: list[Mark] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)
    repeated: list[ArticleNumber] = field(default_factory=list)
    last: ArticleNumber | None = None

    def chain(self, restart: int | None) -> Chain:
        """Return the articles with what is odd about them."""
        return Chain(tuple(self.marks), (*self.odd, *_repetitions(self.repeated)), restart)

    def begins_anew(self, candidate: _Candidate, later: Sequence[_Candidate]) -> bool:
        """Return whether the candidate is 第一条 of another text."""
        first = candidate.number == ArticleNumber(1) and not candidate.label.refers and not candidate.inside
        return first and self.last is not None and not candidate.label.damaged and _starts_over(later)

    def begin_chapter(self) -> None:
        """Number anew, as the next chapter does."""
        self.last = None
        if _PER_CHAPTER not in self.odd:
            self.odd.append(_PER_CHAPTER)

    def take(self, candidate: _Candidate, later: Sequence[_Candidate]) -> None:
        """Accept the candidate as an article, as one more 款 of the last one, or not at all."""
        label, number, last = candidate.label, candidate.number, self.last
        if label.refers or not self._in_place(candidate):
            return
        if label.damaged:
            self.odd.append(f"{article_label(number)}的条号缺“第”字")
        if last is None and number.main != 1:
            self.odd.append(f"正文从{article_label(number)}开始，之前的条文不在文中")
        elif number == last:
            self.repeated.append(number)
            self.marks.append(_mark(candidate, number, repeats=True))
            return
        elif last is not None and number not in _successors(last):
            meant = _out_of_step(candidate, last, later)
            if meant is None:
                self._refuse(candidate, last)
                return
            misprint = f"{article_label(meant)}的条号误印为{label.printed}，依前后条号更正"
            self.odd.append(_gap(last, number) if meant == number else misprint)
            number = meant
        self.marks.append(_mark(candidate, number))
        self.last = number

    def _in_place(self, candidate: _Candidate) -> bool:
        """Return whether a label inside a line, or one that lost its 第, is exactly the next one."""
        if self.last is None:
            return not candidate.label.damaged and (not candidate.inside or candidate.number.main == 1)
        if candidate.label.damaged:
            return not candidate.inside and candidate.number == _successors(self.last)[0]
        return not candidate.inside or candidate.number in _successors(self.last)

    def _refuse(self, candidate: _Candidate, last: ArticleNumber) -> None:
        """Tell of a label that looks like an article's and is none."""
        label = candidate.label
        if label.spaced or candidate.number > last:
            self.odd.append(f"“{label.printed}”不合条号顺序（前一条是{article_label(last)}），未作为新的一条")


def _repetitions(numbers: Sequence[ArticleNumber]) -> tuple[str, ...]:
    """Return the sentence about numbers printed more than once, none where there are none."""
    if not numbers:
        return ()
    labels = [article_label(number) for number in dict.fromkeys(numbers)]
    named = "、".join(labels[:3]) + (f"等{len(labels)}条" if len(labels) > 3 else "")
    return (f"{named}的条号重复出现，重复处作为同一条的另一款",)


def _article_candidates(index: int, line: Line) -> Iterator[_Candidate]:
    """Yield the labels at the start of a line, after its sentences, and after a heading it begins with."""
    found = article_label_at(line.text)
    if found:
        yield _Candidate(index, False, *found)
    patterns = [_AFTER_SENTENCE]
    if heading_label(line.text):
        patterns.insert(0, AFTER_HEADING)
    seen = {0}
    places = sorted({match.end() for pattern in patterns for match in pattern.finditer(line.text)} - seen)
    for place in places:
        found = article_label_at(line.text, place)
        if found:
            yield _Candidate(index, True, *found)


def _successors(number: ArticleNumber) -> tuple[ArticleNumber, ArticleNumber]:
    """Return the numbers that can come next: 第三十七条 or 第三十六条之一 after 第三十六条."""
    return ArticleNumber(number.main + 1), ArticleNumber(number.main, number.sub + 1)


def _starts_over(later: Sequence[_Candidate]) -> bool:
    """Return whether 第二条 is the next number: then the 第一条 before it begins another text."""
    ahead = next((c.number for c in later if not c.label.refers and not c.inside), None)
    return ahead in (ArticleNumber(2), None)


def _out_of_step(
    candidate: _Candidate, last: ArticleNumber, later: Sequence[_Candidate]
) -> ArticleNumber | None:  # fmt: skip
    """Return the number an article out of sequence has: its own, a corrected one, None where it is no article."""
    number, due = candidate.number, _successors(last)[0]
    ahead = [c.number for c in later if not c.label.refers and not c.inside][:_LOOK_AHEAD]
    others = [n for n in ahead if n != number]
    if _run(due, ahead) > _run(_successors(number)[0], others):
        return None
    if not candidate.inside and others[:1] == [ArticleNumber(due.main + 1)]:
        return due
    if number > last and (candidate.label.spaced or others[:1] == [_successors(number)[0]]):
        return number
    return None


def _run(first: ArticleNumber, ahead: Sequence[ArticleNumber]) -> int:
    """Return how many of the numbers ahead count on from the first one without a gap."""
    due = first
    for number in ahead:
        if number == due:
            due = _successors(due)[0]
    return due.main - first.main


def _gap(last: ArticleNumber, number: ArticleNumber) -> str:
    """Return the sentence about articles that are missing between two numbers."""
    first, final = ArticleNumber(last.main + 1), ArticleNumber(number.main - 1)
    if final < first:
        return f"{article_label(last)}之后是{article_label(number)}，中间缺条"
    if first == final:
        return f"缺少{article_label(first)}"
    return f"缺少{article_label(first)}至{article_label(final)}"


def _mark(candidate: _Candidate, number: ArticleNumber, *, repeats: bool = False) -> Mark:
    """Return the mark of a candidate that is an article."""
    at = candidate.label.start if candidate.inside else 0
    return Mark(candidate.line, at, "条", candidate.label, number.slug, repeats)
