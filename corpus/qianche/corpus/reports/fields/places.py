"""Where the accident happened: the words of the report, and the province, city, county and town in them."""

from __future__ import annotations

import re
from dataclasses import replace

from qianche.corpus.reports.draft import Field, Finding, FoundBy, Whereabouts
from qianche.corpus.reports.fields.account import Account, Sentence
from qianche.corpus.reports.fields.counties import seat_of
from qianche.corpus.reports.fields.prefectures import MUNICIPALITIES, PREFECTURES, PROVINCES, short_name
from qianche.corpus.reports.fields.regions import Region, read_region, region_within
from qianche.corpus.reports.fields.statements import HAPPENED, HARM, Statement

# Matches 事故地点：某县某镇; 煤矿名称 counts where no place is given.
_LABEL = re.compile(
    r"(?:事故(?:发生)?的?地点|发生地点|地点|煤矿名称|事故发生的?时间[、和及]地点[:|\t][^，]{6,30}，(?=[^\t|]{2}))"
    r"(?:(?<=，)|[:|\t])(?P<place>[^\t|]{2,60})"
)
# Where a vehicle or a vessel was. Matches 行驶至国道某线2公里处时; not 行驶方向.
_ON_THE_WAY = re.compile(
    r"(?:行驶至|行至|驶至|驾驶至|航行至|行驶到|运行至|途经|行经|驶入)(?P<place>(?:\([^()]*\)|[^，。；()]){3,60}?)(?=处?路段|附近|处|时[，。]|[，。])"
)
# What goes before the place in a statement. Matches 在, 位于, 当时; taken off the front.
_LEADING = re.compile(
    "^(?:[，,、:)]|我国|凌晨|清晨|早晨|早上|上午|中午|下午|傍晚|晚上|夜间|许|左右|前后|在(?!建)|位于|地处|由|的|因|于|期间|当地时间|北京时间)+"
)
# Words after the place. Matches 内, 处, 附近, (以下简称某公司), 由于违章; taken off the end.
_TRAILING = re.compile(
    "(?:[，,、]|(?<!交[接界汇叉])处|内|附近(?:[^，]{1,12}时[^，]{0,12})?|境内|(?<![公海英华])里|上|途?中|时|又|在|于|再次|(?:在|于)?(?:\\d{4}年)?\\d{1,2}月\\d{1,2}日[^，]{0,8}|"
    "与(?![^，]{0,16}(?:交叉|交汇|交界|交接|路口|之间))[^，与]{1,12}|[\u4e00-\u9fa5]{2}作业|因[^，]{0,20}|由于[^，]{0,20})+$"
)
_SUDDENLY = re.compile("(?:突然|突发|又|再次|先后)$")
_CALLED = re.compile(r"\((?:以下)?简称[^()]*\)|\[[^\]]*\]")
# An activity told between place and 发生. Matches 在搬运水泥过程中, 进行检修作业时, 内 in 车间内安装管道时.
_ACTIVITY = re.compile(
    "(?:在(?!建(?![设造房]))|进行|实施|从事|组织|开展|(?<=[^，]{2}[内旁])(?![部蒙])|(?<=[^，]{2}处)(?![理置长])|(?<=工程)|(?<=工地))"
    "[^，在]{1,40}?(?:(?:过程中|作业时|施工时|期间|时|作业中|中)|时[^，在间]{2,12})$"
)
# Who was at work there, before the place. Matches 某公司项目部在, “某某”轮在, 一艘小船载运4人在; taken off the front.
_SUBJECT_AT = re.compile(
    r"^(?:[^，在]{2,70}?(?:公司|项目部|队|厂|部|轮|号|船)(?:\([^()]*\))?|一[艘辆台][^，在]{2,30})在(?!建)(?=.{4})"
)
_MOVING = re.compile("驾驶|乘坐|驶往|行驶|航行|方向")
_NOT_PLACE = re.compile(
    '^(?:[“"]|该|本|此|这|事故|其|上述|我|一起|1起|造成|导致|发生|伤者|死者|工人|当事人|返回|驶往|前往|途中|'
    "[一二两三四五六七八九十\\d]+[名人位])"
)
# Matches 赵某在, 李××被, 陈某虹准备; not 某公司.
_PERSON = re.compile(
    "[\u4e00-\u9fa5](?:某|[×xX]{1,2})[\u4e00-\u9fa5]?(?:在|被|从|驾驶|发现|带领|与|等|准备|进行|操作|站|走|进入|爬|"
    "不慎|失足|擅自)|(?:被|将)$"
)
# Who published the report. Matches 某县政府公布《…》显示; not 某县某镇.
_PUBLISHED = re.compile("[《》]|公布|发布|证实|获悉|透露|显示$")
_ENDS_PLACE = re.compile("发生|造成|导致")
# A substance after the company. Matches 氯乙烯 in 某化工公司氯乙烯; not 抛光车间, 胜利煤矿.
_MATERIAL = re.compile(
    "(?<=公司)(?!.*[间置厂矿地仓库区站目井面巷室楼处线罐炉池头店部场院桥道坑司])[\u4e00-\u9fa5]{1,6}$"
)
# What it happened to, after the place. Matches 一辆货车, 液氯槽车; taken off the end.
_OBJECT = re.compile(
    "(?:一台|一辆|一艘|一个|\\d+名|\\d+人|一名|一乘客|一行人|一居民|一男子|一女子|一工人|一员工)[^，]{0,24}$|[\u4e00-\u9fa5]{0,2}(?:槽车|罐车|货车|客车|轿车)$"
)
# Work that went on there, after the place. Matches 更换采光板, 施工时挖穿一条管道; not 检修车间, 施工工地.
_WORK = re.compile(
    "(?<=[^，]{2})(?:施工|作业|检修|清理|更换|安装|拆除|维修|清洗|吊装|装卸|卸货|搬运|焊接|调试|挖掘|浇筑|打磨|铺设)"
    "(?![^，]*(?:[间厂站地司线库池井楼处场点区矿面巷室层塔罐炉段部队心村路]|[街巷隧]道|项目|工程|中心))[^，]{1,16}$"
)
# How a news item opens. Matches 新华网某地9月6日信息:(记者某某).
_DATELINE = re.compile(r"^[^，。]{2,30}?(?:电|讯|信息|消息)(?!话)[::]?(?:\([^()]*\))?")
# 事故位于, 事故现场位于.
_LOCATED = re.compile(
    "(?:事故|现场|事故现场|事故路段|事故地点)(?:位于|位置为|地点为)(?P<place>[^，。；]{4,60})"
)
# What an accident's name opens with. Matches 某煤矿 in 某煤矿“2·3”突水事故, 某车间 in 某车间闪爆事故.
_TITLE_UNIT = re.compile(
    r"^(?:\d+[.、])?(?:(?:19|20)\d\d年)?(?P<place>[\u4e00-\u9fa5A-Za-z()·]{4,40}?|[\u4e00-\u9fa5]{2}[矿厂站店])"
    r"(?:[“\"]?(?:(?:19|20)\d\d[·.])?\d{1,2}[·.]\d{1,2}|(?:特别重大|重大|较大|一般)?"
    rf"(?:{HARM}|顶板|瓦斯|机电|运输|放炮|爆破|水害|机械|触电|起重|车辆|道路|交通|物体|灼烫|电梯|其他)[\u4e00-\u9fa5]{{0,8}}事故)"
)
# An accident named after the one who was hurt. Matches 韦某梅; not 某矿, 某某公司.
_ENDS_IN_PERSON = re.compile(
    "(?<=[\u4e00-\u9fa5])[\u4e00-\u9fa5]某(?:某|[^矿厂站店县市镇乡村路司队院校区港轮号线某])?$"
)
_NUMBERED = re.compile(r"^\d+[.、](?!\d)|^\([一二三四五六七八九十\d]+\)")
_PROVINCE_NAME = rf"(?:{'|'.join((*PROVINCES.values(), *PROVINCES))})(?:省|自治区)?"
_CITY_NAME = rf"(?:{'|'.join((*(full for full, _ in PREFECTURES.values()), *PREFECTURES))})(?:市|州)?"
# A county or new area between city and town. Matches 龙华区 before 大浪街道, 经济技术开发区 before 某镇.
_ABOVE_TOWN = "(?:[\u4e00-\u9fa5]{1,5}[县区旗市]|经济技术开发区|高新技术产业开发区|高新区|经开区|开发区)?"
_LONGEST = 70
_DERIVED = "上级政区按城市、县名或文中他处推定"
_WITH_REGION = 3
"""Least plausibility of a place that names a region."""


def find_place(account: Account, statements: tuple[Statement, ...]) -> Field[Whereabouts]:
    """Return the place: beside a label, in the plainest statement, on the way of a vehicle, from the title.

    `text` is as the report writes it, spaces and (以下简称…) left out and brackets half-width; a province
    that the report gives for the same county elsewhere, or that follows from the city, is filled in and the
    finding marked `derived`.
    """
    told, titled = _by_statement(statements), _by_title(account)
    if told and titled and _plausibility(told[0]) < min(_plausibility(titled[0]), _WITH_REGION):
        told = None
    for found in (_by_label(account), told, _located(account), titled):
        if found is not None:
            text, sentence, found_by = found
            return Field((_finding(account, text, sentence, found_by),))
    return Field()


def _finding(account: Account, text: str, sentence: Sentence, found_by: FoundBy) -> Finding[Whereabouts]:
    """The place with its levels."""
    region = _filled(account, region_within(text))
    place = Whereabouts(text, region.province, region.city, region.county, region.town)
    if region.derived:
        return Finding(place, (sentence.span(),), "derived", True, _DERIVED)
    return Finding(place, (sentence.span(),), found_by)


def _by_label(account: Account) -> tuple[str, Sentence, FoundBy] | None:
    """The place beside its label; a mine's name is added to a bare region."""
    places = [
        (match["place"], sentence)
        for sentence in account.sentences
        if sentence.kind == "labels" and (match := _LABEL.match(sentence.text))
    ]
    if not places:
        return None
    text = "".join(dict.fromkeys(place.strip("。") for place, _ in places))
    return text, places[0][1], "label"


def _by_statement(statements: tuple[Statement, ...]) -> tuple[str, Sentence, FoundBy] | None:
    """The place in the statements, the plainest first."""
    for statement in statements:
        text = _place_of(statement) if statement.rank > 0 else None
        dated = statement.dated is not None and statement.dated.has_day
        if text is not None and (dated or _plausibility(text) > 0):
            return text, statement.sentence, "sentence"
    return None


def _place_of(statement: Statement) -> str | None:
    """The place that stands between the date and what happened, or where the vehicle had come."""
    sentence = statement.sentence.text
    way = _ON_THE_WAY.search(sentence)
    if way is not None:
        return _with_region(sentence[: way.start()], _clean(way["place"]))
    start = max((m.end for m in (statement.dated, statement.timed) if m is not None), default=0)
    if start > statement.cue:
        start = 0
    told = sentence[start : statement.cue]
    if not told.strip("，, ") and statement.dated is not None:
        # 某公司于2023年…发生
        told = _DATELINE.sub("", sentence[: statement.dated.start]).removesuffix("于")
    clauses = [c for c in re.split("[，,]", _CALLED.sub("", told)) if c and not _PUBLISHED.search(c)]
    cleaned = [c for c in (_clean(clause) for clause in clauses) if c is not None]
    return next(iter(sorted(cleaned, key=_plausibility, reverse=True)), None)


def _with_region(before: str, text: str | None) -> str | None:
    """The place on the way, with the region that a clause before it gives."""
    if text is None or _plausibility(text) >= _WITH_REGION:
        return text
    clauses = [
        c for c in re.split("[，,]", before) if not _MOVING.search(c) and _plausibility(c) >= 2 * _WITH_REGION
    ]
    return (_clean(clauses[-1]) or "") + text if clauses else text


def _plausibility(text: str) -> int:
    """How much a clause looks like a place."""
    region = read_region(text)
    levels = sum(level is not None for level in (region.province, region.city, region.county, region.town))
    site = bool(
        re.search("公司|矿|厂|工地|项目|路|村|店|码头|车间|站|港|楼|学校|仓库|隧道|桥|水域|海域|线", text)
    )
    return 3 * levels + 2 * site - 4 * bool(_MOVING.search(text))


def _clean(text: str) -> str | None:
    """A place without the words around it, None where nothing is left of it."""
    text = _NUMBERED.sub("", _CALLED.sub("", text))
    text = _ENDS_PLACE.split(_LEADING.sub("", text))[0]
    text = _SUDDENLY.sub("", text)
    inner = _ACTIVITY.sub("", _OBJECT.sub("", _SUBJECT_AT.sub("", text)))
    # 某公司在某县某镇检修时: where it was; 某公司在检修时: the company is all that is told.
    text = inner if _plausibility(inner) > 0 else _ACTIVITY.sub("", _OBJECT.sub("", text))
    text = _SUBJECT_AT.sub("", text)
    happened = HAPPENED.search(text)
    if happened and happened.start() > 4 and not text.startswith(happened[0]):
        text = text[: happened.start()]
    text = _MATERIAL.sub("", text)
    text = _LEADING.sub("", _OBJECT.sub("", _TRAILING.sub("", _WORK.sub("", text))))
    if (
        not re.search("[\u4e00-\u9fa5]{2}", text)
        or len(text) > _LONGEST
        or _NOT_PLACE.match(text)
        or _PERSON.search(text)
    ):
        return None
    return text


def _located(account: Account) -> tuple[str, Sentence, FoundBy] | None:
    """事故位于…."""
    for sentence in account.sentences:
        match = _LOCATED.search(sentence.text)
        text = _clean(match["place"]) if match else None
        if text:
            return text, sentence, "sentence"
    return None


def _by_title(account: Account) -> tuple[str, Sentence, FoundBy] | None:
    """The unit or place that an accident's name opens with."""
    for sentence in account.sentences[:3]:
        if len(sentence.text) > _LONGEST:
            continue
        match = _TITLE_UNIT.match(sentence.text)
        text = _clean(match["place"]) if match else None
        if text and not _ENDS_IN_PERSON.search(text):
            return text, sentence, "title"
    return None


def _filled(account: Account, region: Region) -> Region:
    """The region with what is missing above it: as the report gives it elsewhere, else as its county's name tells."""
    told = _told_elsewhere(account, region)
    filled = replace(
        region,
        province=region.province or told.province,
        city=region.city or told.city,
        county=region.county or told.county,
    )
    seat = seat_of(filled.county, filled.province, filled.city) if filled.county else None
    if seat is not None:
        filled = replace(filled, province=seat[0], city=filled.city or seat[1])
    return replace(filled, derived=region.derived or filled != region)


def _told_elsewhere(account: Account, region: Region) -> Region:
    """The province, city and county that the report writes before the same county or town in other places."""
    if region.province and region.city and (region.county or region.province in MUNICIPALITIES):
        return Region()
    stem = short_name(region.county) if region.county else region.town or ""
    if len(stem) < 2 or (region.county is None and region.city and region.province):
        return Region()
    county = "" if region.county else _ABOVE_TOWN
    pattern = re.compile(rf"(?P<above>(?:{_PROVINCE_NAME})?(?:{_CITY_NAME})?{county})(?={re.escape(stem)})")
    told = [
        read_region(match["above"])
        for sentence in account.sentences
        for match in pattern.finditer(sentence.text)
        if match["above"]
    ]
    return Region(
        _only({above.province for above in told} - {None}),
        _only({above.city for above in told} - {None}),
        _only({above.county for above in told} - {None}),
    )


def _only(values: set[str | None]) -> str | None:
    """The one value of a set, None where there are several or none."""
    return next(iter(values)) if len(values) == 1 else None
