"""Records become an index, a query becomes ranked hits."""

from __future__ import annotations

import os

# Haystack reads this once, when it is first imported: nothing is sent, no ~/.haystack is written.
os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"
