"""Measures `rule_texts` on a folder of laws: python -m tests.extraction.measure_rules FOLDER [--list].

Reads every file through the real readers, and prints: files that could not be read or parsed, characters that lie in
no part of the tree or in two, exceptions by kind, texts by kind, and how the matching to the register ends. A text
that is matched to a version of which the statute package holds the articles is compared with them, article by article:
numbers, text (spaces, brackets, quotation marks and full width aside), 款 and 项, path. The package is a second
parser's work on another source, so a difference is either ours or one between the two sources; each is listed.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from qianche.corpus.errors import QiancheError
from qianche.corpus.reading.cleaning import clean
from qianche.corpus.reading.document import Document
from qianche.corpus.reading.read import read
from qianche.corpus.register import Register, load_register
from qianche.corpus.rule_texts.articles import to_articles
from qianche.corpus.rule_texts.draft import RuleDraft
from qianche.corpus.rule_texts.matching import match_version
from qianche.corpus.rule_texts.parse import parse_rule
from qianche.corpus.rules import Article
from qianche.corpus.statutes import Statutes, load_statutes
from tests.corpus.rule_texts.texts import uncovered

SUFFIXES = {".docx", ".doc", ".html", ".htm", ".pdf", ".txt", ".md", ".json", ".jsonl"}
# Differences of print between two sources of one text: brackets, quotation marks, full width.
PRINT = str.maketrans("（）［］，：；〈〉“”％０１２３４５６７８９", '()[],:;<>""%0123456789')
NUMBERS = re.compile(r"[\d一二三四五六七八九十百千零]+")


@dataclass
class Tally:
    """What one run found."""

    kinds: Counter[str] = field(default_factory=Counter)
    matches: Counter[str] = field(default_factory=Counter)
    exceptions: Counter[str] = field(default_factory=Counter)
    lost: int = 0
    compared: Counter[str] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)


def texts_in(path: Path) -> Iterator[tuple[str, Document]]:
    """Yield the documents of a file; a JSON file of crawled laws holds several."""
    if path.suffix not in {".json", ".jsonl"}:
        yield path.name, clean(read(path.read_bytes(), path.name))
        return
    lines = path.read_text("utf-8").splitlines() if path.suffix == ".jsonl" else [path.read_text("utf-8")]
    for line in lines:
        record = json.loads(line)
        text = record.get("content") or "\n".join(_chapters(record))
        if text:
            yield str(record.get("title") or path.name), clean(read(text.encode(), "law.txt"))


def _chapters(record: dict[str, object]) -> Iterator[str]:
    """Yield the lines of a law kept as chapters and articles; none where the record is no law."""
    chapters = record.get("chapters")
    if isinstance(chapters, list):
        yield str(record.get("law_name", ""))
        for chapter in chapters:
            yield chapter["chapter_title"]
            yield from (f"{article['num']} {article['text']}" for article in chapter["articles"])


def printed_alike(text: str) -> str:
    """Return the text without what two prints of it may differ in."""
    return "".join(text.split()).translate(PRINT)


def structure(article: Article) -> list[list[int]]:
    """Return the numbers of the 项 of each 款."""
    return [[item.number for item in paragraph.items] for paragraph in article.paragraphs]


def compare(name: str, ours: tuple[Article, ...], theirs: tuple[Article, ...], tally: Tally) -> None:
    """Count and list the differences between our articles and the statute package's."""
    mine, other = {a.number: a for a in ours}, {a.number: a for a in theirs}
    tally.compared["laws"] += 1
    tally.compared["articles"] += len(other)
    for number in sorted(mine.keys() ^ other.keys()):
        tally.compared["number"] += 1
        tally.differences.append(f"{name} {number.slug}：只在{'文件' if number in mine else '法律正文库'}中")
    for number in sorted(mine.keys() & other.keys()):
        a, b = mine[number], other[number]
        if printed_alike(a.text) != printed_alike(b.text):
            tally.compared["text"] += 1
            tally.differences.append(f"{name} {number.slug}：文字不同")
        elif structure(a) != structure(b):
            tally.compared["structure"] += 1
            tally.differences.append(f"{name} {number.slug}：款项不同 {structure(a)} / {structure(b)}")
        if [h.text for h in a.path] != [h.text for h in b.path]:
            tally.compared["path"] += 1
            tally.differences.append(f"{name} {number.slug}：编章节不同")


def take(
    name: str, document: Document, draft: RuleDraft, register: Register, statutes: Statutes, tally: Tally
) -> None:  # fmt: skip
    """Count one text."""
    missing = uncovered(draft, document)
    tally.lost += len(missing)
    if missing:
        print(f"{name}：{len(missing)} 个字符不在唯一一处：{missing[:30]}")
    tally.kinds[draft.kind] += 1
    tally.exceptions.update(NUMBERS.sub("N", exception) for exception in draft.exceptions)
    match = match_version(draft, register)
    tally.matches[match.kind] += 1
    if match.version is not None and match.version.text_source is not None:
        articles = to_articles(draft, document, match.version.version_id)
        compare(name, articles, statutes.articles(match.version.version_id), tally)


def main(folder: Path, *, listing: bool) -> int:
    """Measure all files of the folder; return 1 where one failed or lost a character."""
    register = load_register()
    statutes = load_statutes(register)
    tally, failed = Tally(), 0
    files = sorted(p for p in folder.rglob("*") if p.suffix in SUFFIXES)
    for path in files:
        try:
            for name, document in texts_in(path):
                draft = parse_rule(document, file_name=path.name)
                take(name, document, draft, register, statutes, tally)
                if listing:
                    print(f"{name}｜{draft.kind}｜{draft.title}", *(f"\n    {e}" for e in draft.exceptions))
        except QiancheError as error:
            failed += 1
            print(f"{path.name}：{error.message}")
        except Exception as error:  # a crash is what is counted here
            failed += 1
            print(f"{path.name}：{type(error).__name__} {error}")
    print(f"files {len(files)}, failed {failed}, texts {tally.kinds.total()} {dict(tally.kinds)}")
    print(f"characters lost or double {tally.lost}")
    print(f"matching {dict(tally.matches)}")
    print(f"against the statute package {dict(tally.compared)}", *tally.differences, sep="\n    ")
    for exception, count in tally.exceptions.most_common():
        print(f"{count:5}  {exception}")
    return 1 if failed or tally.lost else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), listing="--list" in sys.argv[2:]))
