"""The draw of a quarter on paper: 抽样记录 with which anybody can draw the same again, 分工表, and 抽查工作簿."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from govkit.ledger import Kind, Subject
from govkit.ledger.model import ADDRESS
from govkit.messages import say
from govkit.quarters import Quarter
from govkit.rubric import Rubric
from govkit.sheets.season.minutes import minutes
from govkit.sheets.season.paper import Column, Page, Value, book_of
from govkit.sheets.season.sample import Sample
from govkit.sheets.season.words import ID, KIND, NAME, NUMBER, SPONSOR, kind_of
from govkit.sheets.spot_check import write_spot_check
from govkit.sheets.staging import staging

MINUTES, SHARES, SPOT_CHECK = "抽样记录.xlsx", "分工表.xlsx", "抽查工作簿.xlsx"

_LONGEST_NAME = 31  # of a sheet
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", "_"))


def write_sample(
    sample: Sample, out_dir: Path, keep: Callable[[], object], rubric: Rubric | None = None
) -> tuple[str, ...]:
    """Write 抽样记录, 抽查工作簿, and 分工表 where there are inspectors, into a folder.

    Args:
        sample: what to write.
        out_dir: the folder; it is made where it does not exist.
        keep: is called when all is made, before anything is put in place; what it raises leaves the folder as it was.
        rubric: the rules of the spot check; where nothing is said, those of govkit with their id.

    Returns:
        The names of the files.

    Raises:
        OutputError: the ledger lacks what a spot check needs, or a file cannot be written; then nothing has changed.
    """
    names = [MINUTES, SPOT_CHECK]
    with staging(out_dir) as stage:
        stage.store(Path(MINUTES), minutes(sample))
        write_spot_check(sample.check, stage.store(Path(SPOT_CHECK), b""), {}, rubric)
        if sample.inspectors:
            stage.store(Path(SHARES), book_of(_shares(sample)))
            names.append(SHARES)
        keep()
        stage.put_in_place()
    return tuple(names)


def _shares(sample: Sample) -> Iterator[Page]:
    """分工表: how much everybody inspects, then a sheet for each of them."""
    own: dict[str, list[Subject]] = {inspector.name: [] for inspector in sample.inspectors}
    for subject in sample.check.subjects:  # what came into the ledger after the draw is nobody's yet
        own.setdefault(sample.assignment.get(subject.id) or say("shares.nobody"), []).append(subject)
    above = [say("shares.head", quarter=Quarter(*sample.draw.quarter).name, seed=sample.draw.seed)]
    if sample.check.batch.organiser:
        above.insert(0, say("paper.organiser", name=sample.check.batch.organiser))
    columns = (
        *(NUMBER, Column("检查人员", 14), Column("单位", 30, left=True)),
        *(Column("网站", 8), Column("政务新媒体", 12), Column("合计", 8), Column("签收", 16)),
    )
    rows: list[list[Value]] = []
    for number, inspector in enumerate(sample.inspectors, 1):
        sites = sum(subject.kind == Kind.SITE for subject in own[inspector.name])
        total = len(own[inspector.name])
        rows.append([number, inspector.name, inspector.unit, sites, total - sites, total, ""])
    name = say("shares.name")
    yield Page(name, say("shares.title"), columns, rows, above, landscape=False)
    taken = {name}
    for person, subjects in own.items():
        taken.add(sheet := _sheet_name(person, taken))
        yield _share(sheet, person, subjects, above)


def _share(sheet: str, inspector: str, subjects: Sequence[Subject], above: Sequence[str]) -> Page:
    columns = (
        *(NUMBER, ID, NAME, KIND, SPONSOR),
        *(Column("网址", 34, left=True), Column("完成情况", 12), Column("备注", 16, left=True)),
    )
    rows: list[list[Value]] = [
        [
            *(number, subject.id, subject.name, kind_of(subject), subject.sponsor),
            *(subject.details.get(ADDRESS[subject.kind], ""), "", ""),
        ]
        for number, subject in enumerate(subjects, 1)
    ]
    return Page(sheet, say("shares.own_title", name=inspector), columns, rows, above, fixed=3)


def _sheet_name(name: str, taken: set[str]) -> str:
    """A name for the sheet of a person that programs take, and that no other sheet has."""
    plain = name.translate(_NOT_IN_NAMES)[:_LONGEST_NAME]
    found, number = plain, 1
    while found.casefold() in {other.casefold() for other in taken}:
        number += 1
        end = f"_{number}"
        found = plain[: _LONGEST_NAME - len(end)] + end
    return found
