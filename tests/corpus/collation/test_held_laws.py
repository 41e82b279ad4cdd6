"""Held laws: what is known of an amendment from elsewhere is what is told."""

from __future__ import annotations

from qianche.corpus.collation import collate
from qianche.corpus.statutes import Statutes


def test_the_twelfth_amendment_of_the_criminal_law_changed_seven_articles(statutes: Statutes) -> None:
    # 刑法修正案（十二）, articles 1 to 7: 165, 166, 169, 387, 390, 391, 393; none was added or renumbered.
    before = statutes.articles("criminal-law@2020-12-26")
    found = collate(before, statutes.articles("criminal-law@2023-12-29"))
    changed = {pair.new[0].number.slug: pair.kind for pair in found.pairs if pair.kind != "same"}
    assert changed == dict.fromkeys(("165", "166", "169", "387", "390", "391", "393"), "revised")


def test_articles_of_a_law_written_anew_are_found_under_their_new_numbers(statutes: Statutes) -> None:
    # Read by eye in both texts: the last article (commencement), and 第九十一条, which says what an airline is.
    before = statutes.articles("civil-aviation-law@2021-04-29")
    found = collate(before, statutes.articles("civil-aviation-law@2025-12-27"))
    became = {str(old.main): str(new.main) for old, new in found.renumberings}
    assert (became["215"], became["91"]) == ("262", "98")
    assert sum(len(pair.old) for pair in found.pairs) == 215
    assert sum(len(pair.new) for pair in found.pairs) == 262
