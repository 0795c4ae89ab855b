"""Ledgers of several units as one: what they say together, what contradicts, and what should be looked at."""

from pathlib import Path

import pytest

from govkit.ledger import Kind
from govkit.problems import Problem, ProblemsError
from govkit.reading import LedgerFiles, read_ledger_files
from tests.workbooks import ACCOUNTS, BATCH, SITES, csv_files, write

HEAD = "| 账号台账 | 新媒体标识码 | 账号名称 | 账号类型 | 主办单位 | 主页地址 | 账号状态 |\n"
NO_CODES = "| Sheet1 | 新媒体类型 | 新媒体名称 | 责任单位 |\n"


def read(path: Path, *texts: str) -> LedgerFiles:
    """Write each text as a file of its own, 1.xlsx, 2.xlsx …, and read them together."""
    return read_ledger_files([write(path / f"{number}.xlsx", text) for number, text in enumerate(texts, 1)])


def found(path: Path, *texts: str) -> list[Problem]:
    """The problems of such files."""
    with pytest.raises(ProblemsError) as raised:
        read(path, *texts)
    return list(raised.value.problems)


def test_files_of_several_units(tmp_path: Path) -> None:
    """The ledgers of several files are one: sites first, then accounts, each in the order of the files."""
    files = read(tmp_path, ACCOUNTS, SITES, HEAD + "| | a9 | 乙发布 | 1 | 乙局 | | 1 |")
    assert [subject.id for subject in files.subjects] == [
        *("0500230001", "5002300002", "bm64130001"),
        *("5002300000000101", "教委微博", "a9"),
    ]
    assert files.subjects[-1].details["账号类型"] == "微信公众号"
    assert files.notices == ()


def test_same_entry_in_two_files(tmp_path: Path) -> None:
    """What two files say of one object counts once and is pointed out; a number of order is no difference."""
    one = "| 账号台账 | 序号 | 新媒体标识码 | 账号名称 | 账号类型 | 主办单位 |\n| | 1 | a1 | 教委发布 | 1 | 县教委 |"
    other = (
        "| 账号台账 | 序号 | 新媒体标识码 | 账号名称 | 账号类型 | 主办单位 |\n| | 7 | a1 | 教委发布 | 微信 | 县教委 |"
    )
    files = read(tmp_path, one, other)
    assert [(subject.id, subject.details["序号"]) for subject in files.subjects] == [("a1", "1")]
    (notice,) = files.notices
    assert "几个文件里都有" in notice
    assert "教委发布" in notice


def test_files_complete_each_other(tmp_path: Path) -> None:
    """What only one of two files tells of an object is no contradiction."""
    one = "| 网站台账 | 网站标识码 | 网站名称 | 主办单位 |\n| | 0500230001 | 县门户 | |"
    other = "| 网站台账 | 网站标识码 | 网站名称 | 主办单位 | 对外服务职能 | 状态 |\n| | 0500230001 | 县门户 | 县政府办 | 有 | 1 |"
    for number, texts in enumerate(((one, other), (other, one))):
        folder = tmp_path / str(number)
        folder.mkdir()
        (subject,) = read(folder, *texts).subjects
        assert (subject.sponsor, subject.service, subject.details["状态"]) == ("县政府办", True, "正常")


CONTRADICTIONS = {
    "name": ("| | a1 | 教委之声 | 1 | 县教委 | | 1 |", "账号名称"),
    "sponsor": ("| | a1 | 教委发布 | 1 | 县教育局 | | 1 |", "主办单位"),
    "platform": ("| | a1 | 教委发布 | 2 | 县教委 | | 1 |", "账号类型"),
    "state and address": ("| | a1 | 教委发布 | 1 | 县教委 | http://b.example | 0 |", "主页地址、账号状态"),
}


@pytest.mark.parametrize(("row", "columns"), CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_contradiction__error(tmp_path: Path, row: str, columns: str) -> None:
    """Two files that contradict each other are a problem that names the columns and both places."""
    (problem,) = found(tmp_path, HEAD + "| | a1 | 教委发布 | 1 | 县教委 | http://a.example | 1 |", HEAD + row)
    assert (problem.code, problem.place.workbook, problem.place.row) == ("L07", "2.xlsx", 2)
    assert f"的{columns}不同" in problem.text
    assert "1.xlsx 工作表“账号台账”第 2 行" in problem.text


def test_site_contradiction__error(tmp_path: Path) -> None:
    """The columns of sites go by their own names."""
    (problem,) = found(tmp_path, SITES, SITES.replace("教委网", "教育网"))
    assert "的网站名称不同" in problem.text


def test_service_contradiction__error(tmp_path: Path) -> None:
    """有 in one file and 无 in the other is a contradiction, too."""
    (problem,) = found(tmp_path, SITES, SITES.replace("| 有           |", "| 无 |", 1))
    assert problem.code == "L07"
    assert "对外服务职能" in problem.text


def test_same_code_in_one_file__error(tmp_path: Path) -> None:
    """Within one file a code stands once, even where both rows say the same."""
    row = "| | a1 | 教委发布 | 1 | 县教委 | | 1 |\n"
    problems = found(tmp_path, HEAD + row, HEAD + "| | a2 | 乙 | 1 | 乙局 | | 1 |\n" + row + row)
    assert [(p.code, p.place.workbook, p.place.row) for p in problems] == [("L01", "2.xlsx", 4)]


def test_files_of_the_same_name(tmp_path: Path) -> None:
    """Files of the same name in two folders are told apart."""
    paths = []
    for unit in ("甲局", "乙局"):
        (tmp_path / unit).mkdir()
        row = f"| | a1 | {unit}发布 | 1 | 县教委 | | 1 |"
        paths.append(write(tmp_path / unit / "台账.xlsx", HEAD + row))
    with pytest.raises(ProblemsError) as raised:
        read_ledger_files(paths)
    (problem,) = raised.value.problems
    assert "乙局/台账.xlsx" in problem.place.workbook
    assert "甲局/台账.xlsx" in problem.text


def test_objects_without_codes(tmp_path: Path) -> None:
    """Objects without a code are the same where name, sponsor and platform are; else each goes by what tells it apart."""
    one = NO_CODES + "| | 微信 | 官方发布 | 甲局 |\n| | 微博 | 官方发布 | 甲局 |"
    other = NO_CODES + "| | 微信 | 官方发布 | 甲局 |\n| | 微信 | 官方发布 | 乙局 |"
    files = read(tmp_path, one, other)
    assert [subject.id for subject in files.subjects] == [
        "官方发布",
        "官方发布（新浪微博）",
        "官方发布（微信公众号）",
    ]
    assert [subject.sponsor for subject in files.subjects] == ["甲局", "甲局", "乙局"]


def test_objects_without_codes__error(tmp_path: Path) -> None:
    """Two rows of one file that nothing tells apart are one object too many."""
    (problem,) = found(tmp_path, NO_CODES + "| | 微信 | 官方发布 | 甲局 |\n| | 微信 | 官方发布 | 甲局 |")
    assert (problem.code, problem.place.row) == ("L09", 3)


TWICE = {
    "same name": ("| | a1 | 县发布 | 1 | 甲局 | | 1 |\n| | a2 | 县发布 | 1 | 乙局 | | 1 |", True),
    "same address": ("| | a1 | 甲 | 2 | 甲局 | http://w.example/1/ | 1 |\n| | a2 | 乙 | 2 | 乙局 | https://w.example/1 | 1 |", True),
    "other platform": ("| | a1 | 县发布 | 1 | 甲局 | | 1 |\n| | a2 | 县发布 | 2 | 乙局 | | 1 |", False),
    "same sponsor": ("| | a1 | 县发布 | 1 | 甲局 | | 1 |\n| | a2 | 县发布 | 1 | 甲局 | | 1 |", False),
    "one is closed": ("| | a1 | 县发布 | 1 | 甲局 | | 0 |\n| | a2 | 县发布 | 1 | 乙局 | | 1 |", False),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "expected"), TWICE.values(), ids=TWICE)
def test_account_under_two_sponsors_is_pointed_out(tmp_path: Path, rows: str, expected: bool) -> None:
    """An account that two units list as theirs is pointed out, with both; one that moved is not."""
    notices = [notice for notice in read(tmp_path, HEAD + rows).notices if "不同的主办单位" in notice]
    assert bool(notices) == expected
    if expected:
        assert "（甲局、乙局）" in notices[0]


def test_missing_sponsors_are_pointed_out(tmp_path: Path) -> None:
    """Objects without a sponsor are counted and named."""
    (notice,) = read(tmp_path, HEAD + "| | a1 | 甲发布 | 1 | | | 1 |\n| | a2 | 乙发布 | 1 | 乙局 | | 1 |").notices
    assert "有 1 个" in notice
    assert "甲发布" in notice
    assert "乙发布" not in notice


ADDRESSES = {
    "http://a.example": True,
    "HTTPS://a.example/x?u=http://b.example": True,
    "www.a.example": True,
    "http://localhost": True,
    "": True,
    "gh_0123": False,
    "http://a.example b": False,
    "http://a.examplehttp://b.example": False,
    "a.example、b.example": False,
}


@pytest.mark.parametrize(("address", "sound"), ADDRESSES.items())
def test_addresses_that_are_none_are_pointed_out(tmp_path: Path, address: str, sound: bool) -> None:
    """An address without scheme and dot, with blanks, or two in one cell are pointed out with their place."""
    notices = read(tmp_path, HEAD + f"| | a1 | 甲发布 | 1 | 甲局 | {address} | 1 |").notices
    assert bool(notices) != sound
    if not sound:
        assert "第 2 行“主页地址”列" in notices[0]


def test_no_ledger__error(tmp_path: Path) -> None:
    """Files without any ledger are refused, and named."""
    (problem,) = found(tmp_path, "| 统计 | 甲 | 乙 |\n| | 1 | 2 |", "| 其他 | 丙 | 丁 |\n| | 1 | 2 |")
    assert (problem.code, problem.place.workbook) == ("S01", "1.xlsx、2.xlsx")


def test_unreadable_file__error(tmp_path: Path) -> None:
    """Every file that cannot be read is told, not only the first."""
    with pytest.raises(ProblemsError) as raised:
        read_ledger_files([tmp_path / "无.xlsx", tmp_path / "也无.xlsx"])
    assert [problem.code for problem in raised.value.problems] == ["F01", "F01"]


def test_results_may_be_the_ledger(tmp_path: Path) -> None:
    """A list of results is the ledger where there is no other; beside one it is not read."""
    results = (
        "| 检查结果 | ID | 名称 | 网站标识码 | 类型 | 结果 | 分数 |\n| | 1 | 县门户 | 0500230001 | 门户 | 合格 | 90 |"
    )
    (subject,) = read(tmp_path, results).subjects
    assert (subject.id, subject.kind) == ("0500230001", Kind.SITE)
    assert len(read(tmp_path, SITES + results).subjects) == 3


def test_csv(tmp_path: Path) -> None:
    """A folder of CSV is one file."""
    for name, text in csv_files(SITES, ACCOUNTS):
        (tmp_path / name).write_text(text, encoding="gb18030")
    assert len(read_ledger_files([tmp_path]).subjects) == 5


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_layouts_with_and_without_codes(tmp_path: Path, order: tuple[int, int]) -> None:
    """An account that one file lists by its code and another by its name, platform and unit is one account."""
    texts = (HEAD + "| | a1 | 教委发布 | 微信 | 县教委 | | 1 |", NO_CODES + "| | 政务微信 | 教委发布 | 县教委 |")
    files = read(tmp_path, *(texts[number] for number in order))
    assert [(subject.id, subject.details["账号状态"]) for subject in files.subjects] == [("a1", "正常")]
    (notice,) = files.notices
    assert "只算一次" in notice


@pytest.mark.parametrize(
    "row", ["| | 新浪微博 | 教委发布 | 县教委 |", "| | 微信 | 教委发布 | 县政府办 |", "| | 微信 | 教委之窗 | 县教委 |"]
)
def test_others_without_codes(tmp_path: Path, row: str) -> None:
    """Another platform, unit or name is another account."""
    coded = HEAD + "| | a1 | 教委发布 | 微信 | 县教委 | | 1 |"
    assert len(read(tmp_path, coded, NO_CODES + row).subjects) == 2


def test_without_code_which_one(tmp_path: Path) -> None:
    """Where two accounts with codes could be meant, none is taken for the one without a code."""
    coded = HEAD + "| | a1 | 教委发布 | 微信 | 县教委 | | 1 |\n| | a2 | 教委发布 | 微信 | 县教委 | | 0 |"
    assert len(read(tmp_path, coded, NO_CODES + "| | 微信 | 教委发布 | 县教委 |").subjects) == 3


def test_without_code_but_contradicting(tmp_path: Path) -> None:
    """What the file without codes says otherwise is a problem at its row."""
    one = "| 账号台账 | 新媒体标识码 | 账号名称 | 账号类型 | 主办单位 | 账号主体 |\n| | a1 | 教委发布 | 微信 | 县教委 | 县教委 |"
    other = "| Sheet1 | 新媒体类型 | 新媒体名称 | 责任单位 | 账号主体 |\n| | 微信 | 教委发布 | 县教委 | 某公司 |"
    (problem,) = found(tmp_path, one, other)
    assert (problem.code, problem.place.workbook, problem.place.row) == ("L07", "2.xlsx", 2)


STATES = {
    **dict.fromkeys(("已关停", "已停用", "停用", "已注销", "已迁移", "已删除", "已关闭"), True),
    **dict.fromkeys(("已冻结", "在运行", "正常运行", "运行中", "启用", "正 常", ""), False),
}


@pytest.mark.parametrize(("text", "closed"), STATES.items())
def test_states_in_other_words(tmp_path: Path, text: str, closed: bool) -> None:
    """A state in words that offices use is the standard one, of accounts and of sites."""
    sites = f"| 网站台账 | 网站标识码 | 网站名称 | 状态 |\n| | 0500230001 | 县门户 | {text.replace('冻结', '停用')} |\n"
    files = read(tmp_path, sites + HEAD + f"| | a1 | 甲发布 | 1 | 甲局 | | {text} |")
    site, account = files.subjects
    assert account.is_closed == closed
    assert site.is_closed == (closed or text == "已冻结")
    assert not [notice for notice in files.notices if "状态" in notice]


def test_state_that_is_none(tmp_path: Path) -> None:
    """What is no state is pointed out with its words, and the object counts as running."""
    files = read(tmp_path, HEAD + "| | a1 | 甲发布 | 1 | 甲局 | | 停更 |\n| | a2 | 乙发布 | 1 | 乙局 | | 正常 |")
    assert not files.subjects[0].is_closed
    (notice,) = files.notices
    assert "有 1 个" in notice
    assert "甲发布（停更）" in notice
    assert "当作在运行，请核对" in notice


def test_columns_of_advice(tmp_path: Path) -> None:
    """What notices ask of accounts may stand under other headers, and 是 and 否 in other words."""
    head = "| 账号台账 | 账号名称 | 是否备案 | 粉丝数 | 有无专人 | 安全保障到位 | 是否功能相近 | 账号链接 |\n"
    rows = "| | 甲 | 已备案 | 1200 | √ | 到位 | 无 | http://a.example |\n| | 乙 | 0 | | 无专人 | 不到位 | 有 | |\n"
    one, other, third = read(tmp_path, head + rows + "| | 丙 | | | 张三 | | | |").subjects
    columns = ("备案", "关注人数", "专人维护", "安全保障", "功能相近", "主页地址")
    assert [one.details[column] for column in columns] == ["是", "1200", "是", "是", "否", "http://a.example"]
    assert [other.details[column] for column in columns] == ["否", "", "否", "否", "是", ""]
    assert third.details["专人维护"] == "张三"


@pytest.mark.parametrize("text", ["2016年3月", "不详", "2016-13-01"])
def test_opened_on_no_day(tmp_path: Path, text: str) -> None:
    """A day of opening that is none is kept as text and pointed out with its place; the ledger is read."""
    head = "| 账号台账 | 账号名称 | 账号类型 | 主办单位 | 开设日期 |\n"
    files = read(
        tmp_path,
        head + f"| | 甲 | 微信 | 甲局 | {text} |\n| | 乙 | 微信 | 乙局 | 2016年3月5日 |\n| | 丙 | 微信 | 乙局 | |",
    )
    assert [subject.details["开设日期"] for subject in files.subjects] == [text, "2016-03-05", ""]
    (notice,) = files.notices
    assert "有 1 处" in notice
    assert f"第 2 行“开设日期”列（{text}）" in notice


def test_opened_on_an_error__error(tmp_path: Path) -> None:
    """A cell with an error is a problem there, too."""
    head = "| 账号台账 | 账号名称 | 账号类型 | 主办单位 | 开设日期 |\n"
    (problem,) = found(tmp_path, head + "| | 甲 | 微信 | 甲局 | =1/0 |")
    assert problem.code in {"C01", "C02"}


COUNTS = "| Sheet1 | 序号 | 主办单位 | 新媒体名称 | 发布条数 |\n| | 1 | 县教委 | 教委发布 | 5 |\n"


def test_list_of_counts(tmp_path: Path) -> None:
    """A list of how much was published is told to be no ledger beside one, and what it is taken for where it is alone."""
    beside = read(tmp_path, ACCOUNTS, COUNTS)
    assert len(beside.subjects) == 2
    (remark,) = beside.remarks
    assert "2.xlsx 工作表“Sheet1”" in remark
    assert "没有当作台账" in remark
    alone = read(tmp_path, COUNTS)
    assert len(alone.subjects) == 1
    (remark,) = [remark for remark in alone.remarks if "条数" in remark]
    assert "当作账号台账" in remark
    assert not read(tmp_path, ACCOUNTS, COUNTS.replace("Sheet1", "发布记录")).remarks


def test_what_is_not_used(tmp_path: Path) -> None:
    """Of each file, the columns that nobody reads and the sheets that are nothing known are told once."""
    odd = ACCOUNTS.replace("主办单位 |", "主办单位 | 序号 | 阅读量 | 值班电话 |") + "| 统计 | 甲 | 乙 |\n| | 1 | 2 |\n"
    season = "| 单位名录 | 单位名称 |\n| | 县教委 |\n"
    columns, sheets = read(tmp_path, odd, SITES + season + BATCH).remarks
    assert "“1.xlsx”" in columns
    assert "阅读量、值班电话。" in columns
    assert "序号" not in columns
    assert "没有读取：统计。" in sheets
