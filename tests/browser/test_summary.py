"""The page after an inspection in a real browser: the sample batch in numbers, as charts, and as a bulletin."""

from tests.browser.conftest import Visit
from tests.browser.form import take_in_sample
from tests.browser.servers import Server
from tests.browser.summary import SummaryOnPage


def test_summary(app: Server, visit: Visit) -> None:
    """The sample batch is counted and drawn, its bulletin is written, and filing it is refused while it is not final."""
    take_in_sample(visit(app), "王敏")
    summary = SummaryOnPage(visit(app, "03_summarise_and_file.ipynb"))
    summary.choose_batch("2019年第四季度")
    summary.expect_text("36.36%（8/22）")
    summary.run_sites("27")
    summary.expect_text("81.48%（22/27）")
    summary.open("图")
    summary.show_chart("得分过程")
    summary.open("通报")
    summary.write_bulletin("2020-01-03")
    summary.open("归档")
    summary.button("归档", 1).click()
    summary.expect_text("没有归档")
    summary.expect_no_error()
    assert list(app.home.glob("导出/*/通报_*.docx"))
    log = app.home / "logs" / "forms.log"
    assert not log.exists() or "ERROR" not in log.read_text(encoding="utf-8")
