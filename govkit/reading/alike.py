"""Whether two entries of ledgers speak of the same object, and whether an address is one."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from govkit.folding import fold
from govkit.ledger import PLATFORM, Kind, Subject
from govkit.ledger.model import ADDRESS
from govkit.messages import say
from govkit.reading.layout import words

NAME = {Kind.SITE: "网站名称", Kind.ACCOUNT: "账号名称"}
_SCHEME = re.compile(r"(?<![=/?&%])https?://", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s、；，]")


def differences(one: Subject, other: Subject) -> Iterator[str]:
    """Columns in which two entries of one object contradict; what only one of them tells is no difference."""
    fixed = {
        say("belonging.kind"): (one.kind, other.kind),
        NAME[one.kind]: (one.name, other.name),
        "主办单位": (one.sponsor, other.sponsor),
        "对外服务职能": tuple("" if each.service is None else str(each.service) for each in (one, other)),
    }
    columns = (column for column in one.details if fold(column) not in words("idle"))
    rest = {column: (one.details[column], other.details.get(column, "")) for column in columns}
    for column, (was, now) in {**fixed, **rest}.items():
        if was and now and fold(was) != fold(now):
            yield column


def completed(one: Subject, other: Subject) -> Subject:
    """An entry with what only another entry of the same object tells."""
    told = {column: text for column, text in other.details.items() if text and not one.details.get(column)}
    service = other.service if one.service is None else one.service
    return replace(one, sponsor=one.sponsor or other.sponsor, service=service, details={**one.details, **told})


def is_address(text: str) -> bool:
    """Whether a text can be one address on the web; a blank one is none that is wrong."""
    if not text:
        return True
    found = _SCHEME.findall(text)
    return not _BETWEEN.search(text) and len(found) <= 1 and ("." in text or bool(_SCHEME.match(text)))


def listed_twice(subjects: Iterable[Subject]) -> list[list[Subject]]:
    """Accounts that are listed under several sponsors: the same platform, with the same address or the same name.

    Those that are closed are left out, as an account may have moved.
    """
    groups: dict[tuple[str, str, str], list[Subject]] = defaultdict(list)
    for subject in subjects:
        platform = subject.details.get(PLATFORM, "")
        if subject.kind != Kind.ACCOUNT or subject.is_closed or not platform or not subject.sponsor:
            continue
        groups["name", platform, fold(subject.name)].append(subject)
        address = _SCHEME.sub("", subject.details.get(ADDRESS[subject.kind], "")).rstrip("/")
        if address:
            groups["address", platform, address.casefold()].append(subject)
    several = (group for group in groups.values() if len({fold(each.sponsor) for each in group}) > 1)
    return list({tuple(each.id for each in group): group for group in several}.values())
