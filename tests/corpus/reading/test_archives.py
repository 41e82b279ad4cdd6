"""Archives: names of any writing, nothing outside, nothing without end; a bad member fails alone."""

from __future__ import annotations

import io
import stat
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qianche.corpus.errors import QiancheError
from qianche.corpus.reading.archives import Member, members
from qianche.corpus.reading.limits import DEFAULT_LIMITS, Limits
from qianche.corpus.reading.problems import Unreadable


def archive(**files: bytes) -> bytes:
    """Return a zip file; `__` in a name stands for /."""
    return packed([(name.replace("__", "/"), content) for name, content in files.items()])


def packed(files: list[tuple[str, bytes]]) -> bytes:
    """Return a zip file of names and contents."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in files:
            target.writestr(name, content)
    return stream.getvalue()


def read(data: bytes, limits: Limits = DEFAULT_LIMITS) -> list[Member]:
    return list(members(data, limits))


def test_files_come_in_order_with_their_folders_and_bytes() -> None:
    data = packed([("报告/", b""), ("报告/甲.txt", b"1"), ("乙.docx", b"PK")])
    assert read(data) == [Member("报告/甲.txt", b"1"), Member("乙.docx", b"PK")]


def test_names_without_the_mark_of_utf8_are_gb18030_or_utf8() -> None:
    # zipfile writes non-ASCII names as UTF-8 with its flag; as Chinese Windows writes them, the flag is off
    for encoding in ("gb18030", "utf-8"):
        raw = "事故报告.txt".encode(encoding)
        data = packed([("x" * len(raw), b"1")]).replace(b"x" * len(raw), raw)
        assert [member.name for member in read(data)] == ["事故报告.txt"]


@pytest.mark.parametrize(
    "name", ["../a.txt", "a/../../b.txt", "/etc/passwd", "C:/a.txt", "c:a.txt", "..\\a.txt", "\\\\host\\a"]
)
def test_a_name_outside_the_archive_is_refused_alone(name: str) -> None:
    outside, inside = read(packed([(name, b"x"), ("好.txt", b"1")]))
    assert (outside.data, "压缩包之外" in outside.problem) == (None, True)
    assert inside == Member("好.txt", b"1")


def test_a_member_without_a_name_is_refused_alone() -> None:
    nameless, named = read(packed([("x", b"1"), ("好.txt", b"2")]).replace(b"x", b"\0"))
    assert (nameless.problem, named.data) == ("文件没有名称，未解压。请重新压缩后再导入。", b"2")


def test_a_link_is_refused_alone() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        link = zipfile.ZipInfo("链接")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        target.writestr(link, "/etc/passwd")
        target.writestr("好.txt", "1")
    refused, good = read(stream.getvalue())
    assert (refused.data, "链接" in refused.problem, good.data) == (None, True, b"1")


def test_an_encrypted_member_is_refused_alone() -> None:
    data = bytearray(archive(a=b"secret", b=b"plain"))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    encrypted, plain = read(bytes(data))
    assert (encrypted.problem, plain.data) == ("“a”已加密，需要密码。请解压后再导入。", b"plain")


def test_a_damaged_member_fails_alone() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        target.writestr("a", b"content")
        target.writestr("b", b"other")
    bad, good = read(stream.getvalue().replace(b"content", b"cOntent"))
    assert (bad.data, "已损坏" in bad.problem, good) == (None, True, Member("b", b"other"))


def test_leftovers_of_programs_are_skipped_and_said() -> None:
    names = ["__MACOSX/._a.txt", ".DS_Store", "夹/Thumbs.db", "夹/~$报告.docx", "夹/._b.txt", "好.txt"]
    found = read(packed([(name, b"1") for name in names]))
    assert [member.skipped for member in found] == [True] * 5 + [False]
    assert all(member.problem for member in found[:5])


def test_an_archive_inside_is_opened_once_and_no_deeper() -> None:
    inner = packed([("甲.txt", b"1"), ("更深.zip", archive(x=b"2"))])
    found = read(packed([("内.zip", inner), ("坏.zip", b"PK\x03\x04")]))
    assert [(member.name, member.data) for member in found] == [
        ("内.zip/甲.txt", b"1"),
        ("内.zip/更深.zip", None),
        ("坏.zip", None),
    ]
    assert "第三层压缩包" in found[1].problem
    assert "不完整" in found[2].problem


@pytest.mark.parametrize(
    ("data", "limits", "code"),
    [
        (archive(a=b"x" * 500)[:-10], DEFAULT_LIMITS, "truncated"),
        (b"PK\x03\x04" + b"\0" * 50, DEFAULT_LIMITS, "truncated"),
        (archive(a=b"x" * 500, b=b"x" * 600), Limits(unpacked_bytes=1000), "too-large"),
        (archive(a=b"\0" * 40_000_000), DEFAULT_LIMITS, "too-large"),
        (
            packed([("i.zip", archive(a=b"\0" * 900)), ("j", b"\0" * 500)]),
            Limits(unpacked_bytes=1200),
            "too-large",
        ),
    ],
)
def test_an_archive_that_cannot_be_read_has_a_clear_error(data: bytes, limits: Limits, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(data, limits)
    assert (caught.value.code, caught.value.message[-1]) == (code, "。")


def test_a_member_above_the_limit_of_one_file_fails_alone() -> None:
    large, small = read(archive(a=b"x" * 500, b=b"1"), Limits(file_bytes=400))
    assert (large.data, "500 字节" in large.problem, small.data) == (None, True, b"1")


def test_a_member_that_holds_more_than_it_states_is_not_read() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("a", b"x" * 5_000)
    size = (5_000).to_bytes(4, "little")
    data = stream.getvalue().replace(size, (10).to_bytes(4, "little"))
    (member,) = read(data)
    assert (member.data, bool(member.problem)) == (None, True)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_damage_gives_members_or_a_clear_error(data: st.DataObject) -> None:
    whole = bytearray(packed([("报告.txt", b"content" * 20), ("b/c.docx", b"x"), ("i.zip", archive(a=b"1"))]))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        for member in members(bytes(whole[: data.draw(st.integers(0, len(whole)))])):
            assert (member.data is None) == bool(member.problem)
    except QiancheError as problem:
        assert problem.message.endswith("。")
