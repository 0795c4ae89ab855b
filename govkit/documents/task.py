"""培训题目: what a class is asked to judge, as a Word document; an exercise with pictures of its pages."""

from collections.abc import Iterator

from govkit.documents.engine import Facts, Picture, fill
from govkit.documents.writing import shown_day
from govkit.ledger import Kind
from govkit.messages import say
from govkit.training import Exercise, Page, Task

TEMPLATE = "培训题目.docx"
_ROOM = (155, 215)  # in millimetres, of a printed page
_TALLEST = 11.0  # inches, of a picture that is read easily when it is as wide as a printed page


def task_document(task: Task) -> bytes:
    """The Word document; nothing of the answer is told.

    Raises:
        OutputError: the template cannot be used.
    """
    return fill(TEMPLATE, facts(task), task.as_of)


def facts(task: Task) -> Facts:
    """What the names of the template stand for."""
    subject = task.object.subject()
    service = say(f"lesson.service_{subject.service}") if subject.kind == Kind.SITE else ""
    described = task.pages if isinstance(task, Exercise) else ()
    pages: list[Facts] = [{"标题": page.title, "图片": list(_pictures(subject.name, page))} for page in described]
    return {
        "标题": task.title,
        "难度": task.level,
        "对象名称": subject.name,
        "类别": say(f"sheet.kind_{subject.kind}"),
        "对外服务职能": service,
        "监测时间点": shown_day(task.as_of),
        "检查规则名称": task.rubric.title,
        "情况": [{"文字": line} for line in task.story.splitlines() if line.strip()],
        "页面": pages,
        "要求": task.statement,
    }


def _pictures(site: str, page: Page) -> Iterator[Facts]:
    """A page as a picture, or as several, where one would be too tall to be read on paper."""
    from govkit.charts import page_picture, png  # noqa: PLC0415 - half a second that few have to wait for

    figure = page_picture(site, page)
    if figure.get_figheight() > _TALLEST and len(page.blocks) > 1:
        middle = len(page.blocks) // 2
        for blocks in (page.blocks[:middle], page.blocks[middle:]):
            yield from _pictures(site, page.model_copy(update={"blocks": blocks}))
    else:
        yield {"图": Picture(png(figure), page.title, *_ROOM)}
