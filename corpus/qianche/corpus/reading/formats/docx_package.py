"""The parts of a .docx file: a zip archive opened within limits, XML without entities."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib

from lxml import etree

from qianche.corpus.reading.limits import Limits
from qianche.corpus.reading.problems import Unreadable, size_text

RATIO_MATTERS_FROM_BYTES = 32 * 1024**2
"""A small file may unpack at any ratio: nothing is gained by refusing it."""
_STRICT_NAMESPACES = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
)  # fmt: skip
"""ISO/IEC 29500 strict and transitional differ, for what is read here, in these names alone."""
_ZIP_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    ValueError,
    RuntimeError,
)


class DocxPackage:
    """The parts of one .docx file.

    Args:
        data: the bytes of the file.
        limits: `unpacked_bytes` and `decompression_ratio` are checked before anything is unpacked.

    Raises:
        Unreadable: `truncated` without the archive's directory, `encrypted`, `too-large` for an archive bomb.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except _ZIP_FAULTS as fault:
            raise Unreadable(
                f"文件不完整：{size_text(len(data))} 的压缩包缺少目录。请重新下载或重新另存后再导入。",
                "truncated",
            ) from fault
        members = self._archive.infolist()
        if any(member.flag_bits & 1 for member in members):
            raise Unreadable("文件已加密，需要密码才能打开。请去掉密码后再导入。", "encrypted")
        _check_unpacked_size(sum(member.file_size for member in members), len(data), limits)
        self._members = {member.filename.replace("\\", "/"): member for member in members}

    def read(self, name: str) -> bytes | None:
        """Return the bytes of a part, None where there is no such part.

        Raises:
            Unreadable: `damaged` when the part cannot be unpacked.
        """
        member = self._members.get(name)
        if member is None:
            return None
        try:
            return self._archive.read(member)
        except _ZIP_FAULTS as fault:
            raise Unreadable(
                f"文件已损坏：其中的“{name}”无法解压。请重新下载或重新另存后再导入。", "damaged"
            ) from fault

    def xml(self, name: str) -> etree._Element | None:
        """Return the root of an XML part, None where there is no such part.

        Raises:
            Unreadable: `damaged` when it is no XML or declares entities, `too-deep` from 256 nested elements on.
        """
        data = self.read(name)
        return None if data is None else _parse(data, name)

    def related(self, source: str, kind: str) -> dict[str, str]:
        """Return relation id → part name of the parts of one kind that a part points to.

        Args:
            source: the part, "" for the package itself.
            kind: the last word of the relation's type (`officeDocument`, `footnotes`, `aFChunk`).
        """
        folder, base = posixpath.split(source)
        root = self.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        found = {}
        for relation in () if root is None else root:
            target = relation.get("Target", "")
            if relation.get("Type", "").endswith(f"/{kind}") and relation.get("TargetMode") != "External":
                path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                found[relation.get("Id", "")] = path
        return found


def _check_unpacked_size(unpacked: int, packed: int, limits: Limits) -> None:
    """Refuse an archive that unpacks to more than the limits allow."""
    ratio = unpacked // max(packed, 1)
    if unpacked > limits.unpacked_bytes:
        raise Unreadable(
            f"文件解压后有 {size_text(unpacked)}，超过上限 {size_text(limits.unpacked_bytes)}。请拆分后再导入。",
            "too-large",
        )
    if unpacked > RATIO_MATTERS_FROM_BYTES and ratio > limits.decompression_ratio:
        raise Unreadable(
            f"文件解压后是原来的 {ratio} 倍（上限 {limits.decompression_ratio} 倍），不像正常文稿，未读取。"
            "请确认来源，重新另存后再导入。",
            "too-large",
        )


def _parse(data: bytes, name: str) -> etree._Element:
    """Return the root of one XML part."""
    for strict, transitional in _STRICT_NAMESPACES:
        data = data.replace(strict, transitional)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        if "Excessive depth" in str(fault):
            raise Unreadable(
                f"“{name}”里的标签嵌套超过 256 层，不像正常文稿，未读取。请另存为新文件后再导入。", "too-deep"
            ) from fault
        raise Unreadable(
            f"文件已损坏：其中的“{name}”不是完整的 XML。请用 Word 或 WPS 打开并另存后再导入。", "damaged"
        ) from fault
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable(
            f"其中的“{name}”声明了外部实体，正常文稿没有这种声明，未读取。请另存为新文件后再导入。", "damaged"
        )
    return root
