"""Sources of dates as a reader sees them: no path of a machine, addresses as they are."""

from __future__ import annotations

import pytest

from qianche.corpus.register import Register
from qianche.corpus.register.evidence import date_sources


@pytest.mark.parametrize(
    ("version_id", "labels", "linkable"),
    [
        ("special-equipment-safety-law@2013-06-29", ["公开法规文本"], []),
        ("hazchem-safety-law@2025-12-27", ["本库所附法律文本", "www.shanwei.gov.cn"], ["www.shanwei.gov.cn"]),
        ("gb-3608@GB/T 3608-2008", [], []),
        ("aq-4228@2025-10-15", ["公开数据"], []),
        ("safety-criminal-link-2019@2019-04-16", ["www.360docs.net", "en.pkulaw.cn", "cnshxw.com"], []),
    ],
)
def test_a_version_names_its_sources(
    register: Register, version_id: str, labels: list[str], linkable: list[str]
) -> None:
    version = register.resolve(version_id)
    assert version is not None and hasattr(version, "evidence")
    found = date_sources(version)
    assert [source.label for source in found] == labels
    assert [source.label for source in found if source.linkable] == linkable


def test_no_source_shows_a_path_of_a_machine(register: Register) -> None:
    for version in register.versions():
        for source in date_sources(version):
            shown = f"{source.label} {source.url or ''}"
            for part in ("lawrefbook", "coalqa", "laws.db", "chemical_rag", "sx_home", ".jsonl", "shared/"):
                assert part not in shown, version.version_id
            if source.url is not None:
                assert source.url.startswith("http") and " " not in source.url


def test_every_date_with_a_grade_better_than_memory_has_a_source_to_show(register: Register) -> None:
    bare = [
        v.version_id
        for v in register.versions()
        if {v.verified, v.version_date_verified} != {"memory"} and not date_sources(v)
    ]
    assert bare == []
