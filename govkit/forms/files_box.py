"""Files that are kept for a quarter or a year: taken in, listed, and put away. What they are is shown by the pane."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from govkit.forms.pane import Desktop
from govkit.forms.screen import Screen
from govkit.messages import say
from govkit.organising import KeptFiles


def uploaded_to(upload: widgets.FileUpload, screen: Screen, folder: Path) -> list[Path]:
    """Put the files that somebody has chosen into a folder, and forget them in the widget.

    Each is in a folder of its own, as those of several units may have one name.
    """
    paths = []
    for number, file in enumerate(upload.value):
        path = folder / str(number) / Path(str(file["name"])).name  # only the last part of what was sent is a name
        path.parent.mkdir()
        path.write_bytes(bytes(file["content"]))
        paths.append(path)
    with screen.mirroring():
        upload.value = ()
    return paths


class FilesBox:
    """The files of one folder.

    Args:
        desktop: what it works with.
        files: gives the folder that is shown.
        words: what files are taken in by this button.
        changed: is called when the files are others than before.

    Attributes:
        tools: the widgets, to stand in one line.
    """

    def __init__(
        self, desktop: Desktop, files: Callable[[], KeptFiles[Any]], words: str, changed: Callable[[], None]
    ) -> None:
        look, handler = desktop.look, desktop.screen.handler
        self._desktop, self._files, self._changed = desktop, files, changed
        self.upload = widgets.FileUpload(accept=files().accepted, multiple=True, description=words, layout=look.button)
        self.drop = widgets.Dropdown(
            options=(), description=say("plan.files"), style=look.label, layout=look.rest
        )  # beside others
        self.put_away = look.make_button(say("plan.put_away"), tooltip=say("plan.put_away_tip"))
        self.tools = (self.upload, self.drop, self.put_away)
        self.upload.observe(handler(lambda _: self._take_in()), names="value")
        self.put_away.on_click(handler(lambda _: self._put_away()))

    @property
    def names(self) -> list[str]:
        """The names of the files."""
        return [path.name for path in self._files().paths]

    def refresh(self) -> None:
        """Show the files that are there now."""
        names = self.names
        with self._desktop.screen.mirroring():
            if list(self.drop.options) != names:
                self.drop.options = names
                self.drop.index = 0 if names else None
        self.put_away.disabled = not names

    def _take_in(self) -> None:
        uploaded = self.upload.value
        with self._desktop.screen.mirroring():
            self.upload.value = ()
        if not uploaded:
            return
        taken = self._files().take_in(*((str(file["name"]), bytes(file["content"])) for file in uploaded))
        self._changed()
        told = [say("plan.taken_in", names="、".join(taken.names))]
        if taken.beside:
            told.append(say(self._files().beside, names="、".join(taken.beside)))
        if taken.replaced:
            told.append(say(self._files().instead, names="、".join(taken.replaced)))
        kind = "refused" if taken.refused else "good"
        self._desktop.screen.tell(kind, "\n".join([*told, *taken.refused]))

    def _put_away(self) -> None:
        if self.drop.value:
            name = self.drop.value
            self._files().put_away(name)
            self._changed()
            self._desktop.screen.tell("good", say("plan.is_put_away", name=name))
