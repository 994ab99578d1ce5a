"""Files joined to what is said in a request: who joins them, who opens them."""

from uuid import UUID

from django.urls import reverse
from django.utils.http import urlencode

from accounts.models import User
from directory.querysets import standpoint_of
from documents import spaces
from documents.errors import NoSuchDocument
from support.enums import Kind
from support.models import TicketMessage
from support.querysets import desk_of, visible_to
from support.rules import helps, names_shown
from support.services.drafts import SPACE, TITLE, begin, label_for


def page_of(subject: UUID) -> str:
    """The request in which a part of a conversation stands; while it is written, its page."""
    found = TicketMessage.objects.filter(uuid=subject).values_list("ticket__uuid", flat=True).first()
    if found is None:
        return f"{reverse('support:ask')}?{urlencode({'cle': str(subject)})}"
    return reverse("support:ticket", args=[found])


def may_open(person: User, subject: UUID) -> bool:
    """Whether someone reads a part of a conversation with its files: what they are writing; what was said in a
    request of theirs; as a helper, where files are shown to them."""
    rows = TicketMessage.objects.select_related(
        "ticket__school__district", "ticket__district", "ticket__academy"
    )
    found = rows.filter(uuid=subject).first()
    if found is None:
        return False
    if found.at is None or found.ticket is None:
        return found.author_id == person.pk
    if found.ticket.author_id == person.pk:
        return found.kind != Kind.NOTE
    me, desk = standpoint_of(person), desk_of(found.ticket)
    return helps(me, desk) and names_shown(me, desk)


def may_write(person: User, subject: UUID) -> str:
    """What someone is writing, begun where it is not. Raises NoSuchDocument."""
    draft = begin(person, subject)
    if draft.ticket is None:
        return str(draft.data.get("subject") or TITLE)
    if not visible_to(person).filter(pk=draft.ticket.pk).exists():
        raise NoSuchDocument()
    return label_for(person, draft.ticket)


def register() -> None:
    """To be called in `ready()`."""
    spaces.register(
        spaces.SpaceUser(
            key=SPACE,
            label="Assistance ENT",
            icon="lifebuoy",
            url=page_of,
            opens=may_open,
            writes=may_write,
            edit_url=page_of,
        )
    )
