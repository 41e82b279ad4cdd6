"""The register of rules: which versions exist, when each applies, and how well that is known."""

from __future__ import annotations

from qianche.corpus.register.loader import Register, load_register
from qianche.corpus.register.payload import rule_from_payload, rule_to_payload

__all__ = ["Register", "load_register", "rule_from_payload", "rule_to_payload"]
