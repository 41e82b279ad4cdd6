"""Raw pages become one clean document with anchors; every repair of what files do to a text lives here."""

from __future__ import annotations

from qianche.corpus.reading.cleaning.pipeline import clean

__all__ = ["clean"]
