"""Sheets of a class that came back: kept, each person's once, and refused where they belong to something else."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from govkit.messages import say
from govkit.organising.lesson import hand_out
from govkit.organising.lesson_files import LessonFiles
from govkit.problems import ProblemsError
from govkit.rubric import load_rubric
from govkit.training import Task, load_tasks
from tests.filling import Typed, filled

CASE, OTHER = (next(t for t in load_tasks() if t.id == name) for name in ("20-sixty-exactly", "07-account-seven-days"))
RULES = {rubric.sha256: rubric for rubric in map(load_rubric, ("fengdu-2019", "fengdu-2019-m14"))}


def sheet(folder: Path, task: Task, who: str = "", signed: str = "", found: int = 0) -> tuple[str, bytes]:
    """The name and content of a sheet that somebody filled in."""
    path = next(path for path in hand_out(task, [who], folder).files if path.suffix == ".xlsx")
    lines = {"D1.2": Typed("发现问题", found)} if found else {}
    return path.name, filled(path, {task.object.id: lines}, who=signed).read_bytes()


def files_of(home: Path, task: Task | None = CASE) -> LessonFiles:
    """The files of a class."""
    return LessonFiles(home, task, lambda _: RULES)


def test_taken_in(tmp_path: Path) -> None:
    """Each person's sheet is kept; what somebody hands in again takes its place, and what was there is kept aside."""
    files = files_of(tmp_path / "家")
    assert files.read() is None
    files.take_in(sheet(tmp_path / "1", CASE, "张三", found=1), sheet(tmp_path / "1", CASE, "李四", found=1))
    again = files.take_in(sheet(tmp_path / "2", CASE, "张三", found=2))
    assert again.replaced == ("填报表_恰好60.00分_张三.xlsx",)
    assert len(files.paths) == len(files.read() or ()) == 2
    assert len(list((files.folder / say("organising.earlier")).iterdir())) == 1


def test_one_name_several_people(tmp_path: Path) -> None:
    """Sheets handed out without a name all have one: those of different people, and of nobody knows whom, are kept."""
    files = files_of(tmp_path / "家")
    signed = [sheet(tmp_path / str(number), CASE, signed=who) for number, who in enumerate(("张三", "李四"))]
    files.take_in(*signed)
    assert len(files.paths) == 2
    unknown = [sheet(tmp_path / f"x{number}", CASE, found=number) for number in (1, 2)]
    files.take_in(*unknown)
    assert len(files.paths) == 4
    taken = files.take_in(sheet(tmp_path / "z", CASE, signed="张三", found=3))
    assert len(files.paths) == 4
    assert taken.replaced


def test_handed_in_again_under_another_name(tmp_path: Path) -> None:
    """Whoever hands in again, under whatever name of the file, has one sheet: the new one; the other is put away."""
    files = files_of(tmp_path / "家")
    name, content = sheet(tmp_path / "1", CASE, "张三", signed="张三", found=1)
    files.take_in((name, content), sheet(tmp_path / "1", CASE, "李四", signed="李四"))
    _, again = sheet(tmp_path / "2", CASE, "张三", signed="张三", found=2)
    taken = files.take_in(("交.xlsx", again))
    assert taken.replaced == (name,)
    assert [path.name for path in files.paths] == ["交.xlsx", "填报表_恰好60.00分_李四.xlsx"]
    assert len(taken.sheets) == 2


def test_of_something_else(tmp_path: Path) -> None:
    """A sheet of another task, and a file that is none, are refused, the others taken; without a task any is taken."""
    files = files_of(tmp_path / "家")
    good, other = sheet(tmp_path / "1", CASE, "张三"), sheet(tmp_path / "1", OTHER, "李四")
    with pytest.raises(ProblemsError) as raised:
        files.take_in(other)
    assert [problem.code for problem in raised.value.problems] == ["T03"]
    with pytest.raises(ProblemsError):
        files.take_in(("表.xlsx", b"nothing"))
    assert files.paths == ()
    taken = files.take_in(good, other)
    assert taken.names == (good[0],)
    (told,) = taken.refused
    assert "T03" in told
    assert other[0] in told
    assert len(files_of(tmp_path / "家", None).take_in(other).sheets) == 1


def test_a_zip_of_the_class(tmp_path: Path) -> None:
    """The sheets in a zip are taken one by one, as are others beside it; an empty or damaged zip is told."""
    files = files_of(tmp_path / "家")
    given = [sheet(tmp_path / "1", CASE, who) for who in ("张三", "李四")]
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in given:
            archive.writestr(f"全班/{name}", content)
        archive.writestr("全班/~$锁.xlsx", b"lock")
        archive.writestr("全班/坏.xlsx", b"junk")
        archive.writestr("说明.txt", b"text")
    taken = files.take_in(("全班.zip", packed.getvalue()), sheet(tmp_path / "1", CASE, "王五"))
    assert sorted(path.name for path in files.paths) == sorted(
        f"填报表_恰好60.00分_{who}.xlsx" for who in ("张三", "李四", "王五")
    )
    (told,) = taken.refused
    assert "坏.xlsx" in told
    empty = BytesIO()
    zipfile.ZipFile(empty, "w").close()
    for content, code in ((empty.getvalue(), "S07"), (b"PK\x03\x04junk", "F04")):
        with pytest.raises(ProblemsError) as raised:
            files.take_in(("空.zip", content))
        assert [problem.code for problem in raised.value.problems] == [code]
    assert len(files.paths) == 3
