"""The form on a page, in the words of a person: choose, judge, type, confirm. Used by tests and by the pictures."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import FilePayload, Locator, Page, expect

from govkit.messages import say

PRACTICE = "2020年第一季度"


class FormPage:
    """The workbench in a browser.

    Args:
        page: the page that shows it.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        expect(self.rows.first).to_be_visible()

    @property
    def rows(self) -> Locator:
        """The rows of items, or of objects."""
        return self.page.locator(".gk-row")

    @property
    def bar(self) -> Locator:
        """The line that always shows."""
        return self.page.locator(".gk-bar")

    @property
    def message(self) -> Locator:
        """The last message."""
        return self.page.locator(".gk-message .gk-note")

    @property
    def question(self) -> Locator:
        """What the form asks, while it asks something."""
        return self.page.locator(".gk-question:not(:empty)")

    @property
    def details(self) -> Locator:
        """The details of one item."""
        return self.page.locator(".gk-details")

    def row(self, code: str) -> Locator:
        """The row of an item, or by item of an object."""
        return self.rows.filter(has=self.page.locator(".gk-code", has_text=re.compile(f"^{re.escape(code)}$")))

    def button(self, words: str) -> Locator:
        """A button outside the rows."""
        return self.page.get_by_role("button", name=words, exact=True)

    def be(self, name: str) -> None:
        """Say who works here."""
        say_who(self.page, name)
        expect(self.page.locator(".gk-head")).to_contain_text(f"检查人：{name}")

    def choose(self, subject_id: str) -> None:
        """Take an object up."""
        wanted = f"（{subject_id}）"
        chooser = self.page.locator("select", has=self.page.locator("option", has_text=wanted))
        # By number, as the words of an option also say how far its object has come.
        chooser.select_option(
            index=next(at for at, words in enumerate(chooser.locator("option").all_inner_texts()) if wanted in words)
        )
        expect(self.page.locator(".gk-head .gk-code")).to_have_text(subject_id)

    def choose_item(self, code: str, wording: str) -> None:
        """By item: take one up, and wait until it is shown."""
        chooser = self.page.get_by_label("评分细则")
        expect(chooser).to_be_visible()
        words = chooser.locator("option").all_inner_texts()
        chooser.select_option(index=next(at for at, each in enumerate(words) if each.split()[0] == code))
        expect(self.page.locator(".gk-conclusion")).to_contain_text(wording)

    def open(self, pane: str) -> None:
        """Open a pane."""
        tab = self.page.locator(".gk-tabs").get_by_role("button", name=pane, exact=True)
        tab.click()
        expect(tab).to_have_class(re.compile("mod-active"))

    def pick(self, code: str, words: str) -> None:
        """Give an item a result with the mouse, again if told that it was too early, and wait until it is recorded."""
        button = self.row(code).get_by_role("button", name=words, exact=True)
        recorded = self.row(code).locator(".gk-facts", has_text=re.compile(r"\S"))
        too_early = self.message.filter(has_text=say("form.not_fresh"))
        button.click()
        expect(recorded.or_(too_early).first).to_be_visible()
        if too_early.count():
            button.click()
        expect(button).to_have_class(re.compile("mod-active"))
        expect(recorded).to_be_visible()

    def note(self) -> Locator:
        """The field of the note."""
        return self.details.get_by_placeholder("发现了什么")

    def clear_rest(self) -> None:
        """What is open in the pane was looked at, and nothing was found."""
        self.button("其余未发现").click()
        self.button("确认").click()
        expect(self.button("确认")).to_have_count(0)

    def expect_no_error(self) -> None:
        """No handler has failed."""
        expect(self.page.locator(".gk-note.gk-failed")).to_have_count(0)


def say_who(page: Page, name: str) -> None:
    """Say who works here."""
    field = page.get_by_placeholder("您的姓名").first
    field.fill(name)
    field.press("Enter")


def take_in_sample(page: Page, name: str) -> None:
    """On the start page: say who works here, and take in the sample."""
    say_who(page, name)
    page.get_by_role("button", name="载入示例（青禾县）").click()
    expect(page.locator(".gk-table")).to_contain_text(PRACTICE)


def choose_file(page: Page, button: str, file: Path | FilePayload) -> None:
    """Give a file to a button that asks for one."""
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name=re.compile(button)).click()
    chooser.value.set_files(file)


def compose(page: Page, steps: list[str], text: str) -> None:
    """Type into the field with the focus as an input method does: letters under the cursor, then the characters."""
    session = page.context.new_cdp_session(page)
    for step in steps:
        session.send("Input.imeSetComposition", {"text": step, "selectionStart": len(step), "selectionEnd": len(step)})
    session.send("Input.insertText", {"text": text})
    session.detach()


OpenForm = Callable[..., FormPage]
