"""Which encoding a file of text is in: UTF-8, UTF-16, GB18030 and Big5 told apart, short files too."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass

from qianche.corpus.reading.problems import Unreadable

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
CANDIDATES = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
"""Encodings weighed where no mark and no valid UTF-8 decides; the earlier wins a tie."""
GREATER_SETS = {
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030", "gb_2312-80": "gb18030",
    "hz-gb-2312": "hz", "big5": "big5hkscs", "cp950": "big5hkscs", "x-x-big5": "big5hkscs",
}  # fmt: skip
"""A page that declares the small set is usually written with the great one."""
UNTRUSTED = frozenset({"ascii", "us-ascii", "iso-8859-1", "latin-1", "latin1", "windows-1252", "cp1252"})
"""Declared by default, not by knowledge: every byte string is valid in them."""

FREQUENT = frozenset(
    "的一是在不了有和人这中大为上个国以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民"
    "得经之进着等部度家电力里如水化高自二理起小物现加量都两体制机当使点从业本去把性好应开合还因由其些然前外天政四日那社事平形"
    "相全表间样与关各重新线内数正心反你明看原又利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题程"
    "安故监督管责任施规章款项单位报告调查死亡受伤经济损失元万省市县区号令煤矿火灾爆炸企业危险品操作人员设备检验员省局厅"
    "這個為國時來們會發動說產種麼過對後學經進著當從業開還應點間與關線數見變條沒結問無實現體電氣車長門東兩書員號區縣團廠險礦災傷"
    "，。、；：？！（）《》〈〉〔〕【】“”‘’—…·"
)
"""Characters every second of running Chinese text is one of, simplified and traditional."""
SAMPLE_BYTES = 65_536
LEAST_SCORE = 0.3
"""Right decodings of Chinese reach 0.6 to 0.9, wrong ones stay under 0.25 from a dozen characters on."""
LEAST_UTF16_SCORE = 0.45
"""Western text taken for UTF-16 stays under 0.3: half of the pairs of letters are some common character."""
MOST_ACCENTS = 0.3
"""Share of bytes above ASCII in Western text."""
MOST_UNREADABLE = 0.02
"""Share of characters that may be broken before the bytes are no text."""

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
"""Matches "\\x00"; not "\\t", "\\n", "\\f", nor "\\x1b"."""
_HIGH = re.compile(rb"[\x80-\xff]")
_PAIR = re.compile(rb"[\x81-\xfe][\x80-\xfe]")
"""Matches two bytes of 安 in GB18030; not the single byte of é in "café"."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text of a file. `unreadable` characters stand as U+FFFD; `warnings` are Chinese sentences about it."""

    text: str
    encoding: str
    unreadable: int = 0
    warnings: tuple[str, ...] = ()


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Return the text of the bytes, without byte order mark.

    Order: byte order mark; NUL bytes of UTF-16; valid UTF-8; the encoding that the file declares, when all bytes
    fit; the candidate that gives the likeliest Chinese; line by line, for files pasted together from several
    encodings.

    Args:
        data: the bytes.
        declared: name of an encoding that the file or its sender gives, believed only when all bytes fit.

    Raises:
        Unreadable: `unknown-format` when the bytes are no text in any of them.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _checked(data[len(mark) :].decode(encoding, errors="replace"), encoding)
    decoders = (_utf16_with_nul, _utf8, lambda given: _declared(given, declared), _western, _likeliest)
    for decoder in decoders:
        decoded = decoder(data)
        if decoded is not None:
            return _checked(*decoded)
    return _by_line(data)


def decode_head(data: bytes, size: int = 4096) -> str:
    """Return the first characters of a file for a look at its kind, in whatever encoding fits; never fails."""
    head = data[:size]
    for mark, encoding in BYTE_ORDER_MARKS:
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, errors="replace")
    order = _utf16_order(head)
    return head.decode(order if order else "utf-8", errors="replace")


def _strict(data: bytes, encoding: str) -> str | None:
    """Return the decoded text, None where a byte does not fit or the encoding is unknown."""
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _utf16_order(data: bytes) -> str | None:
    """Return the byte order of UTF-16 without a mark, seen by which half of its units is NUL."""
    high = data[0:SAMPLE_BYTES:2].count(0)
    low = data[1:SAMPLE_BYTES:2].count(0)
    if max(high, low) == 0 or min(high, low) * 20 > max(high, low):
        return None
    return "utf-16-be" if high > low else "utf-16-le"


def _utf16_with_nul(data: bytes) -> tuple[str, str] | None:
    """Return UTF-16 text that holds at least one character below U+0100, such as a newline."""
    order = _utf16_order(data)
    text = _strict(data, order) if order else None
    return (text, order) if text is not None and order and _is_likely(text) else None


def _utf8(data: bytes) -> tuple[str, str] | None:
    """Return valid UTF-8; other encodings of Chinese are practically never valid UTF-8."""
    text = _strict(data, "utf-8")
    return (text, "utf-8") if text is not None else None


def _declared(data: bytes, declared: str | None) -> tuple[str, str] | None:
    """Return the text in the encoding that the file itself declares, where every byte fits."""
    name = (declared or "").strip().strip("\"'").lower()
    if not name or name in UNTRUSTED or name.startswith("utf-8"):
        return None
    encoding = GREATER_SETS.get(name, name)
    text = _strict(data, encoding)
    return (text, encoding) if text is not None else None


def _western(data: bytes) -> tuple[str, str] | None:
    """Return Western text: no two bytes of a Chinese character stand side by side."""
    sample = data[:SAMPLE_BYTES]
    if _PAIR.search(data) or len(_HIGH.findall(sample)) > MOST_ACCENTS * len(sample):
        return None
    if len(data) % 2 == 0 and _best(sample, ("utf-16-le", "utf-16-be"))[2] >= LEAST_UTF16_SCORE:
        return None
    text = _strict(data, "cp1252")
    return (text, "cp1252") if text is not None else None


def _likeliest(data: bytes) -> tuple[str, str] | None:
    """Return the text in the candidate that gives the likeliest Chinese, where every byte fits."""
    _, encoding, score = _best(data[:SAMPLE_BYTES], CANDIDATES)
    if score < LEAST_SCORE:
        return None
    text = _strict(data, encoding)
    return (text, encoding) if text is not None else None


def _best(data: bytes, encodings: Sequence[str]) -> tuple[str, str, float]:
    """Return text, encoding and score of the candidate that scores best."""
    texts = [(data.decode(encoding, errors="replace"), encoding) for encoding in encodings]
    return max(((text, encoding, _score(text)) for text, encoding in texts), key=lambda found: found[2])


def _score(text: str) -> float:
    """Return how much the non-ASCII characters look like Chinese: 1 frequent, ½ common, 0 rare; 0..1."""
    characters = [character for character in text if character > "\x7f" and character != "\u3000"]
    if not characters:
        return 0.0
    points = sum(1.0 if c in FREQUENT else 0.5 if _is_common(c) else 0.0 for c in characters)
    return points / len(characters)


def _is_common(character: str) -> bool:
    """Return whether GB 2312 or the first level of Big5 holds the character."""
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        pass
    else:
        return True
    try:
        return character.encode("big5")[0] <= 0xC6  # where the first level ends
    except UnicodeEncodeError:
        return False


def _is_likely(text: str) -> bool:
    """Return whether the beginning of a text is ASCII or likely Chinese."""
    sample = text[:2000]
    return sample.isascii() or _score(sample) >= LEAST_SCORE


def _by_line(data: bytes) -> Decoded:
    """Return text decoded line by line, or fail where that is no text either."""
    if len(data) > SAMPLE_BYTES:
        _by_line(data[:SAMPLE_BYTES])  # refuses 50 MB of noise within a second
    lines = [_decode_line(line) for line in data.split(b"\n")]
    text = "\n".join(line for line, _ in lines)
    if not _is_likely(text.replace("\ufffd", "")):
        raise _no_text()
    encodings = sorted({name for _, name in lines if name != "ascii"})
    if len(encodings) < 2:
        return _checked(text, "".join(encodings) or "ascii")
    names = "、".join(name.upper() for name in encodings)
    warning = f"文件混用 {names} 几种编码，已逐行辨认，请核对有无乱码。"
    return _checked(text, encodings[0], (warning,))


def _decode_line(line: bytes) -> tuple[str, str]:
    """Return one line and its encoding; bytes that fit nowhere become U+FFFD."""
    if line.isascii():
        return line.decode("ascii"), "ascii"
    text = _strict(line, "utf-8")
    if text is not None:
        return text, "utf-8"
    text, encoding, _ = _best(line, ("utf-8", "gb18030", "big5hkscs"))
    return text, encoding


def _checked(text: str, encoding: str, warnings: tuple[str, ...] = ()) -> Decoded:
    """Return decoded text with control characters as U+FFFD, or refuse what is no text."""
    text = text.removesuffix("\x1a")  # end mark of DOS files
    clean, _ = _CONTROL.subn("\ufffd", text)
    unreadable = clean.count("\ufffd")
    if unreadable > max(MOST_UNREADABLE * len(clean), 1):
        raise _no_text()
    if unreadable:
        warnings = (*warnings, f"有 {unreadable} 处字节无法辨认，以“\ufffd”代替，请对照原文件核对。")
    return Decoded(clean, encoding, unreadable, warnings)


def _no_text() -> Unreadable:
    """Return the error for bytes that are no text."""
    message = "文件内容不是可辨认的文字（不是 UTF-8、UTF-16、GB18030 或 Big5）。请确认文件没有损坏，或另存为 UTF-8 文本后再导入。"
    return Unreadable(message, "unknown-format")
