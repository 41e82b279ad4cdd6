"""The glossary: what people say on site → the terms that statutes and reports use for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from qianche.indexing.segmentation.dictionary import GLOSSARY_FILE
from qianche.indexing.segmentation.normalise import normalise
from qianche.indexing.segmentation.tables import read_rows, reject

Scope = Literal["case", "rule", "both"]
SCOPES: tuple[Scope, ...] = ("case", "rule", "both")
COLUMNS = ("colloquial", "terms", "scope", "if_negated", "example")

GAP = "*"
"""In a wording: up to `MAX_GAP` characters of the same clause (没*安全带 also finds 没给我们安全带)."""
MAX_GAP = 5

# A clause ends here; a gap never reaches across. Normalised text has half-width punctuation.
_CLAUSE_END = frozenset(',.;:!?、。()《》“”"')
# Matches what denies an event right before it: 没有漏气, 未发生火灾; must not match 没人管 or 不停.
_DENIED = re.compile(r"(?:没有?|未|无|不存在|不是|并非)(?:再)?(?:发生|出现|发现|见|任何)?$")
_ASCII_WORD = re.compile(r"[a-z0-9]")


@dataclass(frozen=True, slots=True)
class GlossaryEntry:
    """A row of the glossary.

    Args:
        forms: the wordings that fire it, normalised; each may hold one `GAP`.
        terms: what to search for besides, as statutes or reports write it.
        scope: whether the terms are meant for cases, for rules, or for both.
        skip_if_denied: an event or state that a 没有 or 未发生 right before it cancels.
        example: a sentence in which it fires.
    """

    forms: tuple[str, ...]
    terms: tuple[str, ...]
    scope: Scope
    skip_if_denied: bool
    example: str


@dataclass(frozen=True, slots=True)
class Expansion:
    """An entry that fired: `found` is query[start:end] of the normalised query, half-open."""

    found: str
    start: int
    end: int
    terms: tuple[str, ...]
    scope: Scope


class Glossary:
    """Finds glossary entries in a query: the longest wording wins, none overlap, both its scopes fire."""

    def __init__(self, entries: Iterable[GlossaryEntry]) -> None:
        self.entries = tuple(entries)
        # Wordings by the part before their gap (all where there is none), then by what the tail begins with.
        self._by_head: dict[str, dict[str, list[tuple[str, GlossaryEntry]]]] = {}
        lengths: dict[str, set[int]] = {}
        for entry in self.entries:
            for form in entry.forms:
                head, _, tail = form.partition(GAP)
                self._by_head.setdefault(head, {}).setdefault(tail[:1], []).append((tail, entry))
                lengths.setdefault(head[:2], set()).add(len(head))
        # Lengths of the heads that begin with these two characters (or are this one): most places have none.
        self._lengths = {beginning: sorted(found) for beginning, found in lengths.items()}

    def __len__(self) -> int:
        return len(self.entries)

    def expand(self, query: str) -> list[Expansion]:
        """Return the entries that fire in a normalised query, in reading order.

        Of wordings that overlap the longest wins (a gap does not count), of equals the first. English
        wordings stand as whole words. An event denied right before it (没有漏气) does not fire where its
        entry says so.
        """
        taken = bytearray(len(query))
        chosen: dict[tuple[int, int], list[Expansion]] = {}
        for _, start, end, entry in sorted(self._matches(query), key=lambda match: match[:3]):
            expansion = Expansion(query[start:end], start, end, entry.terms, entry.scope)
            if (start, end) in chosen:
                # Two wordings of one span, such as 没*护栏 and 没有*护栏: one expansion a scope.
                if all(other.scope != entry.scope for other in chosen[start, end]):
                    chosen[start, end].append(expansion)
            elif not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                chosen[start, end] = [expansion]
        return [expansion for span in sorted(chosen) for expansion in chosen[span]]

    def _matches(self, query: str) -> Iterator[tuple[int, int, int, GlossaryEntry]]:
        """Yield (minus the wording's length, start, end, entry) of every wording that matches anywhere."""
        for start, first in enumerate(query):
            for beginning in (first, query[start : start + 2]):
                for length in self._lengths.get(beginning, ()):
                    yield from self._matches_of_length(query, start, start + length)

    def _matches_of_length(
        self, query: str, start: int, head_end: int
    ) -> Iterator[tuple[int, int, int, GlossaryEntry]]:
        """Yield what `_matches` yields for wordings whose head is query[start:head_end]."""
        tails = self._by_head.get(query[start:head_end])
        if tails is None or head_end > len(query) or not _edges_free(query, start, head_end):
            return
        for end, tail, entry in _tails(query, head_end, tails):
            if not (entry.skip_if_denied and _denied(query, start)):
                yield start - head_end - len(tail), start, end, entry


def _tails(
    query: str, head_end: int, tails: dict[str, list[tuple[str, GlossaryEntry]]]
) -> Iterator[tuple[int, str, GlossaryEntry]]:
    """Yield (end, tail, entry) of the wordings that a head ending at `head_end` can complete."""
    for tail, entry in tails.get("", ()):
        yield head_end, tail, entry
    for position in range(head_end, min(head_end + MAX_GAP + 1, len(query))):
        character = query[position]
        if character in _CLAUSE_END:
            return
        for tail, entry in tails.get(character, ()):
            if query.startswith(tail, position):
                yield position + len(tail), tail, entry


def _edges_free(query: str, start: int, end: int) -> bool:
    """Tell whether a wording that begins or ends in a Latin letter or digit stands as a whole word."""
    before = start > 0 and _ASCII_WORD.match(query[start]) and _ASCII_WORD.match(query[start - 1])
    after = end < len(query) and _ASCII_WORD.match(query[end - 1]) and _ASCII_WORD.match(query[end])
    return not before and not after


def _denied(query: str, start: int) -> bool:
    """Tell whether the words right before `start` deny what follows."""
    return _DENIED.search(query[max(0, start - 6) : start]) is not None


def _read_entry(path: Path, line: int, row: dict[str, str]) -> GlossaryEntry:
    """Return one row as an entry, checked."""
    forms = tuple(normalise(form).strip() for form in row["colloquial"].split("|"))
    for form in forms:
        head, gap, tail = form.partition(GAP)
        if len(form) < 2 or not head or (gap and not tail) or GAP in tail:
            reject(path, line, f"说法“{form}”太短,或“{GAP}”的位置不对", "至少两个字,“*”只能在中间出现一次")
    terms = tuple(normalise(row["terms"]).replace("|", " ").split())
    if not terms:
        reject(path, line, "没有对应的术语", "请在 terms 列写上术语,用空格分开")
    scope = next((known for known in SCOPES if known == row["scope"]), None)
    if scope is None:
        reject(path, line, f"未知的范围“{row['scope']}”", f"可选:{'、'.join(SCOPES)}")
    if row["if_negated"] not in ("", "skip"):
        reject(path, line, f"if_negated 列是“{row['if_negated']}”", "可填 skip,或留空")
    entry = GlossaryEntry(forms, terms, scope, row["if_negated"] == "skip", normalise(row["example"]))
    fired = {(e.terms, e.scope) for e in Glossary([entry]).expand(entry.example)}
    if (terms, entry.scope) not in fired:
        reject(path, line, f"例句“{row['example']}”里没有出现该说法", "请改写例句")
    return entry


def read_glossary(path: Path) -> Glossary:
    """Return the glossary in a table with the columns colloquial, terms, scope, if_negated, example.

    Wordings are separated by |, terms by a space or |. Raises `BadRecord`, naming file and line, for a
    wording that is too short or listed twice for one scope, missing terms, an unknown scope, or an example
    in which the entry does not fire.
    """
    entries: list[GlossaryEntry] = []
    lines: dict[tuple[str, Scope], int] = {}
    for line, row in read_rows(path, COLUMNS):
        entry = _read_entry(path, line, row)
        for form in entry.forms:
            for scope in SCOPES:
                clash = lines.get((form, scope))
                if clash and (scope == entry.scope or "both" in (scope, entry.scope)):
                    reject(path, line, f"说法“{form}”与第 {clash} 行重复", "请合并两行")
            lines[form, entry.scope] = line
        entries.append(entry)
    return Glossary(entries)


@cache
def bundled_glossary() -> Glossary:
    """Return the glossary that comes with the product."""
    return read_glossary(GLOSSARY_FILE)
