"""What messages take of someone's space, told to *Libérer de l’espace*."""

from django.db.models import Sum

from accounts.models import User
from documents import spaces
from documents.enums import Step
from messaging.models import Copy


def register() -> None:
    """To be called in `ready()`."""
    spaces.register_step(Step.MESSAGES, _kept, url_name="messaging:index")
    spaces.register_step(Step.MESSAGES_TRASH, _thrown, url_name="messaging:trash")


def _kept(person: User) -> int:
    return _weight(person, thrown=False)


def _thrown(person: User) -> int:
    return _weight(person, thrown=True)


def _weight(person: User, *, thrown: bool) -> int:
    rows = Copy.objects.filter(person=person, trashed_at__isnull=not thrown, message__weight__gt=0)
    return int(rows.aggregate(total=Sum("message__weight"))["total"] or 0)
