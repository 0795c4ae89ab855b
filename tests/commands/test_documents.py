"""`documents`: one command from a workbook or a batch to all that is signed and sent; all of it, or nothing."""

from pathlib import Path

import pytest

from govkit import commands
from govkit.store import open_home
from tests.documents.words import marked, paragraphs, pictures
from tests.workbooks import ACCOUNTS, BATCH, SITES, write

RECORDS = """
| 抽查记录 | 检查对象标识码 | 指标编号 | 检查结果 | 数量 | 问题说明 |
|          | 0500230001     | D1.2     | 发现问题 | 1    | 邮编有误 |
|          | 5002300002     | V5.1     | 发现问题 |      | 打不开   |
|          | 教委微博       | M2.1     | 发现问题 |      | 停更     |
"""
ISSUED = ["--issued", "2020-01-03"]


@pytest.fixture(autouse=True)
def home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home of its own for each test."""
    monkeypatch.setenv("GOVKIT_HOME", str(tmp_path / "家"))
    monkeypatch.delenv("GOVKIT_STORE", raising=False)
    monkeypatch.setenv("COLUMNS", "200")


@pytest.fixture
def book(tmp_path: Path) -> str:
    """A spot check with problems of two units."""
    return str(write(tmp_path / "抽查.xlsx", BATCH, SITES, ACCOUNTS, RECORDS))


def files(folder: Path) -> dict[str, bytes]:
    """The files of a folder by their paths in it."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_everything_is_there(book: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Sheets, summary, charts, bulletin, and what each unit gets; once more into another folder, the same files."""
    more = [*ISSUED, "--contact", "张三 1"]
    assert commands.run(["documents", book, "--out", str(tmp_path / "甲"), *more]) == 0
    assert "2 个单位的整改通知书和整改台账（新通知的问题 3 个）" in capsys.readouterr().out
    written = files(tmp_path / "甲")
    units, charts = (
        ("县政府办", "县教委"),
        ("网站得分分布", "各项指标扣分", "各单位网站的问题", "各单位政务新媒体的问题"),
    )
    objects = (
        "0500230001_县门户",
        "5002300002_教委网",
        "bm64130001_档案网",
        "5002300000000101_县发布",
        "教委微博_教委发布",
    )
    assert set(written) == {
        *("results.json", "汇总表.xlsx", "通报_第四季度抽查.docx"),
        *(f"评分表/{name}.xlsx" for name in objects),
        *(f"图/{name}.png" for name in charts),
        *(f"整改/整改通知书_{unit}.docx" for unit in units),
        *(f"整改/整改台账_{unit}.xlsx" for unit in units),
    }
    bulletin = written["通报_第四季度抽查.docx"]
    assert "15个工作日内（截至2020年1月23日）" in "\n".join(paragraphs(bulletin))
    assert {one.content for one in pictures(bulletin)} == {written[f"图/{name}.png"] for name in charts}
    assert "15个工作日内（截至2020年1月23日）" in "\n".join(paragraphs(written["整改/整改通知书_县教委.docx"]))
    assert commands.run(["documents", book, "--out", str(tmp_path / "乙"), *more]) == 0
    again = files(tmp_path / "乙")
    assert set(again) == set(written)
    # Some workbooks tell when they were made.
    assert all(again[name] == content for name, content in written.items() if not name.endswith(".xlsx"))
    assert "新通知的问题 0 个" in capsys.readouterr().out


def test_a_batch_with_a_batch_before(book: str, tmp_path: Path) -> None:
    """A batch of the store and the one before it, by their names: the trend is there, and who failed is followed."""
    earlier = BATCH.replace("第四季度抽查", "第三季度抽查").replace("2019-12-20", "2019-09-20")
    before = write(tmp_path / "上季.xlsx", earlier, SITES, ACCOUNTS, RECORDS)
    for each in (book, str(before)):
        assert commands.run(["load", each]) == 0
    chosen = ["--batch", "第四季度抽查", "--before", "第三季度抽查", "--out", str(tmp_path / "出")]
    assert commands.run(["documents", *chosen, *ISSUED]) == 0
    written = files(tmp_path / "出")
    assert "图/各季度合格率.png" in written
    told = "\n".join(paragraphs(written["通报_第四季度抽查.docx"]))
    assert "上次检查不合格的政府网站1个，本次复查1个，合格0个" in told
    assert marked(written["整改/整改通知书_县教委.docx"]) == ["【待填：文号】", "【待填：联系方式】"]


@pytest.mark.parametrize("options", [["--running-sites", "1"], ["--issued", "2060-01-03"], ["--issued", "2020-13-01"]])
def test_nothing_is_left_of_what_cannot_be(options: list[str], book: str, tmp_path: Path) -> None:
    """Bad options leave no file, no folder, and no problem in the register."""
    out = tmp_path / "下级" / "出"
    assert commands.run(["documents", book, "--out", str(out), *ISSUED, *options]) == commands.BAD_INPUT
    assert not out.exists()
    assert not list(tmp_path.rglob(".govkit-*"))
    with open_home().register() as register:
        assert register.rectifications() == ()


def test_a_folder_in_use_is_left_alone(book: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is written where there is something already; an empty folder will do."""
    out = tmp_path / "出"
    out.mkdir()
    (out / "签过字.txt").write_bytes(b"1")
    assert commands.run(["documents", book, "--out", str(out), *ISSUED]) == commands.FAILED
    assert "已经有文件" in capsys.readouterr().err
    assert files(out) == {"签过字.txt": b"1"}
    (out / "签过字.txt").unlink()
    assert commands.run(["documents", book, "--out", str(out), *ISSUED]) == 0
