"""One quarter of an organiser: everything that is done with it, without a widget and without a terminal."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from types import TracebackType
from typing import Self

from govkit.findings import Batch, Finding
from govkit.ledger import Change, Kind, Subject, changes
from govkit.messages import say
from govkit.organising.drawing import drawn_check, running
from govkit.organising.files import QuarterFiles
from govkit.organising.settings import choose_packs, chosen_packs
from govkit.packs import Compliance, judge_season, load_pack
from govkit.packs.judging import Progress
from govkit.quarters import Quarter
from govkit.reading import SeasonSheets
from govkit.rubric import load_rubric
from govkit.sampling import Inspector, assign, draw_accounts
from govkit.season import Decision, Season
from govkit.store import Home, Store
from govkit.store.register_entries import KeptDraw, RegisterEntry


class NothingThereError(ValueError):
    """The quarter lacks what is asked of it; the message is in Chinese."""


class Planner:
    """A quarter: its files and what the register keeps of it.

    Args:
        home: where both are.
        quarter: which quarter.
    """

    def __init__(self, home: Home, quarter: Quarter) -> None:
        self._home, self.quarter = home, quarter
        self.files = QuarterFiles(home.folder, quarter)
        self._before = QuarterFiles(home.folder, quarter.before)
        self.register = home.register()

    def __enter__(self) -> Self:
        """The planner; its register is closed when the block ends."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the register."""
        self.close()

    def close(self) -> None:
        """Close the register."""
        self.register.close()

    # Ledger -------------------------------------------------------------------------------------------------------

    def sheets(self) -> SeasonSheets:
        """What the files of the quarter say.

        Raises:
            NothingThereError: there are none.
            ProblemsError: something is wrong with them.
        """
        sheets = self.files.read()
        if sheets is None:
            raise NothingThereError(say("organising.no_files", quarter=self.quarter.name))
        return sheets

    def earlier(self) -> tuple[Subject, ...] | None:
        """The ledger of the quarter before; None where there is none."""
        sheets = self._before.read()
        return sheets.subjects if sheets else None

    def changes(self) -> list[Change] | None:
        """What changed since the quarter before; None where its ledger is not there."""
        season = self.season()
        if season.earlier is None:
            return None
        return changes(season.earlier, season.subjects, season.filings or (), season.period)

    def season(self) -> Season:
        """The facts of the quarter: those of its files, the ledger before, and what the register keeps.

        What somebody has judged in the register counts before what a file says.
        """
        sheets = self.sheets()
        kept = self.register.filings()
        filings = tuple(dict.fromkeys((*(sheets.filings or ()), *kept)))
        judged = {key: entry.value for key, entry in self.register.judged(self.quarter).items()}
        return replace(
            sheets.season(self.earlier()),
            filings=filings if kept or sheets.filings is not None else None,
            checked={**sheets.checked, **judged},
        )

    # Draw ---------------------------------------------------------------------------------------------------------

    def drawn(self) -> RegisterEntry[KeptDraw] | None:
        """The draw of the quarter that counts; None where there is none yet."""
        return self.register.draw(self.quarter)

    def draw(self, actor: str, seed: str, inspectors: Sequence[Inspector], reason: str = "") -> RegisterEntry[KeptDraw]:
        """Draw the accounts of the quarter, and share them and all sites out.

        Args:
            actor: who draws.
            seed: decides what chance decides.
            inspectors: who inspects; nobody, where that is to be said later.
            reason: why it is drawn once more; empty for the first time.

        Raises:
            NobodyElseError: an object could only be inspected by its own unit.
            StoreError: there is a draw, and no reason for another one is given.
        """
        subjects = self.sheets().subjects
        past = self.register.past(before=self.quarter)
        draw = draw_accounts(running(subjects, Kind.ACCOUNT), past, self.quarter, seed)
        chosen = [*running(subjects, Kind.SITE), *(one.subject for one in draw.drawn)]
        assignment = assign(chosen, inspectors, seed) if inspectors else {}
        return self.register.keep_draw(actor, draw, assignment, reason)

    def make_batch(self, actor: str, rubric_id: str, organiser: str) -> Store:
        """Make the batch of the draw, ready to be inspected.

        Raises:
            NothingThereError: nothing was drawn yet.
            StoreError: there is a batch of its name.
        """
        entry = self.drawn()
        if entry is None:
            raise NothingThereError(say("organising.no_draw", quarter=self.quarter.name))
        name = say("organising.batch", organiser=organiser, quarter=self.quarter.name)
        batch = Batch(name, self.quarter.last, rubric_id, organiser)
        check = drawn_check(self.sheets().subjects, entry.value.draw, batch)
        return self._home.create(check, load_rubric(rubric_id), actor)

    # Rules --------------------------------------------------------------------------------------------------------

    @property
    def chosen_packs(self) -> tuple[str, ...]:
        """The packs that the office has switched on."""
        return chosen_packs(self._home.folder)

    def choose_packs(self, chosen: Iterable[str]) -> None:
        """Switch these packs on, and the others off."""
        choose_packs(self._home.folder, chosen)

    def check(self, pack_ids: Sequence[str], progress: Progress | None = None) -> Compliance:
        """Hold the quarter against the rules of some packs."""
        return judge_season(self.season(), [load_pack(pack_id) for pack_id in pack_ids], progress)

    def judge(self, actor: str, finding: Finding, revision: int) -> None:
        """Record what somebody has judged by hand; `revision` is the one that they saw.

        Raises:
            OutdatedError: somebody else has judged since.
        """
        self.register.judge(actor, self.quarter, replace(finding, inspector=actor), revision)

    def decide(self, actor: str, decision: Decision, revision: int) -> None:
        """Record what was decided on an account; `revision` is the one that they saw.

        Raises:
            OutdatedError: somebody else has decided since.
        """
        self.register.decide(actor, self.quarter, decision, revision)
