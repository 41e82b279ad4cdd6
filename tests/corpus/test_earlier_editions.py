"""Rules of which an older act or edition is known that is not in the register: its days are 效力待核, not 尚未施行.

The older editions are as known to the trade; nothing but that they existed is taken from them.
"""

from __future__ import annotations

from datetime import date

import pytest

from qianche.corpus.register import Register
from qianche.corpus.register.standing import earlier_unlisted, rule_standing, standing_of, version_standing
from qianche.corpus.rules import ForceStatus

# Rule, the older edition, a day on which it applied.
OLDER = """
criminal-law                        刑法 1979                              1990-01-01
environmental-protection-law        环境保护法（试行）1979                 1985-06-01
forest-fire-regulation              森林防火条例 1988                      2000-06-01
inland-water-traffic-regulation     内河交通安全管理条例 1986              1995-06-01
occupational-disease-diagnosis-rules 职业病诊断与鉴定管理办法 2013         2015-06-01
safety-violation-penalty-rules      国家安全生产监管局令第1号，2003        2005-06-01
safety-training-management-rules    国家安全生产监管局令第20号，2004       2008-06-01
hazchem-producer-licence-rules      国家安全生产监管局令第10号，2004       2008-06-01
noncoal-licence-rules               国家安全生产监管局令第9号，2004        2008-06-01
coal-licence-rules                  国家安全生产监管局令第8号，2004        2010-06-01
fireworks-producer-licence-rules    国家安全生产监管局令第11号，2004       2010-06-01
fireworks-trade-licence-rules       总局令第7号，2006                      2010-06-01
hazchem-trade-licence-rules         国家经贸委令第36号，2002               2008-06-01
hazchem-registration-rules          国家经贸委令第35号，2002               2008-06-01
road-accident-procedure-rules       公安部令第70号，2004                   2006-06-01
fire-inspection-rules               公安部令第73号，2004                   2006-06-01
fire-investigation-rules            公安部令第37号，1999                   2005-06-01
entertainment-fire-rules            公安部令第22号，1995                   1997-06-01
road-hazmat-rules                   交通部令2005年第9号                    2010-06-01
port-hazmat-rules                   交通运输部令2012年第9号                2015-06-01
passenger-road-rules                交通部令2005年第10号                   2015-06-01
highway-waterway-works-safety-rules 交通部令2007年第1号                    2010-06-01
water-accident-statistics-rules     交通部令2002年第5号                    2010-06-01
coal-gas-outburst-rules             防治煤与瓦斯突出细则 1995              2000-06-01
gb-3608                             GB 3608-1993                           2000-06-01
gb-12158                            GB 12158-2006                          2015-06-01
gb-13861                            GB 13861-1992                          2000-06-01
gb-13869                            GB/T 13869-2008                        2015-06-01
gb-6222                             GB 6222-1986                           2000-06-01
gb-12710                            GB 12710-1991                          2000-06-01
gb-12801                            GB 12801-1991                          2000-06-01
gb-6722                             GB 6722-1986                           2000-06-01
gb-15577                            GB 15577-1995                          2000-06-01
gb-12142                            GB 12142-1989                          2000-06-01
gb-4053-1                           GB 4053.1-1993                         2000-06-01
gb-4053-2                           GB 4053.2-1993                         2000-06-01
gb-4053-3                           GB 4053.3-1993                         2000-06-01
gb-7258                             GB 7258-2004                           2008-06-01
gb-4754                             GB/T 4754-2002                         2008-06-01
gb-15603                            GB 15603-1995                          2015-06-01
gb-16423                            GB 16423-1996                          2000-06-01
gb-50016                            GBJ 16-87                              2000-06-01
jgj-59                              JGJ 59-99                              2008-06-01
jgj-46                              JGJ 46-88                              2000-06-01
jgj-80                              JGJ 80-91                              2010-06-01
jgj-130                             JGJ 130-2001                           2008-06-01
aq-1029                             AQ 1029-2007                           2015-06-01
aq-9007                             AQ/T 9007-2011                         2015-06-01
shandong-safety-regulation          山东省安全生产条例 2006                2010-06-01
zhejiang-safety-regulation          浙江省安全生产条例 2006                2010-06-01
henan-safety-regulation             河南省安全生产条例 2010                2015-06-01
shanghai-safety-regulation          上海市安全生产条例 2005                2008-06-01
"""
ROWS = [(line.split()[0], date.fromisoformat(line.split()[-1])) for line in OLDER.strip().splitlines()]


@pytest.mark.parametrize(("rule_id", "day"), ROWS)
def test_the_day_of_an_older_edition_is_unknown_and_the_first_version_itself_not_yet_in_force(
    register: Register, rule_id: str, day: date
) -> None:
    rule = register.rule(rule_id)
    standing = rule_standing(rule, day)
    assert (standing.status, standing.reason) == (ForceStatus.UNKNOWN, "earlier")
    first = rule.versions[0]
    assert standing.version is first and standing_of(rule, first, day) == standing
    assert version_standing(first, day).status is first.status(day) is ForceStatus.NOT_YET


def test_a_note_may_hold_both_marks(register: Register) -> None:
    note = register.rule("forest-fire-regulation").versions[0].note
    assert note.startswith("更早的版本未登记。止日推定")


def test_the_marked_rules_are_these_and_the_eight_marked_before(register: Register) -> None:
    marked = {rule.rule_id for rule in register if earlier_unlisted(rule)}
    assert marked == {rule_id for rule_id, _ in ROWS} | {
        "civil-aviation-law", "trade-union-law", "highway-law", "solid-waste-law", "air-pollution-law",
        "coal-mine-safety-code", "gb-18218", "beijing-safety-regulation",
    }  # fmt: skip


def test_a_rule_that_is_the_first_of_its_title_is_not_in_force_before_it(register: Register) -> None:
    standing = rule_standing(register.rule("work-safety-law"), date(2002, 10, 31))
    assert standing.status is ForceStatus.NOT_YET
