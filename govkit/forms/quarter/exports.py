"""Workbooks of a quarter from the page: written to a folder of the home, and linked to."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from markupsafe import Markup

from govkit.findings import Batch
from govkit.forms.errors import Refusal
from govkit.forms.writing import links_to
from govkit.ledger import Kind
from govkit.messages import say
from govkit.organising import Planner, drawn_check, running
from govkit.packs import Compliance
from govkit.rubric import rubric_ids
from govkit.sampling import Inspector
from govkit.sheets.season import Sample, write_changes, write_compliance, write_filings, write_ledger, write_sample
from govkit.store import KeptDraw, RegisterEntry


class Exports:
    """Writes what a quarter holds.

    Args:
        planner: the quarter.
        home: the data folder.
    """

    def __init__(self, planner: Planner, home: Path) -> None:
        self._planner = planner
        self.folder = home / say("form.exports") / planner.quarter.code

    def ledger(self) -> Markup:
        """The merged ledger, what has changed since the quarter before, and the filings."""
        planner, season = self._planner, self._planner.season()
        writers: dict[str, Callable[[Path], None]] = {
            say("plan.file_ledger"): lambda path: write_ledger(season.subjects, path)
        }
        changed = planner.changes()
        if changed is not None:
            told = season.filings is not None
            writers[say("plan.file_changes")] = lambda path: write_changes(changed, season.period, path, told=told)
        if season.filings:
            known = {subject.id: subject for subject in (*(season.earlier or ()), *season.subjects)}
            writers[say("plan.file_filings")] = lambda path: write_filings(season.filings or (), known, path)
        for name, write in writers.items():
            write(self.folder / name)
        return self._written(writers)

    def draw(self, organiser: str, inspectors: Sequence[Inspector]) -> Markup:
        """The minutes of the draw, who inspects what, and the spot-check workbook.

        Raises:
            Refusal: the ledger has changed since.
        """
        entry = self._planner.drawn()
        assert entry is not None
        if not self._planner.is_as_drawn(entry.value):
            raise Refusal(say("organising.changed", folder=self.folder))
        return self._written(write_sample(self._sample(entry, organiser, inspectors), self.folder, lambda: None))

    def rules(self, compliance: Compliance) -> Markup:
        """The matrix, the breaches, and the suggestions."""
        name = say("plan.file_rules")
        write_compliance(compliance, self.folder / name)
        return self._written([name])

    def _sample(self, entry: RegisterEntry[KeptDraw], organiser: str, inspectors: Sequence[Inspector]) -> Sample:
        planner, kept = self._planner, entry.value
        subjects = planner.sheets().subjects
        name = say("organising.batch", organiser=organiser, quarter=planner.quarter.name)
        batch = Batch(name, planner.quarter.last, rubric_ids()[0], organiser)
        known = {inspector.name: inspector for inspector in inspectors}
        return Sample(
            kept.draw,
            running(subjects, Kind.ACCOUNT),
            planner.past(kept.renamed),
            drawn_check(subjects, kept.draw, batch),
            [known.get(one, Inspector(one)) for one in dict.fromkeys(kept.assignment.values())],
            kept.assignment,
            entry.actor,
            entry.at.astimezone().replace(tzinfo=None),
            kept.reason,
        )

    def _written(self, names: Iterable[str]) -> Markup:
        return links_to([self.folder / name for name in names])
