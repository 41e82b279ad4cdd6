"""The command line: one file a group of commands, and `main`, which the installed `qianche` calls."""

from __future__ import annotations

import os
import sys

# Haystack reports every pipeline run to its makers unless told not to, before it is first imported.
os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"


def main() -> None:
    """Run one command and end the process: 0 done, 1 could not, 2 asked wrongly, 130 interrupted."""
    try:
        # Imported here so that an interrupt while Python still reads modules ends as quietly as a later one.
        from qianche.service.cli.program import app

        app(prog_name="qianche")
    except KeyboardInterrupt:
        sys.exit(130)
