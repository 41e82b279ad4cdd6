"""Characters that stand for others: what crawlers, PDF fonts and full-width typing leave in a text."""

from __future__ import annotations

import unicodedata

ZERO_WIDTH = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb"
"""Regex class body: marks without width; they are listed as 抓取残留 and leave nothing."""

LINE_HYPHENS = "\u00ad\ufffe\x02"
"""What PDF readers give for the hyphen at the end of a broken English word."""

BREAKS = "\x0b\x0c\x1c-\x1e\x85\u2028\u2029"
"""Regex class body: characters that end a line."""

# The radicals that PDF fonts give for whole characters and that Unicode's own tables do not map.
_RADICALS = dict(
    zip(
        "⺎⺏⺗⺙⺝⺟⺠⺢⺥⺩⺬⺮⺶⺼⺾⻁⻄⻅⻆⻉⻋⻎⻏⻑⻒⻓⻔⻖⻘⻙⻚⻛⻜⻝⻠⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
        "尢尣心攵月母民水爫王示竹羊肉艹虎西见角贝车辶阝镸長长门阝青韦页风飞食饣马骨鬼鱼鸟卤麦黄齐齿龙龟",
        strict=True,
    )
)

# Symbol and Wingdings glyphs that Word stores in the private area; other private characters are left alone.
_SYMBOL_FONTS = {
    **dict.fromkeys("\uf06c\uf06e\uf06f\uf071\uf075\uf076\uf077\uf09f\uf0a7\uf0b2\uf0b7\uf0d8\uf0e8", "•"),
    "\uf0fc": "✓",
    "\uf0fe": "☑",
    "\uf052": "☑",
    "\uf0b0": "°",
    "\uf0b1": "±",
    "\uf0b3": "≥",
    "\uf0b4": "×",
}

_COMPATIBLE = ((0x2E80, 0x2FD6), (0xF900, 0xFB07), (0xFE50, 0xFE6C), (0x2F800, 0x2FA20))
"""Radicals, compatibility ideographs with Latin ligatures (ﬁ), small punctuation (﹐), supplement."""

_FULL_WIDTH = ((0xFF10, 0xFF1A), (0xFF21, 0xFF3B), (0xFF41, 0xFF5B))
"""Digits and Latin letters; Chinese punctuation is full-width by right."""


def _build() -> dict[int, str]:
    """Return the table for `str.translate`: one character to what it stands for."""
    table = {ord(a): b for a, b in (_RADICALS | _SYMBOL_FONTS).items()}
    for first, end in _COMPATIBLE:
        for code in range(first, end):
            plain = unicodedata.normalize("NFKC", chr(code))
            if plain != chr(code):
                table.setdefault(code, plain)
    for first, end in _FULL_WIDTH:
        table.update({code: chr(code - 0xFEE0) for code in range(first, end)})
    table[ord("％")] = "%"
    table[ord("︰")] = "："
    table.update(
        {ord(space): " " for space in "\u00a0\u1680\u202f\u205f" + "".join(map(chr, range(0x2000, 0x200B)))}
    )
    return table


STANDS_FOR = _build()
