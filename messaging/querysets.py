"""What of the messages a person holds, box by box: their copies, and nothing else, open a message."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib.postgres.search import SearchQuery
from django.db.models import Count, Exists, F, Func, OuterRef, Q, QuerySet, Sum, TextField
from django.db.models.lookups import Contains

from accounts.enums import Profile
from accounts.models import User
from core import clock
from core.text import fold
from directory.models import Attachment as Belonging
from directory.models import Guardianship
from directory.rules import Standpoint
from messaging.enums import Box, Line, State
from messaging.models import (
    Address,
    Attachment,
    Copy,
    Folder,
    Message,
    Stop,
)
from schools.models import School

# Both parameters: the type checker would take the default of one alias for another.
type Copies = QuerySet[Copy, Copy]
type Messages = QuerySet[Message, Message]

WORDS = 6
TYPED = 80  # letters of what is looked for
# Past it a number is « 99+ »: nobody counts further, and the base does not either.
COUNTED = 100
_EVERYWHERE = Q(school__isnull=True, district__isnull=True, academy__isnull=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What one looks for: `words` in the subject, the text and the names; `sender` in the name of whoever
    wrote, `recipient` in the names of whom it was openly written to."""

    words: str = ""
    sender: str = ""
    recipient: str = ""
    unread: bool = False
    attached: bool = False
    since: date | None = None
    until: date | None = None

    @property
    def any(self) -> bool:
        texts = self.words or self.sender or self.recipient
        return bool(texts or self.unread or self.attached or self.since or self.until)


def copies_of(person: User) -> Copies:
    """What someone holds now: not what waits for the morning."""
    return Copy.objects.filter(person=person, at__lte=clock.now())


def kept(person: User) -> Copies:
    """All but what is in the trash."""
    return copies_of(person).filter(trashed_at__isnull=True)


def box(person: User, which: Box) -> Copies:
    """A box; what is in a folder of one's own is not in it."""
    return kept(person).filter(box=which, folder__isnull=True)


def in_folder(person: User, folder: Folder) -> Copies:
    """What someone put into a folder of theirs."""
    return kept(person).filter(folder=folder)


def trash(person: User) -> Copies:
    """What someone threw away, not yet for good."""
    return copies_of(person).filter(trashed_at__isnull=False)


def folders_of(person: User) -> QuerySet[Folder]:
    """By name."""
    return Folder.objects.filter(person=person).order_by("name", "pk")


def found(copies: Copies, filters: Filters) -> Copies:
    """Those of these copies that fit."""
    query = _words(filters.words)
    if query is not None:
        copies = copies.filter(message__words=query)
    copies = _naming(copies, "message__author_name", filters.sender)
    copies = _naming(copies, "message__addressed", filters.recipient)
    if filters.unread:
        copies = copies.filter(box=Box.RECEIVED, read_at__isnull=True)
    if filters.attached:
        copies = copies.filter(_joined())
    if filters.since:
        copies = copies.filter(at__date__gte=filters.since)
    if filters.until:
        copies = copies.filter(at__date__lte=filters.until)
    return copies


def page(copies: Copies, *, count: int, after: tuple[datetime, int] | None = None) -> list[Copy]:
    """So many of these, the last first, from after a copy's (`at`, key) on; with their message. The message's
    text is cut in the database: a list shows a line of it."""
    if after is not None:
        at, key = after
        copies = copies.filter(Q(at__lt=at) | Q(at=at, pk__lt=key))
    rows = with_attachments(copies).defer("message__body", "message__words")
    return list(rows.order_by("-at", "-pk")[:count])


def with_attachments(copies: Copies) -> Copies:
    """Each with its message, its author, and whether files are joined (`has_attachment`)."""
    return copies.annotate(has_attachment=_joined()).select_related("message__author", "folder")


def unread_of(person: User) -> Copies:
    """What someone received and did not open, in folders too."""
    return kept(person).filter(box=Box.RECEIVED, read_at__isnull=True)


def unread_count(person: User) -> int:
    """How many messages someone received and did not open, counted up to `COUNTED`. One query, of an index."""
    return unread_of(person)[:COUNTED].count()


def held(person: User, uuid: UUID) -> Copy | None:
    """What someone holds of a message, wherever they put it; what they received before what they wrote."""
    rows = copies_of(person).filter(message__uuid=uuid).select_related("message__author", "message__answers")
    return rows.order_by("trashed_at", "box").first()


def thread_of(person: User, copy: Copy) -> list[Copy]:
    """What someone holds of a conversation, the first first; of it in the trash, only where they look there."""
    rows = copies_of(person).filter(message__thread=copy.message.thread).exclude(box=Box.DRAFTS)
    rows = rows.filter(trashed_at__isnull=copy.trashed_at is None)
    once: dict[int, Copy] = {}
    for each in rows.select_related("message__author").order_by("at", "pk"):
        once.setdefault(each.message_id, each)
    return list(once.values())


def addresses_shown(person: User, messages: Iterable[Message]) -> dict[int, list[Address]]:
    """To whom messages were written, as this person may know it: hidden copies for the author alone. A query."""
    shown: dict[int, list[Address]] = {message.pk: [] for message in messages}
    mine = {message.pk for message in messages if message.author_id == person.pk}
    rows = Address.objects.filter(message__in=shown).select_related("person").order_by("pk")
    for each in rows:
        if each.line != Line.HIDDEN or each.message_id in mine or each.person_id == person.pk:
            shown[each.message_id].append(each)
    return shown


def attachments_of(messages: Iterable[Message]) -> dict[int, list[Attachment]]:
    """The files joined to messages, by the message's key. A query."""
    joined: dict[int, list[Attachment]] = {message.pk: [] for message in messages}
    for each in Attachment.objects.filter(message__in=joined).select_related("blob").order_by("pk"):
        joined[each.message_id].append(each)
    return joined


def attachment_held(person: User, uuid: UUID) -> Attachment | None:
    """A file of a message that someone holds now."""
    return attachments_held(person, [uuid]).select_related("message").first()


def attachments_held(person: User, uuids: Iterable[UUID]) -> QuerySet[Attachment, Attachment]:
    """Those of these files that are of messages that someone holds now."""
    mine = copies_of(person).filter(message=OuterRef("message"))
    return Attachment.objects.filter(Exists(mine), uuid__in=list(uuids)).select_related("blob")


def readers_of(message: Message) -> tuple[int, int]:
    """How many opened a message, of how many who still hold it. A query."""
    counts = Copy.objects.filter(message=message, box=Box.RECEIVED).aggregate(
        all=Count("pk"), read=Count("pk", filter=Q(read_at__isnull=False))
    )
    return counts["read"], counts["all"]


def reached_since(person: User, since: datetime) -> int:
    """How many people someone wrote to since, what is on its way too. A query, of an index."""
    return sum(reaches_since(person, since))


def reaches_since(person: User, since: datetime) -> list[int]:
    """To how many people each message went that someone wrote since, what is on its way too. A query, of an
    index."""
    gone = Q(sent_at__gte=since) | Q(state=State.SENDING)
    return list(Message.objects.filter(gone, author=person).values_list("reached", flat=True))


def stops_for(me: Standpoint) -> QuerySet[Stop]:
    """What keeps someone from sending now: an administrator's word for their profile, in one of their
    schools, its district or academy, or everywhere. Whoever administers something is kept
    by what names them alone."""
    rows = Stop.objects.filter(lifted_at__isnull=True)
    if me.administers_something:
        return rows.filter(person=me.person)
    schools = School.objects.filter(pk__in=me.schools | me.child_schools)
    place = (
        Q(school__in=schools.values("pk"))
        | Q(district__in=schools.values("district_id"))
        | Q(academy__in=schools.values("academy_id"))
        | _EVERYWHERE
    )
    of_all = place & Q(person__isnull=True) & (Q(profile="") | Q(profile=me.profile))
    return rows.filter(of_all | Q(person=me.person))


def stops_of(school: School) -> QuerySet[Stop, Stop]:
    """What stops sending in a school now: its own, its district's, its academy's, and those of everywhere."""
    place = Q(school=school) | Q(academy=school.academy_id) | _EVERYWHERE
    if school.district_id is not None:
        place |= Q(district=school.district_id)
    rows = Stop.objects.filter(place, lifted_at__isnull=True).select_related("person")
    return rows.order_by("-at", "-pk")


def sent_lately(school: School, since: datetime) -> Messages:
    """What the people of a school sent since, the last first: who, when, to how many; without the bodies."""
    rows = Message.objects.filter(
        of_school("author", school), state=State.SENT, sent_at__gte=since
    ).select_related("author")
    return rows.defer("body", "text", "words").order_by("-sent_at", "-pk")


def of_school(field: str, school: School) -> Q:
    """Whose `field` is of a school, themself or through a pupil."""
    there = Belonging.objects.filter(school=school, ended_on__isnull=True)
    ties = Guardianship.objects.filter(
        ended_on__isnull=True, pupil__in=there.filter(profile=Profile.PUPIL).values("person")
    )
    return Q(**{f"{field}__in": there.values("person")}) | Q(**{f"{field}__in": ties.values("relative")})


def weight(copies: Copies) -> int:
    """What these copies weigh, in bytes. A query."""
    return int(copies.aggregate(total=Sum("message__weight"))["total"] or 0)


def weights_of(people: Iterable[int]) -> dict[int, int]:
    """What the messages that people hold weigh, in bytes, those in the trash too, by their key. A query."""
    rows = Copy.objects.filter(person__in=list(people), message__weight__gt=0)
    return dict(rows.values("person").annotate(n=Sum("message__weight")).values_list("person", "n"))


def _joined() -> Exists:
    return Exists(Attachment.objects.filter(message=OuterRef("message"), inline=False))


def _naming(copies: Copies, column: str, typed: str) -> Copies:
    """Those whose column holds each word typed: found by the index of words first, then looked at."""
    query = _words(typed)
    if query is None:
        return copies
    folded = Func(F(column), function="core_fold", output_field=TextField())
    named = [Contains(folded, word) for word in fold(typed).split()[:WORDS]]
    return copies.filter(*named, message__words=query)


def _words(typed: str) -> SearchQuery | None:
    """Every word, as it is or as a beginning; folded as the index is."""
    words = fold(typed).split()[:WORDS]
    if not words:
        return None
    asked = " & ".join(f"{word}:*" for word in words)
    return SearchQuery(asked, config="french", search_type="raw")
