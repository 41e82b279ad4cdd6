"""Shapes of a rule's history and of coming changes."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from qianche.service.responses.found import Wire
from qianche.service.responses.rules import Version, VersionInHistory
from qianche.service.responses.standing import Link, Standing


class RuleHistory(Wire):
    """一部法规的版本沿革，从旧到新；predecessors 和 successors 是前后相承的其他规定，从近到远。"""

    id: str
    title: str
    level: str
    as_of: str
    standing: Standing
    versions: list[VersionInHistory]
    predecessors: list[Link]
    successors: list[Link]


class Coming(Wire):
    """一项将要发生的变化；day 为 null 时施行日期不详。"""

    kind: Literal["new", "revision", "end", "undated"]
    kind_label: str
    day: str | None
    days: int | None = Field(description="距查询日的天数。")
    label: str
    rule_id: str
    title: str
    level: str
    sectors: list[str]
    version: Version
    verified_label: str | None = Field(description="施行日期的依据。")
    in_place_of: list[Link]
    ended_by: Link | None
    note: str | None


class Upcoming(Wire):
    """查询日已经决定、此后生效的变化，按日期排列；登记表登记到 recorded_until 为止。"""

    as_of: str
    recorded_until: str
    total: int
    changes: list[Coming]
