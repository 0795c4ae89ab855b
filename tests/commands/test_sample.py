"""`sample`: the draw of a quarter from file to sheets and register, samples within a site, and draws checked."""

from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from govkit import commands
from govkit.reading import read_ledger_files
from govkit.sampling import Ground, draw_lines
from govkit.store import open_home
from tests.sheets.season.cells import rows_of, sheets_of, table_of
from tests.workbooks import BATCH, RECORDS, SITES, write

ACCOUNTS = "\n".join(
    [
        "| 账号台账 | 新媒体标识码 | 账号名称 | 账号类型 | 主办单位 | 账号状态 |",
        *(f"|          | acc{n:03} | 账号{n} | 微信公众号 | 单位{n % 4} | 正常 |" for n in range(20)),
        "|          | closed1 | 旧号 | 微信公众号 | 单位1 | 注销 |",
    ]
)
PEOPLE = """
| 检查人员 | 姓名 | 单位     |
|          | 张三 | 单位1    |
|          | 李四 | 县政府办 |
"""
SITE = "0500230001"


@pytest.fixture(autouse=True)
def home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home of its own for each test."""
    monkeypatch.setenv("GOVKIT_HOME", str(tmp_path / "家"))
    monkeypatch.delenv("GOVKIT_STORE", raising=False)
    monkeypatch.setenv("COLUMNS", "200")


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A ledger of three sites and twenty accounts that run, and one that does not."""
    return write(tmp_path / "台账.xlsx", SITES, ACCOUNTS)


def drawn(quarter: tuple[int, int]) -> dict[str, Ground]:
    """Return the accounts in the sample of a quarter, and why they are."""
    with open_home().register() as register:
        entry = register.draw(quarter)
    assert entry
    return {one.subject.id: one.ground for one in entry.value.draw.drawn}


def test_draw_from_file_to_batch(ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All sites and more than half of the accounts that run are drawn, shared out, written, kept, and can be loaded."""
    people, out = write(tmp_path / "人员.xlsx", PEOPLE), tmp_path / "出"
    call = ["sample", str(ledger), "--quarter", "2019Q3", "--seed", "0123", "--inspectors", str(people)]
    assert commands.run([*call, "--organiser", "县政府办", "--out", str(out)]) == 0
    told = capsys.readouterr().out
    assert "网站 3 个" in told
    assert "账号 20 个，至少抽取 11 个，实际抽取 11 个。随机种子：0123" in told
    assert sorted(path.name for path in out.iterdir()) == ["分工表.xlsx", "抽查工作簿.xlsx", "抽样记录.xlsx"]
    assert len(drawn((2019, 3))) == 11
    assert "closed1" not in drawn((2019, 3))
    with open_home().register() as register:
        entry = register.draw((2019, 3))
        assert entry
        assert len(entry.value.assignment) == 3 + 11
        assert entry.value.assignment[SITE] == "张三"  # nobody inspects the own unit
    assert commands.run(["load", str(out / "抽查工作簿.xlsx")]) == 0
    assert "监测时间点 2019-09-30；检查规则 fengdu-2019。网站 3 个，账号 11 个" in capsys.readouterr().out


def test_inspectors_of_units_that_the_ledger_lacks(
    ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A unit that sponsors nothing is pointed out, as its people are barred from nothing; other spellings are none."""
    people = write(tmp_path / "人员.xlsx", PEOPLE.replace("县政府办", "县府办").replace("单位1 ", "单位１"))
    call = ["sample", str(ledger), "--quarter", "2019Q3", "--inspectors", str(people), "--out", str(tmp_path / "出")]
    assert commands.run(call) == 0
    told = capsys.readouterr().err
    assert "“县府办”不是台账里的主办单位" in told


@pytest.mark.parametrize(
    "head",
    [
        "| 检查人员 | 检查人员名单 | |\n| | 检查人员 | 所在单位 |",
        "| 检查人员 | 人员 | 部门 |",
        "| 检查人员 | 检查人 | 工作单位 |",
    ],
)
def test_inspectors_under_other_headers(ledger: Path, tmp_path: Path, head: str) -> None:
    """Names and units may stand under other headers; nobody inspects the own unit."""
    people = write(tmp_path / "人员.xlsx", head + "\n| | 张三 | 单位1 |\n| | 李四 | 县政府办 |")
    call = ["sample", str(ledger), "--quarter", "2019Q3", "--inspectors", str(people), "--out", str(tmp_path / "出")]
    assert commands.run(call) == 0
    with open_home().register() as register:
        entry = register.draw((2019, 3))
    assert entry
    assert set(entry.value.assignment.values()) == {"张三", "李四"}
    assert entry.value.assignment[SITE] == "张三"


def test_day_and_rubric_of_the_batch(ledger: Path, tmp_path: Path) -> None:
    """--as-of and --rubric stand in the spot check."""
    call = ["sample", "draw", str(ledger), "--quarter", "2019Q4", "--out", str(tmp_path / "出")]
    assert commands.run([*call, "--as-of", "2019-12-20", "--rubric", "fengdu-2019-m14"]) == 0
    rows = rows_of(sheets_of(tmp_path / "出" / "抽查工作簿.xlsx")["批次"])
    facts = {row[0]: str(row[1]) for row in rows}
    assert facts["监测时间点"].startswith("2019-12-20")
    assert facts["检查规则"] == "fengdu-2019-m14"


def test_seed_is_made_and_kept(ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a seed one is made, another for each quarter; the same call again gives the same sheets."""
    call = ["sample", str(ledger), "--out", str(tmp_path / "出"), "--quarter"]
    assert commands.run([*call, "2019Q1"]) == 0
    first = capsys.readouterr().out
    assert commands.run([*call, "2019Q1"]) == 0
    assert capsys.readouterr().out == first
    assert commands.run([*call, "2019Q2"]) == 0
    assert first.split("随机种子：")[1].split()[0] not in capsys.readouterr().out


def test_second_draw_needs_a_reason(ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Another draw of a quarter is refused, exit 1, and writes nothing; with a reason it takes the first one's place."""
    out = tmp_path / "出"
    call = ["sample", str(ledger), "--quarter", "2019Q1", "--out", str(out), "--seed"]
    assert commands.run([*call, "甲"]) == 0
    before = (out / "抽样记录.xlsx").read_bytes()
    first = drawn((2019, 1))
    assert commands.run([*call, "乙"]) == 1
    assert "--reason" in capsys.readouterr().err
    assert (out / "抽样记录.xlsx").read_bytes() == before
    assert drawn((2019, 1)) == first
    assert commands.run([*call, "乙", "--reason", "台账有误"]) == 0
    assert drawn((2019, 1)) != first
    assert "台账有误" in str([cell.value for cell in sheets_of(out / "抽样记录.xlsx")["抽样记录"]["B"]])


def test_failed_accounts_come_back(ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Who failed in a spot check is in the sample of the next quarter, whatever the lots say."""
    failed = """
    | 抽查记录 | 检查对象标识码 | 指标编号 | 检查结果 |
    |          | acc003         | M1.1     | 发现问题 |
    """
    book = write(tmp_path / "抽查.xlsx", BATCH, SITES, ACCOUNTS, failed)
    assert commands.run(["sample", "results", str(book)]) == 0
    assert "2019年第四季度：共 21 个账号，查完 21 个，其中不合格 1 个" in capsys.readouterr().out
    assert commands.run(["sample", str(ledger), "--quarter", "2020Q1", "--out", str(tmp_path / "出")]) == 0
    assert drawn((2020, 1))["acc003"] == Ground.FAILED


def test_results_of_a_batch(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Results come from a batch as well, and for the quarter that is named; what is not finished has not failed."""
    unsure = RECORDS + "| | acc003 | | M1.1 | 无法判断 | | 打不开 |"
    assert commands.run(["load", str(write(tmp_path / "抽查.xlsx", BATCH, SITES, ACCOUNTS, unsure))]) == 0
    capsys.readouterr()
    assert commands.run(["sample", "results", "--batch", "第四季度抽查", "--quarter", "2019年第三季度"]) == 0
    told = capsys.readouterr()
    assert "2019年第三季度：共 21 个账号，查完 20 个，其中不合格 0 个" in told.out
    assert "有 1 个账号没有查完" in told.err


def test_results_of_nothing_finished(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A workbook that nobody has filled in yet has no results: a sentence, exit 2, and nothing is kept."""
    book = write(tmp_path / "抽查.xlsx", BATCH.replace("未发现", "未检查"), SITES, ACCOUNTS, RECORDS)
    assert commands.run(["sample", "results", str(book)]) == 2
    told = capsys.readouterr()
    assert "21 个账号都没有查完" in told.err
    assert "请：" in told.err
    assert told.out == ""
    with open_home().register() as register:
        assert register.past() == {}


def test_verify_what_are_no_minutes(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Another workbook in place of the minutes is refused with the file that is meant, exit 2."""
    assert commands.run(["sample", "verify", str(ledger), str(ledger)]) == 2
    assert "请：选择抽样时生成的、没有改动过的“抽样记录.xlsx”" in capsys.readouterr().err


def test_accounts_that_have_another_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the ledger of the quarter before, an account that got a code keeps its history; how many did is told.

    Minutes of such a draw are the same as what the register knows.
    """
    uncoded = "| 账号台账 | 账号名称 | 账号类型 | 主办单位 |\n| | 账号3 | 微信公众号 | 单位3 |"
    before = write(tmp_path / "前.xlsx", SITES, uncoded)
    now, out = write(tmp_path / "后.xlsx", SITES, ACCOUNTS), tmp_path / "出"
    (bare,) = [subject.id for subject in read_ledger_files([before]).subjects if subject.name == "账号3"]
    with open_home().register() as register:
        register.keep_results("组织者", (2019, 4), {bare}, set())
    call = ["sample", str(now), "--quarter", "2020Q1", "--out", str(out)]
    assert commands.run([*call, "--before", str(before)]) == 0
    assert "有 1 个账号改了名称或标识码" in capsys.readouterr().err
    assert drawn((2020, 1))["acc003"] == Ground.FAILED
    assert commands.run(call) == 0
    capsys.readouterr()
    assert commands.run(["sample", "verify", str(out / "抽样记录.xlsx"), str(now)]) == 0
    assert "登记簿" not in capsys.readouterr().err


def test_results_in_two_workbooks(ledger: Path, tmp_path: Path) -> None:
    """Two workbooks of one quarter, one a group of inspectors: the failures of both are in the next sample."""
    for name in ("acc003", "acc017"):
        found = f"| 抽查记录 | 检查对象标识码 | 指标编号 | 检查结果 |\n| | {name} | M1.1 | 发现问题 |"
        own = "\n".join(line for line in ACCOUNTS.splitlines() if "新媒体标识码" in line or name in line)
        book = write(tmp_path / f"{name}.xlsx", BATCH, SITES, own, found)
        assert commands.run(["sample", "results", str(book)]) == 0
    assert commands.run(["sample", str(ledger), "--quarter", "2020Q1", "--out", str(tmp_path / "出")]) == 0
    grounds = drawn((2020, 1))
    assert (grounds["acc003"], grounds["acc017"]) == (Ground.FAILED, Ground.FAILED)


def test_lines_of_a_site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As many as the rubric says are drawn from a pasted list; list, seed and sample are kept as evidence."""
    listed = [f"文件{number}" for number in range(40)]
    file = tmp_path / "清单.txt"
    file.write_bytes("\r\n".join(["", *listed]).encode("gbk"))
    call = ["sample", "lines", str(file), "--object", SITE, "--quarter", "2019Q4", "--item"]
    assert commands.run([*call, "D8.1"]) == 0
    told = capsys.readouterr().out
    with open_home().register() as register:
        (kept,) = [entry.value for entry in register.lines((2019, 4)).values()]
    assert kept.lines == tuple(listed)
    assert list(kept.drawn) == draw_lines(listed, kept.number, SITE, "D8.1", seed=kept.seed)
    assert f"随机种子：{kept.seed}" in told
    assert [line.partition(". ")[2] for line in told.splitlines()[1:]] == list(kept.drawn)
    assert commands.run([*call, "D8.1"]) == 0
    assert capsys.readouterr().out == told
    assert commands.run([*call, "D8.1", "--seed", "另一个"]) == 1
    assert commands.run([*call, "D1.2"]) == 2
    assert "D8.1" in capsys.readouterr().err


def test_lists_that_cannot_be_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A list that is missing, no text, or empty: a sentence, exit 2."""
    (tmp_path / "空.txt").write_bytes(b"\n \n")
    (tmp_path / "图.txt").write_bytes(b"\x00\x01\xff")
    for name in ("没有.txt", "图.txt", "空.txt"):
        call = ["sample", "lines", str(tmp_path / name), "--object", SITE, "--quarter", "2019Q4", "--item", "D8.1"]
        assert commands.run(call) == 2
        told = capsys.readouterr().err
        assert name in told
        assert "请：" in told


def test_verify(ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same from minutes and ledger: exit 0. Also after another quarter, of which the register knows by now."""
    for quarter in ("2019Q1", "2019Q2"):
        commands.run(["sample", str(ledger), "--quarter", quarter, "--out", str(tmp_path / quarter)])
    for quarter in ("2019Q1", "2019Q2"):
        capsys.readouterr()
        assert commands.run(["sample", "verify", str(tmp_path / quarter / "抽样记录.xlsx"), str(ledger)]) == 0
        shown = capsys.readouterr()
        assert "一致：20 个账号里抽取 11 个" in shown.out
        assert "登记簿" not in shown.err


def test_verify_finds_what_was_altered(ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An account that was exchanged by hand, and a ledger that is another one, are named; exit 1."""
    commands.run(["sample", str(ledger), "--quarter", "2019Q1", "--out", str(tmp_path)])
    book = openpyxl.load_workbook(tmp_path / "抽样记录.xlsx")
    out = min({f"acc{n:03}" for n in range(20)} - drawn((2019, 1)).keys())
    cells = [row[1] for row in book["抽中账号"].iter_rows() if str(row[1].value).startswith("acc")]
    taken, cells[0].value = cells[0].value, out
    book.save(tmp_path / "改.xlsx")
    capsys.readouterr()
    assert commands.run(["sample", "verify", str(tmp_path / "改.xlsx"), str(ledger)]) == 1
    told = capsys.readouterr().out
    assert f"却没有抽中的 1 个：{out}" in told
    assert f"记录里却没有的 1 个：{taken}" in told
    other = write(tmp_path / "别的.xlsx", SITES, ACCOUNTS.replace("acc019", "acc119"))
    assert commands.run(["sample", "verify", str(tmp_path / "抽样记录.xlsx"), str(other)]) == 1
    told = capsys.readouterr().out
    assert "acc019" in told
    assert "acc119" in told


def test_verify_holds_the_past_against_the_register(
    ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Minutes of which the past was altered draw the same again; the register tells that it was another."""
    for quarter in ("2019Q1", "2019Q2"):
        commands.run(["sample", str(ledger), "--quarter", quarter, "--out", str(tmp_path)])
    book = openpyxl.load_workbook(tmp_path / "抽样记录.xlsx")
    cells = [cell for row in book["抽签表"].iter_rows() for cell in row if cell.value == "2019Q1"]
    cells[0].value = "2018Q4"
    book.save(tmp_path / "改.xlsx")
    capsys.readouterr()
    commands.run(["sample", "verify", str(tmp_path / "改.xlsx"), str(ledger)])
    assert "有 1 个账号的上次抽中情况" in capsys.readouterr().err


def test_share_is_kept(ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A draw of another share is kept with it, and drawn the same once more; minutes of which it was altered show."""
    call = ["sample", str(ledger), "--quarter", "2019Q1", "--out", str(tmp_path)]
    assert commands.run([*call, "--share", "0.7"]) == 0
    with open_home().register() as register:
        entry = register.draw((2019, 1))
        assert entry
        assert (entry.value.draw.share, len(entry.value.draw.drawn)) == (Fraction(7, 10), 15)
        assert commands.run(call) == 0
        assert register.draw((2019, 1)) == entry
    capsys.readouterr()
    assert commands.run(["sample", "verify", str(tmp_path / "抽样记录.xlsx"), str(ledger)]) == 0
    assert "抽查比例" not in capsys.readouterr().err
    book = openpyxl.load_workbook(tmp_path / "抽样记录.xlsx")
    (cell,) = [row[1] for row in book["抽样记录"].iter_rows() if row[0].value == "抽查比例"]
    cell.value = "0.71"
    book.save(tmp_path / "改.xlsx")
    assert commands.run(["sample", "verify", str(tmp_path / "改.xlsx"), str(ledger)]) == 0
    assert "抽查比例是 71/100，本机登记簿里这次抽取的是 7/10" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (["--quarter", "2019Q5"], "2019Q5"),
        (["--quarter", "2019Q1", "--share", "3/2"], "3/2"),
        (["--quarter", "2019Q1", "--share", "一半"], "一半"),
        (["--quarter", "2019Q1", "--share", "1/0"], "1/0"),
        (["--quarter", "2019Q1", "--share", "1e-999999999"], "1e-999999999"),
        (["--quarter", "2019Q1", "--rubric", "没有"], "fengdu-2019"),
        (["--quarter", "2019Q1", "--as-of", "12月"], "12月"),
        (["--quarter", "2019Q1", "--inspectors", "{twice}"], "张三"),
        (["--quarter", "2019Q1", "--inspectors", "{nobody}"], "检查人员"),
        (["--quarter", "2019Q1", "--inspectors", "{alone}"], "县政府办"),
        (["--quarter", "2019Q1", "--inspectors", "{unitless}"], "没有“单位”一列"),
    ],
)
def test_bad_calls(
    ledger: Path, tmp_path: Path, options: list[str], word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What cannot be understood or done gets a sentence, exit 2; nothing is written and nothing kept."""
    files = {
        "twice": write(tmp_path / "重名.xlsx", PEOPLE.replace("李四", "张三")),
        "nobody": write(tmp_path / "空.xlsx", "| 检查人员 | 名字 |\n|  | 张三 |"),
        "unitless": write(tmp_path / "无单位.xlsx", "| 检查人员 | 姓名 | 电话 |\n|  | 张三 | 1 |\n|  | 李四 | 2 |"),
        "alone": write(tmp_path / "一人.xlsx", "| 检查人员 | 姓名 | 单位 |\n|  | 王五 | 县政府办 |"),
    }
    filled = [option.format(**files) for option in options]
    assert commands.run(["sample", str(ledger), "--out", str(tmp_path / "出"), *filled]) == 2
    told = capsys.readouterr().err
    assert word in told
    assert "请：" in told
    assert not (tmp_path / "出").exists()
    with open_home().register() as register:
        assert register.draws() == ()


def test_ledger_that_makes_no_spot_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A ledger that lacks what a spot check needs is refused before anything is drawn, with what is missing at whom."""
    bare = write(tmp_path / "台账.xlsx", SITES.replace("| 有 ", "|    "), ACCOUNTS.replace("微信公众号", "          "))
    assert commands.run(["sample", str(bare), "--quarter", "2019Q1", "--out", str(tmp_path / "出")]) == 2
    told = capsys.readouterr().err
    assert "政府网站的“对外服务职能”空着 2 个" in told
    assert "政务新媒体的“账号类型”空着" in told
    unnamed = write(tmp_path / "缺.xlsx", SITES.replace("县档案局", "        "))
    assert commands.run(["sample", str(unnamed), "--quarter", "2019Q1", "--out", str(tmp_path / "出")]) == 2
    assert "请补上：档案网" in capsys.readouterr().err
    closed = write(tmp_path / "关.xlsx", ACCOUNTS.replace("正常", "注销"))
    assert commands.run(["sample", str(closed), "--quarter", "2019Q1", "--out", str(tmp_path / "出")]) == 2
    assert "没有正常运行的" in capsys.readouterr().err


def test_one_sheet_of_people_may_have_any_name(ledger: Path, tmp_path: Path) -> None:
    """Where a workbook has one sheet only, that is the list; who has no unit inspects everything."""
    rows = "|  | 姓名 | 单位 |\n|  | 张三 | |\n|  | 李四 | |"
    people = write(tmp_path / "人员.xlsx", f"| Sheet1 | 名单 |\n{rows}")
    call = ["sample", str(ledger), "--quarter", "2019Q1", "--out", str(tmp_path / "出"), "--inspectors", str(people)]
    assert commands.run(call) == 0
    counts = {row["检查人员"]: row["合计"] for row in table_of(sheets_of(tmp_path / "出" / "分工表.xlsx")["分工表"])}
    assert counts == {"张三": 7, "李四": 7}
