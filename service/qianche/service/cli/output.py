"""Where output goes: text for people, JSON for programs, progress on stderr."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from pydantic_core import to_json
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.progress import (
    BarColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from qianche.service.validation import clean

PATIENCE = 1.0
"""Seconds before a progress bar appears; what takes less needs none."""
_UNWRAPPED = 100_000
"""Columns where stdout is no terminal: a program that reads lines must not meet a line cut in two."""
_TABLE_WIDTH = 100
"""Columns of a table where stdout is no terminal and COLUMNS says nothing: people read it in a pager or a file."""
MARK, DIM, STRONG, WARN = "bold black on yellow", "dim", "bold", "yellow"


def screen() -> Console:
    """Return the console for people; into a file or pipe it writes no colour and wraps nothing."""
    console = Console(highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console = Console(highlight=False, markup=False, emoji=False, width=_UNWRAPPED, color_system=None)
    return console


def print_json(content: Any) -> None:
    """Print as JSON, in UTF-8 whatever the terminal speaks, and nothing else."""
    sys.stdout.flush()
    sys.stdout.buffer.write(to_json(content, indent=2) + b"\n")
    sys.stdout.buffer.flush()


def plain(text: str, style: str = "") -> Text:
    """Return the text of a record or a query, free of what would steer the terminal."""
    return Text(clean(text.replace("\t", " ")), style=style)


def marked(text: str, marks: Iterable[Sequence[int]]) -> Text:
    """Return the text with the half-open spans highlighted."""
    shown = plain(text)
    for start, end in marks:
        shown.stylize(MARK, start, end)
    return shown


def joined(pieces: Iterable[str | Text | None], separator: str = " · ", style: str = DIM) -> Text:
    """Return the pieces that are not empty on one line."""
    texts = [plain(p, style) if isinstance(p, str) else p for p in pieces if p]
    return Text(separator, style=style).join(texts)


def put(console: Console, content: RenderableType, indent: int = 0) -> None:
    """Print, indented by so many columns, also where a line wraps; a table is never wider than `table_width`."""
    width = table_width() if isinstance(content, Table) and not console.is_terminal else None
    console.print(Padding.indent(content, indent) if indent else content, width=width)


def table_width() -> int:
    """Return the columns of a table that goes into a file or pipe."""
    given = os.environ.get("COLUMNS", "")
    return int(given) if given.isdecimal() and int(given) > 0 else _TABLE_WIDTH


def grid(rows: Iterable[tuple[str, str | Text]]) -> Table:
    """Return names and values side by side; a long value wraps within its column."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style=STRONG, no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in rows:
        table.add_row(name, plain(value) if isinstance(value, str) else value)
    return table


class Waiting:
    """A progress bar that appears on stderr when something takes longer than `PATIENCE`.

    Call it with (what is being done, done, total), as `KnowledgeBase.build` does. Where stderr is no
    terminal, each thing that is begun is told on one line instead.
    """

    def __init__(self, what: str) -> None:
        console = Console(stderr=True, highlight=False, markup=False, emoji=False)
        self._live = console.is_terminal
        self._console = console
        self._bar = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TextColumn("{task.fields[count]}"),
            TimeRemainingColumn(compact=True),
            console=console,
            transient=True,
        )
        self._what = what
        self._task = self._bar.add_task(what, total=None, count="")
        self._lock = threading.Lock()
        self._over = self._shown = False
        self._timer = threading.Timer(PATIENCE, self._show)
        self._timer.daemon = True

    def __call__(self, what: str, done: int, total: int, detail: str = "") -> None:
        """Tell how far it is; `detail` (a file's name) changes often and is shown on a terminal alone."""
        if what != self._what:
            self._what = what
            self._bar.reset(self._task)
            if not self._live and done < total:
                self._console.print(f"{what}，共 {total} 项……", soft_wrap=True)
        shown = f"{what} {clean(detail)}" if detail else what
        self._bar.update(self._task, description=shown, completed=done, total=total, count=f"{done}/{total}")

    def begin(self) -> None:
        """Start to wait."""
        if self._live:
            self._timer.start()

    def end(self) -> None:
        """Take the bar away."""
        with self._lock:
            self._over = True
            self._timer.cancel()
            if self._shown:
                self._bar.stop()

    def _show(self) -> None:
        """Show the bar unless it is over already."""
        with self._lock:
            if not self._over:
                self._shown = True
                self._bar.start()


@contextmanager
def waiting(what: str) -> Iterator[Waiting]:
    """Show a bar while the block runs, if it runs long."""
    shown = Waiting(what)
    shown.begin()
    try:
        yield shown
    finally:
        shown.end()
