"""Units are told what to mend: the problems are kept, and each unit gets 整改通知书 and 整改台账."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from govkit.documents import Notice, notice, store_documents
from govkit.file_names import sheet_names
from govkit.issues import Case, Issue, by_sponsor
from govkit.messages import say
from govkit.sheets import OutputError
from govkit.sheets.season import rectification_sheet
from govkit.sheets.staging import staging
from govkit.store import Register
from govkit.workdays import after_working_days


@dataclass(frozen=True, slots=True)
class Telling:
    """How units are told.

    Attributes:
        day: of the notice.
        days: how many working days they have, from the day after.
        organiser: who tells them; empty leaves a gap in the documents, as does `contact`.
        contact: whom they can ask.
        pdf: whether the notices are wanted as PDF, too.
    """

    day: date
    days: int
    organiser: str = ""
    contact: str = ""
    pdf: bool = False

    @property
    def deadline(self) -> date:
        """By when they are to be ready.

        Raises:
            UnknownYearError: which days are worked until then is not known.
        """
        return after_working_days(self.day, self.days)


class Told(NamedTuple):
    """What came of it.

    Attributes:
        new: how many problems were told for the first time.
        known: how many of the same inspections had been told before.
        files: what was written, by unit; nothing for units that were told of nothing by this notice.
    """

    new: int
    known: int
    files: dict[str, tuple[Path, ...]]


def tell_units(
    register: Register,
    actor: str,
    issues: Iterable[Issue],
    telling: Telling,
    out: Path,
    pictures: Mapping[str, bytes] | None = None,
) -> Told:
    """Keep problems in the register, and write what each unit that is told of some gets.

    The same once more keeps nothing twice, and writes the same files into another folder.

    Args:
        register: where they are kept.
        actor: who tells.
        issues: the problems; those of which units were told before stay as they are.
        telling: how.
        out: the folder of the files.
        pictures: the screenshots that the problems name; the notices show those that are there.

    Raises:
        OutputError: there are notices or sheets in the folder, in which somebody may have written; or a file cannot be
            written. The register has the problems then, and the same once more writes the files.
        StoreError: the register cannot be written.
        UnknownYearError: which days are worked until the deadline is not known; then nothing has changed.
    """
    deadline, found = telling.deadline, list(issues)
    kinds = say("rectification_sheet.name"), say("notice_document.name")
    there = [path for kind in kinds for path in out.glob(f"{kind}_*")]
    if there:
        raise OutputError(say("document.there", file=there[0]))
    new = register.issue_notice(actor, found, telling.day, deadline)
    sources = {issue.source for issue in found}
    units = by_sponsor(case for case in register.rectifications() if case.issue.source in sources)
    own = {unit: [case for case in cases if _is_of(case, telling.day, deadline)] for unit, cases in units.items()}
    told = {unit: cases for unit, cases in own.items() if cases}
    sheets, documents = (sheet_names((kind, unit) for unit in told) for kind in kinds)
    files, notices = {}, {}
    with staging(out) as stage:
        for (unit, cases), sheet, document in zip(told.items(), sheets, documents, strict=True):
            path = Path(document).with_suffix(".docx")
            notices[path] = _notice(unit, cases, telling, pictures or {})
            stage.store(Path(sheet), rectification_sheet(unit, units[unit]))
            printed = (path.with_suffix(".pdf"),) if telling.pdf else ()
            files[unit] = tuple(out / each for each in (path, Path(sheet), *printed))
        store_documents(stage, notices, pdf=telling.pdf)
        stage.put_in_place()
    return Told(new, sum(map(len, units.values())) - new, files)


def _notice(unit: str, cases: Iterable[Case], telling: Telling, pictures: Mapping[str, bytes]) -> bytes:
    issues = tuple(case.issue for case in cases)
    return notice(Notice(unit, issues, telling.organiser, telling.day, telling.days, telling.contact, pictures))


def _is_of(case: Case, day: date, deadline: date) -> bool:
    """Whether a unit was told of a problem by this notice."""
    return (case.issued.day, case.issued.deadline) == (day, deadline)
