"""The numbers that all panes show: a chosen batch, how many objects run, and what both come to."""

from collections.abc import Mapping

from govkit.forms.errors import Refusal
from govkit.ledger import Kind
from govkit.organising import Scored, scored
from govkit.quarters import Quarter
from govkit.season import Unit
from govkit.store import BatchInfo, Home
from govkit.tally import Tally, TrendPoint, tally, trend


class Counts:
    """What the batches of a home come to, each as it was when it was read last.

    Args:
        home: where the batches are.

    Attributes:
        batch: the batch that is shown.
        running: how many sites and accounts run in all; what nobody has told is missing.
        units: 单位名录 of the quarter; None where there is none.
    """

    def __init__(self, home: Home, batch: BatchInfo) -> None:
        self._home = home
        self.batch = batch
        self._scored: dict[str, Scored] = {}
        self._tally: tuple[Scored, Tally] | None = None
        self.take({}, None)

    def take(self, running: Mapping[Kind, int], units: Mapping[str, Unit] | None) -> None:
        """Count with these numbers of objects that run, and this 单位名录, from now on."""
        self.running, self.units = running, units
        self._tally = None

    def forget(self) -> None:
        """Read everything again when it is asked for next."""
        self._scored.clear()

    @property
    def scored(self) -> Scored:
        """The batch that is shown."""
        return self.scored_of(self.batch)

    def scored_of(self, batch: BatchInfo) -> Scored:
        """A batch of the home."""
        if batch.key not in self._scored:
            with self._home.open(batch.key) as store:
                self._scored[batch.key] = scored(store)
        return self._scored[batch.key]

    @property
    def tally(self) -> Tally:
        """What the batch that is shown comes to.

        Raises:
            Refusal: fewer run than were checked.
        """
        now = self.scored
        if self._tally is None or self._tally[0] is not now:
            try:
                self._tally = (now, tally(now.inspection, self.running, self.units))
            except ValueError as error:  # its message is for people
                raise Refusal(str(error)) from None
        return self._tally[1]

    def quarters(self) -> tuple[tuple[TrendPoint, ...], tuple[BatchInfo, ...]]:
        """The quarters of all batches in a row, and the batches that are not in it: a quarter has one only.

        Of several, that one counts which is shown, else the one with the latest 监测时间点.
        """
        chosen: dict[Quarter, BatchInfo] = {Quarter.of(self.batch.as_of): self.batch}
        batches = self._home.batches()
        for batch in batches:
            chosen.setdefault(Quarter.of(batch.as_of), batch)
        keys = {batch.key for batch in chosen.values()}
        points = trend([(quarter, tally(self.scored_of(batch).inspection)) for quarter, batch in chosen.items()])
        return points, tuple(batch for batch in batches if batch.key not in keys)

    def others(self) -> tuple[BatchInfo, ...]:
        """The batches of earlier days than that of the one that is shown, the latest first."""
        return tuple(batch for batch in self._home.batches() if batch.as_of < self.batch.as_of)
