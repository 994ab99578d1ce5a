"""What someone wants to be told of, in the page and by mail."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from accounts.enums import Profile
from accounts.models import User
from timeline.enums import MailPace
from timeline.errors import UnknownKind
from timeline.kinds import Kind, kinds
from timeline.models import Preference, WaitingMail
from timeline.querysets import preferences_of


@dataclass(frozen=True, slots=True)
class Choice:
    """What someone wants of a kind, chosen or by default; `text`: mails quote it."""

    kind: Kind
    page: bool
    mail: MailPace
    text: bool = False

    @property
    def quotable(self) -> bool:
        return self.kind.text is not None


@dataclass(frozen=True, slots=True)
class Wish:
    """A choice to keep; `text` None leaves that as it is."""

    page: bool
    mail: MailPace
    text: bool | None = None


def choices_of(person: User) -> list[Choice]:
    """Each kind that a person may meet. One query, and those of each `met_by`, asked once."""
    chosen = preferences_of([person.pk])
    asks = {kind.met_by for kind in kinds if kind.met_by is not None and person.profile in kind.profiles}
    met = {ask: ask(person) for ask in asks}
    found = []
    for kind in kinds:
        if person.profile in kind.profiles and (kind.met_by is None or met[kind.met_by]):
            told = chosen.get((person.pk, kind.key))
            page, mail = (told.page, MailPace(told.mail)) if told else (kind.page, kind.mail)
            text = kind.text is not None and (told.text if told else kind.quotes)
            if person.profile == Profile.PUPIL:
                mail, text = MailPace.NEVER, False
            found.append(Choice(kind, page, mail, text))
    return found


@transaction.atomic
def prefer_all(*, by: User, choices: Mapping[str, Wish]) -> None:
    """Keeps several choices at once, by kind. Raises UnknownKind."""
    for kind, wish in choices.items():
        prefer(by=by, kind=kind, page=wish.page, mail=wish.mail, text=wish.text)


@transaction.atomic
def prefer(*, by: User, kind: str, page: bool, mail: MailPace, text: bool | None = None) -> None:
    """Keeps a choice for one kind of event; the default leaves no row, and what waits to be written of a kind
    that one wants no mail of is not. Raises UnknownKind."""
    found = kinds.get(kind)
    if found is None or by.profile not in found.profiles:
        raise UnknownKind()
    if mail == MailPace.NEVER:
        WaitingMail.objects.filter(person=by, event__kind=kind).delete()
    before = Preference.objects.filter(person=by, kind=kind).first()
    if text is None:
        text = before.text if before is not None else found.quotes
    text = text and found.text is not None
    if page == found.page and mail == found.mail and text == found.quotes:
        Preference.objects.filter(person=by, kind=kind).delete()
        return
    kept = {"page": page, "mail": mail, "text": text}
    Preference.objects.update_or_create(person=by, kind=kind, defaults=kept)


@transaction.atomic
def stop_mails(*, person: User) -> int:
    """No more mail of any kind, as the link of a mail asks; the page still tells. Answers of how many kinds."""
    stopped = [each for each in choices_of(person) if each.mail != MailPace.NEVER]
    prefer_all(by=person, choices={each.kind.key: Wish(each.page, MailPace.NEVER) for each in stopped})
    return len(stopped)
