"""The wheel holds the three packages with their data, and nothing that would land elsewhere."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel_files(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Names in the wheel that this checkout builds."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT],
        check=True,
        capture_output=True,
    )
    [wheel] = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


def test_the_wheel_holds_one_namespace_and_no_top_level_corpus(wheel_files: list[str]) -> None:
    tops = {name.split("/")[0] for name in wheel_files}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"qianche"}
    second = {name.split("/")[1] for name in wheel_files if name.startswith("qianche/")}
    assert second == {"corpus", "indexing", "service"}
    assert "qianche/__init__.py" not in wheel_files


@pytest.mark.parametrize(
    "data",
    [
        "qianche/corpus/register/register.jsonl",
        "qianche/corpus/register/core.toml",
        "qianche/indexing/segmentation/dictionary.tsv",
        "qianche/indexing/segmentation/glossary.tsv",
        "qianche/indexing/search/calibration.json",
        "qianche/service/pages/templates/search.html",
        "qianche/service/pages/static/qianche.css",
    ],
)
def test_package_data_is_in_the_wheel(wheel_files: list[str], data: str) -> None:
    assert data in wheel_files


def test_every_data_file_of_the_packages_is_in_the_wheel(wheel_files: list[str]) -> None:
    shipped = set(wheel_files)
    for root in ("corpus", "indexing", "service"):
        for path in (ROOT / root).rglob("*"):
            if path.is_file() and not any(p == "__pycache__" or p[0] == "." for p in path.parts):
                assert path.relative_to(ROOT / root).as_posix() in shipped


def test_the_licence_and_the_notice_travel_with_the_wheel(wheel_files: list[str]) -> None:
    licences = {name.rsplit("/", 1)[1] for name in wheel_files if "/licenses/" in name}
    assert licences == {"LICENSE", "NOTICE"}


def test_both_readmes_give_the_same_commands() -> None:
    def commands(name: str) -> list[str]:
        lines = (ROOT / name).read_text("utf-8").splitlines()
        return [line for line in lines if line.startswith((".venv/bin/", "python3 -m venv", "curl "))]

    assert commands("README.md") == commands("README.zh-CN.md")
    assert len(commands("README.md")) == 11
