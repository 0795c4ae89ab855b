"""Problems with their events for tests."""

from datetime import date
from fractions import Fraction

from govkit.issues import Case, Event, Issue, Issued

ISSUE = Issue(
    source="第四季度抽查",
    subject_id="0500230001",
    name="县门户",
    kind="site",
    sponsor="县政府办",
    item="D1.2",
    indicator="内容准确",
    what="发现1处。\n邮编有误",
    clause="存在错误（D1.2）",
    found=date(2019, 12, 19),
    url="http://a.example/1",
    screenshots=("图.png",),
    severity="扣分",
    points=Fraction(1, 3),
)
NOTICE = date(2020, 1, 3)
DEADLINE = date(2020, 1, 17)
ISSUED = Issued(ISSUE, NOTICE, DEADLINE)


def case(*events: Event, issue: Issue = ISSUE) -> Case:
    """Return a case in which these events came one after another."""
    made = Case((Issued(issue, NOTICE, DEADLINE),))
    for event in events:
        made = made.followed_by(event)
    return made
