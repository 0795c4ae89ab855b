"""What one would write instead of the form: every item of a site with all of its fields, made at once.

It keeps nothing and scores nothing.
"""

import ipywidgets as widgets

from govkit.findings import Outcome
from govkit.ledger import Kind
from govkit.rubric import load_rubric, outcome_word


def plain_form() -> widgets.Widget:
    """The 89 items of a site, each with wording, result, number, note, address and screenshot."""
    rubric = load_rubric("fengdu-2019")
    items = []
    for row in rubric.rows_for(Kind.SITE):
        words = [outcome_word(outcome, row.part) for outcome in Outcome if outcome != Outcome.UNCHECKED]
        for item in row.items:
            fields = [
                widgets.HTML(f"<b>{item.code}</b> {rubric.wording(item)}"),
                widgets.ToggleButtons(options=words, index=None),
                widgets.IntText(1, description="数量"),
                widgets.Textarea(description="问题说明"),
                widgets.Text(description="问题网址"),
                widgets.FileUpload(accept="image/*"),
            ]
            items.append(widgets.VBox(fields).add_class("plain-item"))
    return widgets.VBox(items)
