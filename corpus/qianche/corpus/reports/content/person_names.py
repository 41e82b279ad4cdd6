"""Names of persons as reports write them: in full, masked (张某, 戴xx, 李××), never made up."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_PACKAGE = files("qianche.corpus.reports.content")
_NOT_A_NAME = re.compile(
    r"(?:公司|单位|部门|严格|时任|原任|后来|经查|有关|相关|其他|任何|全体|各级|包括|应当|成立|和|及|于是|都|从而|通过|广泛|明确|国家|安全|施工|项目|工程|方面|时间|高度|平时|关于|那些|相继|连续|家属|终于|别人|都是|查明|司机|管理|向其|经营|江苏|山东|山西|广东|广西|海南|云南|安徽|宁夏|贵州|东北|温州|冀|钢|车间|班|支护|支队|通风|盖板|水泵|石料|煤)"
)


@cache
def name_pattern() -> str:
    """Return a pattern for one name: 王某某, 王某平, 王小明, 欧阳某, 戴xx; it does not say where a name ends."""
    lines = [
        li
        for li in _PACKAGE.joinpath("surnames.txt").read_text(encoding="utf-8").splitlines()
        if li[0] != "#"
    ]
    single, double = lines[0], "|".join(lines[1].split())
    surname = f"(?:{double}|[{single}])"
    mask = r"(?:某[\u4e00-\u9fff某]{0,2}?\d?|[xX×＊*○]{1,2}[\u4e00-\u9fff]?)"
    return rf"{surname}(?:{mask}|[\u4e00-\u9fff][xX×＊*○某]|[\u4e00-\u9fff]{{1,2}})"


@cache
def post_pattern() -> str:
    """Return a pattern for how the names of posts end."""
    lines = _PACKAGE.joinpath("posts.txt").read_text(encoding="utf-8").splitlines()
    posts = "|".join(line for line in lines if line and line[0] != "#").split("|")
    return "(?:" + "|".join(sorted(posts, key=len, reverse=True)) + ")"


@cache
def _post() -> re.Pattern[str]:
    return re.compile(post_pattern() + r"\Z")


def looks_like_name(word: str) -> bool:
    """Return whether a word that fits the pattern is no common word and no post."""
    return "某" in word or (_NOT_A_NAME.match(word) is None and _post().search(word) is None)


def ends_like_post(word: str) -> bool:
    """Return whether a phrase ends as a post does: 公司安全部经理."""
    return _post().search(word.rstrip("）)】> ")) is not None
