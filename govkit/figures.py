"""How exact numbers are written. Everything is kept as a fraction; rounding happens here, and only for display."""

from dataclasses import dataclass
from fractions import Fraction

from govkit.messages import say

_MOST_PLACES = 6


def shortest(number: Fraction) -> str:
    """A number in its shortest exact form, or as a fraction where it has no short decimal form: 5, 0.2, 3.5, 1/3."""
    for places in range(_MOST_PLACES + 1):
        if (number * 10**places).denominator == 1:
            return _decimal(number * 10**places, places)
    return str(number)


def two_places(number: Fraction) -> str:
    """A figure with two decimals, rounded half up (away from zero): 86.67, 60.00."""
    scaled = (abs(number) * 200 + 1) // 2
    return _decimal(Fraction(-scaled if number < 0 else scaled), 2)


def _decimal(scaled: Fraction, places: int) -> str:
    digits = str(abs(scaled.numerator)).rjust(places + 1, "0")
    sign = "-" if scaled < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of how many.

    Raises:
        ValueError: more than there are, or fewer than none; it is refused, never clamped.
    """

    part: int
    whole: int

    def __post_init__(self) -> None:
        """Refuse what is no part of the whole."""
        if not 0 <= self.part <= self.whole:
            raise ValueError(say("figures.no_part", part=self.part, whole=self.whole))

    @property
    def share(self) -> Fraction | None:
        """The exact share; None of nothing."""
        return Fraction(self.part, self.whole) if self.whole else None

    @property
    def shown(self) -> str:
        """The share in per cent with its fraction, 44.44%（12/27）; “—” of nothing."""
        if self.share is None:
            return say("figures.none")
        return say("figures.rate", share=two_places(100 * self.share), part=self.part, whole=self.whole)
