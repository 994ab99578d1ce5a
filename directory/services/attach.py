"""People join and leave schools and classes by the thousand, from relations that a higher room hands down."""

from datetime import date
from itertools import batched
from uuid import UUID

from core import sql
from directory.models import Administrator, Attachment, ClassAttachment, Guardianship, Membership

BATCH = 5000


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


def take_back_ties(*, added: str, changed: str) -> None:
    """Takes back ties that relations (entity, id; entity, id, before, after) tell."""
    sql.run("directory", "take_back_ties", {"added": added, "changed": changed})


def take_back_class_attachments(*, added: str, changed: str) -> None:
    """Takes back class attachments, as `take_back_ties`."""
    sql.run("directory", "take_back_class_attachments", {"added": added, "changed": changed})


def take_back_attachments(*, added: str, changed: str, today: date, run: UUID) -> None:
    """Takes back attachments to schools, as `take_back_ties`; class attachments made there by hand end."""
    sql.run("directory", "take_back_attachments", {"added": added, "changed": changed}, today=today, run=run)


def take_back_classes(*, added: str, changed: str) -> None:
    """Takes back classes that nobody is in any more, and labels."""
    sql.run("directory", "take_back_classes", {"added": added, "changed": changed})


def end_classes_of_other_years(*, changed: str, today: date, run: UUID) -> int:
    """Ends what is open in classes of another year than that of schools whose years a relation (entity, id) tells;
    answers how many ended."""
    return sql.run("directory", "end_classes_of_other_years", {"changed": changed}, today=today, run=run)


def take_back_heads(*, added: str, changed: str) -> None:
    """Takes back the administration that followed from being the director, as `take_back_ties`."""
    sql.run("directory", "take_back_heads", {"added": added, "changed": changed})


def take_back_consents(*, added: str, changed: str) -> None:
    """Takes back what ONDE said of pupils' pictures, as `take_back_ties`."""
    sql.run("directory", "take_back_consents", {"added": added, "changed": changed})


def keep_unused_schools(*, relation: str) -> None:
    """Keeps in a relation (school_id) of new schools those that nothing hangs on."""
    sql.run("directory", "keep_unused_schools", {"relation": relation})


def forget_schools(*, relation: str) -> None:
    """Closes the groups of the schools of a relation (school_id), on which nothing hangs."""
    sql.run("directory", "forget_schools", {"relation": relation})


def belonging_somewhere(ids: list[int]) -> set[int]:
    """Of these people, who belongs to a school, a class, a family or a manual group, now or before, or
    administers something."""
    found: set[int] = set()
    for model, field in (
        (Attachment, "person_id"), (ClassAttachment, "person_id"), (Membership, "person_id"),
        (Guardianship, "pupil_id"), (Guardianship, "relative_id"), (Administrator, "person_id"),
    ):  # fmt: skip
        for some in batched(ids, BATCH):
            found.update(model.objects.filter(**{f"{field}__in": some}).values_list(field, flat=True))
    return found
