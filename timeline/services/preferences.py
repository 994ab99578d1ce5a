"""What someone wants to be told of, in the page and by mail."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from accounts.enums import Profile
from accounts.models import User
from timeline.enums import MailPace
from timeline.errors import UnknownKind
from timeline.kinds import Kind, kinds
from timeline.models import Preference
from timeline.querysets import preferences_of


@dataclass(frozen=True, slots=True)
class Choice:
    """What someone wants of a kind, chosen or by default."""

    kind: Kind
    page: bool
    mail: MailPace


def choices_of(person: User) -> list[Choice]:
    """Each kind that a person may meet. One query."""
    chosen = preferences_of([person.pk])
    found = []
    for kind in kinds:
        if person.profile in kind.profiles:
            told = chosen.get((person.pk, kind.key))
            page, mail = (told.page, MailPace(told.mail)) if told else (kind.page, kind.mail)
            found.append(Choice(kind, page, MailPace.NEVER if person.profile == Profile.PUPIL else mail))
    return found


@transaction.atomic
def prefer_all(*, by: User, choices: Mapping[str, tuple[bool, MailPace]]) -> None:
    """Keeps several choices at once: by kind, in the page or not, and how soon by mail. Raises UnknownKind."""
    for kind, (page, mail) in choices.items():
        prefer(by=by, kind=kind, page=page, mail=mail)


@transaction.atomic
def prefer(*, by: User, kind: str, page: bool, mail: MailPace) -> None:
    """Keeps a choice for one kind of event; the default leaves no row. Raises UnknownKind."""
    found = kinds.get(kind)
    if found is None or by.profile not in found.profiles:
        raise UnknownKind()
    if page == found.page and mail == found.mail:
        Preference.objects.filter(person=by, kind=kind).delete()
        return
    Preference.objects.update_or_create(person=by, kind=kind, defaults={"page": page, "mail": mail})


@transaction.atomic
def stop_mails(*, person: User) -> int:
    """No more mail of any kind, as the link of a mail asks; the page still tells. Answers of how many kinds."""
    stopped = [each for each in choices_of(person) if each.mail != MailPace.NEVER]
    prefer_all(by=person, choices={each.kind.key: (each.page, MailPace.NEVER) for each in stopped})
    return len(stopped)
