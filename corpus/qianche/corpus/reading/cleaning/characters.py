"""Step 1, characters: marks without width, printed entities, literal `\\n`, full-width and look-alike forms."""

from __future__ import annotations

import html
import re
import unicodedata

from qianche.corpus.reading.cleaning.character_tables import BREAKS, LINE_HYPHENS, STANDS_FOR, ZERO_WIDTH

# Matches &nbsp; &#160; &amp;nbsp;; not R&D;, which stands for nothing.
_ENTITY = re.compile(r"&(?:amp;)*(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,8}[0-9]?);")
# Matches \n as two characters after Chinese or at an end, \u3000 as six; not C:\new.
_LITERAL = re.compile(r"(?<![A-Za-z:\\])(?:\\[nrt])+|(?:\\[nrt])+(?![A-Za-z\\])|(?:\\u3000|\\xa0)+")
_BREAK = re.compile(f"\r\n?|[{BREAKS}]")
# Matches the soft hyphen in "exam\u00ad" at the end of a line; not one inside a line.
_LINE_HYPHEN = re.compile(f"(?<=[A-Za-z])[{LINE_HYPHENS}](?=\\s*(?:\n|$))")
# Control characters, marks without width, halves of surrogate pairs and code points that are no characters.
_MARK = re.compile(f"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff{ZERO_WIDTH}]")
# Matches ⒉ and ⒉., ⑴ and (⑴), ㈠; not ①, which a text may keep as it is.
_NUMBERED = re.compile(r"([⒈-⒛])[.．]?|[(（]([⑴-⒇])[)）]|([⑴-⒇])|([㈠-㈩])")
# Matches the dot in 1．概况, the dash in AQ1020－2008; not the ones between Chinese characters.
_FULL_WIDTH_SIGN = re.compile(r"(?<=[0-9A-Za-z])[．－／＋＝]|[．－／＋＝](?=[0-9A-Za-z])")
# 巿 (fú, a sash) for 市 after a place, as in 青河巿; not in the name 徐巿, nor by itself.
_SASH = re.compile(r"(?<=[\u4e00-\u9fff])(?<!徐)巿")
_PLAIN = re.compile(
    r"[\n\x20-\x25\x27-\x5b\x5d-\x7e\u2018-\u201d\u3000-\u3011\u4e00-\u5dfe\u5e00-\u9fff，。；：（）！？]*"
)


def repair(text: str) -> tuple[str, str]:
    r"""Return the text with every character as what it stands for, and the artifacts that were dropped.

    Line ends of any kind and literal `\n` become "\n"; entities that stand for a visible character become that
    character; spaces keep their places (step 2 decides), a leading U+3000 its form.
    """
    if _PLAIN.fullmatch(text):
        return text, ""
    dropped: list[str] = []
    text = _entities(text, dropped)
    text = _LITERAL.sub(lambda match: _literal(match, dropped), text)
    text = _BREAK.sub("\n", text)
    text = _LINE_HYPHEN.sub("-", text)
    text = _MARK.sub(lambda match: _drop(match[0], dropped), text)
    text = _NUMBERED.sub(_numbered, text)
    text = text.translate(STANDS_FOR)
    text = _FULL_WIDTH_SIGN.sub(lambda match: chr(ord(match[0]) - 0xFEE0), text)
    return _SASH.sub("市", text), "".join(dropped)


def _entities(text: str, dropped: list[str]) -> str:
    """Return the text without printed entities, also where one was escaped several times."""
    while "&" in text:
        decoded = _ENTITY.sub(lambda match: _entity(match[0], dropped), text)
        if decoded == text:
            break
        text = decoded
    return text


def _entity(entity: str, dropped: list[str]) -> str:
    """Return what one entity stands for; one that shows nothing is dropped, leaving its space or break."""
    name = re.sub(r"^&(?:amp;)*(?=.)", "&", entity) if entity != "&amp;" else entity
    shown = html.unescape(name)
    if shown == name:
        return entity
    visible = _MARK.sub("", shown)
    if visible.strip():
        return visible
    dropped.append(entity)
    return visible


def _literal(match: re.Match[str], dropped: list[str]) -> str:
    """Return the break or space that a printed escape meant."""
    dropped.append(match[0])
    return "\n" if r"\n" in match[0] or r"\r" in match[0] else " "


def _drop(mark: str, dropped: list[str]) -> str:
    """Return nothing, and note the mark."""
    dropped.append(mark)
    return ""


def _numbered(match: re.Match[str]) -> str:
    """Return an enclosed number in plain characters: 2. (1) （一）."""
    plain = unicodedata.normalize("NFKC", next(group for group in match.groups() if group))
    return plain.replace("(", "（").replace(")", "）") if match[4] else plain
