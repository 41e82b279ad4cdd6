"""Whether the text layer of a PDF page says what the page shows."""

from __future__ import annotations

import re

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

_NO_CHARACTER = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]")
"""Control characters, private use, the replacement character: fits "\\ue5d2", not "事" nor a line end."""
MAX_NO_CHARACTER = 0.3
_ACCENTED = re.compile("[\u00a1-\u00ff]")
"""Chinese in GBK taken for Latin-1 is nothing else: fits the "Ê" and "Â" of "ÊÂ¹Ê", not "A" nor "事"."""
MAX_ACCENTED = 0.5
"""French and Vietnamese text stay under 0.25."""
_IDEOGRAPHS = re.compile("[\u4e00-\u9fff]+")
MIN_IDEOGRAPHS = 30
MIN_COMMON_IDEOGRAPHS = 0.7
"""In running text 99 of 100 ideographs are in GB 2312 or (traditional) in Big5; of all ideographs, drawn at
random as by a font with a wrong map, 32 and 62.
"""
MAX_MAP_ERRORS = 0.5
SAMPLE = 40
"""Characters asked for their map; all would cost more than reading them."""


def is_garbled(text: str, textpage: pdfium.PdfTextPage) -> bool:
    """Whether most characters of a page are not the ones it shows: fonts without a map, or with a wrong one."""
    visible = "".join(text.split(" ")).replace("\r\n", "")
    if not visible:
        return False
    return (
        len(_NO_CHARACTER.findall(visible)) > MAX_NO_CHARACTER * len(visible)
        or len(_ACCENTED.findall(visible)) > MAX_ACCENTED * len(visible)
        or _has_odd_ideographs(visible)
        or _share_of_map_errors(textpage) > MAX_MAP_ERRORS
    )


def _has_odd_ideographs(text: str) -> bool:
    """Whether the ideographs of a text are too rare to be written by anybody."""
    ideographs = "".join(_IDEOGRAPHS.findall(text))
    if len(ideographs) < MIN_IDEOGRAPHS:
        return False
    common = max(len(ideographs.encode(charset, "ignore")) // 2 for charset in ("gb2312", "big5"))
    return common < MIN_COMMON_IDEOGRAPHS * len(ideographs)


def _share_of_map_errors(textpage: pdfium.PdfTextPage) -> float:
    """Return the share of characters whose font has no map to Unicode, by a sample over the page."""
    count = textpage.count_chars()
    places = range(0, count, max(1, count // SAMPLE))
    own = [place for place in places if pdfium_c.FPDFText_IsGenerated(textpage, place) != 1]
    errors = sum(int(pdfium_c.FPDFText_HasUnicodeMapError(textpage, place) == 1) for place in own)
    return errors / max(1, len(own))
