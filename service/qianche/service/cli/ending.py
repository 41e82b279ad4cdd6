"""How a command ends: what was raised becomes one Chinese message on stderr and an exit code."""

from __future__ import annotations

import io
import logging
import os
import sys
from collections.abc import Callable
from typing import Any

import typer

from qianche.corpus.errors import BadRequest, QiancheError

COULD_NOT, ASKED_WRONGLY, INTERRUPTED = 1, 2, 130
Explain = Callable[[Exception], str | None]
"""Returns the message for an error of the command line itself, None for any other."""

log = logging.getLogger("qianche.service")


def guarded(work: Callable[[], Any], explain: Explain) -> int:
    """Return the exit code of the work; what it raised is told on stderr, never as a traceback."""
    _tolerant_streams()
    try:
        code = work()
        sys.stdout.flush()  # so that a closed pipe shows itself here and not while Python shuts down
    except (KeyboardInterrupt, typer.Abort):
        complain("已中断。")
        return INTERRUPTED
    except BrokenPipeError:
        return _close_quietly()
    except QiancheError as error:
        complain(told(error))
        return ASKED_WRONGLY if isinstance(error, BadRequest) else COULD_NOT
    except Exception as error:
        return _unforeseen(error, explain)
    if code == INTERRUPTED:  # typer turns the interrupt into this number
        complain("已中断。")
    return code if isinstance(code, int) else 0


def told(error: QiancheError) -> str:
    """Return the message of an error, its inputs named as the command line names them."""
    from qianche.service.cli.options import wrong_options

    return wrong_options(error) or error.message


def complain(message: str) -> None:
    """Print one message on stderr, red where that is a terminal."""
    from rich.console import Console

    from qianche.service.validation import clean

    console = Console(stderr=True, highlight=False, markup=False, emoji=False)
    console.print(clean(message), style="red", soft_wrap=True)


def _unforeseen(error: Exception, explain: Explain) -> int:
    """Tell of an error of the command line, or of one that nobody foresaw."""
    message = explain(error)
    if message is not None:
        complain(message)
        return ASKED_WRONGLY
    debug = os.environ.get("QIANCHE_LOG_LEVEL", "").strip().lower() == "debug"
    if debug:
        logging.basicConfig()
        log.error("unforeseen", exc_info=error)
    hint = "详情见上。" if debug else "请设置 QIANCHE_LOG_LEVEL=debug 再运行一次，把显示的详情告诉维护者。"
    complain(f"程序内部出错，没能完成。{hint}")
    return COULD_NOT


def _close_quietly() -> int:
    """Point stdout nowhere, for the reader of the pipe has gone and Python would complain at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    return COULD_NOT


def _tolerant_streams() -> None:
    """Let a character that the terminal's encoding lacks become a question mark instead of an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
