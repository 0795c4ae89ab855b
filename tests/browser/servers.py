"""Servers as `start.py` starts them, for tests: their addresses, their kernels, and their end."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import nbformat
import psutil

ROOT = Path(__file__).parents[2]
TOKEN = "only-for-tests"  # noqa: S105 - it opens servers that hold nothing but test data
STARTING_SECONDS = 60
STOPPING_SECONDS = 20
# Whatever proxy the machine has, this machine is reached without it.
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass(frozen=True)
class Server:
    """A server that `start.py` started.

    Attributes:
        verb: `lab` or `app`.
        address: where it answers, ending in a slash.
        home: its own GOVKIT_HOME.
        log: the file with all that it has written.
        process: what was started; the server and its kernels are its children.
    """

    verb: str
    address: str
    home: Path
    log: Path
    process: subprocess.Popen[bytes]

    def page(self, notebook: str = "00_start.ipynb") -> str:
        """The address of a notebook, with the token; in JupyterLab with nothing else open beside it."""
        path = {"lab": f"lab/workspaces/{uuid4().hex}/tree", "app": "voila/render"}[self.verb]
        return f"{self.address}{path}/{quote(notebook)}?token={TOKEN}"

    def ask(self, path: str, method: str = "GET") -> str:
        """What the server answers, with the token, to a request for a path such as `api/kernels`.

        Raises:
            urllib.error.HTTPError: a refusal; its body is what a browser would show.
        """
        request = urllib.request.Request(  # noqa: S310 - the address is of this machine
            self.address + path, method=method, headers={"Authorization": f"token {TOKEN}"}
        )
        with OPENER.open(request, timeout=STARTING_SECONDS) as answer:
            return str(answer.read().decode())

    def kernels(self) -> list[str]:
        """The ids of the kernels that run."""
        return [kernel["id"] for kernel in json.loads(self.ask("api/kernels"))]

    def kill_kernel(self, kernel: str) -> None:
        """End a kernel as a crash would, without telling the server."""
        for child in psutil.Process(self.process.pid).children(recursive=True):
            with suppress(psutil.NoSuchProcess):  # one that has just ended, of another page
                if kernel in " ".join(child.cmdline()):
                    child.kill()

    def stop(self) -> None:
        """End the server with all its kernels."""
        family = [psutil.Process(self.process.pid), *psutil.Process(self.process.pid).children(recursive=True)]
        self.ask("api/shutdown", "POST")
        _, alive = psutil.wait_procs(family, STOPPING_SECONDS)
        for process in alive:
            process.kill()
        self.process.wait()


def free_port() -> int:
    """A port on which nothing answers now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_server(verb: str, notebooks: Path, place: Path) -> Server:
    """Start `lab` or `app` on a folder of notebooks and wait until it answers.

    Args:
        verb: `lab` or `app`.
        notebooks: the folder to serve; JupyterLab writes into it.
        place: an empty folder for what the server keeps.

    Raises:
        RuntimeError: it ended, or did not answer in time; the message is its log.
    """
    port = free_port()
    options = ["--no-browser", f"--ServerApp.port={port}", "--ServerApp.port_retries=0"]
    options.append(f"--IdentityProvider.token={TOKEN}")
    if verb == "lab":
        options.append("--LabApp.expose_app_in_browser=True")  # tests give commands to it
        # What a person had open last time is neither shown nor changed.
        options.append(f"--LabApp.workspaces_dir={place / 'workspaces'}")
    if sys.platform != "win32" and os.geteuid() == 0:
        options.append("--allow-root")
    # Not by way of `main`, which would install what has changed: a test changes nothing.
    program = "import sys, start; sys.exit(start.run_verb(sys.argv[1], sys.argv[2:]))"
    log = place / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-c", program, verb, *options, str(notebooks)],
            cwd=ROOT,
            env={**os.environ, "GOVKIT_HOME": str(place / "home")},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    server = Server(verb, f"http://127.0.0.1:{port}/", place / "home", log, process)
    deadline = time.monotonic() + STARTING_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            server.ask("api/status")
        except OSError:
            time.sleep(0.1)
        else:
            return server
    process.kill()
    process.wait()
    raise RuntimeError(log.read_text(encoding="utf-8", errors="replace"))


def write_notebook(path: Path, *cells: str) -> None:
    """Write a notebook from its cells; those that begin with `#` are text, the others are code."""
    v4 = nbformat.v4
    made = [v4.new_markdown_cell(cell) if cell.startswith("#") else v4.new_code_cell(cell) for cell in cells]  # type: ignore[no-untyped-call]
    # Without its kernel named, JupyterLab would ask for one.
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(v4.new_notebook(cells=made, metadata={"kernelspec": kernel}), path)  # type: ignore[no-untyped-call]
