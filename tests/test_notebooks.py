"""Every notebook runs from top to bottom on a fresh data folder, and shows what it says it shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

REASON = "needs the extra: pip install 'qianche[notebooks]'"
nbformat = pytest.importorskip("nbformat", reason=REASON)
nbclient = pytest.importorskip("nbclient", reason=REASON)
for needed in ("ipykernel", "matplotlib", "pandas"):
    pytest.importorskip(needed, reason=REASON)

FOLDER = Path(__file__).parent.parent / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
ONLY_LATIN_FONTS = """
from matplotlib import font_manager
font_manager.fontManager.ttflist = [f for f in font_manager.fontManager.ttflist if f.name == "DejaVu Sans"]
"""

Run = Callable[..., Any]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """Executes a notebook once, after `first` if given; all share one data folder, empty before the first run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QIANCHE_HOME", str(tmp_path_factory.mktemp("home")))
        patch.delenv("MPLBACKEND", raising=False)  # the kernel draws into the notebook

        @cache
        def execute(path: Path, first: str = "") -> Any:
            notebook = nbformat.read(path, as_version=4)
            notebook.cells.insert(0, nbformat.v4.new_code_cell(first))
            nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3").execute(cwd=FOLDER)
            return notebook

        yield execute


@pytest.fixture(scope="module")
def first_look(run: Run) -> Any:
    return run(FOLDER / "first_look.ipynb")


def outputs(notebook: Any) -> Iterator[Any]:
    for cell in notebook.cells:
        yield from cell.get("outputs", ())


def printed(notebook: Any) -> str:
    return "".join(o["text"] for o in outputs(notebook) if o.get("name") == "stdout")


def warned(notebook: Any) -> str:
    return "".join(o["text"] for o in outputs(notebook) if o.get("name") == "stderr")


def pictures(notebook: Any) -> int:
    return sum("image/png" in o.get("data", {}) for o in outputs(notebook))


def test_the_folder_has_the_first_look() -> None:
    assert "first_look.ipynb" in {path.name for path in NOTEBOOKS}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_kept_without_outputs(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert code
    assert all(not cell.outputs and cell.execution_count is None for cell in code)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_from_top_to_bottom(run: Run, path: Path) -> None:
    assert printed(run(path))


def test_the_first_look_plots_all_723_accidents_by_year_and_by_class(first_look: Any) -> None:
    """The figures are counted in the data files: 72 records begin with 2023, 79 have 其他爆炸."""
    text = printed(first_look)
    assert "共 723 起事故" in text
    assert "按年份：图中合计 723 起，最多的是 2023 年，72 起" in text
    assert "按类别：图中合计 723 起，最多的是其他爆炸，79 起" in text
    assert pictures(first_look) == 2


def test_the_first_look_finds_the_fire_that_welding_lit_and_the_article_on_hot_work(first_look: Any) -> None:
    """Shanghai 2010: welding slag on polyurethane foam; 消防法 §21 is the one on open fire and welders."""
    text = printed(first_look)
    assert "检索方式： 字词\n" in text
    assert "2010-11-15 上海市静安区胶州路公寓大楼“11·15”特别重大火灾事故" in text
    assert "《中华人民共和国消防法》第二十一条（现行，" in text


def test_the_first_look_draws_no_empty_boxes_for_chinese(first_look: Any) -> None:
    assert "missing from" not in warned(first_look)


def test_the_first_look_is_readable_where_no_chinese_font_is_installed(run: Run) -> None:
    notebook = run(FOLDER / "first_look.ipynb", ONLY_LATIN_FONTS)
    assert "missing from" not in warned(notebook)
    assert pictures(notebook) == 2
    assert "没有中文字体" in printed(notebook)
    assert "\n1 其他爆炸\n2 中毒和窒息\n3 冒顶片帮\n" in printed(notebook)
