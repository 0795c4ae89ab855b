"""Who can be inspected: the objects of the ledger."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """检查对象: a government website, or a government new-media account."""

    SITE = "site"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Subject:
    """检查对象, a row of 网站台账 or 账号台账.

    `service` tells whether the sponsor has public services (对外服务职能); None for accounts, where it plays no part.
    `details` holds the other columns of the ledger under their standard names, then those govkit does not know under
    their own headers, all as text.
    """

    id: str
    name: str
    kind: Kind
    sponsor: str
    service: bool | None = None
    details: Mapping[str, str] = field(default_factory=dict)
