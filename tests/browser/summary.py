"""The page after an inspection in a browser, in the words of a person. Used by tests and by the pictures."""

import re

from playwright.sync_api import Locator, Page, expect


class SummaryOnPage:
    """The page after an inspection.

    Args:
        page: what shows it.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        expect(page.locator(".gk-table").first).to_be_visible()

    def button(self, words: str, number: int = 0) -> Locator:
        """A button; of several with these words, the one with this number."""
        return self.page.get_by_role("button", name=words, exact=True).nth(number)

    def choose_batch(self, quarter: str) -> None:
        """Choose the batch of a quarter."""
        chooser = self.page.get_by_label("批次")
        words = chooser.locator("option").all_inner_texts()
        chooser.select_option(index=next(at for at, each in enumerate(words) if quarter in each))
        expect(self.page.locator(".gk-name").first).to_contain_text(quarter)

    def run_sites(self, number: str) -> None:
        """Say how many sites run."""
        self.page.get_by_label("运行网站").fill(number)
        self.page.keyboard.press("Enter")

    def open(self, pane: str) -> None:
        """Open a pane."""
        tab = self.page.locator(".gk-tabs").get_by_role("button", name=pane, exact=True)
        tab.click()
        expect(tab).to_have_class(re.compile("mod-active"))

    def show_chart(self, name: str) -> None:
        """Show a chart."""
        self.button(name).click()
        expect(self.button(name)).to_have_class(re.compile("mod-active"))
        expect(self.page.locator("img[src^='blob:'], img[src^='data:image/png']").first).to_be_visible()

    def write_bulletin(self, issued: str) -> None:
        """Write the bulletin with a day of issue."""
        self.page.get_by_label("印发日期").fill(issued)
        self.page.get_by_label("主送机关").fill("各乡镇人民政府、街道办事处，县政府各部门")
        self.button("生成通报").click()
        expect(self.page.locator(".gk-note.gk-good", has_text="已写好").first).to_be_visible()
        expect(self.page.locator("a[download$='.docx']")).to_be_visible()

    def expect_text(self, text: str) -> None:
        """The page shows a text."""
        expect(self.page.locator(".gk")).to_contain_text(text)

    def expect_no_error(self) -> None:
        """No handler has failed."""
        expect(self.page.locator(".gk-note.gk-failed")).to_have_count(0)
