"""What the Espace documentaire tells: a comment on a file of mine, or after mine."""

from accounts.models import User
from documents.models import Comment
from sharing.kinds import kind_of
from sharing.models import Resource
from timeline import kinds
from timeline.kinds import Kind, Telling, Told
from timeline.services.record import Happening, record
from ui.french import counted

COMMENTED = "documents.commented"


def tell_commented(*, by: User, resource: Resource) -> None:
    """Its owner, and whoever spoke of it before, learn of a comment."""
    authors = Comment.objects.filter(resource=resource, author__isnull=False)
    persons = {*authors.values_list("author_id", flat=True), resource.owner_id} - {None, by.pk}
    record(
        Happening(
            kind=COMMENTED,
            by=by.uuid,
            persons=[person for person in persons if person is not None],
            resource=resource.pk,
        )
    )


def _words(telling: Telling) -> Told:
    resources = {event.resource_id: event.resource for event in telling.events}
    if len(resources) > 1:
        titles = [each.title for each in resources.values() if each]
        return Told(f"{telling.who} a commenté {counted(len(resources), 'fichier')}", ", ".join(titles[:3]))
    (resource,) = resources.values()
    assert resource is not None
    return Told(
        f"{telling.who} a commenté «\u00a0{resource.title}\u00a0»", "", kind_of(resource).url(resource)
    )


def register() -> None:
    """To be called in `ready()`."""
    kinds.register(
        Kind(
            key=COMMENTED,
            order=30,
            app="documents",
            app_label="Documents",
            label="Les commentaires sur mes fichiers",
            icon="message-circle",
            cover="yellow",
            words=_words,
        )
    )
