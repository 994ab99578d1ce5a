"""What messages take of someone's space, told to *Libérer de l’espace*."""

from accounts.models import User
from documents import spaces
from documents.enums import Step
from messaging.models import Copy
from messaging.querysets import weight


def register() -> None:
    """To be called in `ready()`."""
    spaces.register_step(Step.MESSAGES, _kept, url_name="messaging:index")
    spaces.register_step(Step.MESSAGES_TRASH, _thrown, url_name="messaging:trash")


def _kept(person: User) -> int:
    return weight(Copy.objects.filter(person=person, trashed_at__isnull=True))


def _thrown(person: User) -> int:
    return weight(Copy.objects.filter(person=person, trashed_at__isnull=False))
