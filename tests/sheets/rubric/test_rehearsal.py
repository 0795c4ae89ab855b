"""The workbook of a rehearsal: every difference, and every object with what it comes to by either rubric."""

from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from govkit.figures import two_places
from govkit.ledger import Kind
from govkit.messages import say
from govkit.reading import read_spot_check
from govkit.rehearsing import differences, rehearse
from govkit.rubric import load_rubric, rubric_from
from govkit.rubric.content import content
from govkit.scoring import score_spot_check
from govkit.sheets.rubric import write_comparison

A = load_rubric("fengdu-2019")
SAMPLE = read_spot_check(Path(__file__).parents[3] / "sample_data" / "青禾县2019年第四季度.xlsx")


def table(path: Path, sheet: str, first: str) -> list[dict[str, Any]]:
    """The lines of a sheet, by their headings."""
    rows = [[cell.value for cell in row] for row in load_workbook(path)[sheet].iter_rows()]
    at = next(number for number, row in enumerate(rows) if row[0] == first)
    return [dict(zip(map(str, rows[at]), row, strict=True)) for row in rows[at + 1 :]]


def test_everything_stands_there(tmp_path: Path) -> None:
    """Differences, results before and after, counts and losses are those of the rehearsal, and before is the score."""
    data = content(A) | {"id": "own"}
    data["parameters"] |= {"pass_line": 70}
    data["rows"][9]["items"].pop()
    data["rows"][10]["items"][1]["points"] = "0.5"
    b = rubric_from(data)
    rehearsal, told = rehearse(A, b, SAMPLE), differences(A, b)
    write_comparison(A, b, told, rehearsal, path := tmp_path / "试算.xlsx")
    lines = table(path, "规则变化", "序号")
    assert [(line["哪里"], line["原规则"], line["新规则"]) for line in lines] == [
        (each.what, each.before or None, each.after or None) for each in told
    ]
    lines = table(path, "结果对比", "序号")
    for line, result, each in zip(lines, score_spot_check(A, SAMPLE).objects, rehearsal.objects, strict=True):
        assert line["检查对象"] == result.subject.name
        assert line["原结论"] == say(f"verdict.{result.score.verdict}")
        assert line["新结论"] == say(f"verdict.{each.after.score.verdict}")
        for name, score in (("原", result.score), ("新", each.after.score)):
            points = (("扣分指标得分", score.part2), ("加分", score.bonus), ("最后得分", score.total))
            for column, value in points:
                assert line[name + column] == (None if value is None else two_places(value))
        assert bool(line["变化"]) == each.is_changed
        assert not each.is_changed or line["原因"]
    assert any(line["变化"] for line in lines)
    counted = {(line["类别"], line["项目"]): line["新规则"] for line in table(path, "汇总", "类别")}
    assert counted["网站", "合格率"] == rehearsal.summary(Kind.SITE).after.pass_rate.shown
    assert [line["说明"] for line in table(path, "没有照原样计入的记录", "序号")] == [
        note.text for note in rehearsal.notes
    ]
    assert rehearsal.notes


def test_equal_rubrics(tmp_path: Path) -> None:
    """Where nothing differs, the sheet says so; without a batch it is the only one."""
    write_comparison(A, A, (), None, tmp_path / "比较.xlsx")
    assert load_workbook(tmp_path / "比较.xlsx").sheetnames == ["规则变化"]
    assert table(tmp_path / "比较.xlsx", "规则变化", "序号")[0]["哪里"] == "两套检查规则的内容相同"
