"""The tables as queries see them. What creates and changes them stands in `migrations`; a test holds the two equal.

No table has a column for the batch: each batch has a file or a schema of its own, and so has the register. All columns
are text, whole numbers or booleans, so that a copy can carry the rows of any version from one database to another as
they are.
"""

from datetime import UTC, datetime

from sqlalchemy import Boolean, Column, Dialect, ForeignKey, Integer, LargeBinary, MetaData, Table, Text
from sqlalchemy.types import TypeDecorator


class Moment(TypeDecorator[datetime]):
    """An aware time, kept as text in UTC: the same on every database, and sorted as time is."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """To the database."""
        del dialect
        return value.astimezone(UTC).isoformat(timespec="microseconds") if value else None

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """From the database."""
        del dialect
        return datetime.fromisoformat(value) if value else None


_METADATA = MetaData()

schema_version = Table("schema_version", _METADATA, Column("version", Integer, nullable=False))

batch = Table(
    "batch",
    _METADATA,
    Column("name", Text, nullable=False),
    Column("as_of", Text, nullable=False),
    Column("organiser", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("unlisted", Text, nullable=False),
    Column("rubric_id", Text, nullable=False),
    Column("rubric", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("loaded_step", Text, nullable=False),
)

subject = Table(
    "subject",
    _METADATA,
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("sponsor", Text, nullable=False),
    Column("service", Boolean),
    Column("details", Text, nullable=False),
)

log = Table(
    "log",
    _METADATA,
    Column("seq", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("actor", Text, nullable=False),
    Column("subject_id", Text, ForeignKey(subject.c.id), nullable=False),
    Column("item", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("value", Text, nullable=False),
    Column("step", Text, nullable=False),
    Column("undoes", Text, nullable=False),
)

draft = Table(
    "draft",
    _METADATA,
    Column("actor", Text, primary_key=True),
    Column("subject_id", Text, ForeignKey(subject.c.id), primary_key=True),
    Column("item", Text, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("value", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

presence = Table(
    "presence",
    _METADATA,
    Column("session", Text, primary_key=True),
    Column("actor", Text, nullable=False),
    Column("subject_id", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

evidence = Table(
    "evidence",
    _METADATA,
    Column("name", Text, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
"""Only on PostgreSQL; beside a file, screenshots are files."""

register_log = Table(
    "log",
    MetaData(),  # that of the register, which also has `schema_version` and `evidence`
    Column("seq", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("actor", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("quarter", Text, nullable=False),
    Column("subject_id", Text, nullable=False),
    Column("item", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("value", Text, nullable=False),
)
