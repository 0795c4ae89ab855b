"""Who can be inspected: the objects of the ledger."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

PLATFORM, OWNER, FILED, LAST_UPDATE, OPENED = "账号类型", "账号主体", "备案", "最近更新日期", "开设日期"
"""Columns of 账号台账 that rules look at, under their standard names."""

ADDRESS = {"site": "首页网址", "account": "主页地址"}
STATE = {"site": "状态", "account": "账号状态"}
CLOSED = frozenset({"关停", "注销", "迁移", "删除", "已发关停公告"})
"""The words of 状态 and 账号状态 for what runs no more."""

_SCHEME = re.compile(r"^https?://", re.IGNORECASE)


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

    @property
    def is_closed(self) -> bool:
        """Whether the ledger says that it runs no more."""
        return self.details.get(STATE[self.kind]) in CLOSED

    @property
    def address(self) -> str:
        """Its address for comparing: of http and https, with and without a slash at its end, all are the same."""
        return _SCHEME.sub("", self.details.get(ADDRESS[self.kind], "")).rstrip("/").casefold()

    @property
    def has_code(self) -> bool:
        """Whether it has a code of its own, and does not go by its name for want of one."""
        return not self.id.startswith(self.name)
