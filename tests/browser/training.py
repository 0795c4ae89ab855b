"""The page of the training in a browser, in the words of a person. Used by tests and by the pictures."""

import re

from playwright.sync_api import Locator, Page, expect


class TrainingOnPage:
    """The page of the training.

    Args:
        page: what shows it.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        expect(page.get_by_role("button", name="细则", exact=True)).to_be_visible()

    def button(self, words: str) -> Locator:
        """A button."""
        return self.page.get_by_role("button", name=words, exact=True)

    def open(self, pane: str) -> None:
        """Open a pane."""
        tab = self.page.locator(".gk-tabs").get_by_role("button", name=pane, exact=True)
        tab.click()
        expect(tab).to_have_class(re.compile("mod-active"))

    def look_up(self, words: str) -> None:
        """Search the rubric."""
        self.page.get_by_label("查找").fill(words)

    def begin_with(self, title: str) -> None:
        """Begin to play with the case of this title."""
        self._choose("从此开始", title)
        expect(self.page.locator(".gk-table")).to_contain_text("不变")

    def choose_case(self, title: str) -> None:
        """Take up the case of this title."""
        self._choose("案例", title)
        expect(self.page.locator(".gk-name")).to_contain_text(title)

    def choose_exercise(self, title: str) -> None:
        """Take up the exercise of this title."""
        self._choose("练习", title)
        expect(self.page.locator(".gk-name").first).to_contain_text(title)

    def choose_task(self, title: str) -> None:
        """Choose what is handed out to the class."""
        self._choose("题目", title)
        expect(self.page.locator(".gk-name").first).to_contain_text(title)

    def view(self, words: str) -> None:
        """Look at what came of the class in another way."""
        self.page.locator(".gk-filter").get_by_role("button", name=words, exact=True).click()

    def rehearse(self, batch: str, rules: str) -> None:
        """Have a batch be scored by other rules."""
        self._choose("试算", batch)
        self._choose("新规则", rules)
        self.button("比较和试算").click()

    def change(self, code: str, result: str) -> None:
        """Give an item another result, and wait until the steps tell it."""
        self._choose("评分细则", code)
        button = self.page.locator(".gk-result").get_by_role("button", name=result, exact=True)
        expect(button).to_be_visible()
        button.click()
        self.button("改成这样").click()
        self.expect_text(f"改了 {code}。")

    def expect_text(self, text: str) -> None:
        """The page shows a text."""
        expect(self.page.locator(".gk").first).to_contain_text(text)

    def expect_no_error(self) -> None:
        """No handler has failed."""
        expect(self.page.locator(".gk-note.gk-failed")).to_have_count(0)

    def _choose(self, label: str, words: str) -> None:
        """Choose the option in which these words stand."""
        chooser = self.page.get_by_label(label, exact=True)
        expect(chooser.locator("option", has_text=words).first).to_be_attached()
        options = chooser.locator("option").all_inner_texts()
        chooser.select_option(index=next(at for at, each in enumerate(options) if words in each))
