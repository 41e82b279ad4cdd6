"""How the register names what a version took the place of, or what ended it."""

from __future__ import annotations

import re
from dataclasses import dataclass

UNCONFIRMED = " (not confirmed)"
_BETWEEN = "; "

# work-safety-law@2021-06-10, gb-12710@GB 12710-2008, aq-1008; not 总局令第89号, not AQ 2006-2005.
REFERENCE = re.compile(r"(?P<rule_id>[a-z0-9]+(?:-[a-z0-9]+)*)(?:@(?P<version>.+))?")


@dataclass(frozen=True, slots=True)
class Reference:
    """One thing named: `rule_id` is None where it is named in words only, such as 总局令第89号.

    `version` is the day of issue or the number after the `@`, None where the rule as such is named.
    """

    words: str
    rule_id: str | None
    version: str | None
    confirmed: bool
    """False where the register only assumes it."""


def read_references(text: str | None) -> tuple[Reference, ...]:
    """Return what `repealed_by` or `replaces` of a version names, in order.

    >>> [r.rule_id for r in read_references("aq-1008@2007-10-22; 总局令第89号")]
    ['aq-1008', None]
    """
    return tuple(_reference(part.strip()) for part in (text or "").split(_BETWEEN) if part.strip())


def _reference(part: str) -> Reference:
    """Return one reference."""
    words = part.removesuffix(UNCONFIRMED)
    found = REFERENCE.fullmatch(words)
    return Reference(
        words=words,
        rule_id=found["rule_id"] if found else None,
        version=found["version"] if found else None,
        confirmed=words == part,
    )
