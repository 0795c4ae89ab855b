"""Scoring sheets of a batch, many of them: what they have in common is prepared once."""

from collections.abc import Mapping, Sequence

from govkit.findings import Batch
from govkit.ledger import Kind
from govkit.rubric import Rubric
from govkit.scoring import ObjectResult
from govkit.sheets.kindred import DRAFT, TEMPLATE_OF, Kindred, names_of
from govkit.sheets.scoring_sheet import Sheet
from govkit.sheets.template import open_picture
from govkit.sheets.xml.book import Filling, workbook
from govkit.sheets.xml.form import XmlForm
from govkit.sheets.xml.template import XmlTemplate, load_xml_template


class ScoringSheets:
    """Makes the sheets of a batch.

    Args:
        batch: the batch.
        rubric: its rules.
    """

    def __init__(self, batch: Batch, rubric: Rubric) -> None:
        self._batch, self._rubric = batch, rubric
        self._kindred: dict[tuple[Kind, bool], Kindred] = {}
        self._templates: dict[Kind, XmlTemplate] = {}
        self._picture: bytes | None = None

    def sheet(self, result: ObjectResult) -> bytes:
        """The workbook of one object: 网站评分表, or 政务新媒体检查表.

        Raises:
            OutputError: the template cannot be used.
        """
        template = self._template(result.subject.kind)
        title = str(template.anatomy.sheet.title)
        return self._workbook(template, [self._filled(template, result, title, 1, fillable=False)])

    def blank(self, titles: Mapping[str, ObjectResult]) -> bytes:
        """A workbook to be filled in by hand, with a sheet for each of some objects of one kind.

        Args:
            titles: the objects, by the titles of their sheets.

        Raises:
            OutputError: the template cannot be used.
        """
        (kind,) = {result.subject.kind for result in titles.values()}
        template = self._template(kind)
        fillings: list[Filling] = []
        block = 1
        for title, result in titles.items():
            fillings.append(self._filled(template, result, title, block, fillable=True))
            block += len(fillings[-1].hidden) + 1
        return self._workbook(template, fillings)

    def _workbook(self, template: XmlTemplate, fillings: Sequence[Filling]) -> bytes:
        marked = any(filling.form.marks for filling in fillings)
        return workbook(template, fillings, self._draft() if marked else None)

    def _filled(
        self, template: XmlTemplate, result: ObjectResult, title: str, block: int, *, fillable: bool
    ) -> Filling:
        form = XmlForm(template, title, block, fillable=fillable)
        sheet = Sheet(self._kindred_of(result), result, fillable=fillable)
        filled = sheet.fill(form, self._draft)
        return Filling(form, form.hidden_xml(sheet.hidden(filled)))

    def _kindred_of(self, result: ObjectResult) -> Kindred:
        subject = result.subject
        reduced = self._rubric.is_reduced(subject.kind, service=subject.service)
        key = (subject.kind, reduced)
        if key not in self._kindred:
            self._kindred[key] = Kindred(self._batch, self._rubric, subject.kind, reduced=reduced)
        return self._kindred[key]

    def _template(self, kind: Kind) -> XmlTemplate:
        if kind not in self._templates:
            self._templates[kind] = load_xml_template(TEMPLATE_OF[kind], *names_of(kind))
        return self._templates[kind]

    def _draft(self) -> bytes:
        if self._picture is None:
            self._picture = open_picture(DRAFT)
        return self._picture
