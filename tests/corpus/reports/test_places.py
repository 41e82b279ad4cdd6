"""Where it happened, in the report's words, with province, city, county and town."""

from __future__ import annotations

import pytest
from tests.corpus.reports.telling import facts

from qianche.corpus.reports.fields.counties import _counties
from qianche.corpus.reports.fields.prefectures import PREFECTURES, PROVINCES
from qianche.corpus.reports.fields.regions import read_region, region_within

# what stands between the date and 发生, the place that is kept
KEPT = [
    ("山东省东营市垦利区胜坨镇某化工有限公司加氢装置", "山东省东营市垦利区胜坨镇某化工有限公司加氢装置"),
    ("位于某县某镇的采石场内", "某县某镇的采石场"),
    ("某矿业有限公司（以下简称某矿业）井下3号皮带巷", "某矿业有限公司井下3号皮带巷"),
    ("某建设公司项目部在某县某镇安置房工地", "某县某镇安置房工地"),
    ("某县某镇粮库在清理筒仓过程中", "某县某镇粮库"),
    ("某市某化工厂因违章操作", "某市某化工厂"),
    ("某电力公司在某县某镇东路和西路交接处进行接线作业时，", "某县某镇东路和西路交接处"),
    ("某传媒公司在某镇购物中心分店内安装广告牌作业过程中，", "某镇购物中心分店"),
    ("某县某再生资源公司2号车间屋面更换采光板时", "某县某再生资源公司2号车间屋面"),
    ("某县某家园8号楼在浇筑屋面混凝土时模板支撑体系", "某县某家园8号楼"),
    ("在建的某文化中心", "在建的某文化中心"),
    ("某县某镇某陵园在建设公墓过程中", "某县某镇某陵园"),
    ("某县某镇甲村与乙村交叉路口", "某县某镇甲村与乙村交叉路口"),
    ("在某市中心渔港以西约39海里处，", "某市中心渔港以西约39海里"),
    ("某籍油船“甲”轮（JIA）与某籍货船“乙”轮（YI）在东海海域", "东海海域"),
]


@pytest.mark.parametrize(("between", "kept"), KEPT)
def test_the_place_is_what_stands_between_date_and_event(between: str, kept: str) -> None:
    found = facts(f"2021年3月8日12时50分，{between}发生坍塌事故，造成1人死亡。").place.value
    assert found is not None and found.text == kept


# sentence, words that the place holds
ON_THE_WAY = [
    ("2020年1月2日8时，王某驾车行驶至甲乙线2718公里+700米（某镇某村）处时碰撞行人。", "甲乙线2718公里+700米(某镇某村)"),
    ("2015年7月1日5时许，大型客车行驶至某市境内集丹线2公里处时坠入河中，造成11人死亡。", "某市境内集丹线2公里"),
    ("2020年10月20日，“某某”轮航行至长江某段水域时与货轮碰撞，造成2人死亡。", "长江某段水域"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "place"), ON_THE_WAY)
def test_a_vehicle_or_vessel_is_where_it_had_come(sentence: str, place: str) -> None:
    found = facts(sentence).place.value
    assert found is not None and found.text.startswith(place)


# place, province, city, county, town
REGIONS = [
    ("贵州省铜仁市松桃苗族自治县蓼皋街道某路", "贵州省", "铜仁市", "松桃苗族自治县", "蓼皋街道"),
    ("贵州铜仁松桃县某镇", "贵州省", "铜仁市", "松桃县", "某镇"),
    ("内蒙古自治区锡林郭勒盟西乌珠穆沁旗某苏木", "内蒙古自治区", "锡林郭勒盟", "西乌珠穆沁旗", "某苏木"),
    ("鄂尔多斯市伊金霍洛旗某镇", "内蒙古自治区", "鄂尔多斯市", "伊金霍洛旗", "某镇"),
    ("四川省凉山州盐源县某乡", "四川省", "凉山彝族自治州", "盐源县", "某乡"),
    ("黔西南布依族苗族自治州普安县楼下镇", "贵州省", "黔西南布依族苗族自治州", "普安县", "楼下镇"),
    ("新疆生产建设兵团第八师石河子市某厂", "新疆维吾尔自治区", None, "石河子市", None),
    ("重庆市奉节县大树镇", "重庆市", "重庆市", "奉节县", "大树镇"),
    ("北京市朝阳区某街道", "北京市", "北京市", "朝阳区", "某街道"),
    ("四川省广元市市中区某路", "四川省", "广元市", "市中区", None),
    ("湖北省荆州市沙市区某商场", "湖北省", "荆州市", "沙市区", None),
    ("河南省新乡市新乡县七里营镇", "河南省", "新乡市", "新乡县", "七里营镇"),
    ("山西长治某煤业有限公司", "山西省", "长治市", None, None),
    ("广东省深圳市宝安区西乡街道某社区", "广东省", "深圳市", "宝安区", "西乡街道"),
    ("福建省漳州市古雷港经济开发区某公司", "福建省", "漳州市", None, None),
    ("上海市浦东新区某镇", "上海市", "上海市", "浦东新区", "某镇"),
    ("某镇工业园区某厂", None, None, None, "某镇"),
    ("南宁市西乡塘区某村", "广西壮族自治区", "南宁市", "西乡塘区", None),
    ("长沙市宁乡市某街道", "湖南省", "长沙市", "宁乡市", "某街道"),
    ("山西省阳泉市矿区某路", "山西省", "阳泉市", "矿区", None),
    ("泰州市睿辰市政工程有限公司", "江苏省", "泰州市", None, None),
    ("昆山高新区某路", None, None, "昆山市", None),
    ("扬州市经济技术开发区辖区内某公司", "江苏省", "扬州市", None, None),
    ("成都高新区某街道", "四川省", "成都市", None, "某街道"),
    ("一八三团某厂", "新疆维吾尔自治区", None, None, "一八三团"),
]  # fmt: skip


@pytest.mark.parametrize(("place", "province", "city", "county", "town"), REGIONS)
def test_the_levels_of_a_place_are_read(
    place: str, province: str | None, city: str | None, county: str | None, town: str | None
) -> None:
    region = read_region(place)
    assert (region.province, region.city, region.county, region.town) == (province, city, county, town)


def test_a_region_inside_brackets_is_found() -> None:
    region = region_within("甲乙线12公里(小地名:安徽省六安市霍邱县某镇某村)")
    assert (region.province, region.city, region.county, region.town) == (
        "安徽省",
        "六安市",
        "霍邱县",
        "某镇",
    )


def test_a_province_that_follows_from_the_city_is_marked_derived() -> None:
    (finding,) = facts("2020年1月2日，泸州市纳溪区某厂发生火灾，造成1人死亡。").place.findings
    assert finding.value.province == "四川省" and finding.found_by == "derived"


def test_a_stated_province_is_not_marked() -> None:
    (finding,) = facts("2020年1月2日，四川省泸州市纳溪区某厂发生火灾，造成1人死亡。").place.findings
    assert finding.value.province == "四川省" and finding.found_by == "sentence"


def test_the_report_itself_tells_the_province_of_a_county() -> None:
    found = facts(
        "2020年1月2日8时，松桃县某镇某路段发生碰撞事故，造成1人死亡。", "驾驶人，贵州省松桃县某镇人。"
    ).place.value
    assert found is not None and (found.province, found.county) == ("贵州省", "松桃县")


def test_a_region_told_before_the_road_belongs_to_it() -> None:
    found = facts(
        "2020年1月2日11时，陕西省安康市汉滨区，王某驾车行经国道316线90公里处与轿车相撞，致3人死亡。"
    ).place.value
    assert found is not None
    assert (found.text, found.city, found.county) == ("陕西省安康市汉滨区国道316线90公里", "安康市", "汉滨区")


def test_a_substance_that_leaked_is_no_part_of_the_place() -> None:
    found = facts("2020年1月2日，某市某化工公司氯乙烯泄漏后发生爆燃，造成3人死亡。").place.value
    assert found is not None and found.text == "某市某化工公司"


def test_the_report_itself_tells_the_city_of_a_county() -> None:
    found = facts(
        "成都市简阳市某街道某小区“7·10”火灾事故",
        "2024年7月10日4时，简阳市某街道某小区发生火灾，造成1人死亡。",
    ).place.value
    assert found is not None and (found.province, found.city, found.county) == ("四川省", "成都市", "简阳市")


def test_labels_give_place_and_mine() -> None:
    (finding,) = facts("事故地点：山西省临汾市安泽县", "煤矿名称：某煤业有限公司").place.findings
    assert finding.found_by == "label"
    assert finding.value.text == "山西省临汾市安泽县某煤业有限公司"
    assert finding.value.county == "安泽县"


# place, province, city: what the name of the county tells by itself
SEATS = [
    ("启东市某厂", "江苏省", "南通市"),
    ("镇雄县某煤矿", "云南省", "昭通市"),
    ("宁乡县某厂", "湖南省", "长沙市"),
    ("石河子市某厂", "新疆维吾尔自治区", None),
    ("鼓楼区某楼", None, None),
    ("东海省无名县某厂", None, None),
]


@pytest.mark.parametrize(("place", "province", "city"), SEATS)
def test_a_county_of_one_name_tells_its_city(place: str, province: str | None, city: str | None) -> None:
    (finding,) = facts(f"2020年1月2日，{place}发生火灾，造成1人死亡。").place.findings
    assert (finding.value.province, finding.value.city) == (province, city)
    assert finding.found_by == ("derived" if province else "sentence")


def test_the_report_itself_tells_the_county_and_city_of_a_town() -> None:
    found = facts(
        "2020年1月2日，大浪街道某工地发生触电事故，造成1人死亡。", "住所：深圳市龙华区大浪街道某社区。"
    ).place.value
    assert found is not None
    assert (found.province, found.city, found.county, found.town) == (
        "广东省",
        "深圳市",
        "龙华区",
        "大浪街道",
    )


def test_a_mine_after_its_company_lies_where_its_own_name_says() -> None:
    region = region_within("贵州某矿业集团有限公司修文县六广镇某煤矿")
    assert (region.province, region.county, region.town) == ("贵州省", "修文县", "六广镇")
    # 平顶山 is the name of the mine here, and no city.
    assert region_within("镇雄县平顶山煤业有限公司平顶山煤矿").city is None


def test_an_accident_named_after_the_hurt_has_its_place_in_the_text() -> None:
    found = facts(
        "韦某梅“9·4”物体打击事故调查报告",
        "2019年9月4日，在柳岸路9号安置房工地内发生物体打击事故，造成1人重伤。",
    )
    assert found.place.value is not None and found.place.value.text == "柳岸路9号安置房工地"


# sentences that tell who and what, not where
NO_PLACE = [
    "7月21日中午，伤者经抢救无效死亡，事故造成一人死亡。",
    "11时40分许，操作人员陈某准备清理渣土，淤泥突然涌出将其掩埋。",
]


@pytest.mark.parametrize("sentence", NO_PLACE)
def test_persons_and_their_doings_are_no_place(sentence: str) -> None:
    assert facts("某事故", sentence).place.findings == ()


def test_every_county_lies_in_a_prefecture_of_its_province() -> None:
    places = {place for found in _counties().values() for place in found}
    assert {province for province, _ in places} <= set(PROVINCES.values())
    known = {(province, full) for full, province in PREFECTURES.values()}
    cities = {(province, city) for province, city in places if city is not None and city != province}
    assert cities <= known
    # 2 843 counties, county-level cities and districts at the end of 2024; areas of development are left out.
    assert 2820 <= sum(len(found) for found in _counties().values()) <= 2870


def test_the_title_gives_the_place_where_nothing_else_does() -> None:
    (finding,) = facts("某矿业桃园煤矿“2·3”突水事故案例", "事故直接原因：底板突水。").place.findings
    assert (finding.value.text, finding.found_by) == ("某矿业桃园煤矿", "title")


def test_a_report_without_a_place_has_none() -> None:
    assert facts("事故直接原因：违章作业。").place.findings == ()


def test_the_table_of_prefectures_is_whole_enough() -> None:
    # 333 prefecture-level divisions (293 cities, 30 autonomous prefectures, 7 prefectures, 3 leagues) and 莱芜.
    assert 333 <= len(PREFECTURES) <= 336
    assert {province for _, province in PREFECTURES.values()} == set(PROVINCES.values()) - {
        "北京市", "天津市", "上海市", "重庆市", "香港特别行政区", "澳门特别行政区", "台湾省",
    }  # fmt: skip
