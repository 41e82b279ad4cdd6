"""Search results for people: a card a hit, with how far everything on it is known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rich.console import Console
from rich.text import Text

from qianche.corpus.casebook.labels import LESSONS
from qianche.indexing.search.answer import Kind
from qianche.service import labels
from qianche.service.cli.digest_sheets import major_hazard_badge, print_in_brief
from qianche.service.cli.output import DIM, STRONG, WARN, joined, marked, plain, put

Content = dict[str, Any]
OURS = ("lessons", "failed_barriers", "management_failures")
"""Parts of a bundled case that are our own reading, not findings."""
_STATUS_STYLES = {"现行": "green", "已被修订": "red", "已废止": "red", "尚未施行": WARN, "效力待核": WARN}
_BEGINNING = 120
"""Characters of an article shown where no sentence of it stands out."""


def print_answer(console: Console, answer: Content) -> None:
    """Print everything a search found, as `wire.search_answer` has it."""
    _print_reading(console, answer)
    for notice in answer["notice"]:
        put(console, plain(f"提示：{notice['text']}", WARN))
    if answer["register_notice"]:
        put(console, plain(f"提示：{answer['register_notice']}", WARN))
    sections: tuple[tuple[Kind, str, Callable[[Console, Content], None]], ...] = (
        ("case", "cases", _print_case),
        ("rule", "rules", _print_rule),
    )
    for kind, hits, show in sections:
        if kind not in answer["totals"]:
            continue
        found = answer[hits]
        total = f"显示 {len(found)} 条，相近的共 {answer['totals'][kind]} 条" if found else "没有相近的"
        put(console, Text())
        put(console, Text.assemble((f"【{labels.KIND_LABELS[kind]}】", "bold cyan"), (total, DIM)))
        for hit in found:
            show(console, hit)
    if answer["cases"] or answer["rules"]:
        put(console, Text())
        put(console, plain("看全文：`qianche show 编号`", DIM))


def status_badge(status: str, label: str) -> Text:
    """Return the status of a version with its dates, in the colour of the status."""
    return plain(f"[{label}]", _STATUS_STYLES[status])


def part_name(part: str, label: str, record: Content) -> str:
    """Return the name of a part with what must be known of it: whose reading, where a cause comes from."""
    if part in OURS and record["origin"] == "bundled" and not by_hand(record, part):
        return f"{label}（{LESSONS}）"
    return f"{label}（{record['cause_basis_label']}）" if part == "direct_cause" else label


def conflict_of(record: Content, field: str) -> str:
    """Return what to show in the place of a field that is in conflict, "" where it is not: 数据有出入（3／4）."""
    return next((str(c["values_label"]) for c in record["conflicts"] if c["field"] == field), "")


def by_hand(record: Content, field: str) -> str:
    """Return who gave the value of a field, "" where no person did: （更正：李四）."""
    return next((f"（更正：{c['who']}）" for c in record["corrected"] if c["field"] == field), "")


def grade_line(record: Content) -> str:
    """Return the grade with its basis, the grades in conflict, or "" where there is none."""
    label = record["grade"]["label"] if record["grade"] else conflict_of(record, "grade")
    return label + by_hand(record, "grade") if label else ""


def classes_line(record: Content) -> str:
    """Return the accident classes: each with its value, or what a person has to choose from."""
    return "、".join(dict.fromkeys(c["value"] or c["label"] for c in record["accident_classes"]))


def _print_reading(console: Console, answer: Content) -> None:
    """Print what was understood of the query."""
    query = answer["query"]
    fired = "；".join(f"{e['found']}→{'、'.join(e['terms'])}" for e in query["expansions"])
    engines = "、".join(labels.LEG_LABELS[e] for e in query["engines"])
    put(console, joined((
        f"按 {answer['as_of']} 的法规",
        f"关键词：{'、'.join(query['key_terms'])}" if query["key_terms"] else None,
        f"词表：{fired}" if fired else None,
        f"检索方式：{engines}",
    )))  # fmt: skip


def _print_case(console: Console, hit: Content) -> None:
    """Print the card of a case."""
    put(console, Text())
    label = hit["grade"]["label"] if hit["grade"] else conflict_of(hit, "grade")
    grade = f"  [{label}]" if label else ""
    put(console, Text.assemble((f"{hit['rank']}. ", STRONG), plain(hit["name"], STRONG), plain(grade, "red")))
    put(console, joined((
        hit["date"], hit["place"]["label"], hit["sector"], hit["work_kind"], classes_line(hit),
        hit["toll_label"], hit["numbers_label"],
    ), style=""), 3)  # fmt: skip
    for passage in hit["evidence"]:
        _print_passage(console, part_name(passage["part"], passage["part_label"], hit), passage)
    put(console, joined((hit["record_label"], hit["cause_basis_label"], *_reasons(hit))), 3)
    put(console, plain(f"编号 {hit['id']}", DIM), 3)


def _print_rule(console: Console, hit: Content) -> None:
    """Print the card of an article, of a digest in place of one, or of a rule that was found by its title."""
    put(console, Text())
    badge = status_badge(hit["status"], hit["status_label"])
    alarm = major_hazard_badge(hit["major_hazard_label"])
    put(console, Text.assemble(
        (f"{hit['rank']}. ", STRONG), plain(hit["citation"], STRONG), "  ", alarm, "  " if alarm else "", badge
    ))  # fmt: skip
    rule = hit["rule"]
    path = " › ".join(hit["path"])
    grade = hit["dates_grade_label"] and f"日期{hit['dates_grade_label']}"
    put(console, joined((rule["level"], rule["number"], path, grade)), 3)
    if hit["text_label"]:
        put(console, plain(hit["text_label"], WARN), 3)
    other = hit["stand_in"]
    digest = hit["digest"]
    if other:
        article, [digest] = other["article"], other["digests"] or [None]
        place = article["label"] if article else digest["place_label"]
        put(console, plain(
            f"{other['label']}：{other['version']['issued_label']}的版本"
            f"（{other['version']['status']}）{place}", WARN,
        ), 3)  # fmt: skip
        if digest and (alarm := major_hazard_badge(digest["major_hazard_label"])):
            put(console, alarm, 3)
    scope = hit["scope"]
    if scope and all(passage["part"] != "scope" for passage in hit["evidence"]):
        put(console, plain(f"{scope['label']}：{scope['what']}"), 3)
    for passage in hit["evidence"] if hit["text"] or other or scope else ():
        _print_passage(console, passage["part_label"], passage)
    if hit["text"] and not hit["evidence"]:
        text = hit["text"].replace("\n", " ")
        put(console, plain(text[:_BEGINNING] + ("…" if len(text) > _BEGINNING else "")), 3)
    if digest:
        print_in_brief(console, digest, hit["digest_evidence"], 3)
    if hit["note"]:
        put(console, plain(f"注：{hit['note']}", WARN), 3)
    put(console, joined(_reasons(hit)), 3)
    put(console, plain(f"编号 {hit['id']}", DIM), 3)


def _print_passage(console: Console, name: str, passage: Content) -> None:
    """Print an evidence passage with its matches highlighted."""
    put(console, Text.assemble((f"{name}：", STRONG), marked(passage["text"], passage["marks"])), 3)


def _reasons(hit: Content) -> list[str]:
    """Return why it was found: matched words, and its rank in each leg."""
    words = [f"命中：{'、'.join(hit['matched_words'])}"] if hit["matched_words"] else []
    return [*words, *(f"{labels.LEG_LABELS[leg['leg']]}第 {leg['rank']}" for leg in hit["legs"])]
