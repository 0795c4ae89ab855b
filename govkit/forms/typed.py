"""Numbers and days that people type into a line; an empty line is nothing, and never a number or a day."""

from datetime import date

from govkit.forms.errors import Refusal
from govkit.messages import say


def number_in(text: str) -> int | None:
    """The number that somebody typed; None where the field is empty.

    Raises:
        Refusal: it is no whole number.
    """
    typed = text.strip()
    if not typed:
        return None
    if not typed.isdecimal():
        raise Refusal(say("typed.no_number", text=typed))
    return int(typed)


def day_in(text: str) -> date | None:
    """The day that somebody typed; None where the field is empty.

    Raises:
        Refusal: it is no day.
    """
    typed = text.strip()
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        raise Refusal(say("typed.no_day", text=typed)) from None


def needed_day(text: str, field: str) -> date:
    """The day that somebody typed into the field of this name.

    Raises:
        Refusal: the field is empty, or holds no day.
    """
    day = day_in(text)
    if day is None:
        raise Refusal(say("typed.day_needed", field=field))
    return day
