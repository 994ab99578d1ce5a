"""Which draft a form is about: `brouillon`, or the key that the page chose for one that is not begun (`nouveau`)."""

from collections.abc import Mapping

from django.http import Http404

from accounts.models import User
from core.text import uuid_of
from messaging.enums import Box
from messaging.models import Copy, Message
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


def draft_named(by: User, asked: Mapping[str, str]) -> Message:
    """The draft of a form, begun where it is not yet. Raises LowAssurance, NoSuchMessage."""
    found = draft_of(by, asked.get("brouillon", ""))
    if found is not None:
        return found
    key = uuid_of(asked.get("nouveau", ""))
    return writing.begun(by=by, key=key) if key else writing.begin(by=by, body="")
