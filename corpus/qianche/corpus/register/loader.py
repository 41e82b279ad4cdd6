"""The register of rules: every version with its dates and evidence, checked as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from importlib.resources.abc import Traversable

from qianche.corpus.errors import BadRecord, NotFound
from qianche.corpus.register.agreement import check_agreement
from qianche.corpus.register.references import read_references
from qianche.corpus.register.review import CORE_FILE, CoreReview, SectorReview, read_core, read_sectors
from qianche.corpus.register.schema import TEXT_PACKAGE, Line, read_line
from qianche.corpus.register.succession import Succession, version_named
from qianche.corpus.rules import Evidence, Rule, RuleVersion

REGISTER_FILE = "register.jsonl"


class Register:
    """All rules in the order of the file; looks rules and versions up by id."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self._rules = {rule.rule_id: rule for rule in rules}
        self._versions = {v.version_id: v for rule in rules for v in rule.versions}

    def __iter__(self) -> Iterator[Rule]:
        """Yield the rules in the order of the file."""
        return iter(self._rules.values())

    def __len__(self) -> int:
        """Return the number of rules."""
        return len(self._rules)

    def versions(self) -> tuple[RuleVersion, ...]:
        """Return all versions, rule by rule, oldest first."""
        return tuple(self._versions.values())

    def rule(self, rule_id: str) -> Rule:
        """Return the rule of an id.

        Raises:
            NotFound: the register has no such rule.
        """
        try:
            return self._rules[rule_id]
        except KeyError:
            raise NotFound(f"规定“{rule_id}”不在登记表中。请核对编号，或按名称、文号检索。") from None

    def version(self, version_id: str) -> RuleVersion:
        """Return the version of an id such as `work-safety-law@2021-06-10`.

        Raises:
            NotFound: the register has no such version.
        """
        try:
            return self._versions[version_id]
        except KeyError:
            raise NotFound(f"规定版本“{version_id}”不在登记表中。请核对编号，或按名称、文号检索。") from None

    def resolve(self, reference: str) -> RuleVersion | Rule | None:
        """Return what `repealed_by` or one part of `replaces` names.

        A reference is `rule_id@version_date`, `rule_id@number` or a bare `rule_id`; None for one in words,
        such as 总局令第89号, that names nothing in the register.
        """
        (named,) = read_references(reference)
        rule = self._rules.get(named.rule_id or "")
        if rule is None or named.version is None:
            return rule
        return version_named(rule, named.version)


def load_register(folder: Traversable | None = None) -> Register:
    """Return the register with the reviewed marks applied.

    Args:
        folder: where register.jsonl, sectors.toml and core.toml lie; default: the bundled ones.

    Raises:
        BadRecord: a line breaks the schema, contradicts another line, or is not covered by the review files;
            the message names file and line.
    """
    folder = folder if folder is not None else files("qianche.corpus.register")
    sectors, core = read_sectors(folder), read_core(folder)
    lines = _read_lines(folder)
    groups: dict[str, list[Line]] = {}
    for line in lines:
        if unknown := [s for s in line["sectors"] if not sectors.knows(s)]:
            raise BadRecord(
                f"{line.where}：sectors 不认识“{unknown[0]}”。请改正，或在 sectors.toml 中写明归属。"
            )
        groups.setdefault(line["rule_id"], []).append(line)
    _check_reviewed(groups, sectors, core)
    register = _with_end_grades(Register(tuple(_rule(group, sectors, core) for group in groups.values())))
    for line in lines:
        _check_references(line, register)
    check_agreement(lines, register.versions(), Succession(register))
    for version_id in core.articles:
        if version_id not in {v.version_id for v in register.versions()}:
            raise BadRecord(f"{CORE_FILE}：条号范围所属的版本“{version_id}”不在登记表中。请改正。")
    return register


def _read_lines(folder: Traversable) -> list[Line]:
    """Return the checked lines of the register."""
    try:
        text = folder.joinpath(REGISTER_FILE).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadRecord(f"{REGISTER_FILE}：无法读取（{error}）。请重新安装本软件。") from error
    return [
        read_line(line, f"{REGISTER_FILE} 第 {number} 行")
        for number, line in enumerate(text.split("\n"), 1)
        if line.strip()
    ]


def _check_reviewed(groups: dict[str, list[Line]], sectors: SectorReview, core: CoreReview) -> None:
    """Reject a rule without a core mark, and marks of rules that are not there."""
    judged = core.core | core.not_core | set(core.amending)
    for rule_id, group in groups.items():
        if rule_id not in judged:
            raise BadRecord(f"{group[0].where}：“{rule_id}”没有核心标记。请在 {CORE_FILE} 中判定。")
    strangers = sorted((judged | set(sectors.rules) | set(core.amending.values())) - set(groups))
    if strangers:
        raise BadRecord(f"{CORE_FILE} 或 sectors.toml：“{strangers[0]}”不在登记表中。请改正。")


def _rule(lines: list[Line], sectors: SectorReview, core: CoreReview) -> Rule:
    """Return the rule of its lines, oldest first."""
    first = lines[0]
    rule_id = first["rule_id"]
    for line in lines[1:]:
        for name in ("level", "sectors", "short_titles"):
            if line[name] != first[name]:
                raise BadRecord(f"{line.where}：{name} 与同一规定的第一行（{first.where}）不同。请写成一致。")
    amends = core.amending.get(rule_id)
    versions = tuple(_version(line, core, has_articles=amends is None) for line in lines)
    _check_intervals(lines, versions)
    register_sectors = tuple(first["sectors"])
    return Rule(
        rule_id=rule_id,
        short_titles=tuple(first["short_titles"]),
        register_sectors=register_sectors,
        sectors=sectors.sectors(rule_id, register_sectors),
        core=rule_id in core.core,
        versions=versions,
        amends=amends,
    )


def _version(line: Line, core: CoreReview, *, has_articles: bool) -> RuleVersion:
    """Return the version of a line; an amending act has no text, its clauses live on in the act it amends."""
    copied = (
        "rule_id", "title", "level", "issuer", "number", "version_date", "effective_from", "effective_to",
        "repealed_by", "replaces", "verified", "version_date_verified", "evidence", "note",
    )  # fmt: skip
    held = has_articles and line["text_available"] == TEXT_PACKAGE
    version = RuleVersion(
        **{name: line[name] for name in copied},
        article_count=line["articles"],
        text_source=TEXT_PACKAGE if held else None,
    )
    return replace(version, core_articles=core.articles.get(version.version_id))


def _with_end_grades(register: Register) -> Register:
    """Return the register with the grade of every last day filled in."""
    succession = Succession(register)
    return Register(
        tuple(
            replace(
                rule,
                versions=tuple(replace(v, end_verified=_end_grade(v, succession)) for v in rule.versions),
            )
            for rule in register
        )
    )


def _end_grade(version: RuleVersion, succession: Succession) -> Evidence | None:
    """Return how well a last day is known: as the first day of what followed, else as the line where it is from memory."""
    if version.effective_to is None:
        return None
    cause = succession.ended_by(version)
    if cause is not None and cause.rule is not None:
        return (cause.version or cause.rule.versions[0]).verified
    return "memory" if version.verified == "memory" else None


def _check_intervals(lines: list[Line], versions: tuple[RuleVersion, ...]) -> None:
    """Reject versions of one rule that repeat, overlap, stand out of order, or are open twice."""
    seen: set[str] = set()
    for i, (line, version) in enumerate(zip(lines, versions, strict=True)):
        if version.version_id in seen:
            raise BadRecord(f"{line.where}：版本“{version.version_id}”登记了两次。请删去一行。")
        seen.add(version.version_id)
        if i == 0:
            continue
        before, last = versions[i - 1], versions[i - 1].effective_to
        if last is None:
            raise BadRecord(
                f"{line.where}：前一版本（{before.version_id}）没有 effective_to，"
                "同一规定只能有最后一个版本不写。请补上前一版本的最后一天。"
            )
        start = version.effective_from
        if start is not None and start <= last:
            raise BadRecord(
                f"{line.where}：自 {start} 起的版本与前一版本（{before.version_id}，至 {last}）重叠。"
                "请核对日期。"
            )
        end = version.effective_to
        if start is None and end is not None and end <= last:
            raise BadRecord(f"{line.where}：止于 {end} 的版本排在止于 {last} 的版本之后。请按时间先后排列。")


def _check_references(line: Line, register: Register) -> None:
    """Reject references of the form rule_id@date that name nothing."""
    for named in (*read_references(line["repealed_by"]), *read_references(line["replaces"])):
        if named.rule_id is not None and register.resolve(named.words) is None:
            raise BadRecord(f"{line.where}：所指的“{named.words}”不在登记表中。请核对编号和日期。")
