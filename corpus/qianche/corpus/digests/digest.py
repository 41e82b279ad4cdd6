"""What a digest holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qianche.corpus.rules import ArticleNumber, Evidence

DUTY_HOLDERS: tuple[str, ...] = (
    "生产经营单位", "主要负责人", "安全管理人员", "从业人员", "建设单位", "施工单位", "监理单位", "勘察设计单位", "承包方",
    "发包方", "出租方", "制造单位", "安装维修单位", "使用单位", "检验检测机构", "中介服务机构", "运输单位", "驾驶人",
    "船舶所有人", "船长船员", "管理部门", "监管部门", "地方政府", "消防救援机构", "业主和物业", "任何单位和个人", "医疗机构",
    "承办单位", "销售单位", "充装单位", "托运人", "寄递企业", "港口经营人", "化工园区", "劳务派遣单位", "村居委会", "乘客",
    "工会", "行业组织", "学校", "司法机关", "应急救援队伍", "评估鉴定机构",
)  # fmt: skip
"""Whom an article binds; one closed list for all acts."""


def place_order(place: str) -> tuple[ArticleNumber, int]:
    """Return article and item of a place such as 36, 134-1 or 3.1, in the order of the text; item 0 is the article."""
    article, _, item = place.partition(".")
    return ArticleNumber.from_slug(article), int(item or 0)


@dataclass(frozen=True, slots=True)
class Hazard:
    """A kind of hazard of the product's own list.

    `branch` is the branch of GB/T 13861 (人的因素, 物的因素, 环境因素, 管理因素); `accident_types` are of GB/T 6441-1986.
    """

    name: str
    branch: str
    accident_types: tuple[str, ...]
    also: tuple[str, ...] = ()
    """Other words for the same."""


@dataclass(frozen=True, slots=True)
class Digest:
    """One provision in everyday words: 要旨, the product's own and no text of the law.

    `place` is the number in an article id (`36`, `134-1`); of an item of judging criteria also 款 or 项 (`3.1`).
    `said_as` are the ways in which people on site describe the hazard or the breach. `source`, `read_on` and
    `basis` say where the provision was read: in the statute text held, in a file, or on a page.
    """

    version_id: str
    place: str
    label: str
    """As it is cited: 第三十六条, 第三条第（一）项."""
    gist: str
    said_as: tuple[str, ...]
    duty_holders: tuple[str, ...]
    hazards: tuple[str, ...]
    penalties: tuple[str, ...]
    """Places of the same version that punish the breach."""
    major_hazard: bool
    """An item by which 重大事故隐患 is judged."""
    basis: Evidence
    source: str
    read_on: date | None

    @property
    def article_id(self) -> str:
        """`{version_id}/{place}`: the id of the article, where its text is held."""
        return f"{self.version_id}/{self.place}"

    @property
    def digest_id(self) -> str:
        """`{version_id}:{place}`: the id under which the digest itself is found, where no text is held."""
        return f"{self.version_id}:{self.place}"
