"""Scoring sheets made once more from what they say they were made of."""

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

from govkit.findings import Batch, SpotCheck
from govkit.origin import Origin
from govkit.rubric import Rubric
from govkit.scoring import ObjectResult, score_spot_check
from govkit.sheets.errors import DAMAGE
from govkit.sheets.kindred import TEMPLATE_OF
from govkit.sheets.scoring_sheets import ScoringSheets
from govkit.sheets.template_hash import template_hash


class Remaker:
    """Makes sheets once more; what sheets of a batch have in common is prepared once."""

    def __init__(self) -> None:
        self._makers: dict[tuple[Batch, str], ScoringSheets] = {}
        self._templates: dict[str, str] = {}

    def book(self, origin: Origin, rubric: Rubric) -> bytes:
        """The workbook with this sheet alone.

        Raises:
            OutputError: the template cannot be used.
        """
        key = origin.batch, rubric.sha256
        if key not in self._makers:
            self._makers[key] = ScoringSheets(origin.batch, rubric)
        result = result_of(origin, rubric)
        if origin.fillable:
            return self._makers[key].blank({origin.sheet: result})
        return self._makers[key].sheet(result)

    def has_template(self, origin: Origin) -> bool:
        """Whether the template is the one that the sheet was made with; sheets that do not say are taken for it.

        Raises:
            OutputError: there is none.
        """
        file_name = TEMPLATE_OF[origin.subject.kind]
        if file_name not in self._templates:
            self._templates[file_name] = template_hash(file_name)
        return origin.template in ("", self._templates[file_name])


def result_of(origin: Origin, rubric: Rubric) -> ObjectResult:
    """What came out for the object when its sheet was made."""
    check = SpotCheck(origin.batch, (origin.subject,), origin.findings, origin.measurements)
    (result,) = score_spot_check(rubric, check).objects
    return replace(result, filing=origin.filing)


def is_same_book(one: bytes, other: bytes) -> bool:
    """Whether two workbooks have the same members, however they are deflated."""
    try:
        return _members(one) == _members(other)
    except DAMAGE:
        return False


def _members(content: bytes) -> list[tuple[str, bytes]]:
    with ZipFile(BytesIO(content)) as archive:
        return sorted((info.filename, archive.read(info)) for info in archive.infolist())
