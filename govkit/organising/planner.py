"""One quarter of an organiser: everything that is done with it, without a widget and without a terminal."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from types import TracebackType
from typing import Self

from govkit.findings import Batch, Finding
from govkit.ledger import Change, Kind, Subject, changes
from govkit.messages import say
from govkit.organising.drawing import account_results, drawn_check, gaps_of, new_seed, renamed_accounts, running
from govkit.organising.facts import facts_of
from govkit.organising.files import QuarterFiles
from govkit.organising.people import shared_out
from govkit.organising.settings import choose_packs, chosen_packs
from govkit.packs import Compliance, judge_season, load_pack
from govkit.packs.judging import Progress
from govkit.quarters import Quarter
from govkit.reading import SeasonSheets
from govkit.sampling import HALF, Draw, Inspector, Past, carried, draw_accounts, draw_lines
from govkit.scoring import iter_results
from govkit.season import Decision, Directory, Season
from govkit.store import BatchInfo, DrawnLines, Home, KeptDraw, RegisterEntry, Store


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
        return facts_of(self.sheets(), self.earlier(), self.register)

    # Draw ---------------------------------------------------------------------------------------------------------

    def drawn(self) -> RegisterEntry[KeptDraw] | None:
        """The draw of the quarter that counts; None where there is none yet."""
        return self.register.draw(self.quarter)

    def earlier_batches(self) -> tuple[BatchInfo, ...]:
        """The batches of the quarters before this one, the latest first."""
        return tuple(batch for batch in self._home.batches() if batch.as_of < self.quarter.first)

    def take_results(self, actor: str, key: str) -> int:
        """Take into the register which accounts failed in a batch, so that they are drawn, and which passed.

        Returns:
            How many failed.
        """
        with self._home.open(key) as store:
            found = account_results(iter_results(store.rubric, store.spot_check()))
            self.register.keep_results(actor, Quarter.of(store.batch.as_of), found.failed, found.passed)
        return len(found.failed)

    def past(self, renamed: Mapping[str, str]) -> dict[str, Past]:
        """When each account was drawn last before this quarter, whatever it was called then.

        Args:
            renamed: the accounts that have another identifier than in the quarter before, as a draw keeps them.
        """
        return carried(self.register.past(before=self.quarter), renamed)

    def must_be_drawn(self) -> int:
        """How many accounts that run failed when they were inspected last."""
        past = self.past(self._renamed(self.drawn()))
        accounts = running(self.sheets().subjects, Kind.ACCOUNT)
        return sum(past[account.id].failed for account in accounts if account.id in past)

    def draw(self, actor: str, seed: str, inspectors: Sequence[Inspector], reason: str = "") -> RegisterEntry[KeptDraw]:
        """Draw the accounts of the quarter, and share them and all sites out.

        Once more, as large a share is drawn as before; for the first time, more than half.

        Args:
            actor: who draws.
            seed: decides what chance decides.
            inspectors: who inspects; nobody, where that is to be said later.
            reason: why it is drawn once more; empty for the first time.

        Raises:
            NothingThereError: the ledger lacks what a spot check needs.
            NobodyElseError: an object could only be inspected by its own unit.
            StoreError: there is a draw, and no reason for another one is given.
        """
        standing = self.drawn()
        renamed = self._renamed(standing)
        draw = self._drawn_with(seed, standing.value.draw.share if standing else HALF, renamed)
        check = drawn_check(self.sheets().subjects, draw, Batch("", self.quarter.last, ""))
        if gaps := gaps_of(check):
            raise NothingThereError(gaps)
        directory = Directory(self.sheets().units)
        assignment = shared_out(check.subjects, inspectors, seed, directory) if inspectors else {}
        return self.register.keep_draw(actor, KeptDraw(draw, assignment, reason, renamed))

    def is_as_drawn(self, kept: KeptDraw) -> bool:
        """Whether the ledger still leads to this draw: else minutes of it would tell of another ledger."""
        return self._drawn_with(kept.draw.seed, kept.draw.share, kept.renamed) == kept.draw

    def _drawn_with(self, seed: str, share: Fraction, renamed: Mapping[str, str]) -> Draw:
        accounts = running(self.sheets().subjects, Kind.ACCOUNT)
        return draw_accounts(accounts, self.past(renamed), self.quarter, seed, share)

    def _renamed(self, standing: RegisterEntry[KeptDraw] | None) -> Mapping[str, str]:
        """The accounts that have a past under another identifier; without the ledger before, as the draw has them."""
        earlier = self.earlier()
        if earlier is None:
            return standing.value.renamed if standing else {}
        return renamed_accounts(earlier, self.sheets().subjects, self.register.past(before=self.quarter))

    def draw_lines(self, actor: str, site: str, item: str, number: int, lines: Sequence[str]) -> DrawnLines:
        """Draw the sample of a site that an item asks for, and keep list and sample as evidence.

        Raises:
            StoreError: there is a sample from another list; it stays.
        """
        standing = self.register.lines(self.quarter).get((site, item))
        seed = standing.value.seed if standing else new_seed()
        taken = draw_lines(lines, number, site, item, seed=seed)
        kept = DrawnLines(site, item, number, tuple(lines), tuple(taken), seed)
        return self.register.keep_lines(actor, self.quarter, kept).value

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
        return self._home.create(check, self._home.rubrics().load(rubric_id), actor)

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
