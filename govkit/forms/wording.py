"""What the forms say about items and objects, as HTML: rows, details, head, bar and conclusion."""

from collections.abc import Iterable
from datetime import date, datetime
from fractions import Fraction

from markupsafe import Markup

from govkit.figures import shortest, two_places
from govkit.findings import OPEN_OUTCOMES, Filing, Finding, Outcome, Stage
from govkit.forms.case import Case
from govkit.forms.desk import SEPARATOR, Desk
from govkit.forms.earlier import Earlier
from govkit.forms.markup import fill, join, lines, link, picture
from govkit.issues import Case as Problem
from govkit.ledger import Kind
from govkit.messages import say
from govkit.rubric import Item, PartName, Row, Rubric, outcome_word
from govkit.scoring import Ground, ObjectScore, explain, reason
from govkit.store import EVIDENCE_NAME, Entry, Store, StoreError


def item_words(desk: Desk, earlier: Earlier, case: Case, item: Item) -> Markup:
    """A row of the list: code, official wording, points, and what is recorded; before the first item its indicator."""
    row = desk.rubric.row_of[item.code]
    first = item is row.items[0]
    pattern = (
        '{heading}<div class="gk-item gk-{state}"><span class="gk-code">{code}</span> {lead}{text}{tail} {points}'
        '<div class="gk-facts">{facts}</div></div>'
    )
    return fill(
        pattern,
        heading=_row_heading(case, row) if first else "",
        state=case.judgements[item.code].outcome.name.lower(),
        code=item.code,
        lead=row.lead if first else "",
        text=desk.rubric.wording(item),
        tail=fill(' <span class="gk-dim">{text}</span>', text=" ".join(filter(None, [row.tail, *row.notes])))
        if item is row.items[-1] and (row.tail or row.notes)
        else "",
        points=_item_points(case, row, item),
        facts=join(_facts(desk, earlier, case, item), " · "),
    )


def object_words(desk: Desk, earlier: Earlier, case: Case, item: Item, working: str) -> Markup:
    """A row of the list by item: the object, and what is recorded of it."""
    address = case.subject.details.get("首页网址") or case.subject.details.get("主页地址", "")
    pattern = (
        '<div class="gk-item gk-{state}"><span class="gk-code">{code}</span> <b>{name}</b> '
        '<span class="gk-dim">{sponsor} {link} {working}</span> {points}<div class="gk-facts">{facts}</div></div>'
    )
    return fill(
        pattern,
        state=case.judgements[item.code].outcome.name.lower(),
        code=case.subject.id,
        name=case.subject.name,
        sponsor=case.subject.sponsor,
        link=link(address, say("form.visit")) if address else "",
        working=working if case.is_open else say(f"stage.{case.filing.stage}"),
        points=_item_points(case, desk.rubric.row_of[item.code], item),
        facts=join(_facts(desk, earlier, case, item), " · "),
    )


def details_words(desk: Desk, earlier: Earlier, case: Case, item: Item) -> Markup:
    """What helps to judge an item: guidance, limit, who judged, and the batch before."""
    rubric = desk.rubric
    limit = rubric.parameters.limits.get(item.code)
    finding = case.finding(item.code)
    entry = case.record.entries.get(item.code)
    before = earlier.before(case.subject.id, item.code)
    pieces = [
        fill("<b>{text}</b>", text=rubric.guidance(item)) if item.guidance else "",
        say("form.limit", limit=limit.text, warning=limit.warning_text) if limit else "",
        say("form.sample", sample=item.sample, unit=item.unit) if item.sample else "",
        join((say("form.level", points=level.points, text=level.text) for level in item.levels), "<br>"),
        _who(finding, entry),
        _before(before.batch.name, before.finding, rubric.row_of[item.code].part, item) if before else "",
    ]
    return join(fill("<div>{piece}</div>", piece=piece) for piece in pieces if piece)


def _who(finding: Finding, entry: Entry | None) -> Markup:
    """Who judged the item when, and who changed it last."""
    judged = finding.inspector and finding.checked_at
    pieces = [
        say("form.judged", inspector=finding.inspector, at=finding.checked_at) if judged else "",
        say("form.revised", actor=entry.actor, at=local(entry.at), revision=entry.revision) if entry else "",
    ]
    return fill('<span class="gk-dim">{text}</span>', text="　".join(filter(None, pieces)))


def item_lead(rubric: Rubric, item: Item) -> Markup:
    """The wording of an item on its own, with what its indicator says before and after all of its items."""
    row = rubric.row_of[item.code]
    pattern = '<div class="gk-conclusion"><b>{name} {text}</b><div class="gk-dim">{more}</div></div>'
    more = " ".join(filter(None, [row.lead, row.tail, *row.notes, rubric.guidance(item)]))
    return fill(pattern, name=row.title, text=rubric.wording(item), more=more)


def items_by_row(rubric: Rubric, codes: Iterable[str]) -> str:
    """Items under the names of their indicators, so that somebody can tell what they are."""
    rows: dict[str, list[str]] = {}
    for code in codes:
        rows.setdefault(rubric.row_of[code].name, []).append(code)
    return "；".join(f"{name} {'、'.join(found)}" for name, found in rows.items())


def shots(store: Store, names: Iterable[str]) -> Markup:
    """The screenshots of an item, small; an address of the web, as workbooks have them, as a link."""
    return join((_shot(store, number, name) for number, name in enumerate(names, 1)), " ")


def _shot(store: Store, number: int, name: str) -> str:
    if not EVIDENCE_NAME.fullmatch(name):
        return link(name)
    try:
        content = store.evidence(name)
    except StoreError as error:  # damaged: the rest of the item can still be judged
        return str(error)
    return say("form.no_shot", name=name) if content is None else picture(name, content, number)


def head(case: Case, as_of: date, inspector: str, working: str) -> Markup:
    """Who is inspected, by whom, and as of when."""
    subject = case.subject
    address = subject.details.get("首页网址") or subject.details.get("主页地址", "")
    pattern = (
        '<div class="gk-head"><span class="gk-name">{name}</span> <span class="gk-code">{code}</span> {link}'
        '<span class="gk-dim">{facts}</span></div>{service}{working}'
    )
    without = subject.kind == Kind.SITE and subject.service is False
    return fill(
        pattern,
        name=" ".join(filter(None, [subject.name, subject.details.get("账号类型", "")])),
        code=subject.id,
        link=link(address) if address else "",
        facts=say(
            "form.facts",
            kind=subject.details.get("账号类型", ""),
            sponsor=subject.sponsor,
            as_of=as_of,
            inspector=inspector or say("form.nobody"),
        ),
        service=fill('<div class="gk-dim">{text}</div>', text=say("form.no_services")) if without else "",
        working=fill('<div class="gk-note gk-refused">{text}</div>', text=working) if working else "",
    )


def bar(case: Case, saved: datetime | None, panes: Iterable[tuple[str, int, int]]) -> Markup:
    """What always shows: verdict, total or range, progress, what is near a veto, and when it was saved."""
    score = case.score
    pattern = (
        '<div class="gk-bar"><b>{name}</b> <span class="gk-verdict gk-{verdict}">{word}</span> <b>{figure}</b> '
        '<span>{progress}</span> <span class="gk-stage">{stage}</span> <span class="gk-saved">{saved}</span> {near}'
        '<div class="gk-dim">{panes}</div></div>'
    )
    return fill(
        pattern,
        name=case.subject.name,
        verdict=score.verdict,
        word=say(f"verdict.{score.verdict}"),
        figure=figure(case),
        progress=say("form.progress", judged=case.judged, all=len(case.judgements)),
        stage=filing_words(case.filing),
        near=join(_near(case), " "),
        saved=say("form.saved", at=local(saved)) if saved else say("form.not_saved"),
        panes=join((say("form.pane_progress", name=n, judged=j, all=a) for n, j, a in panes), " · "),
    )


def figure(case: Case) -> str:
    """The total, or the totals still possible; in words where there are no points."""
    score = case.score
    if score.total is not None:
        return say("form.total", total=two_places(score.total))
    if score.range is not None:
        low, high = map(two_places, score.range)
        return say("form.range", low=low, high=high)
    if case.subject.kind == Kind.SITE and score.ground == Ground.VETO:
        return say("form.no_total")
    return ""


def filing_words(filing: Filing) -> str:
    """How far an object has come, in words."""
    times = {
        Stage.SUBMITTED: filing.submitted_at and say("form.by", who=filing.inspector, at=local(filing.submitted_at)),
        Stage.REVIEWED: filing.reviewed_at and say("form.by", who=filing.reviewer, at=local(filing.reviewed_at)),
    }
    version = say("form.version", version=filing.version) if filing.version > 1 else ""
    return version + say(f"stage.{filing.stage}") + (times.get(filing.stage) or "")


def banner(desk: Desk, case: Case, part: PartName) -> Markup:
    """Why a pane is not scored; empty where it is."""
    score, lines_ = case.score, desk.rubric.parameters
    key = ""
    if part != PartName.VETO and score.ground == Ground.VETO:
        key = "form.no_more"
    elif part == PartName.BONUS and score.ground in {Ground.BELOW, Ground.PLAIN}:
        key = "form.no_bonus"
    if not key:
        return Markup()
    vetoes = "、".join(score.vetoes)
    text = say(key, vetoes=vetoes, bonus_line=shortest(lines_.bonus_line))
    return fill('<div class="gk-note gk-refused">{text}</div>', text=text)


def conclusion(desk: Desk, case: Case) -> Markup:
    """The verdict with its ground, why it was sent back or corrected, and how the figures came about."""
    why = say("form.filing_reason", reason=case.filing.reason) if case.filing.reason else ""
    return fill(
        '<div class="gk-conclusion"><b>{reason}</b><div>{why}</div><ul>{steps}</ul></div>',
        reason=reason(case.score, desk.rubric),
        why=why,
        steps=join(fill("<li>{step}</li>", step=explain(step, desk.rubric)) for step in case.score.steps),
    )


def clash_words(desk: Desk, mine: Finding, theirs: Finding | None, actor: str, at: datetime) -> Markup:
    """Both answers of two people to one item."""
    item = desk.rubric.items[mine.item]
    part = desk.rubric.row_of[mine.item].part
    pattern = '<div class="gk-note gk-failed"><b>{head}</b><div>{theirs}</div><div>{mine}</div></div>'
    nothing = Finding(mine.subject_id, mine.item, Outcome.UNCHECKED)
    return fill(
        pattern,
        head=say("form.clash", name=desk.case(mine.subject_id).subject.name, item=mine.item),
        theirs=say("form.theirs", actor=actor, at=local(at), answer=answer_words(theirs or nothing, part, item)),
        mine=say("form.mine", answer=answer_words(mine, part, item)),
    )


def answer_words(finding: Finding, part: PartName, item: Item) -> str:
    """An answer in one line: result, number, note, address, screenshots."""
    number = ""
    if finding.outcome == Outcome.FOUND and finding.count is not None:
        number = say(
            "form.number" if item.kind != "tier" else f"form.level_{part}",
            number=finding.count,
            unit=item.unit,
            points=finding.count,
        )
    pictures = sum(bool(name) for name in finding.screenshot.split(SEPARATOR))
    pieces = [
        f"{outcome_word(finding.outcome, part)} {number}".strip(),
        finding.note.replace("\n", " ").strip().rstrip("。；，"),
        finding.url,
        say("form.shots", number=pictures) if pictures else "",
    ]
    return "，".join(filter(None, pieces))


def local(moment: datetime) -> datetime:
    """A time of the store (UTC) as the clock on the wall shows it."""
    return moment.astimezone()


def _row_heading(case: Case, row: Row) -> Markup:
    pattern = '<div class="gk-indicator">{code} {name} <span class="gk-dim">{points}</span></div>'
    return fill(pattern, code=row.code, name=row.title, points=_row_points(case, row))


def _row_points(case: Case, row: Row) -> str:
    """The cap of an indicator, and what it has lost or earned as far as it is scored."""
    if row.points is None:
        return ""
    cap = shortest(row.points)
    if not _is_scored(case.score, row.part):
        return say("form.row_unscored", cap=cap)
    points = case.score.deductions if row.part == PartName.DEDUCTION else case.score.bonuses
    return say(f"form.row_{row.part}", cap=cap, points=shortest(points.get(row.code, Fraction(0))))


def _is_scored(score: ObjectScore, part: PartName) -> bool:
    """Whether points of a part are known by now."""
    return score.ground != Ground.VETO and (part != PartName.BONUS or score.ground == Ground.BONUS)


def _item_points(case: Case, row: Row, item: Item) -> Markup:
    """Points lost or earned by the item itself, beside the cap of its indicator."""
    if row.points is None or case.judgements[item.code].outcome != Outcome.FOUND:
        return Markup()
    points = (case.score.losses if row.part == PartName.DEDUCTION else case.score.gains).get(item.code)
    if points is None:
        return fill('<span class="gk-points">{text}</span>', text=say("form.no_points"))
    text = say(f"form.item_{row.part}", points=shortest(points), cap=shortest(row.points))
    return fill('<span class="gk-points">{text}</span>', text=text)


def _facts(desk: Desk, earlier: Earlier, case: Case, item: Item) -> list[Markup]:
    """What is recorded and measured of an item, and what the batch before had, in short."""
    judgement, part = case.judgements[item.code], desk.rubric.row_of[item.code].part
    finding = judgement.finding
    pieces: list[Markup] = []
    if finding and (finding.outcome != Outcome.UNCHECKED or finding.note or finding.url or finding.screenshot):
        pieces.append(lines(answer_words(finding, part, item)))
    elif finding is None and judgement.reading is None and judgement.outcome not in OPEN_OUTCOMES:
        pieces.append(fill("{text}", text=say("form.unlisted", word=outcome_word(judgement.outcome, part))))
    reading = desk.reading(case, item)
    if reading:
        pattern = '<span class="gk-near">{text}</span>' if reading.near else "{text}"
        word = outcome_word(reading.outcome, part)
        pieces.append(fill(pattern, text=say("form.measured", fact=reading.fact, word=word)))
    before = earlier.before(case.subject.id, item.code)
    if before and before.finding.outcome == Outcome.FOUND:
        pieces.append(_before(before.batch.name, before.finding, part, item))
    pieces += map(_problem, earlier.problems(case.subject.id, item.code))
    return pieces


def _problem(problem: Problem) -> Markup:
    """How a problem stands of which the unit was told, and what it answered."""
    told, recheck = problem.report, problem.recheck
    pieces = [
        say("form.problem", source=problem.issue.source, state=problem.state, deadline=problem.deadline),
        say("form.problem_report", day=told.day, done=told.done) if told else "",
        say("form.problem_recheck", day=recheck.day, note=recheck.note) if recheck and recheck.note else "",
    ]
    return fill('<span class="gk-before">{text}</span>', text="；".join(filter(None, pieces)))


def _before(batch: str, finding: Finding, part: PartName, item: Item) -> Markup:
    text = say("form.before", batch=batch, answer=answer_words(finding, part, item))
    return fill('<span class="gk-before">{text}</span>', text=text)


def _near(case: Case) -> list[Markup]:
    """The veto limits that are close."""
    pieces = []
    for code, judgement in case.judgements.items():
        if judgement.reading and judgement.reading.near:
            pieces.append(
                fill(
                    '<span class="gk-near">{text}</span>', text=say("form.near", code=code, fact=judgement.reading.fact)
                )
            )
    return pieces
