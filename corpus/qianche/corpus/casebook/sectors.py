"""Which sector a record of the bundled casebook belongs to: two reviewed tables, checked on every load."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from qianche.corpus.cases import Case
from qianche.corpus.errors import BadRecord

BY_INDUSTRY_FILE = "sector_by_industry.csv"
BY_CASE_FILE = "sector_by_case.csv"

SECTOR_FILES: Mapping[str, str] = MappingProxyType(
    {
        "煤矿": "coal-mines",
        "非煤矿山": "other-mines",
        "危险化学品": "hazardous-chemicals",
        "烟花爆竹": "fireworks",
        "民爆": "civil-explosives",
        "建筑施工": "construction",
        "道路运输": "road-transport",
        "水上交通": "water-transport",
        "渔业船舶": "fishing-vessels",
        "铁路民航": "railway-aviation",
        "消防": "fire-safety",
        "城镇燃气": "city-gas",
        "油气管道": "oil-gas-pipelines",
        "特种设备": "special-equipment",
        "电力": "electric-power",
        "工贸": "industry-and-trade",
        "农林旅游": "farming-forestry-tourism",
        "其他": "others",
    }
)
"""Sector to the name of its file under `cases/`, without `.jsonl`."""


@cache
def sector_by_industry() -> Mapping[str, str]:
    """Return the reviewed table from the source's free `industry` to a sector."""
    return _table(BY_INDUSTRY_FILE)


@cache
def sector_by_case() -> Mapping[str, str]:
    """Return the cases, by id, whose industry alone does not tell the sector."""
    return _table(BY_CASE_FILE)


def check_sector(case: Case) -> None:
    """Return nothing for a bundled case whose sector is the one of the reviewed tables.

    Raises:
        BadRecord: the industry is not in the table, or the sector is another.
    """
    expected = sector_by_case().get(case.case_id) or sector_by_industry().get(case.industry)
    if expected is None:
        raise BadRecord(f"行业“{case.industry}”不在对照表中。请在 {BY_INDUSTRY_FILE} 中补一行。")
    if expected != case.sector:
        raise BadRecord(
            f"行业领域“{case.sector}”与对照表不符：行业“{case.industry}”应为“{expected}”。"
            f"请更正；本案确实不同的，在 {BY_CASE_FILE} 中写明理由。"
        )


def _table(name: str) -> Mapping[str, str]:
    """First column to second; the third says why and is for the reviewer."""
    text = files("qianche.corpus.casebook").joinpath(name).read_text(encoding="utf-8")
    return MappingProxyType({row[0]: row[1] for row in list(csv.reader(text.splitlines()))[1:]})
