"""What is generated from packs: which sentence of a notice is which rule or why none, and all rules in words.

It is committed (`docs/rules.zh-CN.md`), and a test holds it equal to what is generated here.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from govkit.messages import say
from govkit.packs.checks import AnyCheck
from govkit.packs.checks.deadlines import Answered, Due, Reported
from govkit.packs.checks.filing import Changed, Filed, FiledWith
from govkit.packs.checks.having import AtMost, Exists, NotOpenedBy
from govkit.packs.checks.updating import EveryDay
from govkit.packs.model import Article, Binding, Pack, Rule, Signal

_SEPARATOR, _CLAUSES = "、", "；"


def coverage(packs: Sequence[Pack]) -> str:
    """All packs in Markdown, in Chinese: every sentence of every article, every rule, every ground for a suggestion."""
    lines = [say("coverage.title"), "", say("coverage.head")]
    for pack in packs:
        lines += ["", *_pack(pack)]
    return "\n".join(lines) + "\n"


def _pack(pack: Pack) -> Iterator[str]:
    yield say("coverage.pack", name=pack.name)
    yield ""
    yield say("coverage.source", id=pack.id, version=pack.version, title=pack.title, source=pack.source)
    yield ""
    automatic = sum(rule.check.automatic for rule in pack.rules)
    none = sum(len(none.sentences) for article in pack.articles for none in article.no_rule)
    total = sum(article.sentences for article in pack.articles)
    numbers = {"rules": len(pack.rules), "automatic": automatic, "by_hand": len(pack.rules) - automatic}
    yield say(
        "coverage.numbers", articles=len(pack.articles), sentences=total, asked=total - none, none=none, **numbers
    )
    yield ""
    yield say("coverage.articles")
    yield ""
    yield say("coverage.article_columns")
    yield _rule_off(3)
    for article in pack.articles:
        yield from (_row(cells) for cells in _sentences(pack, article))
    yield ""
    yield say("coverage.rules")
    yield ""
    yield say("coverage.rule_columns")
    yield _rule_off(7)
    yield from (_row(_rule(rule)) for rule in pack.rules)
    if pack.signals:
        yield ""
        yield say("coverage.signals")
        yield ""
        yield say("coverage.signal_columns")
        yield _rule_off(3)
        yield from (_row((signal.outcome, _signal(signal), signal.article)) for signal in pack.signals)


def _rule_off(columns: int) -> str:
    return "|" + "---|" * columns


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _sentences(pack: Pack, article: Article) -> Iterator[tuple[str, str, str]]:
    """Every sentence of an article, with its rules, or why it is none."""
    reasons = {
        number: say("coverage.none", about=none.about, reason=none.reason)
        for none in article.no_rule
        for number in none.sentences
    }
    for number in range(1, article.sentences + 1):
        rules = [rule for rule in pack.rules if rule.article == article.clause and number in rule.sentences]
        named = [say("coverage.rule", id=rule.id, name=rule.name, way=_way(rule)) for rule in rules]
        yield f"{article.clause} {article.title}", str(number), reasons.get(number) or _CLAUSES.join(named)


def _way(rule: Rule) -> str:
    return say("coverage.automatic" if rule.check.automatic else "coverage.by_hand")


def _rule(rule: Rule) -> tuple[str, ...]:
    basis = say("coverage.basis", article=rule.article, numbers=_SEPARATOR.join(map(str, rule.sentences)))
    way = say("coverage.way", way=_way(rule), how=say(f"how.{rule.check.kind}", **_parameters(rule.check)))
    named = f"{rule.id} {rule.name}"
    return named, basis, _bound(rule.binds), rule.text, way, rule.severity, rule.remedy


def _bound(binds: Binding) -> str:
    """Whom a rule binds, in words."""
    limits = {"levels": binds.levels, "categories": binds.categories, "platforms": binds.platforms}
    freed = [say(f"coverage.unless_{ground}") for ground in binds.unless]
    return _CLAUSES.join(
        [
            say(f"coverage.about_{binds.about}"),
            *(say(f"coverage.{name}", names=_SEPARATOR.join(values)) for name, values in limits.items() if values),
            *([say("coverage.unless", names=_SEPARATOR.join(freed))] if freed else ()),
        ]
    )


def _parameters(check: AnyCheck) -> Mapping[str, object]:
    """The parameters of a check, in words."""
    words: dict[str, object] = check.model_dump()
    match check:
        case Answered():
            words["incident"] = say("how.grave" if check.grave else "how.not_grave")
            words["step"] = say(f"incident.{check.step}")
        case AtMost():
            words["platforms"] = _SEPARATOR.join(check.platforms) or say("how.each_platform")
            words["apart"] = say("how.apart", names=_SEPARATOR.join(check.apart)) if check.apart else ""
        case Changed():
            words["changes"] = _SEPARATOR.join(say(f"how.change_{change}") for change in check.changes)
            words["want"] = say(f"how.want_{check.want}")
        case EveryDay():
            words["days"] = say(f"how.days_{check.days}")
        case Exists():
            words["platforms"] = _SEPARATOR.join(check.platforms) or say("how.any_platform")
            words["by"] = say("how.by", date=check.by) if check.by else ""
        case Filed():
            since, by = check.opened_from, check.by
            words["opened_from"] = say("how.opened_from", date=since) if since else ""
            words["by"] = say("how.filed_by", date=by) if by else ""
        case FiledWith():
            words |= {"actions": _SEPARATOR.join(check.actions), "wanted": _CLAUSES.join(_filing(check))}
        case NotOpenedBy():
            words["categories"] = _SEPARATOR.join(check.categories)
        case Reported():
            words |= {"due": _due(check.due), "want": say(f"how.want_{check.want}")}
            words["sponsors_only"] = say("how.sponsors_only") if check.sponsors_only else ""
    return words


def _filing(check: FiledWith) -> Iterator[str]:
    if check.approved:
        yield say("how.approved")
    if check.level:
        yield say(f"how.level_{check.level}")
    for office in check.offices:
        name, *others = (office,) if isinstance(office, str) else office
        also = say("how.office_also", names=_SEPARATOR.join(others)) if others else ""
        yield say("how.office", name=name, also=also)


def _due(due: Due) -> str:
    when = {"month": due.month, "day": due.day}
    if due.first_year == due.last_year:
        return say("how.due_once", year=due.first_year + due.years_later, **when)
    year = say("how.next_year" if due.years_later else "how.same_year")
    return say("how.due", year=year, first=due.first_year, **when)


def _signal(signal: Signal) -> str:
    """A ground for dealing with an account, in words."""
    if signal.check:
        breached = say(f"how.{signal.check.kind}", **_parameters(signal.check))
        means = say("coverage.signal_check", how=breached)
    elif signal.rules:
        means = say("coverage.signal_rules", rules=_SEPARATOR.join(signal.rules))
    elif signal.words:
        means = say("coverage.signal_words", column=signal.column, words=_SEPARATOR.join(signal.words))
    else:
        key = "coverage.signal_from" if signal.below is None else "coverage.signal_below"
        number = signal.from_ if signal.below is None else signal.below
        means = say(key, column=signal.column, number=number)
    return say("coverage.signal", reason=signal.reason, means=means)
