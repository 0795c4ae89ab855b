"""What a form answers with a sentence instead of doing it."""

from govkit.findings import Finding
from govkit.problems import Problems
from govkit.store import Entry


class Refusal(Exception):  # noqa: N818 - no error of the program: a person is told what to do
    """Something that cannot be done as asked; the text is a sentence in Chinese that says what to do instead."""


def refuse_any(problems: Problems) -> None:
    """Answer with the first of what is wrong.

    Raises:
        Refusal: anything is wrong.
    """
    for problem in problems:
        raise Refusal(problem.text + problem.fix)


class Clash(Exception):  # noqa: N818 - the same
    """Somebody else has changed an answer since it was shown here: both are kept, and a person chooses.

    Attributes:
        mine: the answer that was to be recorded here.
        theirs: what stands in the log.
    """

    def __init__(self, mine: Finding, theirs: Entry) -> None:
        self.mine, self.theirs = mine, theirs
        super().__init__(mine.item)
