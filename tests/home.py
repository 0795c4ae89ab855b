"""Tests never touch a person's own data: a plugin that gives each run of the tests a data folder of its own."""

import os
import tempfile
from collections.abc import Generator

import pytest


@pytest.hookimpl(wrapper=True)
def pytest_cmdline_main() -> Generator[None, object, object]:
    """Move GOVKIT_HOME, also for the kernels in which notebooks run, before anything is collected."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["GOVKIT_HOME"] = folder
        os.environ.pop("GOVKIT_STORE", None)
        return (yield)
