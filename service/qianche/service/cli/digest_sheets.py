"""Digests for people: a few lines on a card, the whole of one on a sheet, a table of contents made of them."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.text import Text

from qianche.corpus.rules import ForceStatus
from qianche.service import labels
from qianche.service.cli.output import DIM, STRONG, WARN, grid, joined, marked, plain, put

Content = dict[str, Any]
_ALARM = "bold white on red"


def major_hazard_badge(label: str | None) -> Text:
    """Return what a match of an item of judging criteria means, empty for any other provision."""
    if label is None:
        return Text()
    alarming = label == labels.MAJOR_HAZARD_LABELS[ForceStatus.IN_FORCE]
    return plain(f"[{label}]", _ALARM if alarming else WARN)


def print_in_brief(console: Console, digest: Content, evidence: list[Content], indent: int) -> None:
    """Print the gist, the way of saying it that the query hit, and whom it binds."""
    hit = {passage["part"]: passage for passage in evidence}
    gist = marked(hit["gist"]["text"], hit["gist"]["marks"]) if "gist" in hit else plain(digest["gist"])
    put(console, Text.assemble((f"{labels.DIGEST_IN_BRIEF}：", STRONG), gist), indent)
    if passage := hit.get("said_as"):
        said = marked(passage["text"], passage["marks"])
        put(console, Text.assemble((f"{passage['part_label']}：", STRONG), said), indent)
    put(console, _words(digest), indent)


def print_digest(console: Console, digest: Content) -> None:
    """Print the whole of a digest, as `wire.digests.digest_record` has it."""
    put(console, Text())
    put(console, plain(f"{digest['place_label']} · {digest['label']}", STRONG))
    if badge := major_hazard_badge(digest["major_hazard_label"]):
        put(console, Text.assemble(badge, " ", plain(digest["citation"])), 2)
    put(console, plain(digest["gist"]), 2)
    put(console, _words(digest), 2)
    for phrase in digest["said_as"]:
        put(console, Text.assemble((f"{labels.PART_LABELS['said_as']}：", DIM), plain(phrase)), 2)
    if digest["penalties"]:
        put(console, plain(f"罚则：{'、'.join(place['place_label'] for place in digest['penalties'])}"), 2)
    put(console, joined((
        digest["basis_label"], f"{digest['read_on']} 查阅" if digest["read_on"] else None,
        labels.read_in(digest["basis"], digest["source"]),
    )), 2)  # fmt: skip


def print_contents(console: Console, contents: Content | None) -> None:
    """Print the provisions of a version without text, where digests tell of any."""
    if contents is None:
        return
    put(console, plain(f"\n{contents['label']}", STRONG))
    put(console, grid((line["place_label"], line["gist"]) for line in contents["lines"]))


def _words(digest: Content) -> Text:
    """Whom the provision binds and which hazards it is about, on one line."""
    named = (("责任主体", digest["duty_holders"]), ("隐患", digest["hazards"]))
    return joined(f"{name}：{'、'.join(words)}" for name, words in named if words)
