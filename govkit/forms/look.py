"""How the forms look: one style sheet, and the layouts that all rows share.

Widgets that share a layout or a style cost the browser half of what those with their own cost.
"""

from importlib.resources import files

import ipywidgets as widgets
from ipywidgets.widgets.widget_string import TextStyle
from markupsafe import Markup

from govkit.messages import say


class Look:
    """The shared layouts and styles of one form.

    Attributes:
        sheet: the style sheet, to be displayed with the form.
    """

    def __init__(self) -> None:
        css = files("govkit.forms").joinpath("forms.css").read_text(encoding="utf-8")
        self.sheet = widgets.HTML(Markup("<style>{}</style>").format(Markup(css)))  # noqa: S704 - our own file
        self.row = widgets.Layout(flex_flow="row wrap", align_items="flex-start", width="100%", overflow="visible")
        self.words = widgets.Layout(flex="1 1 24em", width="auto", min_width="0", margin="0")
        self.choices = widgets.Layout(flex="0 0 auto", width="auto", margin="0")
        self.more = widgets.Layout(flex="0 0 auto", width="4em", height="26px", margin="1px 0 0 4px")
        self.choice = widgets.ToggleButtonsStyle(button_width="auto")
        self.plain = widgets.ButtonStyle()
        self.whole = widgets.Layout(width="100%", margin="0", overflow="visible")
        self.line = widgets.Layout(
            flex_flow="row wrap", align_items="center", width="100%", margin="0", overflow="visible"
        )
        self.part = widgets.Layout(flex_flow="row wrap", align_items="center", width="auto", overflow="visible")
        self.field = widgets.Layout(width="100%", margin="2px 0")
        self.rest = widgets.Layout(flex="1 1 20em", width="auto", margin="2px 0")
        self.short = widgets.Layout(width="16em", margin="2px 8px 2px 0")
        self.measured = widgets.Layout(width="34em", margin="2px 8px 2px 0")
        self.button = widgets.Layout(width="auto", margin="2px 6px 2px 0")
        self.hidden = widgets.Layout(display="none")
        self.long_label = TextStyle(description_width="15em")
        self.label = TextStyle(description_width="5em")

    def make_button(self, words: str, *, kind: str = "", tooltip: str = "") -> widgets.Button:
        """A button; `kind` is one of those of ipywidgets (primary, warning …)."""
        return widgets.Button(
            description=words, tooltip=tooltip, button_style=kind, layout=self.button, style=self.plain
        )

    def make_inspector(self, name: str) -> widgets.Text:
        """The field in which a person says who works here; what is typed counts once they go on."""
        return widgets.Text(
            value=name,
            description=say("form.inspector"),
            placeholder=say("form.inspector_hint"),
            continuous_update=False,
            style=self.label,
            layout=self.short,
        )
