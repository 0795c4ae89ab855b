"""What follows from the pages of an exercise, worked out a second time from their tables and fields alone.

It knows the headers of the tables, the calendar, and the terms of the annex, and nothing of the right answers.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from govkit.training.exercises import Exercise
from govkit.training.pages import Fields, Table
from govkit.workdays import after_working_days

Row = dict[str, str | date]
ELEMENTS = (
    "事项名称",
    "设定依据",
    "申请条件",
    "办理材料",
    "办理地点",
    "办理机构",
    "收费标准",
    "办理时间",
    "联系电话",
    "办理流程",
)
FOOTER = ("党政机关网站标识", "网站标识码", "ICP备案编号", "公安机关备案标识", "网站主办单位", "联系方式")


def months_before(day: date, months: int) -> date:
    """The same day of an earlier month; none of the exercises has one that is missing there."""
    number = day.year * 12 + day.month - 1 - months
    return day.replace(year=number // 12, month=number % 12 + 1)


class Described:
    """The pages of an exercise, read by a machine."""

    def __init__(self, exercise: Exercise) -> None:
        self.as_of = exercise.as_of
        self.blocks = [block for page in exercise.pages for block in page.blocks]
        self.text = "\n".join(line for page in exercise.pages for line in page.lines())

    def rows(self, *columns: str) -> list[Row]:
        """The rows of all tables that have these columns."""
        tables = [block for block in self.blocks if isinstance(block, Table) and set(columns) <= set(block.columns)]
        return [dict(zip(table.columns, row, strict=True)) for table in tables for row in table.rows]

    def fields(self, title: str) -> list[set[str]]:
        """The names in all blocks of fields with such a title."""
        return [set(block.fields) for block in self.blocks if isinstance(block, Fields) and title in block.title]

    def stale(self, group: str, since: date) -> Iterator[bool]:
        """For each column of a group whether it was not updated; what has no date was not."""
        for row in self.rows("栏目", "最近更新"):
            last = row["最近更新"]
            if row["类别"] == group and last != "空白":
                yield not isinstance(last, date) or last < since

    def late(self, days: int, *columns: str) -> int:
        """How many messages were answered after so many working days, or are not answered and due."""
        number = 0
        for row in self.rows("编号", "留言时间", "答复时间", *columns):
            if (set(columns) or "答复单位" not in row) and isinstance(asked := row["留言时间"], date):
                answered = row["答复时间"]
                number += (answered if isinstance(answered, date) else self.as_of) > after_working_days(asked, days)
        return number

    def counted(self) -> dict[str, int]:
        """How often items are found that can be counted from the tables alone; 0 where they were looked at and not found."""
        two_weeks, half_year = self.as_of - timedelta(14), months_before(self.as_of, 6)
        found: dict[str, int] = {}
        if self.rows("栏目"):
            other = [row for row in self.rows("栏目") if row["类别"] == "其他"]
            monthly = [row for row in other if row["更新要求"] == "每月" and isinstance(row["最近更新"], date)]
            since = months_before(self.as_of, 1)
            interpreted = [row for row in self.rows("栏目") if row["类别"] == "政策解读"]
            found |= {
                "D4.2": int(all(self.stale("动态要闻", two_weeks))),
                "D5.2": int(all(self.stale("政策文件", half_year))),
                "D6.1": int(not interpreted),
                "D6.2": int(bool(interpreted) and all(self.stale("政策解读", half_year))),
                "D9.1": sum(row["最近更新"] == "空白" for row in other),
                "D9.2": sum(isinstance(last := row["最近更新"], date) and last < since for row in monthly),
                "D12.2": self._level_of_statistics(),
            }
        simple: dict[str, tuple[tuple[str, ...], Callable[[Row], int]]] = {
            "D3.2": (("姓名", "简历"), lambda row: row["简历"] == ""),
            "D7.1": (("有没有解读",), lambda row: row["有没有解读"] == "没有"),
            "D8.1": (("能不能点到文件",), lambda row: row["能不能点到文件"] == "不能"),
            "D8.2": (("文件能不能点到解读稿",), lambda row: row["文件能不能点到解读稿"] == "不能"),
            "B2.1": (("解读稿", "形式"), lambda row: row["形式"] != "纯文字"),
            "D14.1": (("指南", "结果"), lambda row: row["结果"] != "一致"),
            "D18.2": (("编号", "答复单位"), lambda row: sum(cell == "" for cell in row.values())),
            "D22.1": (("链接", "打开结果"), lambda row: row["页面"] == "首页" and row["打开结果"] != "正常"),
            "D22.2": (("链接", "打开结果"), lambda row: row["页面"] != "首页" and row["打开结果"] != "正常"),
            "D23.2": (("内页",), lambda row: "没有" in row.values()),
            "D25.2": (("结果第一页",), lambda row: row["结果第一页"] == "没有"),
            "D27.1": (("内容页面",), lambda row: "没有" in row.values()),
            "D28.1": (("浏览器",), lambda row: row["显示"] != "正常"),
        }
        for code, (columns, hit) in simple.items():
            if self.rows(*columns):
                found[code] = sum(int(hit(row)) for row in self.rows(*columns))
        if self.rows("编号", "答复单位"):
            found["D19.1"] = self.late(5, "答复单位") + self._untold_letters()
        if any("答复单位" not in row for row in self.rows("编号")):
            found["D24.1"] = self.late(3)
        if guides := self.fields("办事指南"):
            found["D13.2"] = sum(len(set(ELEMENTS) - guide) for guide in guides)
        if footers := self.fields("页面底部"):
            found["D21.1"] = sum(len(set(FOOTER) - footer) for footer in footers)
        return found

    def _level_of_statistics(self) -> int:
        """The level of D12.2: 2 after three months, 1 after one."""
        return next(
            (
                points
                for points, months in ((2, 3), (1, 1))
                if any(self.stale("办事统计", months_before(self.as_of, months)))
            ),
            0,
        )

    def _untold_letters(self) -> int:
        """Letters that only the text tells of, and that are not answered."""
        return sum("还没有答复" in line or "还有一条有效来信没有回应" in line for line in self.text.splitlines())

    def measured(self) -> dict[str, int | date]:
        """Quantities that can be read off the tables."""
        found: dict[str, int | date] = {}
        half_year = months_before(self.as_of, 6)
        if posts := [row["发布时间"] for row in self.rows("内容", "发布时间")]:
            found["最近更新日期"] = max(day for day in posts if isinstance(day, date))
        if news := [row["发布时间"] for row in self.rows("稿件", "发布时间")]:
            found["首页最近更新日期"] = max(day for day in news if isinstance(day, date))
        if columns := self.rows("栏目"):
            found["未更新动态要闻类栏目数"] = sum(self.stale("动态要闻", self.as_of - timedelta(14)))
            found["未更新通知公告政策文件类栏目数"] = sum(self.stale("通知公告", half_year)) + sum(
                self.stale("政策文件", half_year)
            )
            found["空白栏目数"] = sum(row["最近更新"] == "空白" for row in columns)
        return found
