"""People join and leave schools and classes by the thousand, from relations that a higher room hands down."""

from datetime import date
from uuid import UUID

from core import sql


def open_classes(*, relation: str, source: str) -> int:
    """Opens and relabels classes (columns: `directory/sql/apply_classes.sql`)."""
    return sql.run("directory", "apply_classes", {"relation": relation}, source=source)


def attach(*, relation: str, source: str, today: date, run: UUID) -> None:
    """Opens, changes and ends attachments to schools."""
    sql.run("directory", "apply_attachments", {"relation": relation}, source=source, today=today, run=run)


def attach_to_classes(*, relation: str, source: str, today: date, run: UUID) -> None:
    """Opens, changes and ends attachments to classes."""
    sql.run(
        "directory", "apply_class_attachments", {"relation": relation}, source=source, today=today, run=run
    )


def tie(*, relation: str, source: str, today: date, run: UUID) -> None:
    """Begins, changes and ends ties between relatives and pupils."""
    sql.run("directory", "apply_ties", {"relation": relation}, source=source, today=today, run=run)


def name_heads(*, relation: str, source: str, today: date) -> None:
    """Gives and takes the administration that follows from being the director whom the feed names."""
    sql.run("directory", "apply_heads", {"relation": relation}, source=source, today=today)


def keep_consents(*, relation: str, today: date) -> None:
    """Keeps what ONDE says of pupils' pictures."""
    sql.run("directory", "apply_consents", {"relation": relation}, today=today)
