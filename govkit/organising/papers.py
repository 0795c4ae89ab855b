"""Everything that an inspection ends in, in one folder: sheets, charts, 通报, and what each unit is to mend."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from govkit.documents import Bulletin, write_bulletin
from govkit.file_names import safe_stem
from govkit.messages import say
from govkit.organising.telling import Telling, Told, tell_units
from govkit.rectifying import issues_of_inspection
from govkit.sheets import write_all
from govkit.sheets.new_folder import new_folder
from govkit.store import Register
from govkit.store.errors import file_errors
from govkit.store.evidence import written_whole
from govkit.tally import tally

Progress = Callable[[str, int, int], None]
"""Is told what is being written, how much of it is done, and of how much."""


@dataclass(frozen=True, slots=True)
class Papers:
    """What an inspection ends in.

    Attributes:
        bulletin: the inspection, and what 通报 tells of it; its day of issue and its term are those of the notices.
        contact: whom units can ask.
        pictures: the screenshots that the findings name.
        pdf: whether documents are wanted as PDF, too.
    """

    bulletin: Bulletin
    contact: str = ""
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    pdf: bool = False


def write_papers(register: Register, actor: str, papers: Papers, out: Path, progress: Progress | None = None) -> Told:
    """Write results, 汇总表, 评分表/, 图/, 通报 and 整改/ of an inspection, all or nothing; its problems are kept.

    The same once more, into another folder, tells the same.

    Args:
        register: where the problems are kept of which units are told.
        actor: who tells them.
        papers: what is written.
        out: the folder; it is made.
        progress: is called now and then.

    Raises:
        OutputError: there is something in the folder; a template cannot be used, or a file cannot be written. Then no
            file has changed.
        StoreError: the register cannot be written; then no file has changed.
        UnknownYearError: which days are worked until the deadline is not known; then nothing has changed.
        ValueError: 通报 has no day of issue or no term, or more objects were checked than run.
    """
    told = papers.bulletin
    if told.issued is None or told.days is None:
        raise ValueError(told)
    batch = told.inspection.batch
    telling = Telling(told.issued, told.days, batch.organiser, papers.contact, papers.pdf)
    with file_errors(str(out)), new_folder(out) as work:
        write_all(told.inspection, work, _part(progress, "sheets"))
        _write_charts(told, work / say("papers.charts"))
        write_bulletin(told, work / f"{safe_stem(say('document.bulletin', name=batch.name))}.docx", pdf=papers.pdf)
        issues = issues_of_inspection(told.inspection)
        units = tell_units(register, actor, issues, telling, work / say("papers.rectification"), papers.pictures)
    files = {unit: tuple(out / path.relative_to(work) for path in paths) for unit, paths in units.files.items()}
    return units._replace(files=files)


def _part(progress: Progress | None, part: str) -> Callable[[int, int], None] | None:
    return (lambda done, of: progress(say(f"papers.{part}"), done, of)) if progress else None


def _write_charts(told: Bulletin, folder: Path) -> None:
    from govkit import charts  # noqa: PLC0415 - half a second that no other command has to wait for

    counted = tally(told.inspection, told.running)
    folder.mkdir()
    for chart in charts.telling_charts(counted, told.quarters):
        with written_whole(folder / f"{say(f'inspection_chart.{chart}')}.png") as file:
            file.write(charts.png(charts.draw_chart(chart, counted, told.quarters)))
