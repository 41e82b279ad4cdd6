"""Web archives (.mhtml, .mht, and what Word calls 单个文件网页): the page inside the mail message."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage

from qianche.corpus.reading.formats.encoding import decode, decode_head
from qianche.corpus.reading.formats.html import read_html_text
from qianche.corpus.reading.formats.html_source import declared_encoding
from qianche.corpus.reading.limits import Limits
from qianche.corpus.reading.problems import Unreadable
from qianche.corpus.reading.raw import RawDocument


def read_mhtml(data: bytes, limits: Limits) -> RawDocument:
    """Return the first web page of an archive.

    Raises:
        Unreadable: `damaged` when the archive holds no web page; else as `html.read_html`.
    """
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            return _page(part)
    raise Unreadable("网页存档里没有网页正文。请用浏览器打开后另存为“网页，仅 HTML”再导入。", "damaged")


def _page(part: EmailMessage) -> RawDocument:
    """Return one part as a page; its header's encoding goes before the page's own."""
    payload = part.get_payload(decode=True)
    page = payload if isinstance(payload, bytes) else b""
    declared = part.get_content_charset() or declared_encoding(decode_head(page))
    decoded = decode(page, declared)
    return read_html_text(decoded.text, decoded.warnings)
