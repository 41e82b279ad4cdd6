"""One record on the whole screen: a case, a rule, an article, a list of rules, a text as it was cut."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from qianche.service import labels
from qianche.service.cli.cards import by_hand, conflict_of, grade_line, part_name, status_badge
from qianche.service.cli.digest_sheets import print_contents, print_digest
from qianche.service.cli.import_sheets import print_accounts
from qianche.service.cli.link_sheets import print_links
from qianche.service.cli.output import DIM, STRONG, WARN, grid, joined, plain, put

Content = dict[str, Any]
_PARTS = (
    "activity", "initiating_event", "direct_cause", "management_failures", "failed_barriers", "equipment",
    "substances", "lessons", "cited_rules",
)  # fmt: skip


_LEVELS = ("country", "province", "city", "county")


def print_case(console: Console, case: Content) -> None:
    """Print a whole case, as `wire.case_record` has it; what the record does not have is said."""
    _print_title(console, case["name"], plain(case["record_label"], WARN))
    put(console, grid(_case_facts(case)))
    for part in _PARTS:
        name = part_name(part, labels.part_label(part), case) if case[part] else labels.part_label(part)
        put(console, plain(f"\n{name}{by_hand(case, part)}", STRONG))
        if not case[part]:
            put(console, plain(conflict_of(case, part) or case["absent_label"], DIM), 2)
        elif isinstance(case[part], str):
            put(console, plain(case[part]), 2)
        else:
            for text in case[part]:
                put(console, plain(f"• {text}"), 2)
    put(console, plain("\n来源", STRONG))
    for source in case["provenance"]:
        put(console, joined((source["kind_label"], source["url"]), style=""), 2)
    if not case["provenance"]:
        put(console, plain(case["absent_label"], DIM), 2)
    put(console, joined((case["confidence_label"], case["cause_basis_label"])), 2)
    if case["note"]:
        put(console, plain(f"说明：{case['note']}"), 2)
    print_accounts(console, case.get("accounts", ()))


def _case_facts(case: Content) -> list[tuple[str, str]]:
    """Return the facts of a case that fit on a line each."""
    absent = case["absent_label"]
    classes = [f"{c['label']}〔{c['scheme_label']}〕" for c in case["accident_classes"]]
    time = case["time"] or f"（时刻{conflict_of(case, 'occurred_at') or absent}）"
    sector = conflict_of(case, "sector") or case["sector"]
    return [
        ("日期", f"{case['date']}{by_hand(case, 'occurred_on')} {time}{by_hand(case, 'occurred_at')}"),
        ("地点", case["place"]["label"] + "".join(by_hand(case, f"place.{level}") for level in _LEVELS)),
        ("行业领域", f"{sector}（{case['industry']}）{by_hand(case, 'sector')}"),
        ("作业类型", (conflict_of(case, "work_kind") or case["work_kind"]) + by_hand(case, "work_kind")),
        ("事故类别", "；".join(classes) or absent),
        ("事故等级", grade_line(case) or "未定级"),
        ("伤亡损失", "；".join(t for t in (case["toll_label"], case["numbers_label"]) if t)),
        ("编号", case["id"]),
    ]


def print_rule(console: Console, rule: Content) -> None:
    """Print a rule with its versions and the contents of the one shown, as `wire.rule_record` has it."""
    version = rule["version"]
    _print_title(console, f"《{version['title']}》", status_badge(version["status"], version["status_label"]))
    put(console, grid((
        ("效力级别", rule["level"]),
        ("文号", version["number"] or "不详"),
        ("发布机关", version["issuer"] or "不详"),
        ("行业领域", "、".join(rule["sectors"])),
        ("简称", "、".join(rule["short_titles"]) or "无"),
        ("范围", labels.SCOPE_LABELS["safety"] if rule["core"] else "其他领域（`--scope all` 才检索）"),
        ("施行日期", _dates(version)),
        (f"{rule['as_of']} 当日", _standing(rule)),
        ("编号", version["id"]),
    )))  # fmt: skip
    if scope := rule["scope"]:
        put(console, plain(f"\n{scope['label']}", STRONG))
        put(console, grid((
            ("管什么", scope["what"]), ("谁遵守", scope["whom"]), ("自何时", scope["since_label"]),
        )))  # fmt: skip
    if rule["text_label"]:
        put(console, plain(f"\n{rule['text_label']}", WARN))
    _print_versions(console, rule)
    for path, lines in groupby(rule["articles"], key=lambda line: line["path"]):
        put(console, plain(f"\n{' › '.join(path)}", STRONG))
        numbers = [f"{line['label']}{'（已删去）' if line['deleted'] else ''}" for line in lines]
        put(console, plain("  ".join(numbers)), 2)
    print_contents(console, rule["digest_contents"])
    if rule["articles"] or rule["digest_contents"]:
        put(console, plain(f"\n看条文：`qianche show {version['id']}/条号`", DIM))


def _dates(version: Content) -> str:
    """Return when a version applies, and how well its days are known."""
    grade = version["dates_grade_label"]
    return f"{version['dates_label']}{f'（{grade}）' if grade else ''}"


def _standing(rule: Content) -> str:
    """Return why the version shown stands as it does; that of the rule as such where it answers for the day."""
    standings = [rule["standing"], *(version["standing"] for version in rule["versions"])]
    label: str = next(s["label"] for s in standings if s["version_id"] == rule["version"]["id"])
    return label


def _print_versions(console: Console, rule: Content) -> None:
    """Print the versions, oldest first, with their status on the day asked for."""
    table = Table(title=f"全部版本（{rule['as_of']} 的状态）", title_justify="left", title_style=STRONG)
    for name in ("版本", "状态", "正文"):
        table.add_column(name, overflow="fold")
    for version in rule["versions"]:
        held = "已收录" if version["has_text"] else "未收录"
        badge = status_badge(version["status"], version["status_label"])
        table.add_row(plain(version["id"]), badge, held)
    put(console, Text())
    put(console, table)
    put(console, plain(f"看沿革：`qianche rules history {rule['id']}`", DIM))


def print_article(console: Console, view: Content) -> None:
    """Print an article as of a day, as `wire.article_view` has it."""
    version, article, digests = view["version"], view["article"], view["digests"]
    badge = status_badge(version["status"], version["status_label"])
    [named] = digests if len(digests) == 1 else [None]
    _print_title(console, (article or named or {"citation": f"《{version['title']}》"})["citation"], badge)
    put(console, joined((f"按 {view['as_of']} 的法规", *(article["path"] if article else ()))))
    if view["register_notice"]:
        put(console, plain(view["register_notice"], WARN))
    if view["notice"]:
        put(console, plain(view["notice"], WARN))
    if article:
        _print_text(console, article)
    for digest in digests:
        print_digest(console, digest)
    if other := view["stand_in"]:
        article = article or other["article"]
        _print_stand_in(console, other)
    put(console, Text())
    print_links(console, view)
    put(console, Text())
    near = (("上一条", view["previous"]), ("下一条", view["following"]))
    whose = (other or view)["version"]["id"]
    put(console, joined(f"{name} {whose}/{number}" for name, number in near if number))
    put(console, joined((
        version["number"], version["dates_grade_label"] and f"日期{version['dates_grade_label']}",
        f"编号 {(article or named or version)['id']}",
    )))  # fmt: skip


def _print_stand_in(console: Console, other: Content) -> None:
    """Print the article of the nearest version held, marked as not of the day."""
    held, article, digests = other["version"], other["article"], other["digests"]
    put(console, Text())
    _print_title(
        console,
        f"《{held['title']}》{article['label'] if article else digests[0]['place_label']}（{other['label']}）",
        status_badge(held["status"], held["status_label"]),
    )
    if article:
        _print_text(console, article)
    for digest in digests:
        print_digest(console, digest)


def _print_text(console: Console, article: Content) -> None:
    """Print the text of an article, and how it came to be as it is."""
    put(console, Text())
    put(console, plain("（已删去）" if article["deleted"] else article["text"]))
    if article["note"]:
        put(console, plain(f"注：{article['note']}", WARN))


def print_rules(console: Console, found: Content) -> None:
    """Print a list of rules with their status on the day asked for."""
    put(console, joined((f"按 {found['as_of']} 的法规", f"共 {found['total']} 部")))
    if found["register_notice"]:
        put(console, plain(found["register_notice"], WARN))
    for rule in found["rules"]:
        version = rule["version"]
        badge = status_badge(version["status"], version["status_label"])
        put(console, Text())
        put(console, Text.assemble(plain(f"《{rule['title']}》", STRONG), "  ", badge))
        held = None if version["has_text"] else "正文未收录"
        put(console, joined((rule["level"], version["number"], "、".join(rule["sectors"]), held)), 2)
        put(console, plain(f"编号 {version['id']}", DIM), 2)
    if not found["rules"]:
        put(
            console,
            plain("没有名称、简称或文号与之相符的法规。请换一种写法，或用 `qianche search` 查条文。", WARN),
        )


def print_segments(console: Console, report: Content) -> None:
    """Print how a text was cut, as `wire.segment_report` has it."""
    words = [f"{w['text']}〔{w['kind']}〕" if w["kind"] else w["text"] for w in report["words"]]
    fired = [f"{e['found']}→{'、'.join(e['terms'])}" for e in report["expansions"]]
    put(console, grid((
        ("统一写法", report["normalised"]),
        ("切分", " / ".join(words)),
        ("关键词", "、".join(report["key_terms"]) or "无"),
        ("词表", "；".join(fired) or "无"),
        ("索引词", " ".join(report["terms"])),
    )))  # fmt: skip


def _print_title(console: Console, title: str, under: Text) -> None:
    """Print a title with what must be known of the record right under it."""
    content = Text.assemble(plain(title, STRONG), "\n", under)
    put(console, Panel(content, expand=False) if console.is_terminal else content)
