"""The safety dictionary: words of the trades with their kind, a reviewable table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path

from qianche.indexing.segmentation.normalise import normalise
from qianche.indexing.segmentation.tables import FOLDER, read_rows, reject

KINDS: dict[str, str] = {
    "accident_type": "事故类型", "barrier": "防护措施", "condition": "隐患状态", "equipment": "设备设施",
    "hazard": "危险因素", "law_title": "法规简称", "person_role": "人员岗位", "place": "场所部位",
    "substance": "物质", "work_kind": "作业活动",
}  # fmt: skip
"""Every kind a word can have, with the name shown to users."""

COLUMNS = ("word", "kind", "canonical")
DICTIONARY_FILE = FOLDER / "dictionary.tsv"
GLOSSARY_FILE = FOLDER / "glossary.tsv"


@dataclass(frozen=True, slots=True)
class Entry:
    """A word of the trades.

    Args:
        word: in normalised form.
        kind: a key of `KINDS`.
        canonical: the usual name of the same thing (CO → 一氧化碳), normalised; else the word itself.
    """

    word: str
    kind: str
    canonical: str


class Dictionary:
    """Words of the trades by their normalised form."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = {entry.word: entry for entry in entries}
        listed = "\n".join(f"{e.word}\t{e.kind}\t{e.canonical}" for e in self)
        self.version = blake2b(listed.encode(), digest_size=8).hexdigest()

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries.values())

    def get(self, word: str) -> Entry | None:
        """Return the entry of a normalised word, None for a word of no trade."""
        return self._entries.get(word)


def read_dictionary(path: Path) -> Dictionary:
    """Return the dictionary in a table with the columns word, kind, canonical.

    Raises `BadRecord`, naming file and line, for an unknown kind, a word shorter than two characters
    (one for a substance) or with anything but letters and digits, a word listed twice, and a canonical
    name that is not itself a word of the same kind.
    """
    entries: dict[str, Entry] = {}
    lines: dict[str, int] = {}
    for line, row in read_rows(path, COLUMNS):
        word, kind = normalise(row["word"]), row["kind"]
        if kind not in KINDS:
            reject(path, line, f"未知的类别“{kind}”", f"可选:{'、'.join(KINDS)}")
        # 氨, 苯 and their like are whole words; any other single character would be a piece of one.
        if len(word) < (1 if kind == "substance" else 2) or not word.isalnum():
            reject(
                path,
                line,
                f"词“{row['word']}”太短,或含有标点、空格",
                "至少两个字(物质可以一个字),只用文字和数字",
            )
        if word in entries:
            reject(path, line, f"词“{row['word']}”与第 {lines[word]} 行重复", "请删去一行")
        lines[word] = line
        entries[word] = Entry(word, kind, normalise(row["canonical"]) or word)
    for entry in entries.values():
        target = entries.get(entry.canonical)
        if target is None or target.kind != entry.kind:
            reject(
                path, lines[entry.word], f"规范名“{entry.canonical}”不是本表中的同类词", "请补上该词或改正"
            )
        if target.canonical != target.word:
            reject(
                path, lines[entry.word], f"规范名“{entry.canonical}”自身又指向别的词", "请直接写最终的规范名"
            )
    return Dictionary(entries.values())


@cache
def bundled_dictionary() -> Dictionary:
    """Return the dictionary that comes with the product."""
    return read_dictionary(DICTIONARY_FILE)


@cache
def dictionary_version() -> str:
    """Return a hash of the bundled dictionary and glossary (16 hex digits), recorded with an index build."""
    digest = blake2b(digest_size=8)
    for path in (DICTIONARY_FILE, GLOSSARY_FILE):
        # Lines, not bytes: a checkout with other line ends is the same list.
        digest.update("\n".join(path.read_text("utf-8-sig").splitlines()).encode() + b"\0")
    return digest.hexdigest()
