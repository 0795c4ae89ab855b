"""Writing: outputs appear whole or not at all, replace those of an earlier run, and spare everything else."""

import errno
from collections.abc import Callable
from pathlib import Path

import pytest

from govkit.sheets import OutputError, output, write_all, write_results, write_summary
from govkit.sheets.errors import OutputError as FromErrors
from tests.sheets.builders import account, inspection, site

BEFORE = inspection([site("1", "甲"), site("2", "乙")], name="上季度")
AFTER = inspection([site("2", "乙"), account("3", "丙")], name="本季度")
MOVES = 4 + 4 + 2  # old results.json, 汇总表, and two sheets aside; the new ones in place; what was kept exchanged


def tree(folder: Path) -> dict[str, bytes]:
    """All files under a folder, hidden ones too."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder with the outputs of an earlier run and files that are not ours."""
    folder = tmp_path / "结果"
    write_all(BEFORE, folder)
    write_all(BEFORE, folder)
    (folder / "备注.txt").write_text("别删", encoding="utf-8")
    (folder / "评分表" / "另存.xlsx").write_bytes(b"mine")
    return folder


def test_all_outputs_are_written(tmp_path: Path) -> None:
    """A new folder gets results.json, 汇总表 and a sheet for each object, and nothing else; progress is told."""
    told: list[tuple[int, int]] = []
    write_all(AFTER, tmp_path / "新" / "夹", lambda done, of: told.append((done, of)))
    names = {"results.json", "汇总表.xlsx", "评分表/2_乙.xlsx", "评分表/3_丙.xlsx"}
    assert {name.replace("\\", "/") for name in tree(tmp_path / "新" / "夹")} == names
    assert told == [(1, 2), (2, 2)]
    assert [path.name for path in tmp_path.iterdir()] == ["新"]


def test_second_run_replaces_the_first_and_spares_the_rest(out: Path) -> None:
    """Sheets of objects that left the batch go; what the earlier run did not write stays."""
    write_all(AFTER, out)
    assert sorted(tree(out / "评分表")) == ["2_乙.xlsx", "3_丙.xlsx", "另存.xlsx"]
    assert (out / "备注.txt").read_text(encoding="utf-8") == "别删"
    assert "本季度" in (out / "results.json").read_text(encoding="utf-8")


def test_what_stood_there_is_kept(tmp_path: Path) -> None:
    """Somebody may have written on the sheets: the last state of each batch is kept, and the place is told."""
    assert write_all(BEFORE, tmp_path) is None
    (tmp_path / "评分表" / "1_甲.xlsx").write_bytes(b"by hand")
    kept = write_all(AFTER, tmp_path)
    assert kept is not None
    assert kept.parent == tmp_path / "以前的结果"
    assert "上季度" in kept.name
    assert (kept / "评分表" / "1_甲.xlsx").read_bytes() == b"by hand"
    again = write_all(AFTER, tmp_path)
    assert again is not None
    assert {path.name for path in (tmp_path / "以前的结果").iterdir()} == {kept.name, again.name}
    assert (kept / "评分表" / "1_甲.xlsx").exists()


def test_files_of_unknown_origin_are_kept(tmp_path: Path) -> None:
    """A file that only happens to have the name of an output is kept as well."""
    (tmp_path / "汇总表.xlsx").write_bytes(b"mine")
    kept = write_all(AFTER, tmp_path)
    assert kept is not None
    assert (kept / "汇总表.xlsx").read_bytes() == b"mine"


@pytest.mark.parametrize(
    "broken", ["", "{}", '{"subjects": [{"id": 1}]}', '{"subjects": [{"id": "..", "name": "/x"}]}']
)
def test_unknown_results_file_costs_no_sheet(out: Path, broken: str) -> None:
    """Where results.json does not list what the earlier run wrote, no sheet is taken for stale."""
    (out / "results.json").write_text(broken, encoding="utf-8")
    write_all(AFTER, out)
    assert sorted(tree(out / "评分表")) == ["1_甲.xlsx", "2_乙.xlsx", "3_丙.xlsx", "另存.xlsx"]


@pytest.mark.parametrize("failing", range(MOVES))
def test_open_file_changes_nothing(out: Path, failing: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is open in Excel on Windows cannot be moved: whichever it is, everything stays as it was."""
    before, replace, calls = tree(out), Path.replace, iter(range(100))

    def fail_once(source: Path, target: Path) -> Path:
        if next(calls) == failing:
            raise PermissionError(errno.EACCES, "另一个程序正在使用此文件", str(source))
        return replace(source, target)

    monkeypatch.setattr(Path, "replace", fail_once)
    with pytest.raises(OutputError, match=r"请：.*或"):
        write_all(AFTER, out)
    assert tree(out) == before


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
def test_failure_half_way_changes_nothing(out: Path, code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk, or any other trouble while sheets are being made, leaves the earlier outputs and nothing else."""
    before, write_bytes = tree(out), Path.write_bytes

    def fail_late(self: Path, content: bytes) -> int:
        if self.name == "3_丙.xlsx":
            raise OSError(code, "no")
        return write_bytes(self, content)

    monkeypatch.setattr(Path, "write_bytes", fail_late)
    with pytest.raises(OutputError, match="没有改动"):
        write_all(AFTER, out)
    assert tree(out) == before


def test_interruption_changes_nothing(out: Path) -> None:
    """Somebody who stops the run in the notebook keeps the earlier outputs, and nothing half-made."""
    before = tree(out)

    def stop(done: int, of: int) -> None:
        raise KeyboardInterrupt(done, of)

    with pytest.raises(KeyboardInterrupt):
        write_all(AFTER, out, stop)
    assert tree(out) == before


def test_failure_leaves_no_new_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that was made for the outputs goes again if they do not come."""

    def fail(*_: object) -> bytes:
        raise FromErrors("模板")

    monkeypatch.setattr(output, "summary", fail)
    with pytest.raises(OutputError):
        write_all(AFTER, tmp_path / "a" / "b")
    assert list(tmp_path.iterdir()) == []


def test_failure_leaves_no_empty_folder_for_sheets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder 评分表 that was made for the sheets goes again if they cannot be put there."""
    replace = Path.replace

    def fail_on_sheets(source: Path, target: Path) -> Path:
        if target.parent.name == "评分表" and "old" not in target.parts and target.name.startswith("3"):
            raise PermissionError(errno.EACCES, "locked", str(source))
        return replace(source, target)

    monkeypatch.setattr(Path, "replace", fail_on_sheets)
    with pytest.raises(OutputError):
        write_all(AFTER, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_old_files_are_kept_where_they_cannot_be_put_back(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If even putting back fails, the old files stay in the temporary folder, which the sentence names."""
    before, replace, calls = set(tree(out).values()), Path.replace, iter(range(100))

    def fail_after_three(source: Path, target: Path) -> Path:
        if next(calls) >= 3:
            raise PermissionError(errno.EACCES, "locked", str(source))
        return replace(source, target)

    monkeypatch.setattr(Path, "replace", fail_after_three)
    with pytest.raises(OutputError, match=r"\.govkit-.*请："):
        write_all(AFTER, out)
    assert before <= set(tree(out).values())


def test_folder_in_the_way_is_not_ours(tmp_path: Path) -> None:
    """A folder with the name of an output is left alone, and the person told."""
    (tmp_path / "汇总表.xlsx").mkdir()
    with pytest.raises(OutputError, match=r"汇总表\.xlsx.*请："):
        write_summary(AFTER, tmp_path / "汇总表.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["汇总表.xlsx"]


def test_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    """Where the folder cannot be made, the sentence says so."""
    (tmp_path / "结果").write_bytes(b"")
    with pytest.raises(OutputError, match=r"文件夹“.*结果”不能写入.*请："):
        write_all(AFTER, tmp_path / "结果")


def test_folder_that_takes_no_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without the right to write is named, not a temporary file in it, and nobody is told to close Excel."""
    mkdir = Path.mkdir

    def refuse(self: Path, mode: int = 0o777, parents: bool = False, exist_ok: bool = False) -> None:
        if self.parent == tmp_path:
            raise PermissionError(errno.EACCES, "denied", str(self))
        mkdir(self, mode, parents, exist_ok)

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(OutputError) as refused:
        write_all(AFTER, tmp_path)
    assert f"文件夹“{tmp_path}”不能写入" in str(refused.value)
    assert "没有写入权限" in str(refused.value)
    assert "Excel" not in str(refused.value)


def test_folder_for_sheets_that_takes_no_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder 评分表 in which no new file can be put is named; a file that is there already may be open in Excel."""
    replace = Path.replace

    def refuse(source: Path, target: Path) -> Path:
        if target.parent == tmp_path / "评分表":
            raise PermissionError(errno.EACCES, "denied", str(source), None, str(target))
        return replace(source, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OutputError, match=r"文件夹“.*评分表”不能写入"):
        write_all(AFTER, tmp_path)


@pytest.mark.parametrize("write", [write_results, write_summary])
def test_single_files_are_replaced(tmp_path: Path, write: Callable[..., None]) -> None:
    """A single output replaces the file of that name and leaves nothing beside it."""
    target = tmp_path / "file"
    target.write_bytes(b"old")
    write(AFTER, target)
    assert list(tree(tmp_path)) == ["file"]
    assert target.read_bytes() != b"old"
