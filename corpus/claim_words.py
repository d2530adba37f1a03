"""What the words around a figure say: whether it rose, fell, was planned, was last year's, a share.

The patterns are tried on a figure's lead, the text of its own clause in front of it.
"""

import re

RISE = "增加|增长|上升|提高|上涨|增幅|增支|增收|多支出|同比增"
FALL = "减少|下降|降低|下滑|降幅|压减|缩减|减支|减收|回落|压缩|少支出|同比降|负增长|减幅|跌幅"
FROM = r"(?:由|从)(?:(?:20\d\d年|上一?年|去年|年初)(?:末|度|底)?的?)?\s*$"  # 由上年的20万元增至…
VERB = re.compile(
    rf"(?<![新净])(?P<verb>{RISE}|{FALL})(?P<other>(?:[（(]?(?:{RISE}|{FALL})[）)]?)*)"
    r"(?:幅度|额|率|了|约|近|为|达|到|至|[：:\s])*$"
)
NEW_LEVEL = re.compile(
    rf"(?:{RISE}|{FALL}|增|减|降|升|调整|提高)(?:到|至|为)(?:20\d\d年(?:末|度)?的|目前的)?\s*$"
)
OLD_LEVEL = re.compile(rf"(?:分别)?{FROM}")
BASIS = re.compile(
    r"(?:与|同|和)(?P<with>[^，。；：]{1,24}?)(?:相比|对比|比较|相较|(?P<same>持平|一致|相同|相等))|"
    r"(?<![占对可同])(?:比|较|对比)(?![例重率赛较为大多少高低增减下提降]|上升|上涨)"
    r"(?P<than>[^，。；：]{2,24}?)"
    r"(?=新?增|净增|超|短收|减|净减|下降|上升|上涨|提高|降|压|缩|节约|节省|回落|持平|无|[多少](?:\d|$)|$|，|(?<!\d)[\d,.]+[万亿]?元)|(?P<year>同比(?:上一?年度?|去年)?)"
)
COMPLETION = re.compile(
    r"(?:完成|为|达到?|实现)(?P<basis>[^，。；：为占]*?(?:预算|目标|任务|计划|指标)[^，。；：为占]{0,8}?)(?:的|比例为|率为)?\s*$"
)
BARE_COMPLETION = re.compile(r"(?:完成|完成率|执行率|完成比例|预算执行率)(?:为|达|达到)?\s*$")
SHARE = re.compile(
    r"占(?!用)(?:比|(?P<basis>[^，。；]*?))(?:的)?(?:比重|比例|比)?(?:为|达|达到|约)?\s*$"
)
BUDGET = re.compile(
    r"(?:年初|全年|调整|变动|支出|收入|当年)*(?:总预算|(?<!公共)(?<!基金)(?<!经营)预算)"
    r"(?:数|额|安排|总额|金额)?(?:合计|总计)?数?(?:为|是|共|达)?\s*$|"
    r"(?<=[费款出])预算(?:支出|收入)(?:为|是|共|达)?\s*$"
)
PRIOR = re.compile(
    rf"{FROM}|预算执行数(?:为)?\s*$|^(?:比|较)[^，]*$|^[（(]?(?:上年|去年|上一年度)(?!结|末|终)"
)
AGAINST_BUDGET = re.compile(
    r"(?:比|较)(?!上|去)(?:(?P<year>20\d\d)年(?:度)?)?[^，。]*预算(?:数|额|安排)?$"
)
ASIDE = re.compile(r"[（(][^（）()]*(?:下同|简称)[^（）()]*[）)]")  # 比2022年（上一年度，下同）
SUM = re.compile(r"(?:共|共计|合计|总共)(?:支出|收入)?")
YEAR = re.compile(r"(20\d\d)\s*年")
ADJUSTED = re.compile(r"(?:调整|调增|调减)(?:为|至|到)\s*$")
COMPARED = re.compile(
    r"(?:(?P<less>小于|低于|少于)|大于|高于|多于|超过)(?P<basis>[^，。；]*?(?:年|预算|决算|计划)[^，。；]*)$"
)
OBJECT = re.compile(
    r"(?<![新净])(?P<verb>增加|减少|压减|调减|调增|追加|核减|核增|多安排|少安排)了?(?:安排)?(?P<object>(?![到至为])[^，。]{2,20})$"
)
MORE = re.compile(
    r"[比较][^，。；]*?(?:新增|净增|超支|超收|多|(?P<less>净减|短收|节约|节省|少))了?约?\s*$"
)
LEFT_OUT = re.compile(r"(?:剔除|扣除|不考虑)[^，。；]{2,30}后(?=，$)")
FUND = re.compile(r"(.*(?:公共预算|基金|国有资本经营)(?:预算)?)(?:收入|支出)(?:合计|总计)?")
PLAN = re.compile(r"(?:年初|调整|全年|变动)?预算")
GAP = re.compile(r"(?:预决算|决算与预算)?(?:差异|偏离)率(?:为|是|达)?\s*$")
PARALLEL = ("和", "及", "与", "、")  # 分别增长2%和3%: the second is read like the first
PREDICATE = re.compile(rf"\d|^(?:{RISE}|{FALL}|用于|支持)")  # what follows is no thing
MOVES = re.compile(rf"(?:{RISE}|{FALL})了?(?:约|近)?$")
GENERIC = re.compile(r"^(?:预算)?(?:支出|收入)(?:合计|总计|预算)?$")
BACK = re.compile(
    r"(?:该|此)(?:项目|费用|经费)(?:支出)?|费用(?:支出)?|价值|金额|(?:账面)?原值|(?:该项|此项|其)(?:支出|费用|经费)?"
)
PROJECT = re.compile(r"[^，。；]{2,}?项目(?=自评|绩效|得分|全年|评价|预算|执行|$)")
ABOUT_PROJECT = re.compile(
    r"^[“\"]?([^，。；：“”]{2,40}?)[”\"]?项目(?:支出)?(?:绩效)?(?:自评)?(?:综述|情况)?："
)
AS_OF = re.compile(r"截[至止](20\d\d)年")
TOTAL = re.compile(r"其中|以下方面|包括|分项|如下|分结构|按")
WITHIN = re.compile(r"(?:^|[，。；：])([^，。；：]{4,40})中，$")
COUNT_VERB = re.compile(
    r"(?:^|对|共|有|设|下设|设置|设立|召开|举办|涉及|下属|纳入|包括|开展|安排|购置|组织|各|的|拥有|全部|全年|新增|和|及|与|、)$"
)
