"""The bundled casebook: data files under `cases/`, checked whenever they are read."""

from __future__ import annotations

from qianche.corpus.casebook.loader import load_casebook, read_cases
from qianche.corpus.casebook.schema import case_from_payload, case_to_payload

__all__ = ["case_from_payload", "case_to_payload", "load_casebook", "read_cases"]
