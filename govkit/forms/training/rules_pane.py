"""The pane of the rubric's owner: a rubric out to be edited, in again, and rehearsed on what was recorded."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import ipywidgets as widgets
from markupsafe import Markup

from govkit.figures import two_places
from govkit.file_names import safe_stem
from govkit.forms.errors import Refusal
from govkit.forms.files_box import uploaded_to
from govkit.forms.markup import fill, join
from govkit.forms.pane import Desktop, Pane, heading, notices, table
from govkit.forms.writing import links_to
from govkit.messages import say
from govkit.organising import keep_aside, recorded
from govkit.reading.rubrics import read_rubric
from govkit.rehearsing import Compared, Difference, Rehearsal, differences, rehearse, summary_sentences, why
from govkit.rubric import Rubric, Rubrics
from govkit.rubric.writing import rubric_file
from govkit.scoring import ObjectScore
from govkit.sheets.rubric import write_comparison, write_rubric_book, write_rubric_file
from govkit.store import RUBRICS, Home

_NO_BATCH = ""


class RulesPane(Pane):
    """Rubrics of one's own.

    Args:
        desktop: what it works with.
        home: where rubrics and batches are.
        changed: is called when there is a new rubric, or another edition of one.
    """

    def __init__(self, desktop: Desktop, home: Home, changed: Callable[[], None]) -> None:
        super().__init__(desktop)
        look, handler = desktop.look, desktop.screen.handler
        self._home, self._changed = home, changed
        self._rubrics: Rubrics = home.rubrics()
        self.base = self.new_choice(say("train.base"))
        self.export = look.make_button(say("train.rules_out"), kind="primary", tooltip=say("train.rules_out_tip"))
        self.upload = widgets.FileUpload(
            accept=".xlsx", multiple=False, description=say("train.rules_in"), layout=look.button
        )
        self.batch = self.new_choice(say("train.rehearse_on"))
        self.old, self.new = self.new_choice(say("train.old_rules")), self.new_choice(say("train.new_rules"))
        self.rehearse = look.make_button(say("train.rehearse"), kind="primary", tooltip=say("train.rehearse_tip"))
        self.list, self.links, self.told, self.results = (widgets.HTML(layout=look.whole) for _ in range(4))
        how = (widgets.HTML(_step(say(f"train.rules_step_{number}"))) for number in (1, 2))
        first, second = how
        self.box.children = (
            self.list,
            first,
            self.base,
            widgets.Box([self.export, self.upload], layout=look.line),
            self.links,
            second,
            self.batch,
            self.old,
            self.new,
            widgets.Box([self.rehearse], layout=look.line),
            self.results,
            self.told,
        )
        self.export.on_click(handler(lambda _: self._export()))
        self.upload.observe(handler(lambda _: self._take_in()), names="value")
        self.rehearse.on_click(handler(lambda _: self._rehearse()))
        for field in (self.batch, self.old, self.new):
            field.observe(handler(lambda _: self._forget()), names="value")

    def refresh(self) -> None:
        """Show the rubrics and the batches that there are now."""
        self._rubrics = self._home.rubrics()
        usable = self._rubrics.usable()
        options = [(_named(rubric), rubric.id) for rubric in usable]
        batches = [(say("form.batch_option", batch=batch), batch.key) for batch in self._home.batches()]
        with self.desktop.screen.mirroring():
            for field in (self.base, self.old, self.new):
                _offer(field, options)
            _offer(self.batch, [(say("train.no_rehearsal"), _NO_BATCH), *batches])
        self.old.disabled = bool(self.batch.value)  # those of the batch
        rows = [
            (rubric.id, rubric.version, rubric.title, say(f"rubric_list.{self._whose(rubric)}")) for rubric in usable
        ]
        headings = [say(f"rubric_list.{name}") for name in ("id", "version", "title", "whose")]
        self.list.value = table(headings, rows) + notices(map(str, self._rubrics.faults()))

    def _whose(self, rubric: Rubric) -> str:
        return "shipped" if rubric.id in self._rubrics.shipped else "own"

    def _export(self) -> None:
        """Write the workbook; one that is there may have been edited, and stays."""
        rubric = self._rubrics.load(self.base.value)
        name = f"{safe_stem(say('train.rules_file', rubric=rubric, mark=rubric.sha256[:8]))}.xlsx"
        path = self.desktop.home / say("form.exports") / RUBRICS / name
        told = "train.rules_there" if path.exists() else "train.rules_written"
        if not path.exists():
            write_rubric_book(rubric, path)
        self.links.value = links_to([path])
        self.desktop.screen.tell("good", say(told, file=name))

    def _take_in(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            paths = uploaded_to(self.upload, self.desktop.screen, Path(folder))
            if not paths:
                return
            rubric = read_rubric(paths[0], self._rubrics)
        made, own = rubric_file(rubric), self._home.folder / RUBRICS
        path = own / f"{rubric.id}.toml"
        keep_aside(path)
        write_rubric_file(made.text, path)
        self._changed()
        self._forget()
        with self.desktop.screen.mirroring():
            self.refresh()
            self.new.value = rubric.id
        values = {"id": rubric.id, "folder": own, "file": path, "sha256": rubric.sha256, "version": rubric.version}
        kind = "command.rubric_is_variant" if made.base else "command.rubric_is_whole"
        sentences = [
            say("command.rubric_imported", **values),
            say(kind, base=made.base),
            say("command.rubric_usable", **values),
        ]
        self.desktop.screen.tell("good", "\n".join(sentences))

    def _forget(self) -> None:
        """What was rehearsed is not what is chosen now."""
        self.results.value = self.told.value = ""

    def _rehearse(self) -> None:
        self._forget()
        new, check = self._rubrics.load(self.new.value), None
        if self.batch.value:
            with self._home.open(self.batch.value) as store:
                old, check = store.rubric, recorded(store).check
        else:
            old = self._rubrics.load(self.old.value)
        if old.sha256 == new.sha256:
            raise Refusal(say("train.same_rules", rules=_named(new)))
        told, rehearsal = differences(old, new), rehearse(old, new, check) if check else None
        batch = check.batch.name if check else ""
        name = safe_stem(say("train.rehearsal_file", old=old, new=new, batch=batch))
        path = self.desktop.home / say("form.exports") / RUBRICS / f"{name}.xlsx"
        write_comparison(old, new, told, rehearsal, path)
        self.results.value = links_to([path])
        self.told.value = _differences(old, new, told) + (_rehearsed(rehearsal) if rehearsal else Markup())


def _step(words: str) -> Markup:
    return fill('<div class="gk-indicator">{words}</div>', words=words)


def _named(rubric: Rubric) -> str:
    return say("train.rules", rubric=rubric)


def _offer(field: widgets.Dropdown, options: list[tuple[str, str]]) -> None:
    """Offer what there is now; what was chosen stays chosen, where it is still there."""
    if list(field.options) != options:
        before, values = field.value, [value for _, value in options]
        field.options = options
        field.value = before if before in values else next(iter(values), None)


def _differences(old: Rubric, new: Rubric, told: tuple[Difference, ...]) -> Markup:
    versions = {"a_version": old.version, "b_version": new.version}
    head = say("difference.heading", a=old.id, b=new.id, number=len(told), **versions)
    lines = join(fill("<li>{text}</li>", text=each.sentence) for each in told)
    return heading(head) + fill("<ul>{lines}</ul>", lines=lines)


def _rehearsed(rehearsal: Rehearsal) -> Markup:
    """The batch before and after: as a whole, each object whose result changes, and what did not count as it was."""
    batch, changed = rehearsal.check.batch, rehearsal.changed
    head = heading(say("rehearsal.heading", name=batch.name, as_of=batch.as_of))
    sentences = [
        *summary_sentences(rehearsal),
        say("rehearsal.changed", number=len(changed), all=len(rehearsal.objects)),
    ]
    paragraphs = join(fill("<p>{text}</p>", text=text) for text in sentences)
    headings = [say(f"train.column_{name}") for name in ("object", "before", "after", "why")]
    rows = [tuple(_object(each)) for each in changed]
    notes = [note for each in rehearsal.objects if not each.is_changed for note in each.notes]
    lost = join(fill("<li>{name}：{text}</li>", name=note.subject.name, text=note.text) for note in notes)
    return join([head, paragraphs, table(headings, rows) if rows else "", fill("<ul>{lost}</ul>", lost=lost)])


def _object(each: Compared) -> Iterator[object]:
    yield each.subject.name
    yield _result(each.before.score)
    yield _result(each.after.score)
    yield why(each)


def _result(score: ObjectScore) -> str:
    total = "" if score.total is None else say("rehearsal.total", total=two_places(score.total))
    return say("rehearsal.result", verdict=say(f"verdict.{score.verdict}"), total=total)
