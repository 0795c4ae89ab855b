"""What can be wrong with a template, in sentences of the catalogue."""

from dataclasses import dataclass
from typing import cast

from openpyxl.worksheet.cell_range import CellRange

from govkit.messages import catalogue


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a template, or worth a look.

    Attributes:
        code: the key of its sentences.
        name: the defined name that it is about; empty where it is about the sheet or file.
        place: where it is, such as 网站评分表!C17; empty where it is nowhere.
        text: what is wrong.
        fix: what to do about it.
        is_hint: whether the template can be filled all the same.
    """

    code: str
    name: str
    place: str
    text: str
    fix: str
    is_hint: bool = False


def wrong(key: str, name: str = "", place: CellRange | str = "", /, **values: object) -> Fault:
    """Something for which the template cannot be filled, or not right."""
    section, _, code = key.partition(".")
    sentences = cast("dict[str, str]", catalogue()[section][code])
    where = place if isinstance(place, str) else shown(place)
    values = {"name": name, "place": where, **values}
    return Fault(code, name, where, sentences["text"].format(**values), sentences["fix"].format(**values))


def hint(key: str, name: str = "", place: CellRange | str = "", /, **values: object) -> Fault:
    """Something that should be looked at."""
    fault = wrong(key, name, place, **values)
    return Fault(fault.code, fault.name, fault.place, fault.text, fault.fix, is_hint=True)


def shown(place: CellRange) -> str:
    """A place as spreadsheet programs show it: 网站评分表!C17."""
    return f"{place.title}!{place.coord}"
