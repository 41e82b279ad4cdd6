"""Words of imported files as pages show them: cut to a readable length, with the place they stand at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from urllib.parse import urlencode

from markupsafe import Markup, escape

from qianche.corpus.errors import NotFound
from qianche.corpus.reading.document import Document
from qianche.indexing.importing import Importer
from qianche.indexing.importing.evidence import FieldEvidence
from qianche.indexing.importing.records import Source
from qianche.service.pages.display import marked
from qianche.service.places import around

MOST_SHOWN = 240
"""Characters of a value or quote on a page that is not its source: a file may hold a word of 100 kB."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A quote, escaped, and the address of the page it stands on."""

    text: Markup
    address: str
    page: int


class Shelf:
    """Sources and texts that one page needs, each fetched once."""

    def __init__(self, importer: Importer) -> None:
        self._importer = importer
        self._sources: dict[str, Source | None] = {}
        self._documents: dict[str, Document] = {}

    def source(self, sha256: str) -> Source | None:
        """Return a source, None for one that was removed."""
        if sha256 not in self._sources:
            try:
                self._sources[sha256] = self._importer.source(sha256)
            except NotFound:
                self._sources[sha256] = None
        return self._sources[sha256]

    def name(self, sha256: str) -> str:
        """Return the name of a file as shown."""
        source = self.source(sha256)
        return clipped(source.names[0], 80) if source else "（已撤回的文件）"

    def document(self, sha256: str) -> Document:
        """Return the text of a source."""
        if sha256 not in self._documents:
            self._documents[sha256] = self._importer.document(sha256)
        return self._documents[sha256]

    def quote(self, sha256: str, start: int, end: int) -> Quote:
        """Return the words of a span, marked, with some around them."""
        document = self.document(sha256)
        page = document.page_at(start)
        near, last = around(document, start, end), min(end, start + MOST_SHOWN)
        after = near.end if last == end else last
        whole = marked(document.text[near.start : after], [(start - near.start, last - near.start)])
        shown = Markup("").join(
            ("…" if near.more_before else "", whole, "…" if last < end or near.more_after else "")
        )
        return Quote(shown, quote_address(sha256, page, start, end), page)


def told_in(said: FieldEvidence) -> Quote:
    """Return the words that state a value, alone and unmarked, cut where they are long."""
    address = quote_address(said.source, said.page, said.start, said.end)
    return Quote(escape(clipped(said.quote)), address, said.page)


def quote_address(sha256: str, page: int, start: int, end: int) -> str:
    """Return the address of a page of a source that leads to a quote and marks it."""
    return f"/sources/{sha256}?{urlencode({'page': page, 'start': start, 'end': end})}#quote"


def clipped(text: str, most: int = MOST_SHOWN) -> str:
    """Return a text of at most so many characters; what is cut is said."""
    return text if len(text) <= most else f"{text[:most]}…（共 {len(text)} 字）"


def local_time(moment: str) -> Markup:
    """Return a time as a person here reads it, in the zone of this machine."""
    there = datetime.fromisoformat(moment)
    return Markup('<time datetime="{}">{}</time>').format(moment, f"{there.astimezone():%Y-%m-%d %H:%M}")


def size_text(size: int) -> str:
    """Return a file's size as a person reads it: 512 字节, 20 KB, 3.4 MB."""
    if size < 1024:
        return f"{size} 字节"
    return f"{size / 1024:.0f} KB" if size < 1024**2 else f"{size / 1024**2:.1f} MB"


def anchor(identifier: str) -> str:
    """Return an id for a place on a page that any identifier can stand behind."""
    return f"at-{blake2b(identifier.encode(), digest_size=6).hexdigest()}"
