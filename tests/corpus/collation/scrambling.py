"""A text made into a later version of itself by a seeded script, so that the right alignment is known.

Articles are removed, put in, moved, split, put together, reworded and renumbered, and the numbers they refer to
follow: what an amending act does.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

from qianche.corpus.rules import Article, ArticleNumber
from qianche.corpus.statutes import article_label, article_number, parse_article

VERSION = "invented-rule@2020-01-01"
LATER = "invented-rule@2025-01-01"
_CLAUSE = re.compile(r"[^，；。]+[，；。]?")
_NUMBER = re.compile(r"第[一二三四五六七八九十百千零]+条")
_SUBJECTS = (
    "建设单位",
    "施工单位",
    "监理单位",
    "矿井",
    "化工园区",
    "装卸码头",
    "粮食仓库",
    "烟花厂",
    "电梯维保机构",
    "检测机构",
)
_ACTS = ("设置", "检修", "更换", "登记", "封存", "校验", "巡查", "公示", "备案", "清点", "隔离", "标识")
_THINGS = (
    "通风机", "防爆灯具", "泄压阀", "应急出口", "防雷装置", "消火栓", "警戒线", "瓦斯探头", "安全带", "脚手板", "储罐围堰",
    "皮带护罩", "起重吊钩", "有毒气体报警器", "排水泵", "作业票", "逃生绳", "压力表", "绝缘手套", "沉淀池盖板",
)  # fmt: skip
_KINDS = (
    "井下", "高层", "露天", "船用", "车载", "移动式", "防腐", "备用", "进口", "老旧", "低温", "高压", "手持", "远程", "临时",
    "密闭", "农用", "校园", "库区", "隧道",
)  # fmt: skip
_TIMES = (
    "每日开工前",
    "每月末",
    "雨季到来前",
    "停产检修期间",
    "交接班时",
    "接到预警后",
    "投入使用前",
    "发现异常后",
)


def article(
    number: int | ArticleNumber, text: str, version: str = VERSION, *, deleted: bool = False
) -> Article:
    """An article with its tree."""
    number = number if isinstance(number, ArticleNumber) else ArticleNumber(number)
    return Article(f"{version}/{number.slug}", version, number, (), text, parse_article(text), deleted)


def invented(count: int, seed: int) -> tuple[Article, ...]:
    """So many articles of invented wording; about one in six refers to another one."""
    rng = random.Random(seed)
    return tuple(article(n, _wording(rng, count)) for n in range(1, count + 1))


def _wording(rng: random.Random, count: int) -> str:
    """One to three sentences on one thing, at times a second 款, at times what breaking another article costs."""

    def thing() -> str:
        return rng.choice(_KINDS) + rng.choice(_THINGS)

    subject, topic = rng.choice(_SUBJECTS), thing()
    text = "".join(
        f"{subject}应当在{rng.choice(_TIMES)}{rng.choice(_ACTS)}{topic}，{rng.choice(_ACTS)}{thing()}，"
        f"并由{rng.choice(_SUBJECTS)}{rng.choice(_ACTS)}{topic}的记录。"
        for _ in range(rng.randint(1, 3))
    )
    if rng.random() < 0.3:
        text += f"\n{topic}损坏的，{rng.choice(_SUBJECTS)}不得继续使用。"
    if rng.random() < 0.17:
        text += f"违反本规定{article_label(ArticleNumber(rng.randint(1, count)))}的，责令改正。"
    return text


@dataclass(frozen=True, slots=True)
class Scrambled:
    """A later version, and for each of its articles the old ones it came from (places in the old text)."""

    articles: tuple[Article, ...]
    origins: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Rates:
    """How much of a text is changed; shares of its articles, and of the clauses of a reworded one."""

    removed: float = 0.1
    put_in: float = 0.1
    moved: float = 0.04
    split: float = 0.04
    merged: float = 0.04
    reworded: float = 0.35
    clauses: float = 0.25


def scramble(
    old: Sequence[Article], strangers: Sequence[Article], seed: int, rates: Rates | None = None
) -> Scrambled:
    """A later version of a text.

    Args:
        old: the text.
        strangers: articles of another text: what is put in, and the clauses that reworded articles get.
        seed: makes the same version every time.
        rates: how much is changed.
    """
    rates, rng = rates or Rates(), random.Random(seed)
    foreign = [clause for stranger in strangers for clause in _clauses(stranger.text)]
    parts: list[tuple[tuple[int, ...], str]] = []
    for place, item in enumerate(old):
        chance = rng.random()
        if chance < rates.removed and len(old) > 1:
            continue
        halves = _halves(item.text)
        if chance < rates.removed + rates.split and halves is not None:
            parts += [((place,), half) for half in halves]
        elif chance < rates.removed + rates.split + rates.merged and parts and len(parts[-1][0]) == 1:
            parts[-1] = ((*parts[-1][0], place), f"{parts[-1][1]}\n{item.text}")
        elif rng.random() < rates.reworded:
            parts.append(((place,), _reworded(rng, item.text, foreign, rates.clauses)))
        else:
            parts.append(((place,), item.text))
    for _ in range(round(rates.moved * len(parts))):
        parts.insert(rng.randrange(len(parts)), parts.pop(rng.randrange(len(parts))))
    for _ in range(round(rates.put_in * len(old))):
        parts.insert(rng.randint(0, len(parts)), ((), rng.choice(strangers).text))
    return _numbered(old, parts)


def _clauses(text: str) -> list[str]:
    return _CLAUSE.findall(text)


def _halves(text: str) -> tuple[str, str] | None:
    """A text cut at the full stop nearest to its middle, None where it is one sentence."""
    stops = [m.end() for m in re.finditer("。", text) if m.end() < len(text)]
    if not stops:
        return None
    cut = min(stops, key=lambda stop: abs(stop - len(text) / 2))
    first, second = text[:cut].strip(), text[cut:].strip()
    return (first, second) if min(len(first), len(second)) >= 15 else None


def _reworded(rng: random.Random, text: str, foreign: list[str], share: float) -> str:
    """A text with some of its clauses taken out, replaced, or others put in; one at least stays."""
    clauses = _clauses(text)
    stays = rng.randrange(len(clauses))
    said = []
    for place, clause in enumerate(clauses):
        if place == stays or rng.random() >= share:
            said.append(clause)
            continue
        said += rng.choice(([], [rng.choice(foreign)], [clause, rng.choice(foreign)]))
    return "".join(said)


def _numbered(old: Sequence[Article], parts: Sequence[tuple[tuple[int, ...], str]]) -> Scrambled:
    """The articles numbered anew, and every number they refer to made that of where the article now stands."""
    now: dict[ArticleNumber, ArticleNumber] = {}
    for number, (origins, _) in enumerate(parts, 1):
        for origin in origins:
            now.setdefault(old[origin].number, ArticleNumber(number))

    def follow(match: re.Match[str]) -> str:
        number = article_number(match.group())
        return article_label(now[number]) if number in now else match.group()

    articles = tuple(
        article(number, _NUMBER.sub(follow, text) if origins else text, LATER)
        for number, (origins, text) in enumerate(parts, 1)
    )
    return Scrambled(articles, tuple(origins for origins, _ in parts))


def right(
    old: Sequence[Article], scrambled: Scrambled, pairs: Sequence[tuple[tuple[Article, ...], ...]]
) -> float:
    """Share of the articles of the later version of which exactly the right origins are told, and no others.

    Args:
        old: the text.
        scrambled: its later version.
        pairs: (old articles, new articles) that were told to belong together.
    """
    told = {now.article_id: {before.article_id for before in olds} for olds, news in pairs for now in news}
    good = sum(
        told[now.article_id] == {old[origin].article_id for origin in origins}
        for now, origins in zip(scrambled.articles, scrambled.origins, strict=True)
    )
    return good / len(scrambled.articles)
