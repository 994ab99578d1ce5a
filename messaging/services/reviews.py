"""What pupils write is read before it goes: asked for by a teacher of the class, or by the direction for the
school; read, let go, or handed back with a word."""

from accounts.models import User
from core import audit, clock
from core.errors import DomainError
from directory.authority import require_school
from directory.errors import NotYours
from directory.models import SchoolClass
from directory.querysets import standpoint_of
from directory.querysets.class_sheets import classes_taught
from messaging.care import is_reviewed, messages_to_review
from messaging.enums import Box, State
from messaging.errors import NoSuchMessage, NotWaiting
from messaging.models import Copy, Message, Review
from messaging.services.send import go_on, held_message
from schools.models import School

WORD = 500


def review_class(*, by: User, school_class: SchoolClass, on: bool) -> None:
    """Asks to read what the pupils of a class write, or no more: by a teacher of the class, or its school's
    administrators. Let go, what waits leaves. Said twice, it changes nothing. Raises NotYours."""
    if not classes_taught(standpoint_of(by)).filter(pk=school_class.pk).exists():
        require_school(by, school_class.school)
    with audit.acting(by=by):
        SchoolClass.objects.select_for_update(no_key=True, of=("self",)).get(pk=school_class.pk)
        changed = _switch(by, on, school_class=school_class)
        if changed:
            audit.record(
                "messages.review_asked" if on else "messages.review_ended",
                school=school_class.school.uuid,
                after={"class": school_class.label},
            )
    if changed and not on:
        release_unreviewed()


def review_school(*, by: User, school: School, on: bool) -> None:
    """The same for all classes of a school, by its administrators. Raises NotYours."""
    require_school(by, school)
    with audit.acting(by=by):
        School.objects.select_for_update(no_key=True).get(pk=school.pk)
        changed = _switch(by, on, school=school)
        if changed:
            audit.record("messages.review_asked" if on else "messages.review_ended", school=school.uuid)
    if changed and not on:
        release_unreviewed()


def let_go(*, by: User, message: Message) -> Message:
    """It was read: it goes, if rules of communication let it go now. Raises NotYours, NotWaiting, and what
    sending raises."""
    _require_reader(by, message)
    with audit.acting(by=by):
        gone = go_on(by=by, message=message)
        _record("messages.review_let_go", gone)
    return gone


def hand_back(*, by: User, message: Message, word: str) -> Message:
    """It is the pupil's draft again, with a word for them. Raises NotYours, NotWaiting."""
    _require_reader(by, message)
    with audit.acting(by=by):
        fresh = held_message(message)
        _back_to_draft(fresh, word.strip()[:WORD])
        _record("messages.review_handed_back", fresh)
    return fresh


def take_back(*, by: User, message: Message) -> Message:
    """Whoever wrote it takes it back: it is a draft again. Raises NoSuchMessage, NotWaiting."""
    if message.author_id != by.pk:
        raise NoSuchMessage()
    with audit.acting(by=by):
        fresh = held_message(message)
        _back_to_draft(fresh, "")
    return fresh


def release_unreviewed() -> int:
    """What waits though nobody asks to read it any more (the choice was undone, the year turned, the pupil
    left the class) goes; what may go no more is a draft again. Answers how many. Nothing stays stuck."""
    rows = Message.objects.filter(state=State.HELD).select_related("author").order_by("changed_at", "pk")
    done = 0
    for message in rows:
        author = message.author
        if author is None or is_reviewed(author):
            continue
        try:
            go_on(by=author, message=message)
        except NotWaiting:  # somebody let it go meanwhile, or its author took it back
            continue
        except DomainError:
            take_back(by=author, message=message)
        done += 1
    return done


def _switch(by: User, on: bool, **place: SchoolClass | School) -> bool:
    """Whether it changed."""
    standing = Review.objects.filter(**place, ended_at__isnull=True)
    if on and not standing.exists():
        Review.objects.create(**place, by=by.uuid, at=clock.now())
        return True
    return not on and bool(standing.update(ended_at=clock.now(), ended_by=by.uuid))


def _require_reader(by: User, message: Message) -> None:
    waiting = Message.objects.filter(pk=message.pk, state=State.HELD)
    if waiting.exists() and not messages_to_review(by).filter(pk=message.pk).exists():
        raise NotYours()


def _back_to_draft(message: Message, word: str) -> None:
    message.state, message.handed_back = State.DRAFT, word
    message.save(update_fields=["state", "handed_back"])
    copies = Copy.objects.filter(message=message, person=message.author, box=Box.SENT)
    copies.update(box=Box.DRAFTS, folder=None, at=clock.now())


def _record(verb: str, message: Message) -> None:
    audit.record(verb, subject=message.author.uuid if message.author else None)
