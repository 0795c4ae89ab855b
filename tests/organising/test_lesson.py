"""A class: a case goes out as sheets, and what comes back is held against the right answers and each other."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from govkit import commands
from govkit.findings import Outcome
from govkit.organising.lesson import compared
from govkit.organising.practice import Practice
from govkit.problems import Problems, ProblemsError
from govkit.rubric import load_rubric, outcome_word
from govkit.store import Change, open_home
from govkit.training import Case, load_cases
from tests.documents.words import paragraphs
from tests.filling import Typed, filled, read
from tests.sheets.season.cells import rows_of, sheets_of, table_of

RULES = {rubric.sha256: rubric for rubric in map(load_rubric, ("fengdu-2019", "fengdu-2019-m14"))}
CASE = next(case for case in load_cases() if case.id == "20-sixty-exactly")


@pytest.fixture(autouse=True)
def home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home of its own for each test."""
    monkeypatch.setenv("GOVKIT_HOME", str(tmp_path / "家"))
    monkeypatch.delenv("GOVKIT_STORE", raising=False)
    monkeypatch.setenv("COLUMNS", "200")


def right(case: Case) -> dict[str, Typed]:
    """What somebody types who judges every item rightly."""
    rubric, lines = case.rubric, {}
    for code, judgement in case.situation().result().judgements.items():
        part = rubric.row_of[code].part
        counts = rubric.items[code].kind in ("count", "tier") and judgement.outcome == Outcome.FOUND
        lines[code] = Typed(
            outcome_word(judgement.outcome, part),
            judgement.count if counts else None,
            "没有" if judgement.outcome == Outcome.NOT_APPLICABLE else "",
        )
    return lines


def hand_out(out: Path, *people: str) -> None:
    """Hand the case out."""
    names = [word for who in people for word in ("--trainee", who)]
    assert commands.run(["class", "hand-out", CASE.id, "--out", str(out), *names]) == 0


def answer(out: Path, who: str, lines: Mapping[str, Typed], *, signed: str = "") -> Path:
    """Fill in the sheet of a person."""
    path = out / f"填报表_{CASE.title}_{who}.xlsx"
    (sheet,) = read(path)
    return filled(path, {sheet.origin.subject.id: lines}, who=signed)


def test_hand_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Everybody gets the same blank sheet and the same task, which tells nothing of the answer; nothing is replaced."""
    out = tmp_path / "培训"
    hand_out(out, "张三", "李四", "张三")
    assert "2 份填报表" in capsys.readouterr().out
    one, other = (out / f"填报表_{CASE.title}_{who}.xlsx" for who in ("张三", "李四"))
    (sheet,), (second,) = read(one), read(other)
    assert (sheet.cell("检查人员"), second.cell("检查人员")) == ("张三", "李四")
    assert not second.origin.findings
    assert not sheet.origin.findings
    assert sheet.origin.subject == CASE.situation().subject
    task = "\n".join(paragraphs((out / f"题目_{CASE.title}.docx").read_bytes()))
    assert all(line in task for line in CASE.story.splitlines() if line)
    assert CASE.arithmetic not in task
    assert CASE.trap not in task
    filled_in = answer(out, "张三", right(CASE)).read_bytes()
    hand_out(out, "张三", "王五")
    assert "1 份填报表没有替换" in capsys.readouterr().out
    assert (out / f"填报表_{CASE.title}_张三.xlsx").read_bytes() == filled_in
    assert (out / f"填报表_{CASE.title}_王五.xlsx").exists()
    assert commands.run(["class", "hand-out", "no-such", "--out", str(out)]) == commands.BAD_INPUT
    assert commands.run(["class", "list"]) == 0
    assert CASE.title in capsys.readouterr().out


def test_what_comes_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Right, wrong and missing answers are counted by person and by item, with what they come to."""
    out = tmp_path / "培训"
    hand_out(out, "张三", "李四", "王五")
    good = right(CASE)
    answer(out, "张三", good)
    answer(out, "李四", {**good, "D13.1": Typed("发现问题", 1)}, signed="李四四")
    answer(out, "王五", {code: line for code, line in good.items() if code != "D26.1"})
    results = tmp_path / "结果"
    assert commands.run(["class", "compare", str(out), "--out", str(results)]) == 0
    told = capsys.readouterr().out
    assert "Krippendorff" in told
    sheets = sheets_of(results / "培训结果.xlsx")
    people = {row["姓名"]: row for row in table_of(sheets["学员"])}
    assert [people[who]["最后得分"] for who in ("张三", "李四四", "王五")] == ["60.00", "64.00", None]
    assert people["张三"]["答对"] == "100.00%（89/89）"
    assert people["李四四"]["答对"] == "98.88%（88/89）"
    assert people["张三"]["与标准答案的κ"] == "1.00"
    items = {row["编号"]: row for row in table_of(sheets["各条细则"])}
    assert (items["D13.1"]["两两一致"], items["D13.1"]["答对"]) == ("33.33%（1/3）", "66.67%（2/3）")
    assert (items["D26.1"]["两两一致"], items["D26.1"]["未答"]) == ("100.00%（1/1）", 1)
    split = table_of(sheets["有分歧或判错的细则"])
    assert {row["编号"] for row in split} == {"D13.1"}
    assert split[-1]["姓名"] == "李四四"
    assert split[-1]["答案"] == "发现问题 1 个"
    assert any("标准答案的结果" in str(row[0]) for row in rows_of(sheets["学员"]))
    assert {path.name for path in results.iterdir()} == {
        "培训结果.xlsx",
        "有分歧或判错的细则.png",
        "各人的最后得分.png",
    }


def test_forms_beside_sheets(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Some answer in the form, others on sheets; who has answered nothing yet, and who was not asked, is left out."""
    out, results = tmp_path / "培训", tmp_path / "结果"
    names = [word for who in ("甲", "乙", "丙") for word in ("--trainee", who)]
    assert commands.run(["class", "hand-out", CASE.id, "--form", "--out", str(out), *names]) == 0
    assert "3 份表单" in capsys.readouterr().out
    assert [path.suffix for path in out.iterdir()] == [".docx"]
    practice = Practice(open_home())
    for who in ("甲", "乙"):
        with practice.home.open(practice.assigned(who)[CASE.id].key) as store:
            values = list(CASE.situation().findings.values())
            store.write(who, CASE.object.id, [Change(value.item, value, 0) for value in values])
    hand_out(out, "丁")
    answer(out, "丁", right(CASE))
    task = ["--task", CASE.id, "--forms", "--out", str(results)]
    assert commands.run(["class", "compare", str(out), *task]) == 0
    people = {row["姓名"]: row for row in table_of(sheets_of(results / "培训结果.xlsx")["学员"])}
    assert list(people) == ["甲", "乙", "丁"]
    assert people["丁"]["最后得分"] == "60.00"
    assert people["甲"]["最后得分"] is None
    assert people["甲"]["与其他人一致"] == people["乙"]["与其他人一致"]
    answer(out, "丁", right(CASE), signed="甲")
    assert commands.run(["class", "compare", str(out), *task]) == commands.BAD_INPUT
    assert "T02" in capsys.readouterr().err


def test_files_that_stand_in_the_way(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two people who would have one file, and a sheet of another task under a person's name, stop the whole of it."""
    out = tmp_path / "培训"
    names = ["--trainee", "张/三", "--trainee", "张_三"]
    assert commands.run(["class", "hand-out", CASE.id, "--out", str(out), *names]) == commands.FAILED
    assert "“张/三”和“张_三”" in capsys.readouterr().err
    strange = tmp_path / "别题"
    assert commands.run(["class", "hand-out", "07-account-seven-days", "--out", str(strange)]) == 0
    (sheet,) = strange.glob("*.xlsx")
    out.mkdir(exist_ok=True)
    there = out / f"填报表_{CASE.title}_张三.xlsx"
    for content in (sheet.read_bytes(), b"junk"):
        there.write_bytes(content)
        assert commands.run(["class", "hand-out", CASE.id, "--out", str(out), "--trainee", "张三"]) == commands.FAILED
        assert "不是这道题现在的填报表" in capsys.readouterr().err
    assert [path.name for path in out.iterdir()] == [there.name]


def test_names_without_blanks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Blanks around names do not count, nor do empty names; what is written for forms stays as somebody changed it."""
    out = tmp_path / "培训"
    names = ["--trainee", " 张三 ", "--trainee", "张三", "--trainee", ""]
    assert commands.run(["class", "hand-out", CASE.id, "--form", "--out", str(out), *names]) == 0
    assert "1 份表单" in capsys.readouterr().out
    (paper,) = out.iterdir()
    paper.write_bytes(b"changed")
    assert commands.run(["class", "hand-out", CASE.id, "--form", "--out", str(out), *names]) == 0
    assert paper.read_bytes() == b"changed"
    assert list(Practice(open_home()).people(CASE)) == ["张三"]


@pytest.mark.parametrize("copy", ["张三 (1)", "张三（2）", "张三 - 副本", "张三_2"])
def test_copies_of_a_file(tmp_path: Path, copy: str) -> None:
    """What programs add to a second file of one name makes no other person of an unsigned sheet."""
    hand_out(tmp_path, "张三")
    path = answer(tmp_path, "张三", {"D1.1": Typed("未发现")})
    other = path.with_name(f"填报表_{CASE.title}_{copy}.xlsx")
    other.write_bytes(path.read_bytes())
    problems = Problems()
    with pytest.raises(ProblemsError):
        compared([*read(path), *read(other)], {}, RULES, CASE, problems)
    assert {problem.code for problem in problems} == {"T02"}


def test_earlier_results_are_kept(tmp_path: Path) -> None:
    """What stood in the folder of results is kept once more: somebody may have written into it."""
    out, results = tmp_path / "培训", tmp_path / "结果"
    hand_out(out, "张三", "李四")
    for who in ("张三", "李四"):
        answer(out, who, right(CASE))
    assert commands.run(["class", "compare", str(out), "--out", str(results)]) == 0
    (results / "培训结果.xlsx").write_bytes(b"notes")
    assert commands.run(["class", "compare", str(out), "--out", str(results)]) == 0
    assert (results / "以前的" / "培训结果.xlsx").read_bytes() == b"notes"


def test_two_inspectors_at_one_site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Sheets of a real inspection that two people filled in independently have no right answers, only agreement."""
    book = Path(__file__).parents[2] / "sample_data" / "青禾县2020年第一季度.xlsx"
    for who, found in (("甲", 1), ("乙", 2)):
        out = tmp_path / who
        assert commands.run(["blank", str(book), "--object", "9901230001", "--out", str(out)]) == 0
        (path,) = out.rglob("*.xlsx")
        filled(path, {"9901230001": {"D1.1": Typed("未发现"), "D1.2": Typed("发现问题", found)}}, who=who)
    files = [str(path) for who in ("甲", "乙") for path in (tmp_path / who).rglob("*.xlsx")]
    assert commands.run(["class", "compare", *files, "--out", str(tmp_path / "结果")]) == 0
    assert "50.00%（1/2）" in capsys.readouterr().out
    items = {row["编号"]: row for row in table_of(sheets_of(tmp_path / "结果" / "培训结果.xlsx")["各条细则"])}
    assert items["D1.2"]["两两一致"] == "0.00%（0/1）"
    assert "答对" not in items["D1.2"]
    one, two = (sheet for path in files for sheet in read(Path(path)))
    renamed = replace(two.origin.subject, name="改了名的网站", details={})
    lesson = compared([one, replace(two, origin=replace(two.origin, subject=renamed))], {}, RULES, None, Problems())
    assert (lesson.task, len(lesson.answers)) == (None, 2)
    out = tmp_path / "另一个"
    assert commands.run(["blank", str(book), "--object", "9901230002", "--out", str(out)]) == 0
    other = [str(path) for path in out.rglob("*.xlsx")]
    assert commands.run(["class", "compare", *files, *other, "--out", str(tmp_path / "结果")]) == commands.BAD_INPUT
    assert "T01" in capsys.readouterr().err


def test_what_cannot_be_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One person alone, two sheets of one person, sheets of other objects, and other files get their sentences."""
    out = tmp_path / "培训"
    hand_out(out, "张三", "李四")
    one, other = (str(out / f"填报表_{CASE.title}_{who}.xlsx") for who in ("张三", "李四"))
    results = ["--out", str(tmp_path / "结果")]
    strange = tmp_path / "别题"
    assert commands.run(["class", "hand-out", "07-account-seven-days", "--out", str(strange)]) == 0
    (sheet,) = (str(path) for path in strange.glob("*.xlsx"))
    for who in ("张三", "李四"):
        answer(out, who, {"D1.1": Typed("未发现")}, signed="同名")
    for files, code in (
        ([one], "T04"),
        ([one, other], "T02"),
        ([one, sheet], "T03"),
        ([sheet, one, "--task", CASE.id], "T03"),
        (["--forms", "--task", CASE.id], "T04"),
    ):
        assert commands.run(["class", "compare", *files, *results]) == commands.BAD_INPUT, code
        assert code in capsys.readouterr().err
    for wrong in (["--forms"], [], ["--task", "no-such", one, other]):
        assert commands.run(["class", "compare", *wrong, *results]) == commands.BAD_INPUT, wrong
        assert "请：" in capsys.readouterr().err
    assert commands.run(["class", "hand-out", CASE.id, "--form", "--out", str(out)]) == commands.BAD_INPUT
    assert "--trainee" in capsys.readouterr().err
    assert not (tmp_path / "结果").exists()
