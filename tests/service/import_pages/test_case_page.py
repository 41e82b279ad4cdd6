"""What imported files say beside a case, and corrections."""

from __future__ import annotations

import re

from tests.service.conftest import BASE_URL
from tests.service.import_pages.bench import SAME, Bench, links, values
from tests.service.small_base import CONFLICT


def test_an_imported_case_never_says_that_it_is_ours(bench: Bench) -> None:
    page = bench.page(f"/cases/{bench.only_case(bench.take('安吉报告.docx'))}")
    main = page.text[page.text.index("概况") : page.text.index("自带案例")]
    assert "导入的记录" in page.text and "本库概括" not in main and "本库归纳" not in main
    assert "公开资料汇编" not in main
    assert "导入文件：安吉报告.docx" in page.words


def test_what_files_say_stands_beside_the_bundled_record_with_quotes_and_pages(bench: Bench) -> None:
    sha = bench.take("同一起.docx", text=["甲厂起火，死亡二人。"], drafts=[{"deaths": 2}])
    assert bench.only_case(sha) == "bundled-a"
    page = bench.page("/cases/bundled-a")
    assert "本库概括，非报告原文" in page.text  # the record is, the account is not
    assert "导入文件的记述" in page.text and "同一起.docx" in page.text
    assert "由规则并入：日期一致，地点一致" in page.words
    assert f"/sources/{sha}?page=1&start=0&end=4#quote" in links(page)
    assert "据句子的写法" in page.text


def test_figures_that_disagree_stand_side_by_side_and_are_flagged(bench: Bench) -> None:
    page = bench.page(f"/cases/{bench.only_case(bench.take(**CONFLICT))}")
    told = page.text[page.text.rindex("导入文件的记述") :]
    flagged = told[told.index("死亡人数") :]
    assert flagged.index("数据有出入") < flagged.index("更正")
    assert re.search(r"3.*4", flagged[: flagged.index("更正")], re.DOTALL)


def test_a_figure_that_the_bundled_record_does_not_give_is_flagged(bench: Bench) -> None:
    sha = bench.take(drafts=[{"direct_loss_wan": 7.5, "injured": 9}])
    assert bench.only_case(sha) == "bundled-a"
    told = bench.page("/cases/bundled-a").words.rpartition("导入文件的记述")[2]
    assert "与现记不同" not in told  # the bundled record gives neither figure
    bench.follow("/cases/bundled-a/corrections", field="toll.injured", value="8", who="李四")
    told = bench.page("/cases/bundled-a").words.rpartition("导入文件的记述")[2]
    assert "受伤人数现记：8与现记不同人工更正9" in told


def test_doubt_is_flagged_with_its_reason(bench: Bench) -> None:
    page = bench.page(f"/cases/{bench.only_case(bench.take(doubtful='deaths'))}")
    assert "存疑：识别不清" in page.words


def test_a_field_is_corrected_its_history_kept_and_withdrawn(bench: Bench) -> None:
    case_id = bench.only_case(bench.take(**CONFLICT))
    address = f"/cases/{case_id}/corrections"
    wrong = bench.refused(address, field="toll.deaths", value="四人", who="李四")
    assert "死亡人数“四人”不能使用：需要整数" in wrong.text
    assert "四人" in values(wrong, "value") and "李四" in values(wrong, "who")
    assert "没有写明由谁操作" in bench.refused(address, field="toll.deaths", value="4", who="").text
    assert "字段“x”不能更正" in bench.refused(address, field="x", value="4", who="李四").text
    done = bench.follow(address, field="toll.deaths", value="4", who="李四")
    assert "已更正“死亡人数”" in done.text and "人工更正" in done.words
    assert "由“未载”改为“4”" in done.words and values(done, "who")[0] == "李四"
    undone = bench.follow(f"/cases/{case_id}/withdrawals", field="toll.deaths", who="王五")
    assert "已撤回对“死亡人数”的更正" in undone.text and "更正已撤回" in undone.words


def test_a_value_that_the_record_cannot_hold_comes_back_in_chinese(bench: Bench) -> None:
    page = bench.refused("/cases/bundled-a/corrections", field="sector", value="不存在的行业", who="李四")
    assert "没有改动。" in page.text and "不存在的行业" in page.text


def test_a_joined_account_is_split_and_joined_again(bench: Bench) -> None:
    sha = bench.take(**SAME)
    account_id = f"imp-{sha[:12]}-1"
    assert "没有写明由谁操作" in bench.refused(f"/accounts/{account_id}/split", who="").text
    page = bench.follow(f"/accounts/{account_id}/split", who="李四")
    assert "已拆出" in page.text and f"/cases/{account_id}" in links(page)
    assert bench.only_case(sha) == account_id
    wrong = bench.refused(f"/accounts/{account_id}/join", case_id="没有", who="李四")
    assert "没有编号为“没有”的案例" in wrong.text and "没有" in values(wrong, "case_id")
    back = bench.follow(f"/accounts/{account_id}/join", case_id=f"{BASE_URL}/cases/bundled-a", who="李四")
    assert "已并入本案例" in back.text and bench.only_case(sha) == "bundled-a"


def test_an_unknown_case_is_not_found(bench: Bench) -> None:
    assert "没有" in bench.page("/cases/none", 404).text
    bench.page("/cases/imp-000000000000-1", 404)


def test_what_is_in_conflict_and_who_corrected_stand_in_the_very_place(bench: Bench) -> None:
    given = {"deaths": [3, 4], "injured": 2, "firm": "安吉另一家厂", "day": "2023-02-02"}
    case_id = bench.only_case(
        bench.take("另一家.docx", text=["甲厂起火，死亡人数前后不一。"], drafts=[given])
    )
    page = bench.page(f"/cases/{case_id}")
    record = page.words.rpartition("导入文件的记述")[0]
    assert "死亡数据有出入（3／4）" in record and "死亡未载" not in record
    assert "数字与成因均有页面可据" not in page.words
    assert "死亡数据有出入（3／4）" in bench.page("/?q=甲厂起火死亡人数前后不一").words
    bench.follow(f"/cases/{case_id}/corrections", field="toll.injured", value="5", who="李四")
    record = bench.page(f"/cases/{case_id}").words.rpartition("导入文件的记述")[0]
    assert "受伤5人更正：李四" in record and "受伤人数由使用者更正" in record
    assert "成因据导入文件所述，未见调查认定" in record


def test_a_case_without_a_cause_claims_none_on_its_page(bench: Bench) -> None:
    given = {"direct_cause": [], "firm": "安吉另一家厂", "day": "2023-02-02"}
    case_id = bench.only_case(bench.take("另一家.docx", drafts=[given]))
    record = bench.page(f"/cases/{case_id}").words
    assert "成因据" not in record and "直接原因原记录未载" in record


def test_a_cause_told_in_several_ways_is_listed_and_not_called_absent(bench: Bench) -> None:
    given = {"direct_cause": ["除尘管积灰", "电机过热"], "firm": "安吉另一家厂", "day": "2023-02-02"}
    case_id = bench.only_case(bench.take("另一家.docx", drafts=[given]))
    record = bench.page(f"/cases/{case_id}").words.rpartition("导入文件的记述")[0]
    assert "直接原因数据有出入：除尘管积灰电机过热" in record
