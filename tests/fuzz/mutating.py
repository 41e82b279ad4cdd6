"""Valid files made wrong in many ways: bytes turned, cut, doubled and mixed, also inside the parts of a zip file."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Sequence

TOKENS: tuple[bytes, ...] = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\x1a", b"\x0c", b"\r", b"\t", b'"', b"'", b"<", b">", b"&", b"/>", b"<!--", b"]]>",
    b"&#0;", b"&#xD800;", b"{", b"}", b"[", b"]", b"\\u", b"\\ud800", b"-1", b"0", b"1", b"99999999999999999999", b"1e999",
    b"NaN", b"null", b"%PDF-", b"endobj", b"stream", b"PK\x03\x04", b"A1048576", b"XFD1", b"ZZZZ9", b'r="0"',
    b'w:val="-5"', b'w:val="99999999"', b'rowspan="99999"', b'colspan="-1"', b"<table><tr><td>", b"</td></tr></table>",
    b"<div>" * 50, b"xmlns", b"=?gb2312?B?", b"\n\n\n\n", b"|---|---|", b"```", b"\xb4\xf3\x81", "事故".encode("gb18030"),
    *(
        word.encode()
        for word in (
            "第一条", "（一）", "2021年2月30日", "造成", "人死亡", "万元", "《", "》", "一、", "\u200b\u00a0\u3000", "😀", "Ⅷ①⒉",
            "死亡人数",
        )
    ),
)  # fmt: skip
"""Pieces that formats and extraction give a meaning to."""
MOST_STEPS = 6
INSIDE = 0.75
"""Share of zip files that are changed inside a part, so that the archive itself stays whole."""

Step = Callable[[bytes, random.Random], bytes]


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Return the file with one or several changes; of a zip file usually inside its parts."""
    if data.startswith(b"PK\x03\x04") and chance.random() < INSIDE:
        return _inside(data, chance)
    return _changed(data, chance)


def _changed(data: bytes, chance: random.Random) -> bytes:
    """Return the bytes after one to several steps."""
    for _ in range(chance.randint(1, MOST_STEPS)):
        data = chance.choice(STEPS)(data, chance)
    return data


def _inside(data: bytes, chance: random.Random) -> bytes:
    """Return the zip file with one part changed, left out, or put in the place of another."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name, other = chance.choice(list(parts)), chance.choice(list(parts))
    fate = chance.random()
    if fate < 0.05:
        del parts[name]
    elif fate < 0.1:
        parts[name] = parts[other]
    else:
        parts[name] = _changed(parts[name], chance)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for part, content in parts.items():
            target.writestr(part, content)
    return stream.getvalue()


def _place(data: bytes, chance: random.Random) -> tuple[int, int]:
    """Return start and end of some stretch, mostly a short one."""
    start = chance.randint(0, len(data))
    length = chance.choice((1, 2, 4, 16, 64, 512, len(data)))
    return start, min(start + chance.randint(0, length), len(data))


def _turn(data: bytes, chance: random.Random) -> bytes:
    if not data:
        return data
    at = chance.randrange(len(data))
    return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]


def _flip(data: bytes, chance: random.Random) -> bytes:
    if not data:
        return data
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]


def _cut(data: bytes, chance: random.Random) -> bytes:
    start, end = _place(data, chance)
    return data[:start] + data[end:]


def _end(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randint(0, len(data))] if chance.random() < 0.3 else data


def _double(data: bytes, chance: random.Random) -> bytes:
    start, end = _place(data, chance)
    return data[:end] + data[start:end] * chance.choice((1, 1, 2, 30)) + data[end:]


def _move(data: bytes, chance: random.Random) -> bytes:
    start, end = _place(data, chance)
    rest = data[:start] + data[end:]
    at = chance.randint(0, len(rest))
    return rest[:at] + data[start:end] + rest[at:]


def _insert(data: bytes, chance: random.Random) -> bytes:
    at = chance.randint(0, len(data))
    return data[:at] + chance.choice(TOKENS) + data[at:]


def _replace(data: bytes, chance: random.Random) -> bytes:
    start, end = _place(data, chance)
    return data[:start] + chance.choice(TOKENS) + data[end:]


STEPS: Sequence[Step] = (_turn, _flip, _cut, _end, _double, _move, _insert, _insert, _replace)
