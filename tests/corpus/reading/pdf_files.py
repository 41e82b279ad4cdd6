"""Small PDF files written by hand, so that a test knows every character and where it stands.

Fonts: `song` is the standard Chinese font, not embedded; `drawn` is embedded (Type 3, every glyph a box) with a
ToUnicode map; `unmapped` is the same without the map, as programs write it whose text cannot be copied.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

PASSWORD_PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
FILE_ID = bytes(range(16))


@dataclass(frozen=True, slots=True)
class Text:
    """Characters on one baseline; `x`, `y` from the lower left corner, in points; one character is one em wide."""

    text: str
    x: float
    y: float
    size: float = 12
    font: str = "song"


@dataclass(frozen=True, slots=True)
class Picture:
    """A grey picture, `pixels` row by row from the top, shown over the given rectangle."""

    width: int
    height: int
    pixels: bytes
    x: float = 0
    y: float = 0
    shown_width: float = 595
    shown_height: float = 842


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page, A4 unless told."""

    items: Sequence[Text | Picture]
    rotate: int = 0
    width: int = 595
    height: int = 842


def lines(
    texts: Sequence[str], *, x: float = 72, top: float = 770, step: float = 20, size: float = 12
) -> list[Text]:
    """Return texts below one another."""
    return [Text(text, x, top - step * row, size) for row, text in enumerate(texts)]


def pdf_file(sheets: Sequence[Sheet], *, user_password: str | None = None) -> bytes:
    """Return a PDF file; with `user_password` it is encrypted ("" asks for none: only changes are forbidden)."""
    drawn = "".join(
        sorted(
            {c for s in sheets for i in s.items if isinstance(i, Text) and i.font != "song" for c in i.text}
        )
    )
    writer = _Writer(user_password)
    pages_id = writer.reserve()
    fonts = {"song": writer.add(_SONG)} | {
        name: _drawn_font(writer, drawn, mapped=name == "drawn") for name in ("drawn", "unmapped")
    }
    font_names = " ".join(f"/{name} {number} 0 R" for name, number in fonts.items())
    kids = [_page(writer, sheet, pages_id, font_names, drawn) for sheet in sheets]
    writer.put(
        pages_id, f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] >>"
    )
    return writer.file(writer.add(f"<< /Type /Catalog /Pages {pages_id} 0 R >>"))


_SONG = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [<< "
    "/Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500] "
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 0 >> "
    "/FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /Ascent 880 /Descent -120 "
    "/CapHeight 880 /StemV 90 /ItalicAngle 0 /FontBBox [0 -120 1000 880] >> >>] >>"
)


def _drawn_font(writer: _Writer, characters: str, *, mapped: bool) -> int:
    """Write a Type 3 font whose glyphs are boxes, coded from 1 in the given order; return its object number."""
    box = writer.stream(b"1000 0 0 0 900 900 d1 100 0 700 700 re f")
    glyphs = "".join(f"/g{code} {box} 0 R " for code in range(1, len(characters) + 1))
    names = "".join(f"/g{code} " for code in range(1, len(characters) + 1))
    rows = "".join(f"<{code:02x}> <{c.encode('utf-16-be').hex()}>\n" for code, c in enumerate(characters, 1))
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /M def /CMapType 2 def\n"
        f"1 begincodespacerange <00> <ff> endcodespacerange\n{len(characters)} beginbfchar\n{rows}endbfchar\n"
        "endcmap end end"
    )
    to_unicode = f"/ToUnicode {writer.stream(cmap.encode())} 0 R" if mapped else ""
    return writer.add(
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [0.001 0 0 0.001 0 0] "
        f"/FirstChar 1 /LastChar {len(characters)} /Widths [{'1000 ' * len(characters)}] "
        f"/CharProcs << {glyphs}>> /Encoding << /Type /Encoding /Differences [1 {names}] >> {to_unicode} >>"
    )


def _page(writer: _Writer, sheet: Sheet, pages_id: int, font_names: str, drawn: str) -> int:
    """Write a page with its content and pictures; return its object number."""
    content: list[str] = []
    pictures: list[str] = []
    for item in sheet.items:
        if isinstance(item, Text):
            content.append(
                f"BT /{item.font} {item.size} Tf {item.x} {item.y} Td <{_shown(item, drawn)}> Tj ET"
            )
            continue
        name = f"P{len(pictures)}"
        pictures.append(f"/{name} {_picture(writer, item)} 0 R")
        content.append(f"q {item.shown_width} 0 0 {item.shown_height} {item.x} {item.y} cm /{name} Do Q")
    stream = writer.stream("\n".join(content).encode())
    return writer.add(
        f"<< /Type /Page /Parent {pages_id} 0 R /MediaBox [0 0 {sheet.width} {sheet.height}] "
        f"/Rotate {sheet.rotate} /Contents {stream} 0 R "
        f"/Resources << /Font << {font_names} >> /XObject << {' '.join(pictures)} >> >> >>"
    )


def _shown(item: Text, drawn: str) -> str:
    """Return the codes of a text in its font, in hexadecimal."""
    if item.font == "song":
        return item.text.encode("utf-16-be").hex()
    return "".join(f"{drawn.index(character) + 1:02x}" for character in item.text)


def _picture(writer: _Writer, picture: Picture) -> int:
    """Write a picture; return its object number."""
    return writer.stream(
        picture.pixels,
        f"/Type /XObject /Subtype /Image /Width {picture.width} /Height {picture.height} "
        "/ColorSpace /DeviceGray /BitsPerComponent 8",
    )


class _Writer:
    """Numbers and keeps the objects of a file, encrypting streams with RC4 (40 bits) where asked."""

    def __init__(self, user_password: str | None) -> None:
        self._bodies: dict[int, bytes] = {}
        self._numbers = count(1)
        self._encryption = None if user_password is None else _Encryption(user_password)

    def reserve(self) -> int:
        """Return a number for an object that is put later."""
        return next(self._numbers)

    def put(self, number: int, body: str) -> None:
        """Keep the body of a reserved object."""
        self._bodies[number] = body.encode("latin-1")

    def add(self, body: str) -> int:
        """Keep an object; return its number."""
        number = self.reserve()
        self.put(number, body)
        return number

    def stream(self, data: bytes, entries: str = "") -> int:
        """Keep a compressed stream; return its number."""
        number = self.reserve()
        packed = zlib.compress(data)
        if self._encryption is not None:
            packed = self._encryption.encrypt(packed, number)
        head = f"<< {entries} /Filter /FlateDecode /Length {len(packed)} >>\nstream\n".encode()
        self._bodies[number] = head + packed + b"\nendstream"
        return number

    def file(self, root: int) -> bytes:
        """Return the whole file."""
        trailer = f"/Root {root} 0 R"
        if self._encryption is not None:
            trailer += f" /Encrypt {self.add(self._encryption.dictionary)} 0 R /ID [<{FILE_ID.hex()}> <{FILE_ID.hex()}>]"
        out = bytearray(b"%PDF-1.5\n")
        offsets = []
        for number in sorted(self._bodies):
            offsets.append(len(out))
            out += f"{number} 0 obj\n".encode() + self._bodies[number] + b"\nendobj\n"
        start = len(out)
        out += f"xref\n0 {len(offsets) + 1}\n0000000000 65535 f \n".encode()
        out += "".join(f"{offset:010d} 00000 n \n" for offset in offsets).encode()
        out += f"trailer\n<< /Size {len(offsets) + 1} {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
        return bytes(out)


class _Encryption:
    """The standard security handler, revision 2 (ISO 32000-1, 7.6.3)."""

    def __init__(self, user_password: str) -> None:
        owner_key = hashlib.md5(_padded("owner")).digest()[:5]
        owner = _rc4(owner_key, _padded(user_password))
        permissions = -4
        seed = _padded(user_password) + owner + permissions.to_bytes(4, "little", signed=True) + FILE_ID
        self._key = hashlib.md5(seed).digest()[:5]
        user = _rc4(self._key, PASSWORD_PADDING)
        self.dictionary = (
            f"<< /Filter /Standard /V 1 /R 2 /O <{owner.hex()}> /U <{user.hex()}> /P {permissions} >>"
        )

    def encrypt(self, data: bytes, number: int) -> bytes:
        """Return the data of an object of generation 0, encrypted."""
        key = hashlib.md5(self._key + number.to_bytes(3, "little") + b"\0\0").digest()[:10]
        return _rc4(key, data)


def _padded(password: str) -> bytes:
    """Return the 32 bytes that stand for a password."""
    return (password.encode("latin-1") + PASSWORD_PADDING)[:32]


def _rc4(key: bytes, data: bytes) -> bytes:
    """Return data enciphered with RC4."""
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)
