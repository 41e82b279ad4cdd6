"""Whether a title set in large type goes on in the next line: 某公司“3·2”事故 / 调查报告."""

from __future__ import annotations

import re

# What a title ends with: …调查报告, …管理办法（试行）; not …有限公司“3·2”事故.
_WHOLE = re.compile(
    r"(?:报告|报告书|通报|快报|公告|通告|条例|规定|办法|细则|规则|规程|规范|标准|准则|通知|决定|决议|意见|批复|方案|预案|令|法|文件|目\s*录)"
    r"(?:[（(][^（）()]{1,20}[)）])*$"
)
# Who issues: …人民政府, …事故调查组; his name alone is no title, and may be the first line of one.
_ISSUER = re.compile(r"(?:政府|调查组|委员会|局|厅|部|院|办公室|公司|总队|支队|中心|协会)$")
# What a title has besides such a name: 关于…, …事故…, …报告, ….
_OF_TITLE = re.compile(r"关于|事故|火灾|爆炸|案例|" + _WHOLE.pattern)
# A line of the cover that is no title: a day, a number, a line in brackets.
_COVER = re.compile(r"\d{4}\s*年|[〇零一二三四五六七八九]{4}年|号$|^[（(]|^\d|发布$|实施$")


def goes_on(so_far: str, after: str) -> bool:
    """Return whether a title begun with `so_far` goes on with the next line of the same large type.

    >>> goes_on("某县恒达木业有限公司“9·18”较大事故", "调查报告")
    True
    >>> goes_on("某县“9·18”事故调查报告", "某县“9·18”事故调查组")
    False
    """
    if _WHOLE.search(so_far) or _COVER.search(so_far) or _COVER.search(after):
        return False
    if _ISSUER.search(after) and not _WHOLE.search(after):
        return False
    return _ISSUER.search(so_far) is None or _OF_TITLE.search(after) is not None
