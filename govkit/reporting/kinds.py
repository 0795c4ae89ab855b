"""Which reports the notices ask for, as validated data: template, addressee, and where it is asked for."""

import tomllib
from collections.abc import Iterable
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from govkit.complaints import in_chinese
from govkit.duties import Due, due_in
from govkit.ledger import Kind
from govkit.messages import say
from govkit.packs import Pack, PackError, Rule, load_pack
from govkit.packs.checks.deadlines import Reported

DATA = files("govkit.reporting") / "data"
_FILE = "reports.toml"


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_min_length=1)


class ReportKind(_Data):
    """A report.

    Attributes:
        id: by which people call it.
        template: the Word document that is filled.
        pack: the id of the notice, as a pack of rules, that asks for it.
        matter: what 报送记录 and the rule of the notice call it.
        title: what stands over it.
        addressee: to whom a unit hands it in.
        addressee_of_whole: to whom that of a whole county goes; None where the notice does not tell.
        kinds: what it is about.
        subordinates: whether a unit reports on its subordinate units as well; else each of them does so itself.
        whole: whether there is one of a whole county; else there is one of each unit.
    """

    id: str
    template: str
    pack: str
    matter: str
    title: str
    addressee: str
    addressee_of_whole: str | None = None
    kinds: Annotated[tuple[Kind, ...], Field(min_length=1)]
    subordinates: bool
    whole: bool

    def notice(self) -> Pack:
        """The notice that asks for it."""
        return load_pack(self.pack)

    def article(self) -> str:
        """The article of the notice that asks for it."""
        return self._rules(self.notice())[0].article

    def due(self, year: int) -> Due | None:
        """When the report on a year is due; None where the notice asks for none on that year."""
        pack, what = self.notice(), say("duties.report", year=year, matter=self.matter)
        dues = (due for told in (year, year + 1) for due in due_in(told, [pack]).dues)
        return next((due for due in dues if due.what == what), None)

    def _rules(self, pack: Pack) -> list[Rule]:
        return [rule for rule in pack.rules if isinstance(rule.check, Reported) and rule.check.matter == self.matter]

    def complaints(self) -> Iterable[str]:
        """What is wrong with it beyond its form: no notice asks for it."""
        try:
            if not self._rules(self.notice()):
                yield say("reporting.not_asked", id=self.id, pack=self.pack, matter=self.matter)
        except PackError as error:
            yield str(error)


class _Reports(_Data):
    reports: Annotated[tuple[ReportKind, ...], Field(min_length=1)]


class ReportKindError(ValueError):
    """Reports that cannot be used, or one that is not there. `complaints` holds a sentence for each thing wrong."""

    def __init__(self, complaints: Iterable[str]) -> None:
        self.complaints = tuple(complaints)
        super().__init__("\n".join(self.complaints))


def report_kinds() -> tuple[ReportKind, ...]:
    """All reports.

    Raises:
        ReportKindError: the file of them is none; all that is wrong is named.
    """
    return report_kinds_from(DATA)


def report_kind(name: str) -> ReportKind:
    """The report of an id.

    Raises:
        ReportKindError: there is none, or the file of them is none.
    """
    kinds = {kind.id: kind for kind in report_kinds()}
    if name not in kinds:
        raise ReportKindError([say("reporting.no_kind", name=name, ids="、".join(kinds))])
    return kinds[name]


def report_kinds_from(folder: Traversable) -> tuple[ReportKind, ...]:
    """The reports in `reports.toml` of a folder; see `report_kinds`."""
    try:
        kinds = _Reports.model_validate(tomllib.loads((folder / _FILE).read_text(encoding="utf-8"))).reports
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _unusable([say("packs.no_toml", error=error)]) from error
    except ValidationError as error:
        raise _unusable(in_chinese(error)) from error
    wrong = [complaint for kind in kinds for complaint in kind.complaints()]
    ids = [kind.id for kind in kinds]
    wrong += [say("reporting.doubled", id=name) for name in dict.fromkeys(ids) if ids.count(name) > 1]
    if wrong:
        raise _unusable(wrong)
    return kinds


def _unusable(complaints: Iterable[str]) -> ReportKindError:
    return ReportKindError([say("reporting.unusable", file=_FILE), *complaints])
