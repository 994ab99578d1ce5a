"""Many people at once, for tests that count queries: rows in bulk, names of the factories."""

from datetime import date

from django.db import connection

from accounts.enums import Profile, Source
from accounts.models import User
from directory.enums import ClassRole
from directory.models import Attachment, ClassAttachment, Guardianship, SchoolClass

SINCE = date(2026, 9, 1)


def crowd(school_class: SchoolClass, n: int, *, last_name: str = "Morel") -> list[User]:
    """`n` pupils of a class, a relative each, all of one last name. A few statements."""
    pupils = _people(Profile.PUPIL, f"eleve{school_class.pk}", n, last_name)
    relatives = _people(Profile.RELATIVE, f"parent{school_class.pk}", n, last_name)
    Attachment.objects.bulk_create(
        Attachment(
            person=pupil, school=school_class.school, profile=Profile.PUPIL, source=Source.AAF1D, since=SINCE
        )
        for pupil in pupils
    )
    ClassAttachment.objects.bulk_create(
        ClassAttachment(
            person=pupil, school_class=school_class, role=ClassRole.PUPIL, source=Source.AAF1D, since=SINCE
        )
        for pupil in pupils
    )
    Guardianship.objects.bulk_create(
        Guardianship(relative=relative, pupil=pupil, source=Source.AAF1D, since=SINCE)
        for relative, pupil in zip(relatives, pupils, strict=True)
    )
    # As after a feed: the planner must not believe the tables empty.
    with connection.cursor() as cursor:
        cursor.execute(
            "analyze accounts_user, directory_attachment, directory_classattachment, directory_guardianship"
        )
    return pupils


def _people(profile: Profile, base: str, n: int, last_name: str) -> list[User]:
    return User.objects.bulk_create(
        User(
            username=f"{base}.{last_name}{i}".lower(),
            login_base=f"{base}.{last_name}".lower(),
            login_number=i,
            profile=profile,
            first_name=f"Lina {i}",
            last_name=last_name,
        )
        for i in range(1, n + 1)
    )
