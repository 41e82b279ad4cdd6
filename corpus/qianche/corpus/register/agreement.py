"""Whether the lines of the register agree on what took the place of what, and on which day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from qianche.corpus.errors import BadRecord
from qianche.corpus.register.schema import Line
from qianche.corpus.register.succession import Succession
from qianche.corpus.rules import RuleVersion


def check_agreement(lines: Sequence[Line], versions: Sequence[RuleVersion], succession: Succession) -> None:
    """Check that `repealed_by` and `replaces` say the same from both sides where both are in the register.

    A successor whose first day is not known, or that is only assumed, may name a version that stays open.

    Args:
        lines: the checked lines.
        versions: the versions of these lines, in any order.
        succession: over all rules of the register.

    Raises:
        BadRecord: two lines contradict each other; the message names the line to look at first.
    """
    by_id = {version.version_id: version for version in versions}
    for line in lines:
        version = by_id[f"{line['rule_id']}@{line['version_date'] or 'undated'}"]
        _check_end(line, version, succession)
        _check_replaced(line, version, succession)


def _check_end(line: Line, version: RuleVersion, succession: Succession) -> None:
    """Reject an end that the version named as its cause does not tell, or tells of another day."""
    cause = succession.ended_by(version)
    if cause is None or cause.rule is None:
        return
    successor = cause.version or cause.rule.versions[0]
    if successor.version_id == version.version_id:
        raise BadRecord(f"{line.where}：repealed_by 指向本版本自己（{cause.words}）。请改正。")
    named = (link.version for link in succession.took_place_of(successor))
    if version.version_id not in {v.version_id for v in named if v is not None}:
        raise BadRecord(
            f"{line.where}：写明被“{cause.words}”代替，但该版本的 replaces 没有“{version.version_id}”。"
            "请把两处写成一致。"
        )
    first, last = successor.effective_from, version.effective_to
    if first is not None and last is not None and last + timedelta(days=1) != first:
        raise BadRecord(
            f"{line.where}：effective_to（{last}）不是“{cause.words}”施行日（{first}）的前一天。请核对日期。"
        )


def _check_replaced(line: Line, version: RuleVersion, succession: Succession) -> None:
    """Reject a claim to have taken the place of a version that does not say so itself."""
    for link in succession.took_place_of(version):
        replaced = link.version
        if replaced is None or not link.confirmed:
            continue
        if replaced.repealed_by is None and replaced.effective_to is None and version.effective_from is None:
            continue
        cause = succession.ended_by(replaced)
        said = cause is not None and cause.rule is not None and cause.rule.rule_id == version.rule_id
        if not said or (cause and cause.version and cause.version.version_id != version.version_id):
            raise BadRecord(
                f"{line.where}：replaces 写明代替“{link.words}”，但该版本的 repealed_by 是"
                f"“{replaced.repealed_by or '空'}”。请把两处写成一致；不能确定时在 replaces 后加 (not confirmed)。"
            )
