"""Shapes of standing on a day, and of what took the place of what."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from qianche.service.responses.found import Wire


class Link(Wire):
    """所代替的或代替它的规定；登记表没有时只有 label。"""

    rule_id: str | None
    version_id: str | None
    title: str | None
    number: str | None
    version_date: str | None
    effective_from: str | None
    verified_label: str | None
    confirmed: bool = Field(description="为 false 时只是可能，待核。")
    label: str


class DateSource(Wire):
    """日期的出处；url 为 null 时是文本或数据，没有网址。"""

    label: str
    url: str | None
    linkable: bool = Field(description="是否为可以直接链接的官方网站。")


class Standing(Wire):
    """查询日的效力及其缘由。"""

    version_id: str
    status: str
    reason: Literal["in-force", "not-issued", "not-yet", "revised", "repealed", "unknown", "gap", "earlier"]
    since: str | None
    until: str | None = Field(description="适用的最后一天；两个版本之间的空档时，是后一版本的施行日期。")
    by: Link | None
    doubts: list[Link] = Field(description="可能已经代替它的规定。")
    label: str
