"""Which draft a form is about: `brouillon`, or the key that the page chose for one that is not begun (`nouveau`)."""

from collections.abc import Mapping

from django.http import Http404

from accounts.models import User
from core.text import uuid_of
from messaging.enums import Box, State
from messaging.models import Attachment, Copy, Message
from messaging.querysets import attachments_of
from messaging.services import writing


def draft_of(by: User, text: str) -> Message | None:
    """A draft of theirs, by its key; a 404 for what is none, None where none is named."""
    if not text:
        return None
    copies = Copy.objects.filter(person=by, box=Box.DRAFTS, message__uuid=uuid_of(text))
    copy = copies.select_related("message__answers").first()
    if copy is None:
        raise Http404
    return copy.message


def known_draft(by: User, asked: Mapping[str, str]) -> Message | None:
    """The draft of a form, where it is begun."""
    found = draft_begun(by, asked)
    return found if found is not None and found.state in {State.DRAFT, State.PLANNED} else None


def draft_begun(by: User, asked: Mapping[str, str]) -> Message | None:
    """What a form is about, where it is begun: sent meanwhile too, by a form posted twice."""
    found = draft_of(by, asked.get("brouillon", ""))
    key = uuid_of(asked.get("nouveau", ""))
    if found is not None or key is None:
        return found
    return Message.objects.filter(uuid=key, author=by).first()


def files_of(draft: Message | None) -> list[Attachment]:
    """The files joined to a draft; not the pictures of its text."""
    return [each for each in attachments_of([draft])[draft.pk] if not each.inline] if draft else []


def draft_named(by: User, asked: Mapping[str, str]) -> Message:
    """The draft of a form, begun where it is not yet. Raises LowAssurance, NoSuchMessage."""
    found = draft_of(by, asked.get("brouillon", ""))
    if found is not None:
        return found
    key = uuid_of(asked.get("nouveau", ""))
    return writing.begun(by=by, key=key) if key else writing.begin(by=by, body="")
