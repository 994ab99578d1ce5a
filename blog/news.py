"""What blogs tell in what is new: a post that is out, what waits to be read first, what is sent back, what is said.

Gates ask where each stands now: what is withdrawn, thrown away or read meanwhile is told no more, and a name is
what it is now.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from blog.enums import BLOG, State, Word
from blog.models import Comment, Post
from blog.querysets import blogs_visible_to, posts_visible_to
from core import clock
from directory.models import Administrator
from sharing.enums import Role
from sharing.models import Grant, Resource
from sharing.querysets import reach_of, told_of
from timeline import kinds
from timeline.kinds import ADULTS, Kind, Standing, Telling, Told
from timeline.models import Event
from timeline.services.record import Happening, record
from ui.french import counted

POST = "blog.post"
REVIEW = "blog.review"
SENT_BACK = "blog.sent_back"
COMMENT = "blog.comment"
NAMED = 3


def tell_published(post: Post, *, by: User | None) -> None:
    """Its readers, once, whatever happens to it afterwards. In the transaction that publishes it, which holds it."""
    if post.told_at is not None:
        return
    persons, groups = told_of(post.blog.resource)
    _record(POST, by=by, resource=post.blog.resource, about=post.uuid, persons=persons, groups=groups)
    post.told_at = clock.now()
    post.save(update_fields=["told_at"])


def tell_submitted(post: Post, *, by: User | None) -> None:
    """Who manages the blog."""
    persons, groups = _managers(post.blog.resource)
    _record(REVIEW, by=by, resource=post.blog.resource, about=post.uuid, persons=persons, groups=groups)


def tell_sent_back(post: Post, *, by: User) -> None:
    """Its author."""
    persons = {post.author_id} if post.author_id else set()
    _record(SENT_BACK, by=by, resource=post.blog.resource, about=post.uuid, persons=persons)


def tell_comment(*, by: User, comment: Comment) -> None:
    """The post's author, who manages the blog, and whoever said it where somebody else lets it out."""
    post = comment.post
    persons, groups = _managers(post.blog.resource)
    persons |= {key for key in (post.author_id, comment.author_id) if key is not None and key != by.pk}
    _record(
        COMMENT,
        by=by,
        resource=post.blog.resource,
        about=comment.uuid,
        persons=persons,
        groups=groups,
        post=post.uuid,
    )


def tell_waiting_comment(*, by: User, comment: Comment) -> None:
    """Who manages the blog."""
    post = comment.post
    persons, groups = _managers(post.blog.resource)
    _record(
        REVIEW,
        by=by,
        resource=post.blog.resource,
        about=comment.uuid,
        persons=persons,
        groups=groups,
        post=post.uuid,
    )


def tell_sent_back_comment(*, by: User, comment: Comment) -> None:
    """Its author."""
    persons = {comment.author_id} if comment.author_id else set()
    post = comment.post
    _record(
        SENT_BACK, by=by, resource=post.blog.resource, about=comment.uuid, persons=persons, post=post.uuid
    )


def _record(
    kind: str,
    *,
    by: User | None,
    resource: Resource,
    about: UUID,
    persons: set[int],
    groups: set[int] | None = None,
    post: UUID | None = None,
) -> None:
    record(
        Happening(
            kind=kind,
            by=by.uuid if by else None,
            persons=persons,
            groups=groups or set(),
            resource=resource.pk,
            about=about,
            # Where a comment stands.
            data={"post": str(post)} if post else {},
        )
    )


def _managers(resource: Resource) -> tuple[set[int], set[int]]:
    """Who manages a blog: persons and groups, by key; a school's administrators, for a school's."""
    rows = Grant.objects.filter(resource__in=resource.chain, role=Role.MANAGE)
    persons: set[int] = set()
    groups: set[int] = set()
    for person, group in rows.values_list("person_id", "group_id"):
        if person is not None:
            persons.add(person)
        elif group is not None:
            groups.add(group)
    if resource.owner_id is not None:
        persons.add(resource.owner_id)
    elif resource.owner_school_id is not None:
        named = Administrator.objects.filter(school=resource.owner_school_id, ended_on__isnull=True)
        persons |= set(named.values_list("person_id", flat=True))
    return persons, groups


def _posts(person: User, events: Sequence[Event], states: Q) -> dict[UUID | None, str]:
    """Titles of posts that these events are about and that someone reads now. A query, after the reach's."""
    rows = posts_visible_to(person).filter(states, uuid__in=[event.about for event in events])
    return dict(rows.order_by().values_list("uuid", "title"))


def _comments(person: User, events: Sequence[Event]) -> dict[UUID | None, Comment]:
    """Comments that these events are about and that someone reads now."""
    reach = reach_of(person)
    managed = blogs_visible_to(person, reach).filter(Q(my_role=Role.MANAGE)).order_by().values("pk")
    readable = Q(state=Word.PUBLISHED) | Q(author=person) | Q(post__blog__in=managed)
    rows = Comment.objects.filter(
        readable,
        uuid__in=[event.about for event in events],
        post__in=posts_visible_to(person, reach).order_by().values("pk"),
    )
    return {each.uuid: each for each in rows.select_related("post")}


def _out(person: User, events: Sequence[Event]) -> Mapping[int, Standing]:
    titles = _posts(person, events, Q(state=State.PUBLISHED))
    return {
        event.pk: Standing(event.at, title=titles[event.about]) for event in events if event.about in titles
    }


def _waiting(person: User, events: Sequence[Event]) -> Mapping[int, Standing]:
    """What still waits for whoever reads it first; told no more once somebody has."""
    titles = _posts(person, events, Q(state=State.SUBMITTED) & ~Q(author=person))
    said = _comments(person, events)
    titles |= {
        key: comment.post.title
        for key, comment in said.items()
        if comment.state == Word.SUBMITTED and comment.author_id != person.pk
    }
    return {
        event.pk: Standing(event.at, title=titles[event.about]) for event in events if event.about in titles
    }


def _back(person: User, events: Sequence[Event]) -> Mapping[int, Standing]:
    titles = _posts(person, events, Q(state=State.RETURNED, author=person))
    titles |= {
        key: comment.post.title
        for key, comment in _comments(person, events).items()
        if comment.state == Word.RETURNED and comment.author_id == person.pk
    }
    return {
        event.pk: Standing(event.at, title=titles[event.about]) for event in events if event.about in titles
    }


def _said(person: User, events: Sequence[Event]) -> Mapping[int, Standing]:
    found = _comments(person, events)
    return {
        event.pk: Standing(event.at, title=found[event.about].post.title)
        for event in events
        if event.about in found and found[event.about].state == Word.PUBLISHED
    }


def _texts(person: User, events: Sequence[Event]) -> Mapping[int, str]:
    """Of posts, in plain words. A query."""
    said = dict(Post.objects.filter(uuid__in=[event.about for event in events]).values_list("uuid", "text"))
    return {event.pk: said[event.about] for event in events if event.about in said}


def _post_words(telling: Telling) -> Told:
    first = telling.events[0]
    titles = [telling.standings[event.pk].title for event in telling.events]
    where = f"«\u00a0{first.resource.title}\u00a0»" if first.resource else "un blog"
    if len(titles) == 1:
        return Told(f"Nouveau billet dans {where}", titles[0], reverse("blog:post", args=[first.about]))
    blogs = {event.resource_id for event in telling.events}
    return Told(
        counted(len(titles), "nouveau billet", "nouveaux billets")
        + (f" dans {where}" if len(blogs) == 1 else ""),
        _listed(titles),
        reverse("blog:blog", args=[first.resource.uuid])
        if len(blogs) == 1 and first.resource
        else reverse("blog:index"),
    )


def _review_words(telling: Telling) -> Told:
    first = telling.events[0]
    titles = [telling.standings[event.pk].title for event in telling.events]
    if len(titles) == 1:
        where = first.resource.title if first.resource else ""
        return Told(f"À relire\u00a0: «\u00a0{titles[0]}\u00a0»", where, _of_subject(first))
    page = reverse("blog:blog", args=[first.resource.uuid]) if first.resource else reverse("blog:index")
    blogs = {event.resource_id for event in telling.events}
    return Told(
        f"À relire dans les blogs\u00a0: {counted(len(titles), 'texte')}",
        _listed(titles),
        page if len(blogs) == 1 else reverse("blog:index"),
    )


def _back_words(telling: Telling) -> Told:
    first = telling.events[0]
    title = telling.standings[first.pk].title
    words = (
        "Ton enseignant te demande de revoir" if telling.pupil else f"{telling.who} vous demande de revoir"
    )
    return Told(f"{words} «\u00a0{title}\u00a0»", "", _of_subject(first))


def _comment_words(telling: Telling) -> Told:
    first = telling.events[0]
    titles = list(dict.fromkeys(telling.standings[event.pk].title for event in telling.events))
    if len(titles) == 1:
        return Told(f"{telling.who} a commenté «\u00a0{titles[0]}\u00a0»", "", _of_subject(first))
    return Told(
        f"{telling.who} a commenté {counted(len(titles), 'billet')}", _listed(titles), reverse("blog:index")
    )


def _of_subject(event: Event) -> str:
    """The page of a post, at a comment of it."""
    post = event.data.get("post")
    if post is None:
        return reverse("blog:post", args=[event.about])
    return f"{reverse('blog:post', args=[post])}#commentaire-{event.about}"


def _listed(titles: Sequence[str]) -> str:
    return ", ".join(titles[:NAMED]) + ("…" if len(titles) > NAMED else "")


def register() -> None:
    """To be called in `ready()`."""
    kinds.register(
        Kind(
            key=POST, order=40, app=BLOG, app_label="Blog", label="Les nouveaux billets", icon="photo",
            cover="coral", words=_post_words, gate=_out, text=_texts,
        )
    )  # fmt: skip
    kinds.register(
        Kind(
            key=REVIEW, order=41, app=BLOG, app_label="Blog", label="Ce qui attend ma relecture dans les blogs",
            icon="eye", cover="coral", words=_review_words, gate=_waiting, profiles=ADULTS,
        )
    )  # fmt: skip
    kinds.register(
        Kind(
            key=SENT_BACK, order=42, app=BLOG, app_label="Blog", label="Mes textes à revoir dans les blogs",
            icon="pencil", cover="coral", words=_back_words, gate=_back, grouped=False,
        )
    )  # fmt: skip
    kinds.register(
        Kind(
            key=COMMENT, order=43, app=BLOG, app_label="Blog", label="Les commentaires sur les billets",
            icon="message-circle", cover="coral", words=_comment_words, gate=_said,
        )
    )  # fmt: skip
