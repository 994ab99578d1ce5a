"""The people of one school as an ONDE CSV's rows are compared with them, and echoes of those it leaves out."""

from collections import defaultdict
from typing import Any

from accounts.enums import Profile
from accounts.models import User
from directory.models import Attachment, ClassAttachment, Guardianship
from feeds.match_people import Known
from feeds.read.rows import PERSON_COLUMNS, Batch, Kind, Relation

KINDS = {
    Profile.PUPIL: Kind.PUPIL,
    Profile.RELATIVE: Kind.RELATIVE,
    Profile.TEACHER: Kind.STAFF,
    Profile.STAFF: Kind.STAFF,
}


def known_people(school_id: int) -> list[Known]:
    """Everybody who is or was attached to the school, and the relatives of its pupils."""
    attached = User.objects.filter(
        pk__in=Attachment.objects.filter(school=school_id).values("person"), profile__in=KINDS
    )
    pupils = [person.pk for person in attached if person.profile == Profile.PUPIL]
    children: dict[int, list[int]] = defaultdict(list)
    ties = Guardianship.objects.filter(pupil__in=pupils).order_by("pk")
    for relative, pupil in ties.values_list("relative_id", "pupil_id"):
        children[relative].append(pupil)
    classes: dict[int, list[str]] = defaultdict(list)
    inside = ClassAttachment.objects.filter(
        person__in=attached, school_class__school=school_id, ended_on__isnull=True
    )
    for person, label in inside.values_list("person_id", "school_class__label"):
        classes[person].append(label)
    relatives = User.objects.filter(pk__in=children)
    people = [*attached, *relatives]
    also: dict[int, list[tuple[str, str, str, str]]] = defaultdict(list)
    for each in User.everyone.filter(merged_into__in=people).order_by("pk"):
        also[each.holder_id].append((each.last_name, each.birth_name, each.first_name, each.email))
    return [_known(person, classes, children, also) for person in people]


def _known(
    person: User,
    classes: dict[int, list[str]],
    children: dict[int, list[int]],
    also: dict[int, list[tuple[str, str, str, str]]],
) -> Known:
    return Known(
        id=person.pk, kind=KINDS[Profile(person.profile)].value, last_name=person.last_name,
        birth_name=person.birth_name, first_name=person.first_name, ine=person.ine,
        birth_date=person.birth_date.isoformat() if person.birth_date else None, email=person.email,
        classes=tuple(classes[person.pk]), children=tuple(children[person.pk]), also=tuple(also[person.pk]),
    )  # fmt: skip


def echo(batch: Batch, pupils: list[int], *, school_key: str) -> dict[int, str]:
    """Adds rows that say of known pupils what is known already, so that ties can name them; id → key.

    Those who have left the school are not named: a file of relatives brings nobody back.
    """
    keys: dict[int, str] = {}
    here = Attachment.objects.filter(school__uai=school_key, ended_on__isnull=True).values("person")
    for person in User.objects.filter(pk__in=pupils).filter(pk__in=here):
        key = keys[person.pk] = f"known:{person.pk}"
        said: dict[str, Any] = {
            "line": 0, "file": 0, "kind": "P", "key": key, "ine": person.ine, "ine_joins": False,
            "birth_date": person.birth_date.isoformat() if person.birth_date else None,
            "last_name": person.last_name, "birth_name": person.birth_name, "first_name": person.first_name,
            "is_teacher": None, "photo_consent": None, "digest": key.encode()[:16],
        }  # fmt: skip
        batch.rows[Relation.PERSON].append(tuple(said.get(column, "") for column in PERSON_COLUMNS))
        batch.rows[Relation.PLACE].append(("P", key, school_key, "", "", False, None, None))
    return keys
