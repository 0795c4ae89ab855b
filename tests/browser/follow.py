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

    def choose_batch(self, words: str) -> None:
        """Choose the batch whose name holds these words."""
        chooser = self.page.get_by_label("批次")
        expect(chooser).to_contain_text(words)
        listed = chooser.locator("option").all_inner_texts()
        chooser.select_option(index=next(at for at, each in enumerate(listed) if words in each))

    def tell_units(self, batch: str, day: str) -> None:
        """Tell all units of the problems of a batch, with a notice of this day, and be sure of it."""
        self.open("发整改通知")
        self.choose_batch(batch)
        self.page.get_by_label("通知日期").fill(day)
        self.button("列出问题").click()
        expect(self.page.locator(".gk-table").first).to_contain_text("没有通知过的")
        self.button("发整改通知", 1).click()
        self.button("确认").click()
        expect(self.good).to_contain_text("已登记")

    def choose_problem(self, words: str) -> None:
        """Choose the problem whose line holds these words, and wait until it is shown."""
        chooser = self.page.get_by_label("问题", exact=True)
        expect(chooser).to_contain_text(words)
        found = [text for text in chooser.locator("option").all_inner_texts() if words in text]
        chooser.select_option(label=found[0])
        expect(self.page.locator(".gk-name", has_text="检查时发现")).to_be_visible()

    def expect_text(self, text: str) -> None:
        """The page shows a text."""
        expect(self.page.locator(".gk")).to_contain_text(text)

    def expect_no_error(self) -> None:
        """No handler has failed."""
        expect(self.page.locator(".gk-note.gk-failed")).to_have_count(0)
