"""`start.py` sets up a private environment and answers every failure with a sentence that says what to do."""

import ast
import errno
import importlib.util
import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

SOURCE = Path(__file__).parents[1] / "start.py"


class Programs:
    """Stands in for `venv`, pip and the verbs: notes what was run, and makes, says or fails what a test asks for."""

    def __init__(self, start: ModuleType) -> None:
        """Stand ready beside a copy of `start.py`; everything succeeds until told otherwise."""
        self.start = start
        self.steps: list[str] = []
        self.commands: list[tuple[str, ...]] = []
        self.verbs: list[str] = []
        self.folders: list[Path | None] = []
        self.failing = ""
        self.output = ""

    def __call__(self, *command: str) -> bool:
        """Take the place of `run_logged`."""
        step = "venv" if "venv" in command else "project" if "--editable" in command else command[3]
        self.steps.append(step)
        self.commands.append(command)
        if step == "venv":
            python = self.start.venv_python()
            python.parent.mkdir(parents=True)
            python.touch()
        self.start.LOG.write_text(self.output, encoding="utf-8")
        return step != self.failing

    def run(self, *arguments: str, cwd: Path | None = Path("checkout")) -> int:
        """Take the place of `run`."""
        self.folders.append(cwd)
        self.verbs.append(" ".join(arguments))
        return int(arguments[1] == self.failing)


@pytest.fixture
def start(tmp_path: Path) -> ModuleType:
    """Load a copy of `start.py` that stands in a checkout of its own, in a folder with a Chinese name and a blank."""
    root = tmp_path / "检查 工具"
    root.mkdir()
    (root / "requirements.lock").write_text("a==1", encoding="utf-8")
    (root / "pyproject.toml").write_text("[project]", encoding="utf-8")
    (root / "start.py").write_bytes(SOURCE.read_bytes())
    spec = importlib.util.spec_from_file_location("start_copy", root / "start.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def programs(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Programs:
    """Let no real program run."""
    programs = Programs(start)
    monkeypatch.setattr(start, "run_logged", programs)
    monkeypatch.setattr(start, "run", programs.run)
    return programs


@pytest.fixture
def wheels(tmp_path: Path) -> Path:
    """Return a folder that holds a package."""
    folder = tmp_path / "安装 包"
    folder.mkdir()
    (folder / "a-1-py3-none-any.whl").touch()
    return folder


def failure_of(action: Callable[[], object]) -> str:
    """Return the code of the failure that `action` ends with."""
    with pytest.raises(Exception, match="请：") as caught:
        action()
    code = getattr(caught.value, "code", None)
    assert isinstance(code, str), f"not a SetupError: {caught.value!r}"
    return code


def test_parses_on_an_old_python() -> None:
    """Python 3.6 can read the file, and so reaches the sentence about its age."""
    ast.parse(SOURCE.read_text(encoding="utf-8"), feature_version=(3, 6))


@pytest.mark.parametrize("version", [(3, 6), (3, 10)])
def test_old_python_is_refused(start: ModuleType, version: tuple[int, int]) -> None:
    """A Python older than the packages support is named in a sentence."""
    assert failure_of(lambda: start.check_python(version)) == "old_python"


def test_supported_pythons_are_accepted(start: ModuleType) -> None:
    """The oldest supported Python and newer ones pass."""
    start.check_python((3, 11))
    start.check_python((3, 14))


def test_every_failure_says_what_to_do(start: ModuleType) -> None:
    """Each sentence about a failure ends with a request, and is whole."""
    for code, sentence in start.FAILURES.items():
        problem, _, remedy = sentence.partition("请：")
        assert problem, code
        assert remedy.endswith("。"), code


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
@pytest.mark.usefixtures("programs")
def test_missing_module__error(start: ModuleType, monkeypatch: pytest.MonkeyPatch, module: str) -> None:
    """On a Debian without python3-venv nothing is made, and the sentence names the package to install."""
    monkeypatch.setattr(start, "find_spec", lambda name: None if name == module else object())
    with pytest.raises(start.SetupError, match=r"python3\.\d+-venv") as caught:
        start.install()
    assert caught.value.code == "no_venv"
    assert not start.VENV.exists()


def test_first_run_installs_everything(start: ModuleType, programs: Programs) -> None:
    """The first run makes the environment, installs the lock with hashes, then the project without the network."""
    start.install()
    assert programs.steps == ["venv", "install", "project"]
    assert {"--require-hashes", str(start.LOCK)} <= set(programs.commands[1])
    assert {"--no-deps", "--no-build-isolation"} <= set(programs.commands[2])


def test_second_run_starts_no_program(start: ModuleType, programs: Programs) -> None:
    """Nothing is done while nothing has changed."""
    start.install()
    programs.steps.clear()
    start.install()
    assert programs.steps == []


@pytest.mark.parametrize("name", ["requirements.lock", "pyproject.toml"])
def test_changed_dependencies_are_installed(start: ModuleType, programs: Programs, name: str) -> None:
    """A change of the lock or of the configuration is installed into the environment that is there."""
    start.install()
    programs.steps.clear()
    (start.ROOT / name).write_text("changed", encoding="utf-8")
    start.install()
    assert programs.steps == ["install", "project"]


def test_other_python_makes_the_environment_anew(
    start: ModuleType, programs: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An environment that another Python made is replaced."""
    start.install()
    programs.steps.clear()
    monkeypatch.setattr(sys, "version", "3.99")
    start.install()
    assert programs.steps == ["venv", "install", "project"]


def test_moved_folder_makes_the_environment_anew(start: ModuleType, programs: Programs, tmp_path: Path) -> None:
    """A checkout that was moved is installed again, as its environment names the old place."""
    start.install()
    programs.steps.clear()
    start.ROOT.rename(tmp_path / "new")
    for name in ("ROOT", "VENV", "LOCK", "LOG", "STAMP"):
        setattr(start, name, tmp_path / "new" / getattr(start, name).relative_to(start.ROOT.parent / "检查 工具"))
    start.install()
    assert programs.steps == ["venv", "install", "project"]


@pytest.mark.parametrize("failing", ["venv", "install", "project"])
def test_failed_installation_is_repaired(start: ModuleType, programs: Programs, failing: str) -> None:
    """After a failure at any step, the next run starts afresh and succeeds."""
    programs.failing = failing
    failure_of(start.install)
    assert not start.STAMP.exists()
    programs.failing = ""
    programs.steps.clear()
    (start.VENV / "left-over").touch()
    start.install()
    assert programs.steps == ["venv", "install", "project"]
    assert not (start.VENV / "left-over").exists()


def test_failed_update_is_repaired(start: ModuleType, programs: Programs) -> None:
    """A change that failed to install does not pass for installed, even when it is taken back."""
    start.install()
    start.LOCK.write_text("a==2", encoding="utf-8")
    programs.failing = "install"
    failure_of(start.install)
    start.LOCK.write_text("a==1", encoding="utf-8")
    programs.failing = ""
    programs.steps.clear()
    start.install()
    assert programs.steps == ["venv", "install", "project"]


def test_lost_interpreter_is_repaired(start: ModuleType, programs: Programs) -> None:
    """An environment whose Python is gone is made anew, whatever its stamp says."""
    start.install()
    programs.steps.clear()
    start.venv_python().unlink()
    start.install()
    assert programs.steps == ["venv", "install", "project"]


@pytest.mark.parametrize(
    ("output", "code"),
    [
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "disk_full"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "hashes"),
        ("WARNING: Retrying after NewConnectionError\nERROR: No matching distribution found for a==1", "network"),
        ("ERROR: No matching distribution found for a==1", "absent"),
        ("ERROR: something new", "pip_failed"),
    ],
)
def test_pip_failure_is_explained(
    start: ModuleType, programs: Programs, capsys: pytest.CaptureFixture[str], output: str, code: str
) -> None:
    """What pip wrote becomes a sentence, and the whole of it stays in the log that the sentence names."""
    programs.failing, programs.output = "install", output
    assert failure_of(start.install) == code
    assert start.main(["demo"]) == 1
    assert start.LOG.read_text(encoding="utf-8") == output
    said = capsys.readouterr().err
    assert str(start.LOG) in said or code == "disk_full"
    assert "Traceback" not in said


def test_full_disk_is_recognised_without_a_log(
    start: ModuleType, programs: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk so full that not even the log could be written is named as the cause."""
    programs.failing = "venv"
    monkeypatch.setattr(start.shutil, "disk_usage", lambda _path: SimpleNamespace(free=0))
    assert failure_of(start.install) == "disk_full"


def test_wheels_replace_the_network(start: ModuleType, programs: Programs, wheels: Path) -> None:
    """With a folder of packages, pip is told to ask no index."""
    assert start.main(["--wheels", str(wheels), "demo"]) == 0
    command = programs.commands[1]
    assert "--no-index" in command
    assert command[command.index("--find-links") + 1] == str(wheels)


def test_incomplete_wheels__error(start: ModuleType, programs: Programs, wheels: Path) -> None:
    """A package that the folder lacks is named, together with the folder."""
    programs.failing, programs.output = "install", "ERROR: No matching distribution found for pandas==3 (from x)"
    with pytest.raises(start.SetupError, match="pandas==3") as caught:
        start.install(wheels)
    assert caught.value.code == "absent_wheel"
    assert str(wheels) in str(caught.value)


@pytest.mark.usefixtures("programs")
def test_missing_or_empty_wheels_folder__error(start: ModuleType, tmp_path: Path) -> None:
    """A folder that does not exist or holds no package is refused before anything is made."""
    assert failure_of(lambda: start.install(tmp_path / "none")) == "no_wheels"
    assert failure_of(lambda: start.install(tmp_path)) == "no_wheels"
    assert not start.VENV.exists()


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "disk_full"),
        (FileNotFoundError(errno.ENOENT, "No such file", "requirements.lock"), "incomplete"),
        (PermissionError(errno.EACCES, "Permission denied", ".venv"), "unwritable"),
        (OSError(errno.EROFS, "Read-only file system", ".venv"), "unwritable"),
    ],
)
def test_system_error_is_explained(start: ModuleType, error: OSError, code: str) -> None:
    """A refusal of the operating system becomes a sentence."""
    assert start.system_error(error).code == code


def test_incomplete_copy_ends_with_a_sentence(start: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    """A checkout without its lock ends with status 1 and the name of the file, without a traceback."""
    start.LOCK.unlink()
    assert start.main(["demo"]) == 1
    assert str(start.LOCK) in capsys.readouterr().err


def test_interruption_ends_with_130(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C during the installation ends with the status that shells expect."""

    def interrupt(*_command: str) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr(start, "run_logged", interrupt)
    assert start.main(["demo"]) == 130


@pytest.mark.parametrize(
    "arguments",
    [["--wheels", "w", "demo", "-x"], ["demo", "--wheels", "w", "-x"], ["demo", "-x", "--wheels=w"]],
)
def test_wheels_option_may_stand_anywhere(start: ModuleType, arguments: list[str]) -> None:
    """`--wheels` is taken out wherever it stands; the folder is the person's own, not the checkout's."""
    assert start.parse(arguments) == (Path.cwd() / "w", ["demo", "-x"])


@pytest.mark.parametrize("arguments", [["demo", "--wheels"], ["--wheels="]])
def test_wheels_option_without_a_folder__error(start: ModuleType, arguments: list[str]) -> None:
    """`--wheels` with nothing behind it is refused."""
    assert failure_of(lambda: start.parse(arguments)) == "no_folder"


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], ["-m govkit --help"]),
        (["demo"], ["-m govkit demo"]),
        (["score", "台账.xlsx", "--year", "2026"], ["-m govkit score 台账.xlsx --year 2026"]),
        (["bench", "--fast"], ["-m benchmarks --fast"]),
        (["test", "-k", "veto"], ["-m pytest -k veto"]),
        (["test"], ["-m ruff check", "-m ruff format --check", "-m mypy", "-m pytest"]),
    ],
)
def test_verbs_run_their_program(
    start: ModuleType, programs: Programs, arguments: list[str], expected: list[str]
) -> None:
    """Each verb runs its program with all its arguments; what is no verb of its own goes to `govkit`."""
    assert start.main(arguments) == 0
    assert programs.verbs == expected


def test_govkit_runs_where_the_person_stands(start: ModuleType, programs: Programs) -> None:
    """`govkit` reads files named from the person's folder; checks run in the checkout, wherever that person is."""
    start.main(["score", "台账.xlsx"])
    start.main(["bench"])
    assert programs.folders == [None, Path("checkout")]


@pytest.mark.parametrize("failing", ["ruff", "mypy", "pytest"])
def test_one_failing_check_fails_all(start: ModuleType, programs: Programs, failing: str) -> None:
    """All checks run even when one fails, and the whole then fails."""
    programs.failing = failing
    assert start.main(["test"]) == 1
    assert programs.verbs == ["-m ruff check", "-m ruff format --check", "-m mypy", "-m pytest"]


def test_lab_asks_no_outside_host(start: ModuleType, programs: Programs) -> None:
    """JupyterLab opens in Chinese, for this machine only, without news or updates, and keeps what it is passed."""
    assert start.main(["lab", "--no-browser"]) == 0
    assert {"--ServerApp.ip=127.0.0.1", "--LabApp.news_url=None", "--no-browser"} <= set(programs.verbs[0].split())
    settings = start.VENV / "share/jupyter/lab/settings"
    assert '"zh_CN"' in (settings / "overrides.json").read_text(encoding="utf-8")
    assert "jupyterlab-preview" in (settings / "page_config.json").read_text(encoding="utf-8")


def test_app_shows_our_pages_and_nothing_else(start: ModuleType, programs: Programs) -> None:
    """Pages open at the start notebook, for this machine only, in our template, and keep what they are passed."""
    assert start.main(["app", "--no-browser"]) == 0
    options = programs.verbs[0]
    assert options.startswith("-m jupyter_server ")
    assert options.endswith(" --no-browser")
    for option in (
        "ServerApp.ip=127.0.0.1",
        "ServerApp.default_url=/voila/render/00_start.ipynb",
        "VoilaConfiguration.template=govkit",
        "VoilaConfiguration.allow_template_override=NO",
        "'jupyter_server_terminals': False",
    ):
        assert option in options
    assert "cull_connected" not in options, "an open page keeps its kernel"


@pytest.mark.parametrize("verb", ["lab", "app"])
def test_others_on_the_machine_are_kept_out(start: ModuleType, programs: Programs, verb: str) -> None:
    """Jupyter's token stays, and nobody listens in between the server and a kernel."""
    start.main([verb])
    assert "--KernelManager.transport_encryption=auto" in programs.verbs[0]
    assert "token" not in programs.verbs[0]


def test_pages_are_found_and_ask_no_outside_host() -> None:
    """The template is where Voilà looks for it, and names no address outside."""
    templates = SOURCE.parent / "templates" / "voila" / "templates"
    assert (templates / "govkit" / "conf.json").is_file()
    for path in templates.rglob("*.*"):
        assert "://" not in path.read_text(encoding="utf-8"), path.name


def test_wheels_verb_collects_ready_made_packages(start: ModuleType, programs: Programs, tmp_path: Path) -> None:
    """`wheels` downloads what the lock names, as wheels only, into the folder that is named."""
    assert start.main(["wheels", str(tmp_path / "for them")]) == 0
    command = programs.commands[-1]
    assert command[3] == "download"
    assert {"--require-hashes", "--only-binary", str(tmp_path / "for them")} <= set(command)


def test_help_of_wheels_downloads_nothing(start: ModuleType, programs: Programs) -> None:
    """Somebody who asks for help gets it, not a folder called --help."""
    assert start.main(["wheels", "--help"]) == 0
    assert not any("download" in command for command in programs.commands)
    assert "-m govkit --help" in programs.verbs[0]


def test_settings_that_break_isolation_are_kept_out(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Python's and pip's settings for other places are dropped; an office's own package index stays."""
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    monkeypatch.setenv("PIP_TARGET", "/elsewhere")
    monkeypatch.setenv("PIP_USER", "1")
    monkeypatch.setenv("PIP_INDEX_URL", "mirror")
    environment = start.child_environment()
    assert not {"PYTHONPATH", "PIP_TARGET"} & environment.keys()
    assert environment["JUPYTER_PATH"] == str(start.ROOT / "templates")
    assert (environment["PIP_USER"], environment["PYTHONUTF8"], environment["PIP_INDEX_URL"]) == ("0", "1", "mirror")


def test_log_holds_command_output_and_status(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both streams of a program go to the log; whether it succeeded is returned."""
    start.VENV.mkdir()
    monkeypatch.setenv("PYTHONHOME", "")
    program = "import sys; print('出'); print('错', file=sys.stderr); sys.exit(3)"
    assert not start.run_logged(sys.executable, "-c", program)
    assert start.run_logged(sys.executable, "-c", "")
    log = start.LOG.read_text(encoding="utf-8")
    assert "\n出" in log
    assert "\n错" in log


def test_exit_status_is_passed_through(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """A verb's own exit status is the status of the whole."""
    monkeypatch.setattr(start, "venv_python", lambda: sys.executable)
    assert start.run("-c", "import sys; sys.exit(7)") == 7


@pytest.mark.skipif(os.name == "nt", reason="only on systems with signals")
def test_death_by_a_signal_is_passed_through(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """A verb that a signal ended is reported as shells do, 128 and the signal's number."""
    monkeypatch.setattr(start, "venv_python", lambda: sys.executable)
    assert start.run("-c", "import os; os.kill(os.getpid(), 9)") == 137


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "utf-8"])
def test_any_terminal_is_answered(start: ModuleType, encoding: str) -> None:
    """A terminal or pipe of any encoding shows what it can: replaced signs at worst, never an error."""
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    start.say("检查 demo \N{CHECK MARK} \udc80", stream)
    assert b"demo" in stream.buffer.getvalue()


def test_started_as_a_program_it_ends_with_a_sentence(start: ModuleType) -> None:
    """Run as a person runs it, in the C locale, a mistake ends with status 1 and no traceback."""
    done = subprocess.run(
        [sys.executable, start.ROOT / "start.py", "demo", "--wheels"],
        env={**os.environ, "LC_ALL": "C"},
        check=False,
        capture_output=True,
    )
    assert done.returncode == 1
    assert "请：" in done.stderr.decode()
    assert b"Traceback" not in done.stderr
