"""Sheets from the form: of one object, or of all, written to a folder and linked to."""

import zipfile
from io import BytesIO
from pathlib import Path

from markupsafe import Markup

from govkit import sheets
from govkit.file_names import safe_stem, sheet_names
from govkit.forms.case import Case
from govkit.forms.desk import Desk
from govkit.forms.markup import download, fill, join
from govkit.messages import say
from govkit.scoring import Inspection
from govkit.store import Home

_LARGEST_LINK = 16 * 2**20  # bytes; a page with a larger one becomes slow


class Exporter:
    """Writes sheets of the batch of a desk into a folder of its own."""

    def __init__(self, home: Home, desk: Desk) -> None:
        self._desk = desk
        self.folder = home.folder / say("form.exports") / safe_stem(desk.store.batch.name)

    def one(self, case: Case) -> Markup:
        """Write the sheet of one object as it is; return where it is, with a link that saves it."""
        subjects = self._desk.store.subjects
        names = sheet_names((subject.id, subject.name) for subject in subjects)  # as for all: no two are one file
        name = names[[subject.id for subject in subjects].index(case.subject.id)]
        path = self.folder / say("form.version_folder", version=case.filing.version) / name
        result = case.result()
        sheets.write_scoring_sheet(self._inspection([case]), result, path)
        return self._written(path, download(name, path.read_bytes(), name))

    def all(self) -> Markup:
        """Write results, summary and the sheets of all objects; return where they are, with links that save them."""
        folder = self.folder / say("form.all_folder")
        self._desk.settle()
        sheets.write_all(self._inspection(self._desk.cases()), folder)
        summary = folder / say("form.summary_file")
        links = [download(summary.name, summary.read_bytes(), summary.name)]
        packed = _packed(folder)
        if len(packed) <= _LARGEST_LINK:
            name = f"{self.folder.name}.zip"
            links.append(download(name, packed, name))
        return self._written(folder, join(links, " "))

    def _inspection(self, cases: list[Case] | tuple[Case, ...]) -> Inspection:
        store = self._desk.store
        return Inspection(store.batch, store.rubric, tuple(case.result() for case in cases))

    def _written(self, path: Path, links: Markup) -> Markup:
        pattern = '<div class="gk-note gk-good">{words} {links}<div class="gk-dim">{path}</div></div>'
        return fill(pattern, words=say("form.written"), links=links, path=str(path))


def _packed(folder: Path) -> bytes:
    """The files of a folder as one zip; what was kept of earlier results stays out."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted([*folder.glob("*.*"), *(folder / say("form.sheets_folder")).glob("*.xlsx")]):
            archive.write(path, str(path.relative_to(folder)))
    return content.getvalue()
