"""Texts that speak of accidents and are no accident report, in words of our own; every name is invented.

Each is a name, the kinds it may be taken for, and its paragraphs.
"""

from __future__ import annotations

NO_REPORTS: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("articles on reporting", ("rule",), (
        "柳河市生产安全事故报告办法",
        "第一条　为了规范事故报告，制定本办法。",
        "第二条　事故造成3人以上死亡的，应当在1小时内上报。",
        "第三条　自事故发生之日起30日内，事故造成的伤亡人数发生变化的，应当补报。",
        "第四条　本办法自2021年3月2日起施行。",
    )),
    ("a few articles without chapters", ("rule",), (
        "车间事故处理规定",
        "第一条 发生死亡事故的，立即停产。",
        "第二条 造成1人重伤的，由车间主任当日上报。",
        "第三条 迟报的，罚款500元。",
        "第四条 本规定自2020年1月1日起执行。",
    )),
    ("thresholds of severity", ("other", "rule"), (
        "事故怎样分级",
        "造成30人以上死亡的为特别重大事故；造成10人以上30人以下死亡的为重大事故。",
        "造成3人以上10人以下死亡，或者1000万元以上直接经济损失的，为较大事故。",
    )),
    ("criteria of hidden dangers", ("rule", "other"), (
        "粮食加工企业重大事故隐患判定标准",
        "有下列情形之一的，应当判定为重大事故隐患：",
        "一、筒仓未设泄爆口，可能造成3人以上死亡的。",
        "二、清仓作业未办理审批的。",
    )),
    ("an emergency plan", ("rule", "other"), (
        "柳河矿业有限公司生产安全事故应急预案",
        "一、总则",
        "为迅速处置事故，减少人员伤亡，制定本预案。",
        "二、事故风险描述",
        "井下可能发生顶板、透水事故，造成人员伤亡和直接经济损失。",
        "三、应急处置",
        "事故发生后，现场人员立即撤离并报告。",
        "四、善后处置",
        "妥善安抚家属。",
    )),
    ("a scheme for one kind of accident", ("rule", "other"), (
        "受限空间中毒窒息事故现场处置方案",
        "事故类型：中毒窒息",
        "可能发生的地点：污水池、储罐。",
        "发现有人晕倒时，严禁盲目施救，先通风后检测。",
    )),
    ("a notice of inspection after an accident elsewhere", ("rule",), (
        "关于开展燃气安全专项检查的通知",
        "各县区安委会：",
        "2022年6月3日，邻市一餐馆发生燃气爆炸事故，造成2人死亡。为吸取事故教训，现就有关事项通知如下：",
        "一、立即检查餐饮场所。",
        "二、请各单位认真贯彻执行。",
    )),
    ("a notice to draw lessons from a named accident", ("rule",), (
        "关于深刻吸取某化工公司“6·3”爆炸事故教训做好安全生产工作的通知",
        "柳安委〔2022〕9号",
        "6月3日，某化工公司发生爆炸事故，造成3人死亡。现提出以下要求：",
        "一、各企业应当停产自查。",
    )),
    ("an opinion on handling accidents", ("rule", "other"), (
        "关于进一步规范事故调查报告批复工作的意见",
        "一、调查报告应当在收到之日起15日内批复。",
        "二、批复后应当向社会公布。",
    )),
    ("a reply on a legal question", ("rule", "other"), (
        "关于生产安全事故等级认定有关问题的批复",
        "柳政函〔2020〕3号",
        "你局请示收悉。抢救期间死亡人数增加的，应当按照变化后的人数认定。",
    )),
    ("a notice of training", ("rule", "other"), (
        "关于举办事故调查人员培训班的通知",
        "各有关单位：",
        "定于2021年9月6日至9月10日在柳城举办事故调查人员培训班，现将有关事项通知如下：",
        "一、培训内容：事故原因分析、责任认定、防范措施。",
    )),
    ("material of a training", ("other",), (
        "触电事故预防培训课件",
        "一、触电的种类",
        "电流通过人体会造成伤亡。",
        "二、触电的原因",
        "线路绝缘老化、违章作业都会造成触电死亡。",
    )),
    ("a guide for citizens", ("other",), (
        "家庭如何预防燃气爆炸事故",
        "燃气泄漏遇明火会发生爆炸，造成人员伤亡。",
        "用完燃气应关闭阀门，软管每18个月更换。",
    )),
    ("terms of insurance", ("other",), (
        "团体意外伤害保险条款",
        "被保险人遭受意外伤害，并自伤害发生之日起180日内因该事故造成死亡的，本公司给付保险金。",
        "因下列情形造成被保险人死亡的，本公司不承担责任：斗殴、酗酒。",
    )),
    ("claims of an insurance without a title", ("other",), (
        "投保人应当在事故发生后5日内通知保险人。",
        "因该事故造成被保险人死亡的，受益人应当提供死亡证明；造成伤残的，提供鉴定书。",
    )),
    ("figures of a city in the news", ("other",), (
        "柳城上半年安全形势平稳",
        "本报讯 2021年1月1日至6月30日，全市共发生生产安全事故12起，死亡8人，同比分别下降20%和11%。",
        "其中道路运输事故7起，造成5人死亡。",
    )),
    ("figures in one sentence", ("other",), ("7月5日，市应急局通报，上半年全市发生事故12起，死亡8人。",)),
    ("a circular of figures", ("other", "rule"), (
        "关于2021年上半年全市生产安全事故情况的通报",
        "上半年，全市发生各类生产安全事故12起，死亡8人，比去年同期下降。",
        "从行业看，建筑施工事故最多。",
    )),
    ("an analysis of figures", ("other",), (
        "2020年度全省火灾事故统计分析报告",
        "全年共接报火灾8215起，造成31人死亡、20人受伤，直接财产损失1.2亿元。",
        "从起火原因看，电气火灾占三成。",
    )),
    ("a drill in the news", ("other",), (
        "柳城举行危险化学品泄漏事故应急演练",
        "6月16日上午，演练在化工园区举行。演练模拟一辆槽罐车追尾后泄漏起火，造成2人受伤。",
        "消防、医疗等8支队伍参加了演练。",
    )),
    ("a drill told without that word in its title", ("other",), (
        "警报响起 柳城化工园区快速响应",
        "6月16日9时，模拟某公司储罐发生爆炸，造成3人死亡，园区随即启动响应。",
    )),
    ("an evaluation of a drill", ("other",), (
        "仓库火灾事故应急演练评估报告",
        "演练于2021年11月9日开展，参演人员36人。",
        "演练中信息报告及时，疏散有序，不足之处是灭火器使用不熟练。",
    )),
    ("minutes in which an accident was heard", ("other",), (
        "安全生产例会会议纪要",
        "2021年3月5日，公司召开安全例会，会议通报了3月2日铸造车间灼烫事故的情况，该事故造成1人重伤。",
        "会议要求各车间自查。",
    )),
    ("a ledger", ("other", "table"), (
        "隐患排查治理台账",
        "2021年3月2日，二号车间，电缆破损，可能造成触电事故，已整改。",
        "2021年3月5日，仓库，灭火器过期，已更换。",
    )),
    ("a manual of a product", ("other",), (
        "角磨机使用说明书",
        "警告：砂轮破裂可能造成重伤或死亡事故。",
        "使用前应检查护罩，使用后应切断电源。",
    )),
    ("an obituary", ("other",), (
        "讣告",
        "原柳河煤矿矿长陈某同志因病医治无效，于2021年3月2日逝世，享年81岁。",
        "陈某同志曾参加1975年井下透水事故抢险，立二等功。",
    )),
    ("a death of illness in the news", ("other",), (
        "昨日，著名矿业专家周某因病抢救无效去世，享年90岁。",
        "周某长期从事瓦斯治理研究。",
    )),
    ("a speech", ("other",), (
        "在全市安全生产会议上的讲话",
        "同志们：3月2日，某厂发生爆炸事故，造成2人死亡，教训深刻。",
        "下面我讲三点意见。",
    )),
    ("news without an accident", ("other",), (
        "3月2日，柳城市应急管理局到某钢铁公司检查，要求企业做好事故防范工作。",
        "检查组查看了煤气柜和高炉。",
    )),
    ("a rescue without an accident", ("other",), (
        "消防员救下被困小猫",
        "昨日上午，一只小猫被困在树上，消防员用梯子将其救下。",
    )),
    ("a risk assessment", ("other",), (
        "液氨储罐泄漏事故风险评估报告",
        "储罐发生泄漏时，下风向500米内可能造成人员中毒。",
        "建议增设喷淋和检测报警。",
    )),
    ("a plan of work", ("other", "rule"), (
        "柳城县安全生产三年行动实施方案",
        "到2022年底，较大事故起数和死亡人数明显下降，坚决遏制重大事故。",
        "一、主要任务",
        "二、工作要求",
    )),
    ("English instructions", ("other", "rule"), (
        "Operator manual",
        "Revised on March 2, 2019.",
        "Failure to follow these instructions may cause fire, death or serious injury.",
    )),
    ("English figures", ("other",), (
        "Fatal occupational injuries fell",
        "On December 17, 2019, the bureau said that the number of workers killed in falls and fires was lower than in 2018.",
    )),
    ("an English obituary", ("other",), (
        "John Doe",
        "John Doe died peacefully on March 2, 2019, aged 90. He was a retired mining engineer.",
    )),
    ("a pledge", ("other", "rule"), (
        "安全生产目标责任书",
        "甲方与乙方签订于2021年3月2日。",
        "不发生死亡事故，造成1人死亡的扣发全年奖金。",
    )),
    ("a contract", ("other", "rule"), (
        "建设工程施工合同",
        "合同签订日期：2021年3月2日",
        "因承包人原因造成安全事故导致人员伤亡的，由承包人承担责任。",
    )),
    ("a forecast", ("other",), (
        "天气预报",
        "3月2日，我市将出现大风，可能造成树木倒塌、人员受伤，请注意防范。",
    )),
    ("a circular on hidden dangers that names an accident's day", ("other", "rule"), (
        "关于开展“3·15”火灾事故隐患排查情况的通报",
        "3月15日起，各单位排查隐患120处。",
    )),
    ("a request to study a case", ("rule",), (
        "关于组织学习事故案例的通知",
        "各车间：",
        "现将3月2日某厂机械伤害事故案例印发给你们，该事故造成1人死亡，请认真组织学习。",
    )),
    ("a statistical communiqué", ("other", "rule"), (
        "柳城市2021年国民经济和社会发展统计公报",
        "全年共发生各类生产安全事故98起，死亡45人，比上年下降5.2%。",
    )),
    ("a contest of rescuers", ("other",), (
        "救护车司机技能比武",
        "5月12日，比武设置车辆碰撞、高处坠落伤员救治等项目，模拟伤员3人受伤。",
    )),
    ("figures over broken lines in a circular", ("rule",), (
        "关于2018年度受限空间作业条件确认工作情况的通报",
        "柳应急函〔2019〕90号",
        "2018年全省共发生受限空间事故",
        "61",
        "起、死亡",
        "112人，同比减少。",
        "一、存在的主要问题",
        "个别企业盲目施救。",
        "二、下一步工作要求",
        "各地应当加大检查力度。",
    )),
)  # fmt: skip
