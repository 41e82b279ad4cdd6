"""What the loader cannot see of the digests: whether they fit the texts, and whether their words are our own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from opencc import OpenCC

from qianche.corpus.digests.digest import Digest, place_order
from qianche.corpus.digests.loader import Digests
from qianche.corpus.register import Register
from qianche.corpus.rules import Article, RuleVersion

RUN = 14
"""So many characters in common, punctuation aside, count as copied."""
GIST_LENGTH = (15, 140)
PHRASE_LENGTH = (4, 36)
PHRASES = (2, 18)
SHORTEST_JUDGED = 6
"""Phrases below this many characters may be the article's own words: 无证上岗 has no other name."""
# Matches what the digests are written in: simplified or not, 60%, 0.5, KTV, “注意防尘”, GB/T; must not match a blank,
# an English comma, full-width letters, 「」 or a stop between letters.
_WRITTEN = re.compile(
    r"(?:[一-鿿A-Za-z0-9，。、；：？！（）《》“”‘’·%℃]|(?<=\d)\.(?=\d)|(?<=[A-Za-z])/(?=[A-Za-z]))*"
)
_OTHER = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: of which digest (its article id, or the name of a list's entry), and in Chinese what and what to do."""

    where: str
    message: str


def check_digests(
    digests: Digests, register: Register, texts: Mapping[str, Sequence[Article]]
) -> Iterator[Fault]:
    """Yield the faults of all digests, none where all is well.

    Args:
        texts: the articles of each version of which a text is at hand, by version id; every digest is compared with
            all of them. Of other versions the places are held against the number of articles in the register.
    """
    seen: dict[str, Digest] = {}
    for digest in digests:
        yield from form_faults(digest)
        articles = texts.get(digest.version_id)
        yield from place_faults(digest, register.version(digest.version_id), articles)
        yield from own_word_faults(digest, articles or ())
        for phrase in digest.said_as:
            other = seen.setdefault(characters(phrase), digest)
            if _rule(other) != _rule(digest):
                yield Fault(digest.article_id, f"“{phrase}”也在 {other.article_id} 下。请只留更贴切的一处。")
    for version_id in {digest.version_id: None for digest in digests}:
        yield from alike_faults(digests.of_version(version_id))
    wordings = ((a.article_id, a.text) for articles in texts.values() for a in articles)
    yield from copied_faults(digests, wordings)
    yield from unused_faults(digests)


def _rule(digest: Digest) -> str:
    """Return the id of the rule; its versions may share their phrases."""
    return digest.version_id.partition("@")[0]


def characters(text: str) -> str:
    """Return the letters, digits and Chinese characters of the text."""
    return _OTHER.sub("", text)


def form_faults(digest: Digest) -> Iterator[Fault]:
    """Yield what is wrong with lengths, signs and characters of one digest."""
    where = digest.article_id
    if not PHRASES[0] <= len(digest.said_as) <= PHRASES[1]:
        yield Fault(where, f"有 {len(digest.said_as)} 条说法，应为 {PHRASES[0]} 至 {PHRASES[1]} 条。请增删。")
    if not digest.duty_holders:
        yield Fault(where, "没有责任主体。请补上。")
    if not digest.gist.endswith("。"):
        yield Fault(where, "要旨应以句号结尾。请补上。")
    for text, (least, most) in ((digest.gist, GIST_LENGTH), *((p, PHRASE_LENGTH) for p in digest.said_as)):
        if not least <= len(text) <= most:
            yield Fault(where, f"“{text}”有 {len(text)} 个字，应为 {least} 至 {most} 个。请改写。")
        if (match := _WRITTEN.match(text)) and match.end() < len(text):
            sign = text[match.end()]
            advice = "请改用中文标点和半角字母数字，不留空格。"
            yield Fault(where, f"“{text}”中有“{sign}”（U+{ord(sign):04X}）。{advice}")
        if traditional := "".join(filter(_is_traditional, text)):
            yield Fault(where, f"“{text}”中有繁体字“{traditional}”。请改用简体字。")
    for phrase in digest.said_as:
        if phrase[:1] in "，。、；：？！）" or phrase[-1:] in "，。、；：！（":
            yield Fault(where, f"“{phrase}”首尾有标点。请删去。")


def place_faults(digest: Digest, version: RuleVersion, articles: Sequence[Article] | None) -> Iterator[Fault]:
    """Yield which of the digest's own place and its penalties are not in the version."""
    held = {article.number for article in articles or () if not article.deleted}
    for place in (digest.place, *digest.penalties):
        try:
            number, _ = place_order(place)
        except ValueError:
            yield Fault(digest.article_id, f"“{place}”不是条号。请写作 36、134-1 或 3.1。")
            continue
        beyond = version.article_count is not None and number.main > version.article_count
        if (number not in held) if articles else (beyond or number.main < 1):
            yield Fault(digest.article_id, f"这一版本没有“{place}”条。请核对条号。")
    if digest.place in digest.penalties:
        yield Fault(digest.article_id, f"罚则“{digest.place}”是本条自己。请删去。")


def own_word_faults(digest: Digest, articles: Sequence[Article]) -> Iterator[Fault]:
    """Yield the phrases of which less than a third of the pairs of characters is not in the article itself."""
    number, _ = place_order(digest.place)
    text = "".join(characters(article.text) for article in articles if article.number == number)
    for phrase in digest.said_as if text else ():
        plain = characters(phrase)
        pairs = [plain[i : i + 2] for i in range(len(plain) - 1)]
        own = sum(pair not in text for pair in pairs)
        if len(plain) >= SHORTEST_JUDGED and own * 3 < len(pairs):
            yield Fault(digest.article_id, f"“{phrase}”几乎全是条文自己的词。请换成现场的说法。")


def alike_faults(digests: Sequence[Digest]) -> Iterator[Fault]:
    """Yield the phrases of one act that hold another, or the same characters in whatever order."""
    phrases = [(digest, phrase, characters(phrase)) for digest in digests for phrase in digest.said_as]
    for (one, phrase, plain), (other, second, plain_second) in combinations(phrases, 2):
        short, long = sorted((plain, plain_second), key=len)
        if short in long or (len(short) == len(long) and sorted(short) == sorted(long)):
            yield Fault(one.article_id, f"“{phrase}”与 {other.article_id} 的“{second}”重复。请改写其一。")


def copied_faults(digests: Iterable[Digest], texts: Iterable[tuple[str, str]]) -> Iterator[Fault]:
    """Yield the gists and phrases that have a run of RUN characters in common with a text, once for each text.

    Args:
        texts: name and wording of each.
    """
    runs: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for digest in digests:
        for own in (digest.gist, *digest.said_as):
            for run in _runs(own):
                runs[run].add((digest.article_id, own))
    for name, text in texts:
        found: dict[tuple[str, str], str] = {}
        for run in _runs(text):
            for key in runs.get(run, ()):
                found.setdefault(key, run)
        for (where, own), run in sorted(found.items()):
            yield Fault(where, f"“{own}”与 {name} 有 {RUN} 个字相同：“{run}”。请用自己的话改写。")


def unused_faults(digests: Digests) -> Iterator[Fault]:
    """Yield the hazards of the list that no digest names."""
    used = {name for digest in digests for name in digest.hazards}
    for name in digests.hazards:
        if name not in used:
            yield Fault(name, "没有一条要旨用到这一隐患。请用上或删去。")


def _runs(text: str) -> Iterator[str]:
    """Yield every run of RUN characters of the text."""
    plain = characters(text)
    return (plain[i : i + RUN] for i in range(len(plain) - RUN + 1))


@cache
def _is_traditional(character: str) -> bool:
    """Whether OpenCC writes the character otherwise in simplified Chinese."""
    return bool(_simplifier().convert(character) != character)


@cache
def _simplifier() -> OpenCC:
    """OpenCC's table, read once."""
    return OpenCC("t2s")
