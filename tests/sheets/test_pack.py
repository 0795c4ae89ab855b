"""A batch packed for filing: what is in the pack, when it is refused, and how a changed byte is found."""

import hashlib
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from govkit.codec import batch_from_plain
from govkit.findings import Filing, Outcome, SpotCheck, Stage
from govkit.reading import read_spot_check
from govkit.rubric import Rubric
from govkit.scoring import Inspection, score_spot_check
from govkit.sheets import OutputError, Packed, check_pack, write_pack
from tests.sheets.builders import AS_OF, RUBRIC, account, filed, found, inspection, site

SHOT = f"{hashlib.sha256(b'shot').hexdigest()}.png"
SUBJECTS = (site("a1", "=甲"), site("a2", "乙", service=False), account("a3", "丙"))
FINDINGS = (
    replace(found(SUBJECTS[0], "D1.2", 2, "电话有误"), screenshot=SHOT),
    found(SUBJECTS[2], "M1.1", 1, "表述错误"),
)
SEASON = inspection(SUBJECTS, FINDINGS, name="=第一季度:检查")
CHECK = SpotCheck(SEASON.batch, SUBJECTS, FINDINGS)
OPEN = inspection(SUBJECTS, FINDINGS, name="=第一季度:检查", unlisted=Outcome.UNCHECKED)
REVIEWED = Filing(Stage.REVIEWED, 1, "张三", None, "李四")
NAME = "归档_=第一季度_检查_2024-03-15"
FILES = [
    *("results.json", "抽查记录.xlsx", "检查规则.json", "汇总表.xlsx", "清单.xlsx"),
    *("评分表/a1_=甲.xlsx", "评分表/a2_乙.xlsx", "评分表/a3_丙.xlsx", f"截图/{SHOT}"),
]


def pack(season: Inspection, out: Path, *, drafts: bool = False) -> Packed:
    """Pack a batch with its screenshot."""
    return write_pack(season, replace(CHECK, batch=season.batch), {SHOT: b"shot"}, out, drafts=drafts)


def paths(folder: Path) -> list[str]:
    """All files in a folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def contents(folder: Path) -> dict[str, bytes]:
    """All files in a folder with what is in them."""
    return {path: (folder / path).read_bytes() for path in paths(folder)}


def test_pack_has_everything(tmp_path: Path) -> None:
    """Results, sheets, summary, records with screenshots, rules and lists, and nothing else, under a safe name."""
    told: list[tuple[int, int]] = []
    packed = write_pack(SEASON, CHECK, {SHOT: b"shot"}, tmp_path, progress=lambda done, of: told.append((done, of)))
    assert packed.is_new
    assert packed.folder == tmp_path / NAME
    assert paths(tmp_path) == sorted(f"{NAME}/{path}" for path in [*FILES, "清单.json"])
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert (packed.folder / "截图" / SHOT).read_bytes() == b"shot"


def test_results_follow_from_the_pack_alone(tmp_path: Path) -> None:
    """The rules and records in the pack give the results in it, whatever rules are installed."""
    folder = pack(SEASON, tmp_path).folder
    rubric = Rubric.model_validate_json((folder / "检查规则.json").read_text(encoding="utf-8"))
    assert rubric == RUBRIC
    again = score_spot_check(rubric, read_spot_check(folder / "抽查记录.xlsx"))
    assert [result.score for result in again.objects] == [result.score for result in SEASON.objects]


def test_list_names_every_file(tmp_path: Path) -> None:
    """The list has size and SHA-256 of all files but itself, the batch, the rules, the tool, and numbers by verdict."""
    packed = pack(SEASON, tmp_path)
    text = (packed.folder / "清单.json").read_bytes()
    listed = json.loads(text)
    assert sorted(entry["path"] for entry in listed["files"]) == sorted(FILES)
    for entry in listed["files"]:
        content = (packed.folder / entry["path"]).read_bytes()
        assert entry["size"] == len(content)
        assert entry["sha256"] == hashlib.sha256(content).hexdigest()
    assert batch_from_plain(listed["batch"]) == SEASON.batch
    assert listed["rubric"] == {"id": RUBRIC.id, "version": RUBRIC.version, "sha256": RUBRIC.sha256}
    assert listed["objects"] == {
        "site": {"pass": 2, "fail": 0, "incomplete": 0},
        "account": {"pass": 0, "fail": 1, "incomplete": 0},
    }
    assert listed["unfinished"] == []
    assert packed.seal == hashlib.sha256(text).hexdigest() == check_pack(packed.folder).seal


def test_list_for_people(tmp_path: Path) -> None:
    """The list can be read and printed: what was packed, and each file with its SHA-256."""
    folder = pack(SEASON, tmp_path).folder
    book = load_workbook(folder / "清单.xlsx")
    facts = {row[0]: row[1] for row in book["归档"].iter_rows(values_only=True)}
    assert facts["批次名称"] == SEASON.batch.name
    assert {cell.data_type for row in book["归档"] for cell in row} == {"s"}
    assert facts["状态"] == "已定稿"
    assert facts["政务新媒体"] == "检查 1 个，合格 0 个，不合格 1 个，未完成 0 个"
    rows = {row[1]: row[3] for row in book["文件"].iter_rows(min_row=2, values_only=True)}
    assert rows["results.json"] == hashlib.sha256((folder / "results.json").read_bytes()).hexdigest()
    assert len(rows) == len(FILES) - 1


def test_same_bytes_at_any_time(tmp_path: Path) -> None:
    """Two packs of one batch are the same, byte for byte; no workbook tells when it was saved."""
    one, two = pack(SEASON, tmp_path / "一").folder, pack(SEASON, tmp_path / "二").folder
    assert contents(one) == contents(two)
    for book in one.rglob("*.xlsx"):
        with zipfile.ZipFile(book) as archive:
            assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            times = re.findall(rb"<dcterms:modified[^>]*>([^<]*)<", archive.read("docProps/core.xml"))
        if book.parent == one:
            assert times == [f"{AS_OF}T00:00:00Z".encode()]


def test_unfinished_is_refused(tmp_path: Path) -> None:
    """Open items: nothing is packed, and the sentence names the objects and the way on."""
    with pytest.raises(OutputError, match=r"2 个.*=甲（未完成）、乙（未完成）.*请：.*--drafts"):
        pack(OPEN, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_not_reviewed_is_refused(tmp_path: Path) -> None:
    """Where reviews are kept, an object that is only submitted is not final."""
    season = filed(SEASON, REVIEWED)
    half = replace(season, objects=(*filed(SEASON, Filing(Stage.SUBMITTED)).objects[:1], *season.objects[1:]))
    with pytest.raises(OutputError, match=r"1 个.*=甲（已提交）"):
        pack(half, tmp_path)
    assert pack(season, tmp_path).folder.name == NAME


def test_drafts_are_packed_as_such(tmp_path: Path) -> None:
    """On demand, what is not final is packed; name and lists say so."""
    folder = pack(OPEN, tmp_path, drafts=True).folder
    assert folder.name == "归档未定稿_=第一季度_检查_2024-03-15"
    assert json.loads((folder / "清单.json").read_bytes())["unfinished"] == ["a1", "a2"]
    book = load_workbook(folder / "清单.xlsx")
    assert "未定稿：2 个" in str(list(book["归档"].values))
    first, second = book["没有定稿"].iter_rows(min_row=2, values_only=True)
    assert (first[1:3], second[1:3]) == (("a1", "=甲"), ("a2", "乙"))
    open_codes = OPEN.objects[0].score.open
    assert first[3] == f"还有 {len(open_codes)} 条细则未检查或无法判断：{'、'.join(open_codes)}"
    assert pack(SEASON, tmp_path, drafts=True).folder.name == NAME


def test_drafts_say_what_is_lacking(tmp_path: Path) -> None:
    """The list for people names each object that is not final, with how far it has come; a final pack has no such."""
    half = replace(SEASON, objects=(*filed(SEASON, Filing(Stage.SUBMITTED)).objects[:1], *SEASON.objects[1:]))
    book = load_workbook(pack(half, tmp_path, drafts=True).folder / "清单.xlsx")
    (row,) = book["没有定稿"].iter_rows(min_row=2, values_only=True)
    assert row[2:] == ("=甲", "已提交，没有复核")
    assert load_workbook(pack(SEASON, tmp_path).folder / "清单.xlsx").sheetnames == ["归档", "文件"]


def test_the_same_again_changes_nothing(tmp_path: Path) -> None:
    """A pack that is there as it would be written stays, and what systems leave in folders is no change."""
    first = pack(SEASON, tmp_path)
    (first.folder / ".DS_Store").write_bytes(b"x")
    before = {path: path.stat().st_ino for path in first.folder.rglob("*")}
    again = pack(SEASON, tmp_path)
    assert again == replace(first, is_new=False)
    assert {path: path.stat().st_ino for path in first.folder.rglob("*")} == before


def _change(folder: Path) -> None:
    (folder / "results.json").write_bytes(b"{}")


def _add(folder: Path) -> None:
    (folder / "评分表" / "另存.xlsx").write_bytes(b"mine")


def _forget(folder: Path) -> None:
    (folder / "清单.json").unlink()


def _other_batch(folder: Path) -> None:
    other = inspection(SUBJECTS, FINDINGS[:1], name="=第一季度:检查")
    for path in sorted(folder.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    folder.rmdir()
    write_pack(other, replace(CHECK, findings=FINDINGS[:1]), {SHOT: b"shot"}, folder.parent)


@pytest.mark.parametrize("happens", [_change, _add, _forget, _other_batch])
def test_another_pack_is_never_overwritten(tmp_path: Path, happens: Callable[[Path], None]) -> None:
    """A folder of the name that holds anything else stays as it is, and a sentence says what to do."""
    folder = pack(SEASON, tmp_path).folder
    happens(folder)
    before = contents(tmp_path)
    with pytest.raises(OutputError, match="请："):
        pack(SEASON, tmp_path)
    assert contents(tmp_path) == before


def test_failure_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trouble half-way leaves no half of a pack."""
    write_bytes = Path.write_bytes

    def fail(self: Path, content: bytes) -> int:
        if self.name == "a3_丙.xlsx":
            raise OSError(28, "no")
        return write_bytes(self, content)

    monkeypatch.setattr(Path, "write_bytes", fail)
    with pytest.raises(OutputError):
        pack(SEASON, tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", FILES)
def test_one_byte_is_found(tmp_path: Path, path: str) -> None:
    """One changed byte in any file is found, also where the size stays the same."""
    folder = pack(SEASON, tmp_path).folder
    assert check_pack(folder).is_whole
    content = bytearray((folder / path).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / path).write_bytes(content)
    state = check_pack(folder)
    assert (state.missing, state.changed, state.extra) == ((), (path,), ())
    assert not state.is_whole


def test_missing_and_extra_files_are_found(tmp_path: Path) -> None:
    """Files that went or came are named, in folders too; what systems leave there is not."""
    folder = pack(SEASON, tmp_path).folder
    (folder / "评分表" / "a3_丙.xlsx").unlink()
    (folder / "截图" / "新.png").write_bytes(b"x")
    for name in ("Thumbs.db", ".DS_Store", "~$汇总表.xlsx"):
        (folder / name).write_bytes(b"x")
    state = check_pack(folder)
    assert (state.missing, state.changed, state.extra) == (("评分表/a3_丙.xlsx",), (), ("截图/新.png",))


def test_changed_list_has_another_seal(tmp_path: Path) -> None:
    """Whoever mends the list after changing a file changes the seal."""
    packed = pack(SEASON, tmp_path)
    listed = packed.folder / "清单.json"
    listed.write_bytes(listed.read_bytes().replace(b'"pass": 2', b'"pass": 3'))
    assert check_pack(packed.folder).seal != packed.seal


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"format": 9, "files": []}', '{"format": 1, "files": [{"path": 1}]}']
)
def test_list_that_is_none(tmp_path: Path, text: str) -> None:
    """A folder without a list, or with one that cannot be read, is told as such."""
    with pytest.raises(OutputError, match="请："):
        check_pack(tmp_path)
    (tmp_path / "清单.json").write_text(text, encoding="utf-8")
    with pytest.raises(OutputError, match="请："):
        check_pack(tmp_path)


@pytest.mark.usefixtures("soffice")
def test_pdfs(tmp_path: Path) -> None:
    """PDFs of summary and sheets stand in PDF/ and in the list; the same again is found to be there."""
    told: list[tuple[int, int]] = []

    def write() -> Packed:
        return write_pack(SEASON, CHECK, {SHOT: b"shot"}, tmp_path, printing=lambda done, of: told.append((done, of)))

    packed = write()
    assert paths(packed.folder / "PDF") == ["a1_=甲.pdf", "a2_乙.pdf", "a3_丙.pdf", "汇总表.pdf"]
    assert told[-1] == (4, 4)
    assert check_pack(packed.folder).is_whole
    assert not write().is_new
    assert not pack(SEASON, tmp_path).is_new


@pytest.mark.usefixtures("soffice")
def test_pdfs_are_not_slipped_into_a_pack(tmp_path: Path) -> None:
    """A pack without PDFs may have been handed in: it gets none later."""
    pack(SEASON, tmp_path)
    with pytest.raises(OutputError, match="请："):
        write_pack(SEASON, CHECK, {SHOT: b"shot"}, tmp_path, printing=lambda _done, _of: None)
