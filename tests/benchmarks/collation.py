"""Figures of comparing two versions: `python -m tests.benchmarks.collation` prints them as tables.

Right matches: held laws made into later versions of themselves by a seeded script (see `scrambling`), so that the
right alignment is known. Time: against difflib's ratio over all pairs of articles, on one text; and on texts of the
size of the civil code. See docs/rulebook.md.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

from qianche.corpus.collation import collate
from qianche.corpus.register import load_register
from qianche.corpus.rules import Article
from qianche.corpus.statutes import load_statutes
from tests.corpus.collation.scrambling import LATER, Rates, article, invented, right, scramble

LAWS = ("work-safety-law@2021-06-10", "civil-aviation-law@2021-04-29", "criminal-law@2023-12-29")
STRANGER = "fire-law@2021-04-29"
LEVELS = {
    "light": Rates(),
    "heavy": Rates(reworded=0.8, clauses=0.4),
    "much moved and cut": Rates(removed=0.25, put_in=0.3, moved=0.1, split=0.08, merged=0.08, reworded=0.6),
}
CIVIL_CODE = 1_260
SEEDS = range(5)


def right_rows() -> list[str]:
    """Share of the articles of the later version whose origin is told exactly, lowest and mean over the seeds."""
    statutes = load_statutes(load_register())
    strangers = _standing(statutes.articles(STRANGER))
    rows = []
    for law in LAWS:
        old = _standing(statutes.articles(law))
        for level, rates in LEVELS.items():
            shares = [_share(old, strangers, seed, rates) for seed in SEEDS]
            rows.append(
                f"| {law} | {len(old)} | {level} | {min(shares):.3f} | {sum(shares) / len(shares):.3f} |"
            )
    return rows


def _standing(articles: Sequence[Article]) -> tuple[Article, ...]:
    return tuple(item for item in articles if not item.deleted)


def _share(old: Sequence[Article], strangers: Sequence[Article], seed: int, rates: Rates) -> float:
    later = scramble(old, strangers, seed, rates)
    pairs = [(pair.old, pair.new) for pair in collate(old, later.articles).pairs]
    return right(old, later, pairs)


def all_ratios(old: Sequence[Article], new: Sequence[Article]) -> list[list[float]]:
    """The alternative: difflib's ratio of every old article to every new one."""
    return [[SequenceMatcher(None, a.text, b.text, autojunk=False).ratio() for b in new] for a in old]


def seconds(work: Callable[[], object], runs: int) -> float:
    """CPU seconds of the fastest of some runs."""
    spent = []
    for _ in range(runs):
        started = time.process_time()
        work()
        spent.append(time.process_time() - started)
    return min(spent)


def time_rows(compared: int, runs: int) -> list[str]:
    """Times on invented texts."""
    small = invented(compared, 1)
    small_later = scramble(small, invented(compared, 2), 3, LEVELS["heavy"]).articles
    ours = seconds(lambda: collate(small, small_later), runs)
    theirs = seconds(lambda: all_ratios(small, small_later), 1)
    rows = [
        f"| {compared} articles, heavily changed: ours / difflib over all pairs | "
        f"{ours:.3f} / {theirs:.1f} = {ours / theirs:.4f} |"
    ]
    code = invented(CIVIL_CODE, 4)
    for level, rates in LEVELS.items():
        later = scramble(code, invented(300, 5), 6, rates).articles
        rows.append(
            f"| {len(code)} against {len(later)} articles, {level} | {seconds(lambda: collate(code, later), runs):.2f} |"  # noqa: B023
        )
    deleted = [article(n, "（删去）", deleted=True) for n in range(1, CIVIL_CODE + 1)]
    equal = [article(n, "依照前款规定处罚。") for n in range(1, CIVIL_CODE + 1)]
    for what, same in (("deleted", deleted), ("with one wording", equal)):
        fewer = [article(a.number, a.text, LATER, deleted=a.deleted) for a in same[::2]]
        rows.append(
            f"| {len(same)} articles {what} against {len(fewer)} | {seconds(lambda: collate(same, fewer), runs):.3f} |"  # noqa: B023
        )
    return rows


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--compared", type=int, default=120, help="articles of the text that difflib compares"
    )
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    print("| law | articles | changes | lowest share right | mean |\n|---|---|---|---|---|")
    print("\n".join(right_rows()))
    print("\n| CPU seconds, one core | |\n|---|---|")
    print("\n".join(time_rows(options.compared, options.runs)))


if __name__ == "__main__":
    main()
