"""The fifth pane, for the trainer: a task handed out to a class, collected, and gone through together."""

import re
import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import ipywidgets as widgets
from markupsafe import Markup

from govkit.charts import png, splitting_items, totals_of_class
from govkit.file_names import safe_stem
from govkit.forms.errors import Refusal
from govkit.forms.files_box import FilesBox
from govkit.forms.markup import download, fill, join
from govkit.forms.pane import Desktop, Pane, notices, table
from govkit.forms.training.card import story_of
from govkit.forms.training.outcome import items_table, people_table, rows_table, summary
from govkit.forms.training.told import told_whole
from govkit.forms.writing import links_to
from govkit.messages import say
from govkit.organising.lesson import HandedOut, Lesson, compared, hand_out, write_lesson, write_task
from govkit.organising.lesson_collected import Collected, collected
from govkit.organising.lesson_files import LessonFiles
from govkit.organising.practice import Practice, clean_name, distinct
from govkit.organising.rules import known_rules
from govkit.organising.settings import class_names, set_class_names
from govkit.problems import Problems, ProblemsError
from govkit.reading import FilledSheet
from govkit.rubric import Rubric
from govkit.store import Home, StoreError
from govkit.training import Case, Task, load_tasks

_NO_TASK = ""
_BETWEEN = re.compile(r"[\n、，,；;]")
_PICTURE = "60em"
_TWO = 2
_VIEWS = ("people", "split", "rows", "charts")


class ClassPane(Pane):
    """A class.

    Args:
        desktop: what it works with.
        home: the home of the office.
        practice: where forms of trainees are.
    """

    def __init__(self, desktop: Desktop, home: Home, practice: Practice) -> None:
        super().__init__(desktop)
        look, handler = desktop.look, desktop.screen.handler
        self._home, self._practice = home, practice
        self._tasks = {task.id: task for task in load_tasks()}
        self._files: dict[str, LessonFiles] = {}
        self._state: Markup | None = None
        self.lesson: Lesson | None = None
        options = [*((_label(task), key) for key, task in self._tasks.items()), (say("train.no_task"), _NO_TASK)]
        self.task = self.new_choice(say("train.task"), options)
        self.people = self.new_area(say("train.people"), say("train.people_hint"), rows=3)
        self.people.value = "\n".join(class_names(home.folder))
        self.sheets = look.make_button(say("train.sheets"), kind="primary", tooltip=say("train.sheets_tip"))
        self.forms = look.make_button(say("train.forms"), kind="primary", tooltip=say("train.forms_tip"))
        self.look_again = look.make_button(say("train.look_again"), tooltip=say("train.look_again_tip"))
        self.files = FilesBox(desktop, self._files_of, say("train.upload"), self._forget)
        self.compare = look.make_button(say("train.compare"), kind="primary", tooltip=say("train.compare_tip"))
        self.view = widgets.ToggleButtons(
            options=[(say(f"train.view_{each}"), each) for each in _VIEWS], style=look.choice, layout=look.choices
        )
        self.view.add_class("gk-filter")
        self.person = self.new_choice(say("train.person"))
        self.story, self.links, self.state, self.summary, self.results, self.list, self.told = (
            widgets.HTML(layout=look.whole) for _ in range(7)
        )
        picture = widgets.Layout(width=_PICTURE, max_width="100%")
        self.images = tuple(widgets.Image(layout=picture) for _ in range(2))
        self._out = widgets.Box([self.sheets, self.forms], layout=look.line)
        self._back = widgets.Box([*self.files.tools, self.look_again], layout=look.line)
        self._comparing = widgets.Box([self.compare], layout=look.line)
        self.task.observe(handler(lambda _: self._change_task()), names="value")
        self.people.observe(handler(lambda _: self._change_people()), names="value")
        self.sheets.on_click(handler(lambda _: self._hand_out_sheets()))
        self.forms.on_click(handler(lambda _: self._hand_out_forms()))
        self.look_again.on_click(handler(lambda _: self._forget()))
        self.compare.on_click(handler(lambda _: self._compare()))
        for field in (self.view, self.person):
            field.observe(handler(lambda _: None), names="value")  # what follows is done by `refresh`

    @property
    def chosen(self) -> Task | None:
        """The task that is chosen; None for independent checks of a real site."""
        return self._tasks.get(self.task.value)

    @property
    def _names(self) -> list[str]:
        """Who is in the class, each once."""
        return distinct(_BETWEEN.split(self.people.value))

    def _folder(self, title: str) -> Path:
        """Where files of a task, or of a site, are written to."""
        return self.desktop.home / say("form.exports") / safe_stem(say("lesson.batch", title=title))

    def refresh(self) -> None:
        """Show the task, who has answered, and how far they agree."""
        task, lesson = self.chosen, self.lesson
        self.story.value = story_of(task) if task else fill("<p>{text}</p>", text=say("train.about_no_task"))
        self.files.refresh()
        if self._state is None:
            self._state = self._who_answered()
        self.state.value = self._state
        self.box.children = (
            self.task,
            self.story,
            *((self.people, self._out, self.links) if task else ()),
            self._back,
            self.state,
            self._comparing,
            *(self._shown(lesson) if lesson else ()),
        )

    def _shown(self, lesson: Lesson) -> tuple[widgets.Widget, ...]:
        """What was found, in the view that is chosen."""
        agreement, view = lesson.agreement, self.view.value
        self.summary.value = summary(lesson)
        above = (self.summary, self.results, self.view)
        if view == "charts":
            return (*above, *self.images)
        tables = {"people": people_table, "split": items_table, "rows": rows_table}
        self.list.value = tables[view](agreement)
        if view != "people" or lesson.task is None:
            return (*above, self.list)
        with self.desktop.screen.mirroring():
            names = tuple(lesson.answers)
            if self.person.options != names:
                self.person.options, self.person.index = names, 0
        told = lesson.feedback(self.person.value)
        self.told.value = told_whole(lesson.task, told) if told else ""
        return (*above, self.list, self.person, self.told)

    def _files_of(self) -> LessonFiles:
        key = self.task.value
        if key not in self._files:
            self._files[key] = LessonFiles(self.desktop.home, self.chosen, self._rules)
        return self._files[key]

    def _rules(self, sheets: Sequence[FilledSheet]) -> dict[str, Rubric]:
        wanted = {sheet.origin.rubric_sha256 for sheet in sheets}
        return dict(known_rules(wanted, self._home.rubrics(), lambda: self._home))

    def _change_task(self) -> None:
        self._forget()
        self.links.value = ""

    def _change_people(self) -> None:
        set_class_names(self._home.folder, self._names)
        self._forget()

    def _forget(self) -> None:
        """What was compared is not what is there now."""
        self._state, self.lesson = None, None

    def _hand_out_sheets(self) -> None:
        task = self._needed_task()
        done = hand_out(task, self._needed_names(), self._folder(task.title))
        new = [path for path in done.files[1:] if path not in done.there]
        told = say("train.sheets_out", number=len(new), there=len(done.files) - 1 - len(new))
        self.links.value = _links(task, done)
        self.desktop.screen.tell("good", told)

    def _hand_out_forms(self) -> None:
        task, names = self._needed_task(), self._needed_names()
        self.links.value = links_to([write_task(task, self._folder(task.title))])
        new = self._practice.assign(task, names, self.desktop.actor)
        self._forget()
        self.desktop.screen.tell("good", say("train.forms_out", number=len(new), there=len(names) - len(new)))

    def _needed_task(self) -> Task:
        if self.chosen is None:
            raise Refusal(say("train.no_chosen"))
        return self.chosen

    def _needed_names(self) -> list[str]:
        if not self._names:
            raise Refusal(say("train.no_people"))
        return self._names

    def _collect(self) -> Collected:
        """What is there now of those who are in the class."""
        task = self.chosen
        sheets = self._files_of().read() or ()
        forms = self._practice.answers(task) if task else {}
        return collected(sheets, forms, self._names if task else (), task)

    def _who_answered(self) -> Markup:
        """Who has handed a sheet in, how far everybody is, and who is missing; or why that cannot be read."""
        task = self.chosen
        try:
            found = self._collect()
            answers = [*found.on_sheets(self._rules(found.sheets)), *found.in_forms()]
        except (ProblemsError, StoreError) as error:
            return notices([str(error)])
        judged = {each.who for each in answers if each.judged}
        everybody = dict.fromkeys([*(self._names if task else ()), *(each.who for each in answers)])
        missing = [who for who in everybody if who not in judged]
        left = [("not_listed", found.outside), ("nobody_yet", missing)]
        told = notices(say(f"train.{key}", names="、".join(names)) for key, names in left if names)
        if not answers:
            words = say("train.nothing_back" if task else "train.nothing_there")
            return fill('<div class="gk-dim">{text}</div>', text=words) + told
        headings = [say(f"train.column_{name}") for name in ("who", "by", "progress")]
        rows = [
            (each.who, each.file or say("train.by_form"), say("train.judged", judged=each.judged, all=each.items))
            for each in answers
        ]
        pattern = "<details{open}><summary>{title}</summary>{table}</details>"
        shown = "" if self.lesson else " open"  # what was compared is what one looks at now
        title = say("train.who_answered", number=sum(each.judged > 0 for each in answers))
        return fill(pattern, open=shown, title=title, table=table(headings, rows)) + told

    def _compare(self) -> None:
        task = self.chosen
        self._forget()
        found = self._collect()
        if clean_name(self.desktop.who()) in found.forms:
            raise Refusal(say("train.trainee_here"))
        if found.number < _TWO:
            raise Refusal(say("train.too_few"))
        lesson = compared(found.sheets, found.forms, self._rules(found.sheets), task, Problems())
        paths = write_lesson(lesson, self._folder(lesson.title))
        for image, figure in zip(self.images, (totals_of_class, splitting_items), strict=True):
            image.value = png(figure(lesson.agreement))
        self.results.value = links_to(paths)
        self.lesson = lesson
        self.links.value = ""


def _label(task: Task) -> str:
    kind = say("train.pane_cases" if isinstance(task, Case) else "train.pane_exercises")
    return say("train.task_option", task=task, kind=kind)


def _links(task: Task, done: HandedOut) -> Markup:
    """A link to the task, one to the sheets that are new as one file, and where they are.

    What was there before stays out: somebody may have filled it in.
    """
    paper, sheets = done.files[0], [path for path in done.files[1:] if path not in done.there]
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sheets:
            archive.write(path, path.name)
    name = safe_stem(say("lesson.answers", title=task.title, who=say("train.everybody")))
    links = [download(paper.name, paper.read_bytes(), paper.name)]
    if sheets:
        links.append(download(f"{name}.zip", packed.getvalue(), f"{name}.zip"))
    pattern = '<div class="gk-note gk-good">{words} {links}<div class="gk-dim">{path}</div></div>'
    return fill(pattern, words=say("form.written"), links=join(links, " "), path=str(paper.parent))
