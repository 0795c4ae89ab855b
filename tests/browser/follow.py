"""The page of what follows an inspection in a browser, in the words of a person. Used by tests and by the pictures."""

import re

from playwright.sync_api import Locator, Page, expect


class FollowOnPage:
    """The page of what follows an inspection.

    Args:
        page: what shows it.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        expect(page.get_by_placeholder("您的姓名")).to_be_visible()

    @property
    def good(self) -> Locator:
        """The last message, where it is a good one."""
        return self.page.locator(".gk-message .gk-good")

    def button(self, words: str, number: int = 0) -> Locator:
        """A button; of several with these words, the one with this number."""
        return self.page.get_by_role("button", name=words, exact=True).nth(number)

    def open(self, pane: str) -> None:
        """Open a pane."""
        tab = self.page.locator(".gk-tabs").get_by_role("button", name=pane, exact=True)
        tab.click()
        expect(tab).to_have_class(re.compile("mod-active"))

    def expect_text(self, text: str) -> None:
        """The page shows a text."""
        expect(self.page.locator(".gk")).to_contain_text(text)

    def expect_no_error(self) -> None:
        """No handler has failed."""
        expect(self.page.locator(".gk-note.gk-failed")).to_have_count(0)
