"""Where the dates of a version come from, in words and addresses that a reader can use."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from qianche.corpus.casebook.sources import classify_locator
from qianche.corpus.rules import RuleVersion

STATUTE_PACKAGE = "本库所附法律文本"
PUBLIC_TEXT = "公开法规文本"
PUBLIC_DATA = "公开数据"

# https://www.gov.cn/a.htm, also where a closing bracket, a comma or a Chinese sign follows; not its words after a blank.
_ADDRESS = re.compile(r"https?://[^\s，。；、（）)]+")
_PACKAGE = re.compile(r"\blaws\.db\b")
# Files of collections of public texts, by the folder they lay in: lawrefbook/社会法/…, coalqa/8-….txt.
_TEXT = re.compile(r"\b(?:lawrefbook|coalqa|sx_home|chemical_rag|construction-safety-rag|firesage)/")
# github.com/…, knowledge/law-versions/….json, (public GitHub file, repository not recorded).
_DATA = re.compile(r"github\.com/|\bknowledge/law-versions/|\bdata/law-index\.json|\bGitHub\b")


@dataclass(frozen=True, slots=True)
class DateSource:
    """A source of the dates: `label` is what it is, a host for a page; `linkable` as for the sources of cases."""

    label: str
    url: str | None
    linkable: bool


def date_sources(version: RuleVersion) -> tuple[DateSource, ...]:
    """Return what the register's evidence names, each source once; empty where nothing was seen."""
    text = version.evidence
    found = {}
    rest = _ADDRESS.sub(" ", text)
    for label, pattern in ((STATUTE_PACKAGE, _PACKAGE), (PUBLIC_TEXT, _TEXT), (PUBLIC_DATA, _DATA)):
        if pattern.search(rest):
            found[label] = DateSource(label, None, False)
    for match in _ADDRESS.finditer(text):
        url = match[0].rstrip(".,;:")
        host = urlsplit(url).hostname or url
        found[url] = DateSource(host, url, classify_locator(url).linkable)
    return tuple(found.values())
