"""A person's own marks."""

from accounts.models import User
from core import clock
from documents.errors import NoSuchDocument
from documents.models import Star
from documents.querysets import seen
from sharing.models import Resource


def star(*, by: User, resource: Resource, on: bool = True) -> None:
    """Marks a folder or a file that the person sees, or takes the mark away. Raises NoSuchDocument."""
    if not on:
        Star.objects.filter(person=by, resource=resource).delete()
        return
    if not seen(by).filter(pk=resource.pk).exists():
        raise NoSuchDocument()
    Star.objects.bulk_create([Star(person=by, resource=resource, at=clock.now())], ignore_conflicts=True)
