"""The bundled casebook: counts and records compared with the fact tables, read there by hand."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import fields, replace
from datetime import date
from importlib.resources import files

import pytest

from qianche.corpus.casebook import load_casebook
from qianche.corpus.casebook.sectors import SECTOR_FILES, check_sector, sector_by_case, sector_by_industry
from qianche.corpus.casebook.sources import classify_locator
from qianche.corpus.cases import AccidentClass, Case, Grade, Place, Provenance, Toll
from qianche.corpus.errors import BadRecord
from qianche.corpus.schemes import SECTORS


@pytest.fixture(scope="module")
def casebook() -> dict[str, Case]:
    return {case.case_id: case for case in load_casebook()}


# Totals were added up in the fact tables with grep and awk.


def test_every_accident_is_there_with_the_basis_of_its_cause(casebook: dict[str, Case]) -> None:
    assert len(casebook) == 254 + 220 + 249
    bases = Counter(case.cause_basis for case in casebook.values())
    assert bases == {"page": 152 + 177 + 249, "general": 57 + 43, "memory": 45}
    assert Counter(case.confidence for case in casebook.values()) == {"high": 488, "medium": 235}
    assert Counter(case.numbers_confirmed for case in casebook.values()) == {True: 700, False: 23}


def test_the_casualties_add_up_to_those_of_the_fact_tables(casebook: dict[str, Case]) -> None:
    tolls = [case.toll for case in casebook.values()]
    assert sum(t.deaths or 0 for t in tolls) == 8666 + 506 + 1390
    assert sum(t.missing or 0 for t in tolls) == 62 + 30 + 1
    injured = [t.injured for t in tolls if t.injured is not None]
    assert (sum(injured), len(injured)) == (141985 + 503 + 418, 218 + 217 + 82)
    assert sum(t.direct_loss_wan is not None for t in tolls) == 68 + 64 + 206
    assert None not in {t.deaths for t in tolls}


def test_countries_and_classes_are_those_of_the_fact_tables(casebook: dict[str, Case]) -> None:
    cases = casebook.values()
    assert sum(case.place.country == "中国" for case in cases) == 698
    assert sum(case.class_in("common") == "瓦斯突出" for case in cases) == 34
    words = Counter(case.class_in("gb6441-1986") for case in cases)
    assert (words["其他爆炸"], words["中毒和窒息"], words["冒顶片帮"], words["容器爆炸"]) == (79, 70, 64, 2)
    assert words[None] == 34
    assert sum(case.class_in("coal-8") is not None or case.sector == "煤矿" for case in cases) == 274


def test_the_order_is_by_date_then_id_as_in_the_files(casebook: dict[str, Case]) -> None:
    keys = [(case.occurred_on, case.case_id) for case in casebook.values()]
    assert keys == sorted(keys)
    folder = files("qianche.corpus.casebook").joinpath("cases")
    for stem in SECTOR_FILES.values():
        lines = folder.joinpath(f"{stem}.jsonl").read_text(encoding="utf-8").splitlines()
        rows = [json.loads(line) for line in lines]
        assert [(r["occurred_on"], r["case_id"]) for r in rows] == sorted(
            (r["occurred_on"], r["case_id"]) for r in rows
        )
        expected = [
            f.name
            for f in fields(Case)
            if f.name not in ("origin", "cause_doubtful", "conflicts", "corrected")
        ]
        assert all(list(row) == expected for row in rows), stem


def test_one_record_is_the_fact_table_s_word_for_word(casebook: dict[str, Case]) -> None:
    assert casebook["1960-mianyang-molten-iron"] == Case(
        case_id="1960-mianyang-molten-iron",
        name="四川绵阳某机械厂铸工车间“8·9”铁水爆炸事故",
        occurred_on=date(1960, 8, 9),
        occurred_at="01:50",
        place=Place("中国", "四川省", "绵阳市", None),
        sector="工贸",
        industry="冶金机械",
        work_kind="生产操作",
        accident_classes=(
            AccidentClass("gb6441-1986", "其他爆炸", "source"),
            AccidentClass(
                "gb6441-2025",
                None,
                "undecided",
                ("可燃气体爆炸", "可燃液体蒸气爆炸", "粉尘爆炸", "高温熔融物爆炸", "其他可燃固体爆炸"),
            ),
        ),
        grade=Grade("重大", "computed-retroactive"),
        toll=Toll(11, 0, None, 5, None),
        activity="化铁炉打炉",
        initiating_event="铁水倾到湿铁板上",
        direct_cause="化铁炉打炉时炉内残存约210千克铁水全部倾落在被水浸湿的铁板上,瞬间汽化爆炸。",
        management_failures=("炉底积水", "炉衬配料不当", "打炉操作违规"),
        failed_barriers=("炉底干燥缺失", "打炉程序失控"),
        equipment=("化铁炉",),
        substances=("铁水", "水"),
        lessons=("打炉前炉坑和接铁处必须烘干,残铁先放净。",),
        cited_rules=(),
        cause_basis="page",
        numbers_confirmed=True,
        confidence="high",
        provenance=(
            Provenance("website", "http://www.ears5.com/index.php?a=show&catid=212&id=32695", False),
        ),
        note=None,
        origin="bundled",
    )


@pytest.mark.parametrize(
    ("case_id", "day", "at", "county", "sector", "work_kind", "grade", "toll", "basis"),
    [
        (
            "2015-tianjin-port-ruihai",
            "2015-08-12",
            "23:30",
            "滨海新区",
            "危险化学品",
            "生产操作",
            Grade("特别重大", "computed"),
            Toll(165, 8, 58, 798, 686600),
            "memory",
        ),
        (
            "2019-xiangshui-tianjiayi-explosion",
            "2019-03-21",
            "14:48",
            "响水县",
            "危险化学品",
            "生产操作",
            Grade("特别重大", "computed"),
            Toll(78, 0, 76, 716, 198635.07),
            "page",
        ),
        (
            "2008-xiangfen-xinta-tailings",
            "2008-09-08",
            "08:00",
            "襄汾县",
            "非煤矿山",
            "生产操作",
            Grade("特别重大", "computed"),
            Toll(277, 4, None, 33, 9619.2),
            "memory",
        ),
        (
            "2021-shiyan-yanhu-gas",
            "2021-06-13",
            "06:42",
            "张湾区",
            "城镇燃气",
            "生产操作",
            Grade("重大", "computed"),
            Toll(26, 0, 37, 138, 5395.41),
            "page",
        ),
        (
            "2010-yichuan-guomin-outburst",
            "2010-03-31",
            None,
            "伊川县",
            "煤矿",
            "生产操作",
            Grade("特别重大", "computed"),
            Toll(48, 0, None, None, 2728.4),
            "page",
        ),
        (
            "2004-sinan-tianchi-flood",
            "2004-12-12",
            "10:30",
            "思南县",
            "煤矿",
            "生产操作",
            Grade("特别重大", "named"),
            Toll(21, 15, None, 0, 783),
            "page",
        ),
        (
            "2004-pinglu-panjiayao-fire",
            "2004-05-18",
            "03:00",
            "平鲁区",
            "煤矿",
            "生产操作",
            Grade("重大", "computed-missing"),
            Toll(4, 10, None, None, None),
            "page",
        ),
        (
            "2008-liling-ruixiang-lightning",
            "2008-07-13",
            "17:00",
            "醴陵市",
            "烟花爆竹",
            "其他",
            None,
            Toll(0, 0, None, 10, None),
            "page",
        ),
        (
            "2022-changchun-xiaoyoubing-fire",
            "2022-09-28",
            "12:40",
            "高新区",
            "消防",
            "动火",
            Grade("重大", "computed"),
            Toll(17, 0, None, 3, None),
            "page",
        ),
        (
            "2026-baotou-steel-steam-sphere",
            "2026-01-18",
            "15:03",
            "九原区",
            "工贸",
            "生产操作",
            Grade("重大", "computed-missing"),
            Toll(6, 4, 5, 84, None),
            "general",
        ),
        (
            "2018-xinjiang-tunhe-lime",
            "2018-08-17",
            "07:05",
            None,
            "工贸",
            "装卸运输",
            Grade("一般", "computed"),
            Toll(0, 0, 1, 1, 142.66),
            "page",
        ),
    ],
)
def test_records_agree_with_the_fact_tables(
    casebook: dict[str, Case],
    case_id: str,
    day: str,
    at: str | None,
    county: str | None,
    sector: str,
    work_kind: str,
    grade: Grade | None,
    toll: Toll,
    basis: str,
) -> None:
    case = casebook[case_id]
    assert (case.occurred_on, case.occurred_at, case.place.county) == (date.fromisoformat(day), at, county)
    assert (case.sector, case.work_kind) == (sector, work_kind)
    assert (case.grade, case.toll, case.cause_basis) == (grade, toll, basis)


@pytest.mark.parametrize(
    ("case_id", "work_kind", "why"),
    [
        ("2010-shanghai-jingan-fire", "动火", "welding lit the facade; the dead were residents"),
        ("2023-beijing-changfeng-hospital-fire", "动火", "a cutter's sparks lit paint vapour"),
        ("2013-shenyang-paraffin-h2s", "盲板抽堵", "a blind was being set"),
        ("2023-laogang-desulfur-tower", "有限空间", "poisoned inside a tower that was being refilled"),
        ("2007-tieling-qinghe-ladle", "吊装", "the crane that carried the ladle failed"),
        ("2023-wuxi-tower-crane-fall", "高处", "a fall while erecting a crane"),
        ("2023-zhouzhi-greenhouse-fall", "高处", "unhooked on a roof"),
        ("2020-qidong-hutong-electrocution", "临时用电", "a supply was being connected"),
        ("2022-conghua-gas-pipe-digging", "动土", "an excavator cut a gas pipe"),
        ("2024-jinghong-tea-factory-soil", "动土", "an earth slope slid"),
        ("2022-qingzhen-limin-gas", "爆破", "a shot let the outburst loose"),
        ("2022-honggu-yaojie3-blasting", "爆破", "a pick hit a misfire"),
        ("2016-baode-wangjialing-shearer", "检维修", "a cylinder was being repaired"),
        ("2018-shajiaoc-bus-arc", "检维修", "a busbar was being overhauled"),
        ("2012-wuhan-donghu-hoist", "装卸运输", "riding a hoist"),
        ("2022-chongxin-zhouzhai-derail", "装卸运输", "putting a derailed car back"),
        ("2014-midong-miquanshagou-asphyxia", "生产操作", "caving coal"),
    ],
)
def test_the_work_kind_is_that_of_the_work_whose_hazard_did_the_harm(
    case_id: str, work_kind: str, why: str, casebook: dict[str, Case]
) -> None:
    assert casebook[case_id].work_kind == work_kind, why


@pytest.mark.parametrize(
    ("case_id", "sector", "why"),
    [
        ("2013-qingdao-pipeline", "油气管道", "industry says 危险化学品"),
        ("2025-wanning-fishing-collision", "渔业船舶", "two fishing vessels, industry says 水上交通"),
        ("2023-laogang-desulfur-tower", "其他", "municipal cleaning"),
        ("2017-daye-tonglvshan-tailings", "非煤矿山", "尾矿库"),
    ],
)
def test_the_sector_follows_the_reviewed_tables(
    case_id: str, sector: str, why: str, casebook: dict[str, Case]
) -> None:
    assert casebook[case_id].sector == sector, why


def test_the_sector_tables_name_listed_sectors_and_existing_cases_only(casebook: dict[str, Case]) -> None:
    assert set(sector_by_industry().values()) | set(sector_by_case().values()) <= set(SECTORS)
    assert set(SECTOR_FILES) == set(SECTORS)
    assert set(sector_by_case()) <= set(casebook)
    assert set(sector_by_industry()) == {case.industry for case in casebook.values()}
    needless = [i for i, s in sector_by_case().items() if sector_by_industry()[casebook[i].industry] == s]
    assert needless == []


def test_a_sector_that_the_tables_do_not_give_is_refused(casebook: dict[str, Case]) -> None:
    case = casebook["1960-mianyang-molten-iron"]
    with pytest.raises(BadRecord, match=r"行业“打铁”不在对照表中.*sector_by_industry.csv"):
        check_sector(replace(case, industry="打铁"))
    with pytest.raises(BadRecord, match=r"“消防”与对照表不符：行业“冶金机械”应为“工贸”.*sector_by_case.csv"):
        check_sector(replace(case, sector="消防"))


@pytest.mark.parametrize(
    ("case_id", "scheme", "expected"),
    [
        # 瓦斯突出 that ended in an explosion at the shaft mouth
        ("2010-yichuan-guomin-outburst", "gb6441-1986", ("中毒和窒息", "冒顶片帮", "瓦斯爆炸")),
        ("2019-shenmu-baiji-dust", "gb6441-2025", ("粉尘爆炸", "可燃气体爆炸")),
        ("2020-jiaxiang-liangbaosi-dust", "gb6441-2025", ("粉尘爆炸", "可燃气体爆炸")),
        ("2019-shenmu-baiji-dust", "coal-8", AccidentClass("coal-8", "瓦斯", "crosswalk")),
        ("2021-binchang-hujiahe-burst", "coal-8", AccidentClass("coal-8", "顶板", "crosswalk")),
        ("2014-midong-miquanshagou-asphyxia", "coal-8", AccidentClass("coal-8", "顶板", "source")),
        ("2016-baode-wangjialing-shearer", "coal-8", AccidentClass("coal-8", "机电", "source")),
    ],
)
def test_classes_are_carried_over_or_left_open(
    case_id: str, scheme: str, expected: AccidentClass | tuple[str, ...], casebook: dict[str, Case]
) -> None:
    found = next(c for c in casebook[case_id].accident_classes if c.scheme == scheme)
    if isinstance(expected, tuple):
        expected = AccidentClass(scheme, None, "undecided", expected)
    assert found == expected


def test_the_grades_that_do_not_follow_from_the_dead_alone_are_these(casebook: dict[str, Case]) -> None:
    cases = casebook.values()
    assert [c.case_id for c in cases if c.grade and c.grade.basis == "named"] == ["2004-sinan-tianchi-flood"]
    assert {c.case_id for c in cases if c.grade and c.grade.basis == "computed-missing"} == {
        "2004-pinglu-panjiayao-fire", "2009-dongying-guangli-tanker", "2014-shengsi-05885-sinking",
        "2015-dalian-yuandao-angling-boat", "2024-kaiping-waste-station", "2025-gaomi-youdao-explosion",
        "2026-baotou-steel-steam-sphere",
    }  # fmt: skip
    ungraded = {c.case_id for c in cases if c.grade is None and c.place.country == "中国"}
    assert len(ungraded) == 5
    assert "2024-meida-expressway-collapse" in ungraded, "official bulletins treat it as a natural disaster"
    assert all(c.grade is None for c in cases if c.place.country != "中国")


def test_a_term_is_equipment_or_substance_everywhere_alike(casebook: dict[str, Case]) -> None:
    equipment = {term for case in casebook.values() for term in case.equipment}
    substances = {term for case in casebook.values() for term in case.substances}
    assert equipment & substances == set()
    assert len(equipment | substances) == 834
    assert {"刮板输送机", "采准巷道", "液压支架", "尾矿库", "电焊"} <= equipment
    assert {"瓦斯", "老空水", "硫化氢", "铝粉", "硝酸铵", "聚氨酯保温"} <= substances


def test_only_government_court_and_central_media_are_links(casebook: dict[str, Case]) -> None:
    sources = [source for case in casebook.values() for source in case.provenance]
    assert sources == [classify_locator(source.locator) for source in sources]
    assert sum(source.kind == "collection" for source in sources) == 249
    assert [s.locator for s in sources if s.kind == "national-media"] == [
        "https://www.chinanews.com/tp/shfq/news/2009/03-23/1614102.shtml",
        "https://news.cri.cn/20161126/b713c966-1f8d-1674-ef62-9af5dbdbc989.html",
        "http://xinhuanet.com/politics/2018-11/30/c_1210006171.htm",
    ]
    assert all(source.linkable == (source.kind in {"government", "national-media"}) for source in sources)
