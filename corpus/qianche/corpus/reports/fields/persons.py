"""Casualties told by name and not by number: 造成行人李某受伤, 死者张某, 主任戴×被灼伤."""

from __future__ import annotations

import re

from qianche.corpus.reading.document import Span
from qianche.corpus.reports.draft import Field, Finding
from qianche.corpus.reports.fields.account import Account, Sentence

_ROLE = (
    "行人|驾驶员|驾驶人|司机|乘客|工人|员工|职工|作业人员|当事人|村民|学生|民工|操作工|司炉工|电工|焊工|主任|处长|班长|"
    "队长|矿工|干部|人员|负责人|船员|业主|安全员|施工员"
)
_MASKED = r"[\u4e00-\u9fa5](?:某[\u4e00-\u9fa5]?某?|[×xX*＊]{1,3})"
_NAME = rf"(?:{_MASKED}|[\u4e00-\u9fa5]{{2,3}}?)"
_DEAD = "死亡|身亡|遇难|溺亡|致死"
_HURT = "受伤|重伤|轻伤|灼伤|烧伤|烫伤|骨折|砸伤|挤伤|压伤|摔伤|打伤|弹伤"

# 造成行人李某受伤后经抢救无效死亡, 造成王某、赵某死亡; not 造成2人死亡.
_CAUSED_DEATH = re.compile(
    rf"(?:造成|致使?|导致)(?:[^，。；]{{0,40}}?(?:及|和)|[^，。；\d]{{0,24}}?(?={_ROLE}))?(?:{_ROLE})?(?P<names>{_NAME}(?:[、和及](?:{_ROLE})?{_NAME})*)(?:受伤)?后?[^，。；\d]{{0,30}}?(?:{_DEAD})"
)
_CAUSED_HURT = re.compile(
    rf"(?:造成|致使?|导致)(?:[^，。；]{{0,40}}?(?:及|和))?(?:{_ROLE})?(?P<names>{_NAME}(?:[、和及](?:{_ROLE})?{_NAME})*)[^，。；\d]{{0,8}}?(?:{_HURT})(?!后?[^，。；]{{0,30}}(?:{_DEAD}))"
)
# 电工陆某在更换绝缘子时触电，经抢救无效死亡, 赵某被夹住，送医途中死亡; not 赵某在现场。2人死亡.
_DIED = re.compile(
    rf"(?:{_ROLE})?(?P<names>{_MASKED})(?:在|被|因|从|不慎|失足|(?=触电|坠|跌|落水|溺水|中毒|窒息|昏迷|晕倒|摔|掉))"
    rf"(?:(?!\d人)[^。；]){{2,60}}?(?:{_DEAD})"
)
_GOT_HURT = re.compile(
    rf"(?:{_ROLE})?(?P<names>{_MASKED})(?:在|被|因|从|不慎|失足)(?:(?!\d人)[^。；]){{2,40}}?(?:{_HURT})(?![^。；]{{0,30}}(?:{_DEAD}))"
)
# 被埋人员陈某，经医生确认后宣布死亡; not 张某受伤，李某经抢救无效死亡, where another is named.
_DIED_IN_CARE = re.compile(
    rf"(?P<names>{_MASKED})，?经(?:(?!{_MASKED}|\d人)[^。；]){{2,40}}?(?:无效|宣布|确认|宣告)[^，。；]{{0,8}}?(?:{_DEAD})"
)
# 造成陈某死亡，姜某、郭某受伤.
_AND_HURT = re.compile(
    rf"(?:{_DEAD})[，、；](?:{_ROLE})?(?P<names>{_MASKED}(?:[、和及]{_MASKED})*)[^，。；\d]{{0,4}}(?:{_HURT})"
)
# Who is told as dead anywhere. Matches 张某 in 张某经全力抢救无效死亡; not in 张某受伤，李某死亡.
_TOLD_DEAD = re.compile(rf"(?P<one>{_MASKED})(?:(?!{_MASKED}|\d人)[^。；]){{0,60}}?(?:{_DEAD})")
# 死者张某, 伤者吴某兵, 主任戴xx被灼伤.
_THE_DEAD = re.compile(
    rf"死者(?:[一二三四五六七八九十]|\d)?:?(?P<one>{_MASKED}|[\u4e00-\u9fa5]{{2}})|(?P<two>{_MASKED})\(死者\)"
)
_THE_HURT = re.compile(
    rf"伤者(?P<one>{_MASKED}|[\u4e00-\u9fa5]{{2}})|(?P<two>{_MASKED})(?:\(伤者\)|被?(?:{_HURT})(?!后?[^，。；]{{0,30}}(?:{_DEAD})))"
)
# 遇难人员名单:王某、李某; 死亡人员情况 alone on its line; 1.王某，男 under it.
_LIST_INLINE = re.compile(rf"(?:死亡|遇难)(?:人员|者)?名单:{_MASKED}(?:、{_MASKED})*")
_LIST_HEADING = re.compile(
    "(?:死亡|遇难)(?:人员|者)(?:基本)?(?:情况|名单|信息):?$|死者(?:基本)?(?:情况|信息):?$"
)
_LISTED = re.compile(
    rf"^(?:\(?\d{{1,2}}[.、)])?(?:死者)?(?:{_MASKED}|[\u4e00-\u9fa5]{{2,4}})，(?:性别)?[男女]"
)
_NEXT_HEADING = re.compile(r"^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\))")
_LONGEST_HEADING = 24
_TOLD = {"deaths": (_CAUSED_DEATH, _DIED, _DIED_IN_CARE), "injured": (_CAUSED_HURT, _AND_HURT, _GOT_HURT)}
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔"
    "钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛"
    "樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉"
    "骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗"
    "瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原"
    "栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬"
)
_COMMON_WORDS = (
    "情况",
    "家属",
    "人员",
    "姓名",
    "身份",
    "遗体",
    "尸体",
    "名单",
    "亲属",
    "基本",
    "系因",
    "生前",
    "均为",
)
# A body part after 伤者. Matches 左眉骨, 右脚; not 左某.
_BODY = re.compile("[左右](?:手|脚|眉|腿|臂|小|大|肩|眼|侧|胸|前|后|上|下|踝|膝|腰)")
# One person hurt, not named. Matches 伤者违反规程; not 伤者均已送医, 3名伤者.
_ONE_HURT = re.compile("(?<![名位个的])伤者(?!们|均|都|等|已|被|送|家属|人数|名单|情况|陆续|全部|分别)")
_CAUSES = ("direct_cause", "indirect_cause")
_REMARK_ONE = "报告只写“伤者”，未写人数，按1人计"
_REMARK = "报告只写姓名，按点名的人数计"
_REMOTE = ("measures", "lessons")


def harmed_persons(account: Account, name: str) -> Field[int]:
    """Return the number of those who are told by name as dead (`deaths`) or hurt (`injured`).

    One person of 造成…死亡 is sure; names counted over the report are not.
    """
    told, listed = (_TOLD[name], _THE_DEAD if name == "deaths" else _THE_HURT)
    sentences = [s for s in account.sentences if s.kind not in _REMOTE]
    dead = _told_dead(sentences) if name == "injured" else frozenset()
    for sentence in sentences:
        match = next((m for pattern in told if (m := pattern.search(sentence.text))), None)
        names_told = re.split("[、和及]", match["names"]) if match else []
        names_told = [re.sub(f"^(?:{_ROLE})", "", name) for name in names_told]
        if names_told and all(name[:1] in _SURNAMES for name in names_told) and not dead & {*names_told}:
            return _field(len(names_told), [sentence.span()], len(names_told) == 1)
    if name == "deaths" and (on_list := _on_a_list(account)):
        return _field(len(on_list), on_list, False)
    people: dict[str, Span] = {}
    for sentence in sentences:
        for match in listed.finditer(sentence.text):
            person = (match["one"] or match["two"])[:2]
            if any(name.startswith(person) for name in dead):
                continue
            if person not in _COMMON_WORDS and person[0] in _SURNAMES and not _BODY.match(person):
                people.setdefault(person, sentence.span())
    if people:
        return _field(len(people), list(dict.fromkeys(people.values())), False)
    return _one_unnamed(account) if name == "injured" else Field()


def _on_a_list(account: Account) -> list[Span]:
    """The entries of a list of the dead: after 名单: in one sentence, or one a line under a heading of it."""
    for sentence in account.sentences:
        inline = _LIST_INLINE.search(sentence.text)
        if inline:
            return [
                sentence.span(m.start(), m.end()) for m in re.finditer(_MASKED, sentence.text[: inline.end()])
            ]
        if len(sentence.text) <= _LONGEST_HEADING and _LIST_HEADING.search(sentence.text):
            return _entries_after(account, sentence)
    return []


def _entries_after(account: Account, heading: Sentence) -> list[Span]:
    """The sentences under a heading that begin with a person and the sex, up to the next heading."""
    found: list[Span] = []
    for sentence in account.sentences[heading.order + 1 :]:
        if _NEXT_HEADING.match(sentence.text):
            break
        if _LISTED.match(sentence.text):
            found.append(sentence.span())
    return found


def _told_dead(sentences: list[Sentence]) -> frozenset[str]:
    """The names of those who died, in whatever sentence."""
    return frozenset(m["one"] for s in sentences for m in _TOLD_DEAD.finditer(s.text))


def _one_unnamed(account: Account) -> Field[int]:
    """One person hurt where the causes speak of 伤者 again and again, never of several."""
    told = [s for s in account.sentences if s.kind in _CAUSES and "伤者" in s.text]
    if not told or not all(len(_ONE_HURT.findall(s.text)) == s.text.count("伤者") for s in told):
        return Field()
    return Field((Finding(1, tuple(s.span() for s in told), "derived", False, _REMARK_ONE),))


def _field(count: int, spans: list[Span], sure: bool) -> Field[int]:
    """One finding of so many persons."""
    return Field((Finding(count, tuple(spans), "derived", sure, _REMARK),))
