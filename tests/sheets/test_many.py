"""Many sheets: workers make the same files, few of them are in memory, and trouble with workers changes nothing."""

import gc
import os
import shutil
import tracemalloc
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from threading import Barrier
from typing import Any, cast

import pytest
from distributed import Client, LocalCluster

from govkit.findings import Batch, Finding, Outcome, SpotCheck
from govkit.rubric import Rubric
from govkit.scoring import Inspection, ObjectResult, iter_results, score_spot_check
from govkit.sheets import OutputError, many, template, write_all, write_results
from govkit.sheets.output import write_sheets
from govkit.sheets.xml import package
from tests.sheets.builders import AS_OF, RUBRIC, account, found, judged, site

BATCH = Batch("本季度", AS_OF, RUBRIC.id, unlisted=Outcome.CLEAR)
COUNT = 14
SUBJECTS = tuple(
    account(f"{number}", f"账号{number}")
    if number % 4 == 3
    else site(f"{number}", f"站{number}", service=number % 3 > 0)
    for number in range(COUNT)
)
FINDINGS: tuple[Finding, ...] = (
    found(SUBJECTS[0], "D22.1", 9, "友情链接打不开" * 20, "https://example.gov.cn/1"),
    found(SUBJECTS[1], "D1.2", 2, "机构电话\n仍是旧号码"),
    judged(SUBJECTS[4], "D21.1", Outcome.CANNOT_TELL),
    found(SUBJECTS[5], "V1.1"),
    found(SUBJECTS[6], "D1.2", 1, "=1"),
    found(SUBJECTS[7], "M1.1", 1, "转发有误"),
    found(SUBJECTS[8], "B6.1"),
)
CHECK = SpotCheck(BATCH, SUBJECTS, FINDINGS)
SEASON = score_spot_check(RUBRIC, CHECK)
Making = Callable[[], Executor]


def tree(folder: Path) -> dict[str, bytes]:
    """All files under a folder; 汇总表 holds the time at which it was made."""
    files = {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    return {name: b"" if name == "汇总表.xlsx" else content for name, content in files.items()}


def results(rubric: Rubric = RUBRIC) -> Iterator[ObjectResult]:
    """The results, one by one."""
    return iter_results(rubric, CHECK)


def write_some(folder: Path, executor: Executor | None = None, rubric: Rubric = RUBRIC) -> Path | None:
    """Write the sheets of all objects."""
    return write_sheets(BATCH, rubric, SUBJECTS, results(rubric), folder, executor=executor)


@pytest.fixture(autouse=True)
def _small_lots(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "LOT", 3)
    monkeypatch.setattr(many, "UNDER_WAY", 2)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What is written without workers."""
    folder = tmp_path_factory.mktemp("alone")
    write_all(SEASON, folder)
    return tree(folder)


@pytest.fixture(scope="module", params=["threads", "processes", "dask"])
def workers(request: pytest.FixtureRequest) -> Iterator[Executor]:
    """Two workers of each sort."""
    if request.param == "threads":
        with ThreadPoolExecutor(2) as threads:
            yield threads
    elif request.param == "processes":
        with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
            yield processes
    else:
        with (
            LocalCluster(n_workers=2, threads_per_worker=2, dashboard_address="127.0.0.1:0") as cluster,  # type: ignore[no-untyped-call]
            Client(cluster) as client,  # type: ignore[no-untyped-call]
        ):
            yield client.get_executor()


def test_workers_write_the_same_files(workers: Executor, alone: dict[str, bytes], tmp_path: Path) -> None:
    """Whoever makes the sheets, every file is the same to the byte, and progress is told after each, in order."""
    told: list[tuple[int, int]] = []
    write_all(SEASON, tmp_path, lambda done, of: told.append((done, of)), workers)
    assert tree(tmp_path) == alone
    assert told == [(done, COUNT) for done in range(1, COUNT + 1)]


def test_sheet_depends_on_its_object_only() -> None:
    """The bytes of a sheet do not depend on the sheets that the same worker made before."""
    findings = [found(SUBJECTS[0], "D1.2", 1, "=1"), judged(SUBJECTS[1], "D21.1", Outcome.CANNOT_TELL)]
    objects = score_spot_check(RUBRIC, SpotCheck(BATCH, SUBJECTS[:3], tuple(findings))).objects
    made = {result.subject.id: content for result, content in many.make_sheets(BATCH, RUBRIC, objects)}
    for result, content in many.make_sheets(BATCH, RUBRIC, objects[::-1]):
        assert content == made[result.subject.id]


def test_failing_worker_changes_nothing(workers: Executor, tmp_path: Path) -> None:
    """What stops a worker comes out as it is, and the folder is as it was."""
    write_some(tmp_path)
    before = tree(tmp_path)
    with pytest.raises(OutputError, match="页眉或页脚"):
        write_some(tmp_path, workers, RUBRIC.model_copy(update={"id": "x" * 300}))
    assert tree(tmp_path) == before


def test_workers_that_end_change_nothing(tmp_path: Path) -> None:
    """Where the system ends a worker, a sentence says so, and the folder is as it was."""
    write_some(tmp_path)
    before = tree(tmp_path)
    context = get_context("spawn")
    with (
        ProcessPoolExecutor(1, mp_context=context, initializer=os._exit, initargs=(1,)) as ending,
        pytest.raises(OutputError, match=r"中止.*请："),
    ):
        write_some(tmp_path, ending)
    assert tree(tmp_path) == before


class _Promise:
    """All of a future that is asked for."""

    def __init__(self, owner: "_Counting", work: Callable[[], Any]) -> None:
        self._owner, self._work = owner, work

    def result(self) -> Any:
        """Do the work when it is asked for."""
        self._owner.under_way -= 1
        return self._work()


class _Counting:
    """All of an executor that is asked for; counts what is under way."""

    def __init__(self) -> None:
        self.under_way = self.most = self.lots = 0

    def submit(self, function: Callable[..., Any], *arguments: Any) -> _Promise:
        """Count a lot."""
        self.under_way += 1
        self.lots += 1
        self.most = max(self.most, self.under_way)
        return _Promise(self, lambda: function(*arguments))


def test_lots_under_way_are_bounded(alone: dict[str, bytes], tmp_path: Path) -> None:
    """No more lots are asked for than are needed to keep workers busy; only `submit` and `result` are used."""
    counting = _Counting()
    write_all(SEASON, tmp_path, executor=cast("Executor", counting))
    assert (counting.most, counting.lots) == (2, 5)
    assert tree(tmp_path) == alone


@pytest.mark.parametrize(("executor", "most"), [(None, 2), (_Counting(), (2 + 1) * 3 + 1)])
def test_few_results_are_in_memory(executor: Executor | None, most: int, tmp_path: Path) -> None:
    """Results are taken as they are needed, and forgotten when their sheets are written: with workers, those of lots."""
    gc.collect()
    already = _live_results()
    seen: list[int] = []
    write_sheets(
        BATCH, RUBRIC, SUBJECTS, results(), tmp_path, lambda *_: seen.append(_live_results() - already), executor
    )
    assert max(seen) <= most
    assert len(seen) == COUNT


def _live_results() -> int:
    return sum(type(each) is ObjectResult for each in gc.get_objects())


@pytest.mark.parametrize("executor", [None, _Counting()])
def test_files_are_not_kept_in_memory(executor: Executor | None, tmp_path: Path) -> None:
    """After many sheets, no more of the files are in memory than after a few: what is written is let go."""
    subjects = [site(f"{number}", "站") for number in range(30)]
    season = score_spot_check(RUBRIC, SpotCheck(BATCH, tuple(subjects), ()))
    held: list[int] = []

    def look(done: int, _: int) -> None:
        if done in {10, 25}:
            made = tracemalloc.take_snapshot().filter_traces([tracemalloc.Filter(True, package.__file__)])
            held.append(sum(trace.size for trace in made.traces))

    tracemalloc.start()
    try:
        write_sheets(BATCH, RUBRIC, subjects, iter(season.objects), tmp_path, look, executor)
    finally:
        tracemalloc.stop()
    few, many_more = held
    assert many_more - few < 3 * (tmp_path / "评分表" / "1_站.xlsx").stat().st_size


def test_sheets_of_a_stream_are_those_of_a_whole_batch(alone: dict[str, bytes], tmp_path: Path) -> None:
    """Written one by one, results.json and the sheets are the same; there is no summary."""
    write_some(tmp_path / "some")
    assert tree(tmp_path / "some") == {name: content for name, content in alone.items() if name != "汇总表.xlsx"}
    write_results(SEASON, tmp_path / "results.json")
    assert tree(tmp_path / "some")["results.json"] == (tmp_path / "results.json").read_bytes()


def test_batch_without_objects(tmp_path: Path) -> None:
    """Without objects, results.json lists none."""
    empty = Inspection(BATCH, RUBRIC, ())
    write_sheets(BATCH, RUBRIC, (), iter(()), tmp_path)
    write_results(empty, tmp_path / "other.json")
    assert (tmp_path / "results.json").read_bytes() == (tmp_path / "other.json").read_bytes()


def test_earlier_run_is_put_away(alone: dict[str, bytes], tmp_path: Path) -> None:
    """Sheets of an earlier run go, its summary as well, and all of it is kept."""
    write_all(SEASON, tmp_path)
    kept = write_sheets(BATCH, RUBRIC, SUBJECTS[:1], SEASON.objects[:1], tmp_path)
    assert kept is not None
    assert tree(kept) == alone
    shutil.rmtree(kept)
    assert set(tree(tmp_path)) == {"results.json", "评分表/0_站0.xlsx"}


@pytest.mark.parametrize("wrong", [SEASON.objects[:-1], SEASON.objects[::-1], (*SEASON.objects, SEASON.objects[0])])
def test_results_of_other_objects_are_refused(wrong: tuple[ObjectResult, ...], tmp_path: Path) -> None:
    """No sheet gets the name of another object, and none is missing."""
    with pytest.raises(ValueError, match=r"\w"):
        write_sheets(BATCH, RUBRIC, SUBJECTS, wrong, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_templates_are_those_of_now(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers that go on working take a template as it stands when a run begins, not as it stood for another."""
    shutil.copytree(template.TEMPLATES, tmp_path / "templates")
    monkeypatch.setattr(template, "TEMPLATES", tmp_path / "templates")
    with ThreadPoolExecutor(1) as thread:
        write_some(tmp_path / "out", thread)
        (tmp_path / "templates" / "网站评分表.xlsx").unlink()
        with pytest.raises(OutputError, match=r"网站评分表\.xlsx"):
            write_some(tmp_path / "out", thread)


def test_what_is_prepared_serves_one_thread_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Threads that work at the same time have each its own, and prepare it once."""
    together = Barrier(2, timeout=30)
    prepared: list[object] = []

    class _Prepared:
        def __init__(self, *_: object) -> None:
            prepared.append(self)
            self.users = 0

        def sheet(self, result: ObjectResult) -> bytes:
            self.users += 1
            together.wait()
            assert self.users == 1
            self.users -= 1
            return result.subject.id.encode()

    monkeypatch.setattr(many, "ScoringSheets", _Prepared)
    objects = [replace(SEASON.objects[0], subject=site(str(number))) for number in range(4 * many.LOT)]
    with ThreadPoolExecutor(2) as threads:
        made = [content for _, content in many.make_sheets(BATCH, RUBRIC, objects, threads)]
    assert made == [str(number).encode() for number in range(len(objects))]
    assert len(prepared) == 2


def test_cancelled_work_is_told(tmp_path: Path) -> None:
    """Work that somebody cancels on a cluster ends as a sentence."""
    cancelled: Future[Any] = Future()
    cancelled.cancel()

    class _Cancelling(Executor):
        def submit(self, *_: Any, **__: Any) -> Future[Any]:
            return cancelled

    with pytest.raises(OutputError, match=r"中止.*请："):
        write_some(tmp_path, _Cancelling())
    assert list(tmp_path.iterdir()) == []
