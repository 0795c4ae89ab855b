"""培训题目: what a class is told, and nothing of the answer."""

from io import BytesIO

from docx import Document
from docx.oxml.ns import qn

from govkit.documents import task_document
from govkit.training import Exercise, load_tasks
from tests.documents.words import paragraphs

_PAGE = 240  # millimetres, what a page of A4 has room for between its margins
_EMU = 36000  # in a millimetre


def test_every_task() -> None:
    """Each task tells its story and what holds of the rest; each page has its title and pictures; no answer is told."""
    for task in load_tasks():
        content = task_document(task)
        told = paragraphs(content)
        text = "\n".join(told)
        assert all(line in told for line in task.story.splitlines() if line.strip())
        assert task.statement in text
        shapes = Document(BytesIO(content)).inline_shapes
        if isinstance(task, Exercise):
            captions = [shape._inline.docPr.get("descr") for shape in shapes]
            assert list(dict.fromkeys(captions)) == [page.title for page in task.pages]
            assert all(page.title in told for page in task.pages)
            secrets = [passage.why for answer in task.answers for passage in answer.passages]
        else:
            assert not shapes
            secrets = [task.arithmetic, task.trap]
        assert not any(secret in text for secret in secrets)


def test_tall_pages_are_cut() -> None:
    """A page that is too tall for paper becomes several pictures, none taller than a page nor squeezed to be narrow."""
    task = next(task for task in load_tasks() if task.id == "e1-with-services")
    shapes = Document(BytesIO(task_document(task))).inline_shapes
    of_page = [shape for shape in shapes if shape._inline.docPr.get("descr") == "办事服务"]
    assert len(of_page) > 1
    assert all(shape.height < _PAGE * _EMU for shape in shapes)
    assert all(shape.width > 150 * _EMU for shape in shapes)


def test_pictures_are_not_cut_off() -> None:
    """The lines of pictures are as high as these: with a line spacing of so many points Word shows a strip of each."""
    task = next(task for task in load_tasks() if isinstance(task, Exercise))
    document = Document(BytesIO(task_document(task)))
    spacings = [
        spacing.get(qn("w:lineRule"))
        for paragraph in document.paragraphs
        if paragraph._p.findall(f".//{qn('w:drawing')}")
        for spacing in paragraph._p.iter(qn("w:spacing"))
    ]
    assert spacings
    assert set(spacings) == {"auto"}
