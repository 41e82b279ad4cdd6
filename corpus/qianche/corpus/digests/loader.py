"""The bundled digests: one TOML file a rule, checked as it is read."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from qianche.corpus.digests.digest import DUTY_HOLDERS, Digest, Hazard
from qianche.corpus.errors import BadRecord
from qianche.corpus.register import Register
from qianche.corpus.rules import ArticleNumber
from qianche.corpus.schemes import GB6441_1986
from qianche.corpus.statutes.numerals import article_label, to_chinese

HAZARDS_FILE = "hazards.toml"
ARTICLES = "articles"
MAJOR_HAZARDS = "major_hazards"
NUMBERINGS = ("article", "item", "section", "clause")
"""How a rule numbers its provisions: by 条, as one list of 项, by sections 一、（一）, by clauses 4.6."""
BRANCHES = ("人的因素", "物的因素", "环境因素", "管理因素")
"""The four branches of GB/T 13861."""
_PLACE = re.compile(r"(?P<article>\d+(?:-\d+)?)(?:\.(?P<item>\d+))?")
_REQUIRED = frozenset({"no", "gist", "said_as", "duty_holder", "hazards"})
_OPTIONAL = frozenset({"penalty"})
_EVIDENCE = frozenset({"text", "page", "memory"})


class Digests:
    """All digests by article id, in the order of the files."""

    def __init__(self, digests: Mapping[str, Digest], hazards: Mapping[str, Hazard]) -> None:
        self._digests = dict(digests)
        self.hazards = dict(hazards)
        self._by_version: dict[str, list[Digest]] = {}
        for digest in self._digests.values():
            self._by_version.setdefault(digest.version_id, []).append(digest)

    def __len__(self) -> int:
        """Return the number of digests."""
        return len(self._digests)

    def __iter__(self) -> Iterator[Digest]:
        """Yield the digests rule by rule."""
        return iter(self._digests.values())

    def get(self, article_id: str) -> Digest | None:
        """Return the digest of an article, None where there is none."""
        return self._digests.get(article_id)

    def of_version(self, version_id: str) -> tuple[Digest, ...]:
        """Return the digests of a version in the order of its file."""
        return tuple(self._by_version.get(version_id, ()))


def load_digests(register: Register, folder: Traversable | None = None) -> Digests:
    """Return the digests, each checked by itself and against the register.

    Args:
        register: must have every version named.
        folder: where hazards.toml, articles/ and major_hazards/ lie; default: the bundled ones.

    Raises:
        BadRecord: a file is no TOML, an entry breaks the schema, or a phrase stands twice in one rule; the message
            names file and entry.
    """
    folder = folder if folder is not None else files("qianche.corpus.digests")
    hazards = _read_hazards(folder)
    found: dict[str, Digest] = {}
    for name in (ARTICLES, MAJOR_HAZARDS):
        for file in sorted(folder.joinpath(name).iterdir(), key=lambda file: file.name):
            if file.name.endswith(".toml"):
                for digest in _read_file(file, register, hazards, major_hazard=name == MAJOR_HAZARDS):
                    if digest.article_id in found:
                        raise BadRecord(f"{file.name}：{digest.label}的要旨写了两次。请合并。")
                    found[digest.article_id] = digest
    return Digests(found, hazards)


def _read_hazards(folder: Traversable) -> dict[str, Hazard]:
    hazards: dict[str, Hazard] = {}
    for entry in _toml(folder.joinpath(HAZARDS_FILE))["hazard"]:
        hazard = Hazard(
            entry["name"], entry["branch"], tuple(entry["accident_types"]), tuple(entry.get("also", ()))
        )
        if hazard.name in hazards or hazard.branch not in BRANCHES:
            raise BadRecord(f"{HAZARDS_FILE}：“{hazard.name}”重复，或分支“{hazard.branch}”不在四类之中。")
        if unknown := [t for t in hazard.accident_types if t not in GB6441_1986]:
            raise BadRecord(f"{HAZARDS_FILE}：“{hazard.name}”的事故类别“{unknown[0]}”不在 GB 6441 的类别中。")
        hazards[hazard.name] = hazard
    return hazards


def _read_file(
    file: Traversable, register: Register, hazards: Mapping[str, Hazard], *, major_hazard: bool
) -> Iterator[Digest]:
    data = _toml(file)
    version_id = f"{data['rule']}@{data['version']}"
    known = {version.version_id for version in register.versions()}
    if version_id not in known:
        raise BadRecord(f"{file.name}：版本“{version_id}”不在登记表中。请改正 rule 和 version。")
    if data["basis"] not in _EVIDENCE:
        raise BadRecord(f"{file.name}：basis “{data['basis']}”不认识。可选：text、page、memory。")
    if (numbering := data.get("numbering", "article")) not in NUMBERINGS:
        raise BadRecord(f"{file.name}：numbering “{numbering}”不认识。可选：{'、'.join(NUMBERINGS)}。")
    said: dict[str, str] = {}
    for entry in data["article"]:
        digest = _digest(entry, data, version_id, f"{file.name} 的 {entry.get('no')}", hazards, major_hazard)
        for phrase in digest.said_as:
            if other := said.get(phrase):
                raise BadRecord(f"{file.name}：“{phrase}”既在{other}下又在{digest.label}下。请只留一处。")
            said[phrase] = digest.label
        yield digest


def _digest(
    entry: Mapping[str, Any],
    data: Mapping[str, Any],
    version_id: str,
    where: str,
    hazards: Mapping[str, Hazard],
    major_hazard: bool,
) -> Digest:
    if missing := _REQUIRED - set(entry):
        raise BadRecord(f"{where}：缺少 {'、'.join(sorted(missing))}。请补上。")
    if extra := set(entry) - _REQUIRED - _OPTIONAL:
        raise BadRecord(f"{where}：不认识 {'、'.join(sorted(extra))}。请删去或改正。")
    if unknown := [name for name in entry["duty_holder"] if name not in DUTY_HOLDERS]:
        raise BadRecord(f"{where}：责任主体“{unknown[0]}”不在表中。可选：{'、'.join(DUTY_HOLDERS)}。")
    if unknown := [name for name in entry["hazards"] if name not in hazards]:
        raise BadRecord(f"{where}：隐患“{unknown[0]}”不在 {HAZARDS_FILE} 中。请改正或在表中添加。")
    read_on = data.get("read_on")
    return Digest(
        version_id=version_id,
        place=entry["no"],
        label=place_label(entry["no"], data.get("numbering", "article"), where),
        gist=entry["gist"],
        said_as=tuple(entry["said_as"]),
        duty_holders=tuple(entry["duty_holder"]),
        hazards=tuple(entry["hazards"]),
        penalties=tuple(entry.get("penalty", ())),
        major_hazard=major_hazard,
        basis=data["basis"],
        source=data["source"],
        read_on=read_on if isinstance(read_on, date) else None,
    )


def place_label(place: str, numbering: str = "article", where: str = "") -> str:
    """Return how a place is cited: 第三十六条 for 36, and for 3.1, by the numbering of its rule (`NUMBERINGS`):

    `article` 第三条第（一）项, `item` 第三项, `section` 三、（一）, `clause` 3.1.

    Raises:
        BadRecord: the place is of no such form; `where` names the entry.
    """
    match = _PLACE.fullmatch(place)
    if match is None:
        raise BadRecord(f"{where}：条号“{place}”不认识。请写作 36、134-1 或 3.1。")
    item = to_chinese(int(match["item"])) if match["item"] else ""
    number = ArticleNumber.from_slug(match["article"])
    if numbering == "clause":
        return place
    if numbering == "item":
        return f"第{to_chinese(number.main)}项"
    if numbering == "section":
        return f"{to_chinese(number.main)}、" + (f"（{item}）" if item else "")
    return article_label(number) + (f"第（{item}）项" if item else "")


def _toml(file: Traversable) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadRecord(f"{file.name}：无法读取（{error}）。请改正。") from error
