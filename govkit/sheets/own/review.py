"""Templates checked as a whole: their names, their looks, and whether a sample can be filled."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook

from govkit.messages import say
from govkit.origin import HIDDEN
from govkit.rubric import load_rubric, rubric_ids
from govkit.scoring import Inspection
from govkit.sheets import template as templates
from govkit.sheets.errors import OutputError
from govkit.sheets.kindred import DRAFT, TEMPLATE_OF, footer_words
from govkit.sheets.own.check import check_names
from govkit.sheets.own.faults import Fault, wrong
from govkit.sheets.own.looks import check_looks
from govkit.sheets.own.names import template_like
from govkit.sheets.own.names import templates as forms_of_templates
from govkit.sheets.own.sample import sample_inspection, samples
from govkit.sheets.pdf import find_office, print_to_pdf
from govkit.sheets.staging import staging

_TO_DO = "请："
_PNG_BEGIN, _PNG_END = b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"


@dataclass(frozen=True, slots=True)
class Review:
    """What came of one template, or of the picture beside it.

    Attributes:
        file: the file.
        faults: what is wrong, and what should be looked at, in the order of the names.
        samples: workbooks or documents filled with made-up objects, by their names; none where something is wrong.
    """

    file: Path
    faults: tuple[Fault, ...]
    samples: tuple[tuple[str, bytes], ...] = ()

    @property
    def is_usable(self) -> bool:
        """Whether nothing is wrong."""
        return all(fault.is_hint for fault in self.faults)


def review_templates(path: Path | None = None) -> list[Review]:
    """Check the templates of a folder with the picture for drafts, or one template, or a picture.

    Args:
        path: the folder, the template or the picture; None is the folder in use.

    Raises:
        OutputError: a file that is not there, or that is no template at all.
    """
    place = templates.TEMPLATES if path is None else path
    season = sample_inspection()
    if place.is_dir():
        picture = _review_picture(place / DRAFT)
        return [*(_review(place / name, name, season) for name in forms_of_templates()), picture]
    if not place.is_file():
        raise OutputError(say("sheet.no_template", file=place.name, folder=place.absolute().parent))
    if place.suffix.lower() == Path(DRAFT).suffix:
        return [_review_picture(place)]
    name = template_like(place.name, _names(templates.open_template(str(place.absolute()))))
    if name is None:
        raise OutputError(say("template.unknown", file=place.name, templates="、".join(forms_of_templates())))
    return [_review(place, name, season)]


def write_samples(
    reviews: Sequence[Review], out_dir: Path, progress: Callable[[int, int], None] | None = None
) -> tuple[list[Path], list[Path]]:
    """Write the samples into a folder, and print them where LibreOffice is found.

    Args:
        reviews: of the templates.
        out_dir: the folder; it is made where it does not exist.
        progress: is called while they are printed.

    Returns:
        The samples, and the PDFs.

    Raises:
        OutputError: they cannot be written or printed.
    """
    made = [(name, content) for review in reviews for name, content in review.samples]
    with staging(out_dir) as stage:
        for name, content in made:
            stage.store(Path(name), content)
        stage.put_in_place()
    files = [out_dir / name for name, _ in made]
    return files, print_to_pdf(files, out_dir, progress) if files and find_office() else []


def _review(file: Path, name: str, season: Inspection) -> Review:
    try:
        workbook = templates.open_template(str(file.absolute()))
        faults = [*_sheets(workbook, name), *_faults(workbook, name, season)]
        if all(fault.is_hint for fault in faults):
            picture = templates.open_picture(DRAFT)
            return Review(file, tuple(faults), tuple(samples(file, name, season, picture)))
    except OutputError as error:
        faults = [as_fault(error)]
    return Review(file, tuple(faults))


def _faults(workbook: Workbook, name: str, season: Inspection) -> Iterator[Fault]:
    forms = forms_of_templates()[name]
    rubrics = map(load_rubric, rubric_ids())
    footers = [footer_words(season.batch, rubric) for rubric in rubrics]
    longest = max(footers, key=lambda words: sum(map(len, words.values())))
    yield from check_names(workbook, forms)
    yield from check_looks(workbook, forms, longest)


def _sheets(workbook: Workbook, name: str) -> Iterator[Fault]:
    if name in TEMPLATE_OF.values() and HIDDEN in workbook.sheetnames:
        yield wrong("template.taken", "", HIDDEN, title=HIDDEN)


def _review_picture(file: Path) -> Review:
    try:
        content = templates.open_picture(str(file.absolute()))
    except OutputError as error:
        return Review(file, (as_fault(error),))
    if not (content.startswith(_PNG_BEGIN) and _PNG_END in content):
        return Review(file, (as_fault(OutputError(say("sheet.bad_picture", file=file.name))),))
    return Review(file, ())


def as_fault(error: OutputError) -> Fault:
    """Why a template cannot be used at all."""
    text, sign, fix = str(error).partition(_TO_DO)
    return Fault("unusable", "", "", text, sign + fix)


def _names(workbook: Workbook) -> set[str]:
    return {*workbook.defined_names, *(name for sheet in workbook.worksheets for name in sheet.defined_names)}
