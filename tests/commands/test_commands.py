"""The `govkit` command: what it prints, writes and returns, run as people run it."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.main import get_command

from govkit import commands, reading
from govkit.messages import catalogue, say
from tests.workbooks import BATCH, RECORDS, SITES, write

SAMPLE = Path(__file__).parents[2] / "sample_data"
WIDTH = 160


def run(*arguments: str | Path, columns: int = WIDTH) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    environment = {**os.environ, "COLUMNS": str(columns), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "govkit", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, check=False)


def test_score_writes_everything(tmp_path: Path) -> None:
    """`score` writes results, summary and one sheet an object, says how many passed and where they are, exit 0."""
    book = write(tmp_path / "抽查.xlsx", BATCH, SITES, RECORDS)
    done = run("score", book, "--out", tmp_path / "结果")
    assert done.returncode == 0, done.stderr
    written = sorted(str(path.relative_to(tmp_path / "结果")) for path in (tmp_path / "结果").rglob("*.*"))
    assert len(written) == 2 + 3
    results = json.loads((tmp_path / "结果" / "results.json").read_text(encoding="utf-8"))
    assert [(s["id"], s["verdict"], s["total"]) for s in results["subjects"]] == [
        ("0500230001", "pass", "99.00"), ("5002300002", "pass", "100.00"), ("bm64130001", "pass", "100.00")]  # fmt: skip
    assert results["batch"]["source"] == "抽查.xlsx"
    assert "网站：检查 3 个，合格 3 个，不合格 0 个，未完成 0 个" in done.stdout
    assert "2 个检查对象没有任何抽查记录" in done.stderr


def test_check_writes_nothing(tmp_path: Path) -> None:
    """`check` says what a workbook holds, and leaves the folder as it was."""
    book = write(tmp_path / "抽查.xlsx", BATCH, SITES, RECORDS)
    done = run("check", book)
    assert done.returncode == 0
    assert "网站 3 个" in done.stdout
    assert "2 个检查对象没有任何抽查记录" in done.stderr
    assert list(tmp_path.iterdir()) == [book]


def test_bad_input(tmp_path: Path) -> None:
    """Bad input: one table with every problem, exit 2, and nothing written."""
    done = run("score", SAMPLE / "broken" / "错误示例.xlsx", "--out", tmp_path / "结果", columns=400)
    assert done.returncode == 2
    assert not (tmp_path / "结果").exists()
    for word in ("代码", "工作表", "处理办法", "R06", "M06", "请："):
        assert word in done.stderr
    assert "Traceback" not in done.stderr


def test_narrow_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """In a narrow terminal each problem is a paragraph, and the number stands at the end, where it is seen."""
    book = write(tmp_path / "抽查.xlsx", BATCH, SITES, RECORDS.replace("D1.2", "D1.9"))
    monkeypatch.setenv("FORCE_COLOR", "1")  # makes the captured stream count as a terminal
    monkeypatch.setenv("COLUMNS", "80")
    assert commands.run(["check", str(book)]) == 2
    shown = capsys.readouterr().err
    assert "│" not in shown
    assert "工作表“抽查记录”第 2 行“指标编号”列" in shown
    assert shown.strip().endswith("没有写任何文件。")


def test_output_into_a_pipe_that_closes() -> None:
    """Whoever only looks at the first lines gets no complaint."""
    command = f'"{sys.executable}" -m govkit rubric show | head -1'
    done = subprocess.run(command, shell=True, capture_output=True, encoding="utf-8", check=False)  # noqa: S602 - a pipe
    assert done.stdout.startswith("# ")
    assert done.stderr == ""


def test_terminal_without_chinese(tmp_path: Path) -> None:
    """Where the output cannot hold Chinese, there are question marks, and the work is done all the same."""
    book = write(tmp_path / "抽查.xlsx", BATCH, SITES, RECORDS)
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "govkit", "score", str(book), "--out", str(tmp_path / "结果")]
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "结果" / "results.json").exists()


def test_names_are_no_markup(tmp_path: Path) -> None:
    """Text of a workbook that looks like an instruction to the terminal is shown as it is."""
    book = write(tmp_path / "抽查.xlsx", BATCH.replace("第四季度抽查", "[bold]第四[/季度]"), SITES, RECORDS)
    assert "[bold]第四[/季度]" in run("check", book).stdout
    bad = write(tmp_path / "错.xlsx", BATCH, SITES, RECORDS.replace("D1.2", "[red]D1.9"))
    assert "[red]D1.9" in run("check", bad).stderr


def test_output_that_cannot_be_written(tmp_path: Path) -> None:
    """A folder that is a file: a sentence that says what to do, exit 1."""
    book = write(tmp_path / "抽查.xlsx", BATCH, SITES, RECORDS)
    done = run("score", book, "--out", book)
    assert done.returncode == 1
    assert "请：" in done.stderr
    assert "Traceback" not in done.stderr


def test_demo(tmp_path: Path) -> None:
    """`demo` scores the sample county."""
    done = run("demo", "--out", tmp_path)
    assert done.returncode == 0, done.stderr
    assert "青禾县" in done.stdout
    results = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    assert {subject["verdict"] for subject in results["subjects"]} == {"pass", "fail", "incomplete"}


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["foo"], "foo"),
        (["score"], "FILE"),
        (["rubric"], "没有写完"),
        (["score", "x", "--oot"], "--oot"),
        (["rubric", "show", "fengdu"], "fengdu-2019"),
    ],
)
def test_wrong_call(arguments: list[str], word: str) -> None:
    """Words that make no call: a sentence in Chinese, exit 2."""
    done = run(*arguments)
    assert done.returncode == 2
    assert word in done.stderr
    assert "请：" in done.stderr


def all_commands() -> Iterator[tuple[list[str], Any]]:
    """Return all commands with their words, those of groups with the group's."""
    for name, command in get_command(commands.app).commands.items():  # type: ignore[attr-defined]  # it is a group
        inner = getattr(command, "commands", None)
        yield from (([name, word], each) for word, each in inner.items()) if inner else [([name], command)]


def test_examples_are_calls() -> None:
    """What a person is told who left something out has all that the command asks for, and nothing it does not have."""
    for words, command in all_commands():
        wanted = {param.opts[0] for param in command.params if param.required and param.param_type_name == "option"}
        if wanted or any(param.required for param in command.params):
            name, path = f"example.{'_'.join(words)}", " ".join(words)
            given = {word for word in say(name, path=path).split() if word.startswith("--")}
            assert wanted <= given <= {option for param in command.params for option in param.opts}, name
            assert say(name, path=f"govkit {path}") in run(*words).stderr


@pytest.mark.parametrize("command", ["check", "score", "load"])
def test_filled_sheet_in_place_of_a_workbook(tmp_path: Path, command: str) -> None:
    """A sheet that was filled in by hand is no spot check: the person is pointed to what takes it."""
    book = write(tmp_path / "抽查.xlsx", BATCH, SITES, RECORDS)
    assert run("blank", book, "--out", tmp_path).returncode == 0
    sheet = next((tmp_path / "填报表").iterdir())
    done = run(command, sheet, *(("--out", str(tmp_path / "结果")) if command == "score" else ()))
    assert done.returncode == 2
    assert f'govkit collect "{sheet}"' in "".join(done.stderr.splitlines())
    assert "S01" not in done.stderr


def test_own_complaints_are_shown_as_they_are(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A command that says itself what is wrong with its words is not talked over."""

    def refuse(*_: object, **__: object) -> None:
        raise typer.BadParameter("没有这样的文件夹。请：换一个。")

    monkeypatch.setattr(commands, "app", refuse)
    assert commands.run(["check", "x"]) == 2
    assert capsys.readouterr().err == "没有这样的文件夹。请：换一个。\n"


@pytest.mark.parametrize(
    "path",
    [
        (),
        ("check",),
        ("score",),
        ("demo",),
        ("rubric",),
        ("rubric", "show"),
        ("rubric", "schema"),
        ("load",),
        ("export",),
        ("backup",),
        ("restore",),
        ("log",),
    ],
)
def test_help(path: tuple[str, ...]) -> None:
    """--help is there for everything, and nothing of it is English prose."""
    done = run(*path, "--help")
    assert done.returncode == 0
    assert "用法：" in done.stdout
    assert "--help" in done.stdout
    assert not re.search(r"[a-z]+ [a-z]+ [a-z]+", done.stdout.split("\n", 1)[1]), "a phrase in English"


def test_no_arguments_show_the_help() -> None:
    """`govkit` alone shows what there is."""
    assert "用法：" in run().stdout + run().stderr


def test_rubric_show_prints_the_reference() -> None:
    """`rubric show` prints the committed reference table."""
    text = (Path(__file__).parents[2] / "docs" / "rubric-fengdu-2019-m14.md").read_text(encoding="utf-8")
    assert run("rubric", "show", "fengdu-2019-m14").stdout == text


def test_internal_error_is_a_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever goes wrong inside: a sentence that names a log with the traceback, exit 1."""

    def fail(*_: object) -> None:
        raise RuntimeError("内部")

    monkeypatch.setattr(reading, "read_spot_check", fail)
    assert commands.run(["check", "x.xlsx"]) == 1
    sentence = capsys.readouterr().err
    assert "Traceback" not in sentence
    log = Path(sentence.split("日志文件 ")[1].split(" ")[0])
    assert "RuntimeError: 内部" in log.read_text(encoding="utf-8")
    log.unlink()


def test_interruption(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Ctrl-C ends with a sentence."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(reading, "read_spot_check", interrupt)
    assert commands.run(["check", "x.xlsx"]) == 1
    assert "已中断" in capsys.readouterr().err


def test_every_problem_says_what_to_do() -> None:
    """Each entry of the catalogue has what is wrong and what to do."""
    for code, entry in catalogue()["problem"].items():
        assert isinstance(entry, dict), code
        assert set(entry) == {"text", "fix"}
        assert entry["fix"].startswith("请："), code
