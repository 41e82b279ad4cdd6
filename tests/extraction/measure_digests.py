"""Checks the digests: python -m tests.extraction.measure_digests [FOLDER] [--alike] [--docs].

Prints every fault that `check_digests` finds against the texts of the statute package, and what the digests cover;
`--docs` writes the latter into docs/rulebook.md. With a folder of regulations also: the digests against every text in
it; a text that is matched to a version with digests, of which the package has no text, stands for that version, so that
its places and words are checked too. `--alike` lists the pairs of phrases of one act that are alike, to be read by eye.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from pathlib import Path

from qianche.corpus.digests import Digest, Digests, load_digests, place_order
from qianche.corpus.digests.checking import characters, check_digests, copied_faults
from qianche.corpus.errors import QiancheError
from qianche.corpus.register import Register, load_register
from qianche.corpus.register.standing import RECORDED_UNTIL
from qianche.corpus.rule_texts.articles import to_articles
from qianche.corpus.rule_texts.matching import match_version
from qianche.corpus.rule_texts.parse import parse_rule
from qianche.corpus.rules import Article, ArticleNumber, RuleVersion
from qianche.corpus.statutes import Statutes, load_statutes
from tests.extraction.measure_rules import SUFFIXES, texts_in

Texts = dict[str, Sequence[Article]]
DOCS = Path(__file__).parents[2] / "docs" / "rulebook.md"
MARKS = ("<!-- measure_digests -->", "<!-- end -->")
ALIKE = 0.6
"""Share of pairs of characters in common from which two phrases are worth a look."""
HEAD = "| act | version | articles | digests | share | phrases | without a digest |\n|---|---|---|---|---|---|---|"
LEVELS_HEAD = "| level | in force and of the field | with digests |\n|---|---|---|"
ITEMS_HEAD = "| criteria | version | in force | items | phrases | read |\n|---|---|---|---|---|---|"


def held_texts(statutes: Statutes) -> Texts:
    """Return the articles of every version of which the statute package holds the text."""
    return {version.version_id: statutes.articles(version.version_id) for version in statutes.versions()}


def annexes(statutes: Statutes) -> Iterator[tuple[str, str]]:
    """Yield what follows the last article of the acts, with its name."""
    for version in statutes.versions():
        yield f"{version.version_id} 附件", statutes.annex(version.version_id)


def coverage(digests: Digests, register: Register, texts: Mapping[str, Sequence[Article]]) -> list[str]:
    """Return the coverage table in Markdown: one line an act, in the order of the register, and the sum.

    Articles are those of the texts, else as many as the register says.
    """
    rows, sums = [HEAD], Counter[str]()
    for version in register.versions():
        own = [d for d in digests.of_version(version.version_id) if not d.major_hazard]
        if not own:
            continue
        covered = {place_order(digest.place)[0] for digest in own}
        numbers = _numbers(version, texts.get(version.version_id, ()), covered)
        phrases = sum(len(digest.said_as) for digest in own)
        sums.update(articles=len(numbers), digests=len(own), phrases=phrases)
        rows.append(
            f"| {_name(version)} | {_day(version.version_date)} | {len(numbers)} | {len(own)} | "
            f"{_share(len(covered), len(numbers))} | {phrases} | {ranges(numbers, covered)} |"
        )
    share = _share(sums["digests"], sums["articles"])
    rows.append(f"| all | | {sums['articles']} | {sums['digests']} | {share} | {sums['phrases']} | |")
    return "\n".join(rows).split("\n")


def criteria(digests: Digests, register: Register) -> list[str]:
    """Return the table of the judging criteria in Markdown, one line a document and the sum; [] where there are none."""
    rows, sums = [ITEMS_HEAD], Counter[str]()
    for version in register.versions():
        own = [d for d in digests.of_version(version.version_id) if d.major_hazard]
        if own:
            phrases = sum(len(digest.said_as) for digest in own)
            sums.update(items=len(own), phrases=phrases)
            graded = {"text": "据原文", "page": "据网页", "memory": "待核"}[own[0].basis]
            rows.append(
                f"| {_name(version)} | {_day(version.version_date)} | {_force(version)} | {len(own)} | {phrases} | "
                f"{graded} |"
            )
    rows.append(f"| all | | | {sums['items']} | {sums['phrases']} | |")
    return "\n".join(rows).split("\n") if sums else []


def levels(digests: Digests, register: Register) -> list[str]:
    """Return in Markdown how many rules of the field are in force, by level, and how many of them have digests."""
    rules = [
        (rule, rule.version_on(RECORDED_UNTIL)) for rule in register if rule.core and rule.amends is None
    ]
    current = [version for _, version in rules if version is not None]
    told = Counter(v.level for v in current if digests.of_version(v.version_id))
    counts = Counter(v.level for v in current)
    rows = [f"| {level} | {count} | {told[level]} |" for level, count in counts.items()]
    return [*LEVELS_HEAD.split("\n"), *rows, f"| all | {counts.total()} | {told.total()} |"]


def tables(digests: Digests, register: Register, statutes: Statutes) -> str:
    """Return what docs/rulebook.md has of the digests."""
    texts = held_texts(statutes)
    blocks = (coverage(digests, register, texts), levels(digests, register), criteria(digests, register))
    return "\n\n".join("\n".join(block) for block in blocks if block)


def in_docs() -> tuple[str, str, str]:
    """Return docs/rulebook.md before, within and after the marks between which the tables stand."""
    before, _, rest = DOCS.read_text("utf-8").partition(MARKS[0])
    within, _, after = rest.partition(MARKS[1])
    return before, within.strip("\n"), after


def ranges(numbers: Sequence[ArticleNumber], covered: set[ArticleNumber]) -> str:
    """Return the numbers that are not covered, neighbours put together: 1–4, 7, 134-1."""
    parts: list[list[ArticleNumber]] = []
    for number in numbers:
        if number in covered:
            continue
        if parts and number in _next(parts[-1][-1]):
            parts[-1].append(number)
        else:
            parts.append([number])
    return ", ".join(p[0].slug if len(p) == 1 else f"{p[0].slug}–{p[-1].slug}" for p in parts) or "none"


def _next(number: ArticleNumber) -> tuple[ArticleNumber, ArticleNumber]:
    """Return the two numbers that may come next: 134-1 and 135 after 134."""
    return ArticleNumber(number.main, number.sub + 1), ArticleNumber(number.main + 1)


def _share(digests: int, articles: int) -> str:
    """Return the share in whole percent."""
    return f"{digests / articles:.0%}" if articles else ""


def _day(day: date | None) -> str:
    """Return the day as the register has it."""
    return day.isoformat() if day else "not known"


def _force(version: RuleVersion) -> str:
    """Return the first day and the last, both included."""
    first = f"from {version.effective_from}" if version.effective_from else "first day not known"
    return f"{first}, until {version.effective_to}" if version.effective_to else first


def _name(version: RuleVersion) -> str:
    """Return the title as people say it."""
    return version.title.removeprefix("中华人民共和国")


def _numbers(
    version: RuleVersion, articles: Sequence[Article], covered: set[ArticleNumber]
) -> list[ArticleNumber]:
    """Return the articles that could have a digest: of acts of another field those within it, and those that have."""
    held = [article.number for article in articles if not article.deleted]
    if version.core_articles is not None:
        field = version.core_articles
        return [n for n in held if n in covered or any(first <= n <= last for first, last in field)]
    return held or [ArticleNumber(n) for n in range(1, (version.article_count or 0) + 1)]


def alike(digests: Sequence[Digest]) -> Iterator[tuple[float, Digest, str, Digest, str]]:
    """Yield the pairs of phrases with at least ALIKE of their pairs of characters in common (Dice)."""
    phrases = [(digest, phrase, _pairs(phrase)) for digest in digests for phrase in digest.said_as]
    for (one, phrase, pairs), (other, second, second_pairs) in combinations(phrases, 2):
        likeness = 2 * len(pairs & second_pairs) / (len(pairs) + len(second_pairs))
        if likeness >= ALIKE:
            yield likeness, one, phrase, other, second


def _pairs(phrase: str) -> set[str]:
    """Return the pairs of neighbouring characters."""
    plain = characters(phrase)
    return {plain[i : i + 2] for i in range(len(plain) - 1)}


def read_folder(folder: Path, digests: Digests, register: Register, texts: Texts) -> dict[str, str]:
    """Return the wording of each text of the folder by name; add to `texts` those of versions with digests.

    Where the head of a text leaves the version open, it stands for the one with digests if the number of articles fits.
    """
    wordings: dict[str, str] = {}
    doubtful: Texts = {}
    for path in sorted(p for p in folder.rglob("*") if p.suffix in SUFFIXES):
        try:
            for name, document in texts_in(path):
                wordings[f"{path.name} {name}" if name != path.name else name] = document.text
                draft = parse_rule(document, file_name=path.name)
                match = match_version(draft, register)
                for version in match.candidates:
                    if digests.of_version(version.version_id) and version.version_id not in texts:
                        articles = to_articles(draft, document, version.version_id)
                        if match.version is not None:
                            texts[version.version_id] = articles
                        elif len(articles) == version.article_count:
                            doubtful.setdefault(version.version_id, articles)
        except QiancheError as error:
            print(f"{path.name}：{error.message}")
    texts.update({version_id: doubtful[version_id] for version_id in doubtful.keys() - texts.keys()})
    return wordings


def main(folder: Path | None, *, listing: bool, docs: bool) -> int:
    """Print faults and tables; return 1 where there is a fault."""
    register = load_register()
    statutes, digests = load_statutes(register), load_digests(register)
    texts = held_texts(statutes)
    wordings = read_folder(folder, digests, register, texts) if folder else {}
    faults = [
        *check_digests(digests, register, texts),
        *copied_faults(digests, [*annexes(statutes), *wordings.items()]),
    ]
    for fault in faults:
        print(f"{fault.where}：{fault.message}")
    versions = {digest.version_id: None for digest in digests}
    for version_id in versions if listing else ():
        for likeness, one, phrase, other, second in alike(digests.of_version(version_id)):
            print(f"{likeness:.2f}  {version_id}  {one.place} {phrase}  |  {other.place} {second}")
    print(f"texts {len(texts)} and {len(wordings)} files, digests {len(digests)}, faults {len(faults)}")
    print("not compared with their own text:", *(v for v in versions if not texts.get(v)))
    told = tables(digests, register, statutes)
    print(told)
    if docs:
        before, _, after = in_docs()
        DOCS.write_text(f"{before}{MARKS[0]}\n\n{told}\n\n{MARKS[1]}{after}", encoding="utf-8")
    return 1 if faults else 0


if __name__ == "__main__":
    words = [word for word in sys.argv[1:] if not word.startswith("--")]
    sys.exit(
        main(Path(words[0]) if words else None, listing="--alike" in sys.argv, docs="--docs" in sys.argv)
    )
