"""Set up a private environment beside this file and run a verb in it, with nothing but Python's standard library.

The file must parse on Python 3.6, so that an old Python is answered with a sentence: annotations are quoted, and
nothing newer than f-strings is used before the version has been checked.
"""

import errno
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TextIO

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PAGES = ROOT / "templates" / "voila" / "templates" / "govkit"
LOCK = ROOT / "requirements.lock"
LOG = VENV / "install.log"
STAMP = VENV / "installed"
OLDEST_PYTHON = (3, 11)
SMALLEST_FREE_SPACE = 2**20  # bytes

MESSAGES = {
    "usage": "用法：python start.py [--wheels 文件夹] 命令 [参数]\n"
    "  demo   用样例数据走一遍全过程\n"
    "  lab    打开 JupyterLab 里的操作手册\n"
    "  app    把同样的操作手册打开成网页，不显示代码\n"
    "  test   检查代码并运行测试；带参数时只运行 pytest\n"
    "  bench  运行性能测试\n"
    "  wheels 把全部安装包存进一个文件夹，供没有网络的电脑用 --wheels 安装\n"
    "其他命令由 govkit 执行：",
    "make_venv": "[1/3] 正在建立独立环境 .venv ……",
    "install_dependencies": "[2/3] 正在安装依赖，第一次大约需要 1 到 3 分钟，请稍候 ……",
    "install_project": "[3/3] 正在安装本工具 ……",
    "installed": "安装完成。",
    "download": "正在收集安装包，大约需要 1 到 3 分钟，请稍候 ……",
    "downloaded": "{count} 个安装包已存入“{folder}”，适用于同一种系统上的 Python {python}。\n"
    "请：把它和本工具一起复制到没有网络的电脑上，运行 python start.py --wheels 文件夹 demo。",
    "lab": "正在打开 JupyterLab，只有本机可以访问。要结束时，请在这里按两次 Ctrl-C。",
    "app": "正在打开网页，只有本机可以访问。没有自动打开时，请点下面带有“token=”的网址。"
    "要结束时，请在这里按两次 Ctrl-C。",
    "checks_failed": "以下检查没有通过：{names}。请：按上面的提示修改后再运行。",
}

# Every sentence about a failure ends with what to do; the codes are what the tests assert on.
FAILURES = {
    "old_python": "需要 Python 3.11 或更新的版本，现在运行的是 {python}。"
    "请：安装 Python 3.11 至 3.14 中的一个，再用它运行，例如 python3.12 start.py（Windows：py -3.12 start.py）。",
    "no_venv": "这个 Python 缺少 {module} 模块，无法建立独立环境。"
    "请：在 Debian、Ubuntu、统信、麒麟上运行 sudo apt install python{python}-venv，或安装完整的 Python，再运行一次。",
    "venv_failed": "独立环境没有建成，完整记录在“{log}”。请：查看记录的最后几行；或安装完整的 Python 后再运行一次。",
    "incomplete": "缺少文件“{path}”，本工具没有复制完整。请：重新复制或解压整个文件夹后再运行。",
    "unwritable": "无法写入“{path}”（{reason}）。"
    "请：关闭正在使用它的程序，或把整个文件夹移到自己有写入权限的位置，再运行一次。",
    "disk_full": "磁盘空间不足，安装需要大约 1 GB。请：清理磁盘，或把整个文件夹移到空间充足的磁盘，再运行一次。",
    "network": "连接不上安装源，完整记录在“{log}”。"
    "请：检查网络和 pip 的镜像、代理设置；没有网络时，在能上网的电脑上运行 python start.py wheels，"
    "把得到的文件夹复制过来，再运行 python start.py --wheels 文件夹 demo。",
    "absent": "安装源里没有 {package} 的可用安装包（Python {python}），完整记录在“{log}”。"
    "请：检查网络；或改用 Python 3.11 至 3.14，或把 pip 的镜像换成内容齐全的，再运行一次。",
    "absent_wheel": "文件夹“{wheels}”里缺少 {package} 的可用安装包（Python {python}），完整记录在“{log}”。"
    "请：在系统和 Python 版本都相同、能上网的电脑上重新运行 python start.py wheels，把得到的文件夹完整复制过来。",
    "hashes": "下载到的安装包与 requirements.lock 里的校验值不一致，可能已损坏或被替换，完整记录在“{log}”。"
    "请：再运行一次；仍不一致时更换 pip 的镜像，或重新制作安装包文件夹。",
    "pip_failed": "依赖没有安装成功，完整记录在“{log}”。"
    "请：查看记录的最后几行，排除原因后再运行一次；或把记录发给维护人员。",
    "project_failed": "本工具没有安装成功，完整记录在“{log}”。"
    "请：确认文件夹里的文件齐全，再运行一次；或把记录发给维护人员。",
    "no_wheels": "安装包文件夹“{wheels}”不存在，或里面没有安装包（*.whl）。"
    "请：核对 --wheels 后面的位置；或在能上网的电脑上运行 python start.py wheels 重新制作。",
    "no_folder": "--wheels 后面缺少文件夹的位置。请：写成 python start.py --wheels 文件夹 demo。",
    "interrupted": "已中断。请：需要时再运行一次同样的命令，会接着完成。",
}

# What pip writes when it fails, and what that means for a person; the first that is found counts, so that a full
# disk is not taken for a broken mirror.
PIP_SIGNS = (
    (r"\[Errno 28\]|\[Errno 122\]|\[WinError 112\]", "disk_full"),
    (r"DO NOT MATCH THE HASHES", "hashes"),
    (
        r"NewConnectionError|ConnectTimeout|ReadTimeout|ProxyError|SSLError|Max retries exceeded|ConnectionError",
        "network",
    ),
    (r"No matching distribution found for (?P<package>[^\s;]+)", "absent"),
)

# Settings of the person's machine that would let other packages or another place into the private environment.
# What says where pip finds packages (index, proxy, certificates) stays: offices have mirrors of their own.
UNSUITABLE_SETTINGS = (
    "PYTHONHOME",
    "PYTHONPATH",
    "PYTHONSAFEPATH",
    "__PYVENV_LAUNCHER__",
    "PIP_CONSTRAINT",
    "PIP_PREFIX",
    "PIP_PYTHON",
    "PIP_REQUIRE_HASHES",
    "PIP_ROOT",
    "PIP_TARGET",
    "JUPYTERLAB_DIR",
    "JUPYTERLAB_SETTINGS_DIR",
    "JUPYTERLAB_WORKSPACES_DIR",
)

# Every package has wheels for the usual systems; building one from source would need a compiler and the network.
LOCKED = ("--require-hashes", "--only-binary", ":all:", "--requirement", str(LOCK))

CHECKS = ("ruff check", "ruff format --check", "mypy")

# The token that Jupyter asks for stays, and what passes between the server and a kernel is encrypted: others may use
# the same machine.
SERVER_OPTIONS = (
    "--ServerApp.root_dir={}".format(ROOT / "notebooks"),
    "--ServerApp.ip=127.0.0.1",
    "--KernelManager.transport_encryption=auto",
)

LAB_OPTIONS = (
    "--ServerApp.jpserver_extensions={'voila.server_extension': False}",
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.handlers.announcements.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
    "--LanguageServerManager.autodetect=False",  # looking for language servers starts npm where there is one
)
LAB_SETTINGS = {
    "@jupyterlab/translation-extension:plugin": {"locale": "zh_CN"},
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    # Notebooks that were open last time start by themselves: the question for a kernel means nothing to an inspector.
    "@jupyterlab/notebook-extension:tracker": {"autoStartDefaultKernel": True},
    # What is done in a form, and what it does by itself now and then, belong into one thread.
    "@jupyterlab/apputils-extension:kernels-settings": {"commsOverSubshells": "disabled"},
}
SHORTCUTS = "@jupyterlab/shortcuts-extension:shortcuts"
# Its button shows a notebook as a page, in English and with the stock template; `app` is the way to that.
LAB_DISABLED = ("@voila-dashboards/jupyterlab-preview",)

# The pages and nothing else: no editor, no terminal.
APP_DISABLED = ("jupyterlab", "jupyter_lsp", "jupyter_server_terminals", "notebook_shim")
APP_OPTIONS = (
    f"--ServerApp.jpserver_extensions={dict.fromkeys(APP_DISABLED, False)}",
    "--VoilaConfiguration.file_allowlist=[]",
    "--ServerApp.default_url=/voila/render/00_start.ipynb",
    "--ServerApp.open_browser=True",
    # The stock templates link outside hosts, and hang where a firewall drops packets.
    f"--VoilaConfiguration.template={PAGES.name}",
    "--VoilaConfiguration.allow_template_override=NO",
    "--VoilaConfiguration.allow_theme_override=NO",
    f"--ServerApp.extra_template_paths={PAGES}",
    # A page works the widgets of its notebook and runs nothing else.
    *(
        "--MappingKernelManager.allowed_message_types=" + kind
        for kind in ("comm_open", "comm_msg", "comm_close", "comm_info_request", "kernel_info_request")
    ),
    # A page that is left ends its kernel; where the browser crashed, an hour does. One that is open keeps it, however
    # long nobody touches it. A kernel that died stays dead: one started in its place would know nothing of the page.
    "--MappingKernelManager.cull_idle_timeout=3600",
    "--KernelRestarter.restart_limit=0",
)


class SetupError(Exception):
    """A failure with a sentence for the person at the keyboard.

    Attributes:
        code: The key of the sentence in `FAILURES`.
    """

    def __init__(self, code: str, **fields: object) -> None:
        """Fill the sentence `code` with `fields`; those that most sentences share need not be given."""
        self.code = code
        super().__init__(FAILURES[code].format(**{"log": LOG, "python": python_version(), **fields}))


def python_version() -> str:
    """Return the running Python's version as major.minor, the part that packages depend on."""
    return "{}.{}".format(*sys.version_info[:2])


def say(text: str, stream: "TextIO | None" = None) -> None:
    """Print a line at once; a character the terminal cannot show becomes a question mark, never an error.

    Args:
        text: What to print.
        stream: Where to; standard error by default, so that the output of `govkit` stays clean in a pipe.
    """
    stream = stream or sys.stderr
    encoding = stream.encoding or "utf-8"
    stream.write(text.encode(encoding, "replace").decode(encoding) + "\n")
    stream.flush()


def check_python(version: "tuple[int, int]") -> None:
    """Raise `SetupError` when `version` is older than the oldest Python that the packages support."""
    if version < OLDEST_PYTHON:
        raise SetupError("old_python", python="{}.{}".format(*version))


def check_modules() -> None:
    """Raise `SetupError` when this Python comes without what makes an environment, as on a bare Debian."""
    for module in ("venv", "ensurepip"):
        if find_spec(module) is None:
            raise SetupError("no_venv", module=module)


def venv_python() -> Path:
    """Return the path of the private environment's Python."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def child_environment() -> "dict[str, str]":
    """Return the environment for pip and for verbs: this machine's, without what would break their isolation."""
    environment = {name: value for name, value in os.environ.items() if name not in UNSUITABLE_SETTINGS}
    environment.update(
        PYTHONUTF8="1",  # Chinese text is safe whatever the code page of Windows
        PIP_USER="0",  # an environment refuses --user
        PIP_DISABLE_PIP_VERSION_CHECK="1",  # a newer pip is of no use here and asking for it takes time
        JUPYTER_CONFIG_DIR=str(VENV / "jupyter"),  # the person's own Jupyter is neither read nor changed
        JUPYTER_PATH=str(ROOT / "templates"),  # where Voilà finds the pages
    )
    return environment


def wanted_stamp() -> str:
    """Return two hashes, a line each: of where and by which Python the environment is made, and of what is in it.

    The folder's own path counts, as an environment and an editable install both break when they are moved.
    """
    place = [os.fsencode(str(VENV)), os.fsencode(sys.base_prefix), sys.version.encode()]
    contents = [LOCK.read_bytes(), (ROOT / "pyproject.toml").read_bytes()]
    return "\n".join(hashlib.sha256(b"\0".join(parts)).hexdigest() for parts in (place, contents))


def present_stamp() -> str:
    """Return what the last complete installation left; nothing when there was none, or no Python is left of it."""
    return STAMP.read_text(encoding="ascii", errors="replace") if STAMP.is_file() and venv_python().exists() else ""


def run_logged(*command: str) -> bool:
    """Run `command` with all its output appended to the log; return whether it succeeded."""
    with LOG.open("ab") as log:
        log.write(os.fsencode("\n$ {}\n".format(" ".join(command))))
        log.flush()
        status = subprocess.call(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=child_environment(), cwd=str(ROOT)
        )
    return status == 0


def run_pip(verb: str, *options: str) -> bool:
    """Run pip in the environment, logged; return whether it succeeded."""
    return run_logged(str(venv_python()), "-m", "pip", verb, "--no-input", *options)


def logged_error(otherwise: str, wheels: "Path | None" = None) -> SetupError:
    """Return what the output in the log means for a person.

    Args:
        otherwise: The code to use when the log shows no known sign.
        wheels: The folder that packages were to come from, if not from the network.
    """
    # On a full disk even the log is cut short, so that its text proves nothing.
    if shutil.disk_usage(str(VENV)).free < SMALLEST_FREE_SPACE:
        return SetupError("disk_full")
    output = LOG.read_text(encoding="utf-8", errors="replace")
    for pattern, code in PIP_SIGNS:
        found = re.search(pattern, output)
        if found and code == "absent":
            return SetupError("absent_wheel" if wheels else code, package=found.group("package"), wheels=wheels)
        if found:
            return SetupError(code)
    return SetupError(otherwise)


def make_venv() -> None:
    """Make an empty private environment in place of whatever is there."""
    if os.path.lexists(str(VENV)):
        shutil.rmtree(str(VENV))
    VENV.mkdir()
    # Started from the environment that is being replaced, the program must be the Python outside it.
    outer = getattr(sys, "_base_executable", sys.executable)
    if not run_logged(outer, "-m", "venv", str(VENV)):
        raise logged_error("venv_failed")


def install(wheels: "Path | None" = None) -> None:
    """Make the private environment and install everything in it, unless it stands ready.

    Where only the lock or the configuration has changed, the environment is brought up to date; one that was
    interrupted, moved, or made by another Python is made anew.

    Args:
        wheels: A folder to take packages from instead of the network.

    Raises:
        SetupError: When a step fails.
    """
    wanted, present = wanted_stamp(), present_stamp()
    if present == wanted:
        return
    check_modules()
    if wheels and not any(wheels.glob("*.whl")):
        raise SetupError("no_wheels", wheels=wheels)
    if present.split("\n")[0] == wanted.split("\n")[0]:
        STAMP.unlink()
        LOG.write_bytes(b"")
    else:
        say(MESSAGES["make_venv"])
        make_venv()
    say(MESSAGES["install_dependencies"])
    source = ("--no-index", "--find-links", str(wheels)) if wheels else ()
    if not run_pip("install", *LOCKED, *source):
        raise logged_error("pip_failed", wheels)
    say(MESSAGES["install_project"])
    if not run_pip("install", "--no-deps", "--no-build-isolation", "--editable", str(ROOT)):
        raise logged_error("project_failed")
    STAMP.write_text(wanted, encoding="ascii")
    say(MESSAGES["installed"])


def run(*arguments: str, cwd: "Path | None" = ROOT) -> int:
    """Run the environment's Python with `arguments`; return its exit status.

    Ctrl-C reaches the program directly, which may ask back or save first, so that here it is only waited for.
    """
    with subprocess.Popen([str(venv_python()), *arguments], env=child_environment(), cwd=cwd) as process:
        while True:
            try:
                status = process.wait()
            except KeyboardInterrupt:
                continue
            return status if status >= 0 else 128 - status


def run_checks() -> int:
    """Run all checks even when one fails, pytest last; return 0 when all passed, else 1."""
    failed = []
    for check in CHECKS:
        say("== " + check, sys.stdout)
        if run("-m", *check.split()) != 0:
            failed.append(check)
    # Said before pytest starts, as its own closing line comes last.
    if failed:
        say(MESSAGES["checks_failed"].format(names="、".join(failed)), sys.stdout)
    say("== pytest", sys.stdout)
    return 1 if run("-m", "pytest") != 0 or failed else 0


def keys_to_switch_off() -> "list[dict[str, object]]":
    """Return the shortcuts of JupyterLab in which bare letters or digits change the cells of a notebook, switched off.

    Somebody who types after a click on a button of a form would delete the form.
    """
    schemas = VENV.glob("share/jupyter/lab/schemas/@jupyterlab/notebook-extension/tracker.json")
    known = [each for path in schemas for each in json.loads(path.read_text(encoding="utf-8"))["jupyter.lab.shortcuts"]]
    bare = [each for each in known if each["keys"] and all(len(key) == 1 for key in each["keys"])]
    return [dict(each, disabled=True) for each in bare]


def run_lab(arguments: "list[str]") -> int:
    """Open JupyterLab on the notebooks, in Chinese, asking nothing of any outside host; return its exit status."""
    settings = VENV / "share" / "jupyter" / "lab" / "settings"
    settings.mkdir(parents=True, exist_ok=True)
    overrides = dict(LAB_SETTINGS, **{SHORTCUTS: {"shortcuts": keys_to_switch_off()}})
    (settings / "overrides.json").write_text(json.dumps(overrides), encoding="utf-8")
    (settings / "page_config.json").write_text(json.dumps({"disabledExtensions": LAB_DISABLED}), encoding="utf-8")
    say(MESSAGES["lab"])
    return run("-m", "jupyterlab", *SERVER_OPTIONS, *LAB_OPTIONS, *arguments)


def run_app(arguments: "list[str]") -> int:
    """Open the notebooks as pages without code, asking nothing of any outside host; return its exit status."""
    say(MESSAGES["app"])
    return run("-m", "jupyter_server", *SERVER_OPTIONS, *APP_OPTIONS, *arguments)


def collect_wheels(folder: Path) -> int:
    """Collect the packages of the lock in `folder`, for this system and Python; return 0."""
    say(MESSAGES["download"])
    folder.mkdir(parents=True, exist_ok=True)
    LOG.write_bytes(b"")
    if not run_pip("download", *LOCKED, "--dest", str(folder)):
        raise logged_error("pip_failed")
    count = len(list(folder.glob("*.whl")))
    say(MESSAGES["downloaded"].format(count=count, folder=folder, python=python_version()))
    return 0


def parse(arguments: "list[str]") -> "tuple[Path | None, list[str]]":
    """Split the folder of `--wheels` off; return it as an absolute path, and the verb with its own arguments.

    Raises:
        SetupError: When `--wheels` names no folder.
    """
    for position, argument in enumerate(arguments):
        name, equals, folder = argument.partition("=")
        if name == "--wheels":
            end = position + (1 if equals else 2)
            folder = folder or "".join(arguments[position + 1 : end])
            if not folder:
                raise SetupError("no_folder")
            return Path.cwd() / folder, arguments[:position] + arguments[end:]
    return None, arguments


def run_verb(verb: str, arguments: "list[str]") -> int:
    """Run a verb in the environment that stands ready; return its exit status."""
    if verb == "test":
        return run("-m", "pytest", *arguments) if arguments else run_checks()
    if verb == "lab":
        return run_lab(arguments)
    if verb == "app":
        return run_app(arguments)
    if verb == "bench":
        return run("-m", "benchmarks", *arguments)
    if verb == "wheels" and "--help" not in arguments:
        return collect_wheels(Path.cwd() / arguments[0] if arguments else ROOT / "wheels")
    if verb in ("--help", "wheels"):
        say(MESSAGES["usage"], sys.stdout)
        verb, arguments = "--help", []
    # Files are named from where the person stands.
    return run("-m", "govkit", verb, *arguments, cwd=None)


def system_error(error: OSError) -> SetupError:
    """Return the sentence for what the operating system refused."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return SetupError("disk_full")
    if isinstance(error, FileNotFoundError):
        return SetupError("incomplete", path=error.filename)
    return SetupError("unwritable", path=error.filename or VENV, reason=error.strerror)


def main(arguments: "list[str]") -> int:
    """Set up the environment, run the verb, and return its exit status; 1 when the setup failed, 130 on Ctrl-C."""
    try:
        check_python(sys.version_info[:2])
        wheels, rest = parse(arguments)
        install(wheels)
        verb, *own = rest or ["--help"]
        return run_verb(verb, own)
    except SetupError as error:
        say(str(error))
        return 1
    except OSError as error:
        say(str(system_error(error)))
        return 1
    except KeyboardInterrupt:
        say(FAILURES["interrupted"])
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
