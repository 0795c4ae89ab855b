"""The organiser's page in a browser, in the words of a person. Used by tests and by the pictures."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.form import say_who

PANES = ("台账", "抽样与分工", "规则核查", "账号处置")


class PlanPage:
    """The page of a quarter.

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

    @property
    def refused(self) -> Locator:
        """The last message, where something was refused."""
        return self.page.locator(".gk-message .gk-refused")

    def button(self, words: str) -> Locator:
        """A button."""
        return self.page.get_by_role("button", name=words, exact=True)

    def take_in_sample(self, name: str) -> None:
        """Say who works here, and take in the sample year."""
        say_who(self.page, name)
        self.button("载入示例（青禾县）").click()
        expect(self.good).to_contain_text("已载入示例")

    def choose_quarter(self, name: str) -> None:
        """Go to another quarter."""
        self.page.get_by_label("季度").select_option(label=name)
        expect(self.page.locator(".gk-name").first).to_contain_text(name)

    def open(self, pane: str) -> None:
        """Open a pane."""
        tab = self.page.locator(".gk-tabs").get_by_role("button", name=pane, exact=True)
        tab.click()
        expect(tab).to_have_class(re.compile("mod-active"))

    def draw(self, people: str, seed: str) -> None:
        """Draw the accounts of the quarter."""
        self.page.get_by_placeholder("每行一人").fill(people)
        self.page.get_by_placeholder("可以不填").fill(seed)
        self.button("抽样").click()
        expect(self.good).to_contain_text(seed)

    def check(self, *packs: str) -> None:
        """Switch packs on, and hold the quarter against them."""
        for pack in packs:
            self.page.get_by_label(pack).check()
        self.button("核查").click()
        expect(self.good).to_contain_text("核查完毕")

    def judge(self, rule: str, words: str) -> None:
        """Judge a rule by hand."""
        row = self.page.locator(".gk-row", has=self.page.locator(".gk-code", has_text=rule))
        row.get_by_role("button", name=words, exact=True).click()
        expect(row.locator(".gk-facts", has_text="判定")).to_be_visible()

    def expect_no_error(self) -> None:
        """No handler has failed."""
        expect(self.page.locator(".gk-note.gk-failed")).to_have_count(0)
