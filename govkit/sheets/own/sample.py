"""Templates filled with a made-up object, so that an office sees what its own come to."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from govkit.findings import Batch, Filing, Finding, Outcome, SpotCheck, Stage
from govkit.ledger import Kind, Subject
from govkit.messages import say
from govkit.rubric import Item, PartName, Rubric, load_rubric
from govkit.scoring import Inspection, ObjectResult, score_spot_check
from govkit.sheets import summary
from govkit.sheets.kindred import TEMPLATE_OF, Kindred, names_of
from govkit.sheets.scoring_sheet import Sheet
from govkit.sheets.xml.book import Filling, workbook
from govkit.sheets.xml.form import XmlForm
from govkit.sheets.xml.template import load_xml_template

_RUBRIC = "fengdu-2019"
_DAY = date(2019, 12, 20)
_AT = datetime(2019, 12, 23, 2, 30, tzinfo=UTC)
_LINES = 12  # rows whose rules make the long note
_GOOD, _BAD, _OPEN = 1, 2, 3  # the numbers of the objects


def sample_inspection() -> Inspection:
    """Made-up sites and accounts that show every part of the templates, with the rubric's own words as notes.

    The first site has a bonus, a recalculation (no public services) and a review; the second a veto with a long note,
    and is a draft; the third is incomplete, with the range of its score. So are the accounts, without points.
    """
    rubric = load_rubric(_RUBRIC)
    batch = Batch(say("template.sample_batch"), _DAY, rubric.id, say("template.sample_office"), unlisted=Outcome.CLEAR)
    subjects = tuple(_subject(kind, number) for kind in Kind for number in (_GOOD, _BAD, _OPEN))
    findings = tuple(finding for subject in subjects for finding in _findings(rubric, subject))
    season = score_spot_check(rubric, SpotCheck(batch, subjects, findings))
    name = say("template.sample_inspector")
    reviewed = Filing(Stage.REVIEWED, 1, name, _AT, say("template.sample_reviewer"), _AT)
    filings = (reviewed, Filing(inspector=name), None) * len(Kind)
    filed = (replace(result, filing=filing) for result, filing in zip(season.objects, filings, strict=True))
    return replace(season, objects=tuple(filed))


def samples(file: Path, template: str, season: Inspection, picture: bytes) -> Iterator[tuple[str, bytes]]:
    """Fill a template: a name and a workbook for each sample.

    Args:
        file: the template.
        template: which one it is, by the name that it has in the folder of templates.
        season: what it is filled with.
        picture: what marks a draft.

    Raises:
        OutputError: it cannot be used.
    """
    path = str(file.resolve())
    if template == summary.TEMPLATE:
        yield say("template.sample_file", template=Path(template).stem, number=1), summary.summary(season, path)
        return
    (kind,) = (kind for kind, name in TEMPLATE_OF.items() if name == template)
    for number, result in enumerate(season.of_kind(kind), 1):
        name = say("template.sample_file", template=Path(template).stem, number=number)
        yield name, _scoring_sheet(path, kind, season, result, picture)


def _scoring_sheet(path: str, kind: Kind, season: Inspection, result: ObjectResult, picture: bytes) -> bytes:
    template = load_xml_template(path, *names_of(kind))
    reduced = season.rubric.is_reduced(kind, service=result.subject.service)
    sheet = Sheet(Kindred(season.batch, season.rubric, kind, reduced=reduced), result, fillable=False)
    form = XmlForm(template, str(template.anatomy.sheet.title), 1, fillable=False)
    filled = sheet.fill(form, lambda: picture)
    return workbook(template, [Filling(form, form.hidden_xml(sheet.hidden(filled)))], picture)


def _subject(kind: Kind, number: int) -> Subject:
    names, _ = names_of(kind)
    details = {name: say("template.sample_value", name=name) for name in names}
    name = say(f"template.sample_{kind}", number=number)
    service = None if kind == Kind.ACCOUNT else number != 1
    return Subject(f"012345678{number}", name, kind, say("template.sample_office"), service, details)


def _findings(rubric: Rubric, subject: Subject) -> Iterator[Finding]:
    number = int(subject.id[-1])
    of_part = {part: _items(rubric, subject, part) for part in PartName}
    if number == _GOOD:
        for item in (*of_part[PartName.DEDUCTION][:2], *of_part[PartName.BONUS][:2]):
            yield _found(subject, item, rubric.wording(item))
    elif number == _BAD:
        rules = (item for row in rubric.rows[:_LINES] for item in row.items)
        yield _found(subject, of_part[PartName.VETO][0], "\n".join(map(rubric.wording, rules)))
    else:
        item = (of_part[PartName.DEDUCTION] or of_part[PartName.VETO])[0]
        yield replace(_found(subject, item, rubric.wording(item)), outcome=Outcome.CANNOT_TELL, count=None)


def _found(subject: Subject, item: Item, note: str) -> Finding:
    inspector = say("template.sample_inspector")
    return Finding(subject.id, item.code, Outcome.FOUND, 1, note, inspector=inspector, checked_at=_AT)


def _items(rubric: Rubric, subject: Subject, part: PartName) -> list[Item]:
    """The items of a part that can be found once."""
    rows = [row for row in rubric.rows if row.part == part and row.subject == subject.kind and not row.services_only]
    return [item for row in rows for item in row.items if rubric.count_fault(item, 1) is None]
