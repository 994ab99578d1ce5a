"""A word to relatives: written, sent, corrected, closed. To whom it goes is written down when it goes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from accounts import assurance
from accounts.models import User
from core import audit, clock
from directory.models import SchoolClass
from directory.querysets import standpoint_of
from documents.models import Use
from documents.services import keeping
from notebooks import homework_rules
from notebooks import liaison_rules as rules
from notebooks.enums import Asks, WordState
from notebooks.errors import (
    ForNobodyYet,
    NobodyToReceive,
    NotAWriter,
    NothingToSay,
    NotYourPupils,
    WordMoved,
    WrongDeadline,
)
from notebooks.liaison_news import WORD
from notebooks.liaison_querysets import Recipient, author_classes, pupils_of, recipients_of
from notebooks.models import LiaisonBook, LiaisonCopy, LiaisonTarget, LiaisonVersion, LiaisonWord
from notebooks.models.liaison import WORD_TITLE_LENGTH
from sharing.enums import Role
from sharing.querysets import role_on
from sharing.services import resources
from timeline.services.record import Happening, record
from ui import rich_text

SPACE = "liaison"


@dataclass(frozen=True, slots=True, kw_only=True)
class WordWords:
    """All that a form of a word holds; `body` is HTML as it came."""

    title: str
    body: str
    asks: Asks = Asks.SIGNATURE
    due_on: date | None = None
    classes: Sequence[SchoolClass] = field(default=())
    pupils: Sequence[User] = field(default=())


def begin_word(*, by: User, book: LiaisonBook) -> LiaisonWord:
    """A draft of `by`'s, for the carnet's class where it has one of theirs. One that they began and left empty is
    used again. Raises NotAWriter."""
    role = role_on(by, book.resource)
    if role is None or role < Role.CONTRIBUTE or book.resource.trashed_at is not None:
        raise NotAWriter()
    with audit.acting(by=by):
        empty = LiaisonWord.objects.filter(book=book, author=by, state=WordState.DRAFT, title="", body="")
        for found in empty.select_for_update(no_key=True).order_by("-pk")[:1]:
            if not Use.objects.filter(space=SPACE, subject=found.uuid).exists():
                return found
        word = LiaisonWord.objects.create(
            book=book, author=by, author_name=by.full_name, changed_at=clock.now()
        )
        mine = {each.pk for each in author_classes(standpoint_of(by))}
        if book.school_class_id in mine:
            LiaisonTarget.objects.create(word=word, school_class_id=book.school_class_id)
    return word


def write_word(*, by: User, word: LiaisonWord, words: WordWords) -> LiaisonWord:
    """Keeps all that the form of a draft holds. Raises NotAWriter, WordMoved once it went, WrongDeadline,
    NotYourPupils."""
    with audit.acting(by=by):
        found = held(by, word, WordState.DRAFT)
        _require_deadline(words.due_on)
        _require_own(by, words.classes, words.pupils)
        _put(found, words)
        found.asks = words.asks
        found.save()
        LiaisonTarget.objects.filter(word=found).delete()
        LiaisonTarget.objects.bulk_create(
            [LiaisonTarget(word=found, school_class=each) for each in words.classes]
            + [LiaisonTarget(word=found, pupil=each) for each in words.pupils]
        )
        _settle_files(by, found)
    return found


def send_word(*, by: User, word: LiaisonWord) -> int:
    """It goes to each legal relative of each pupil; answers how many copies there are. Raises NotAWriter,
    WordMoved, NothingToSay, ForNobodyYet, NotYourPupils, NobodyToReceive, WrongDeadline, LowAssurance."""
    assurance.require_full()
    with audit.acting(by=by):
        found = held(by, word, WordState.DRAFT)
        _require_fit(by, found)
        recipients = recipients_of(found)
        if not recipients:
            raise NobodyToReceive()
        found.state, found.sent_at = WordState.SENT, clock.now()
        found.save(update_fields=["state", "sent_at"])
        copies = _give(found, recipients)
        assert found.book is not None
        resources.touch(found.book.resource)
        tell(found, by, [each.relative_id for each in copies])
        audit.record("word.sent", subject=found.uuid, after=told(found) | {"copies": len(copies)})
    return len(copies)


def newcomers_of(word: LiaisonWord) -> list[Recipient]:
    """Families that came since it went: pupils of its classes, relatives whose tie was made."""
    if word.state != WordState.SENT:
        return []
    there = set(LiaisonCopy.objects.filter(word=word).values_list("pupil_id", "relative_id"))
    return [
        each
        for each in recipients_of(word)
        if (each.pupil.pk, each.relative.pk if each.relative else None) not in there
    ]


def send_to_newcomers(*, by: User, word: LiaisonWord) -> int:
    """It goes to families that came since; answers how many copies. Raises NotAWriter, WordMoved."""
    with audit.acting(by=by):
        found = held(by, word, WordState.SENT)
        fresh = newcomers_of(found)
        copies = _give(found, fresh) if fresh else []
        if copies:
            tell(found, by, [each.relative_id for each in copies])
            audit.record("word.sent_again", subject=found.uuid, after={"copies": len(copies)})
    return len(copies)


def correct_word(*, by: User, word: LiaisonWord, words: WordWords, ask_again: bool) -> LiaisonWord:
    """Changes the text and the deadline of a word that went: what was signed is kept as it was. With `ask_again`
    signatures given before hold no more, and everybody is told. Raises NotAWriter, WordMoved, NothingToSay,
    WrongDeadline."""
    with audit.acting(by=by):
        found = held(by, word, WordState.SENT)
        if words.due_on != found.due_on:
            _require_deadline(words.due_on)
        before = (found.title, found.body)
        LiaisonVersion.objects.create(
            word=found, number=found.version, title=before[0], body=before[1], at=clock.now()
        )
        _put(found, words)
        if not found.title or not found.text.strip():
            raise NothingToSay()
        found.version += 1
        found.corrected_at = clock.now()
        if ask_again:
            found.asked_version = found.version
        found.save()
        _settle_files(by, found)
        if ask_again:
            LiaisonCopy.objects.filter(word=found).update(read_at=None)
            holders = LiaisonCopy.objects.filter(word=found, relative__isnull=False)
            tell(found, by, holders.values_list("relative_id", flat=True))
        audit.record("word.corrected", subject=found.uuid, before={"title": before[0]}, after=told(found))
    return found


def close_word(*, by: User, word: LiaisonWord) -> LiaisonWord:
    """It asks nothing any more; who holds it keeps it. Raises NotAWriter, WordMoved."""
    with audit.acting(by=by):
        found = held(by, word, WordState.SENT)
        found.state, found.closed_at = WordState.CLOSED, clock.now()
        found.save(update_fields=["state", "closed_at"])
        audit.record("word.closed", subject=found.uuid, before=told(found))
    return found


def reopen_word(*, by: User, word: LiaisonWord) -> LiaisonWord:
    """It asks again. Raises NotAWriter, WordMoved."""
    with audit.acting(by=by):
        found = held(by, word, WordState.CLOSED)
        found.state, found.closed_at = WordState.SENT, None
        found.save(update_fields=["state", "closed_at"])
        audit.record("word.reopened", subject=found.uuid, after=told(found))
    return found


def erase_word(*, by: User, word: LiaisonWord) -> None:
    """A draft, for good: what went is kept by who received it. Raises NotAWriter, WordMoved."""
    with audit.acting(by=by):
        found = held(by, word, WordState.DRAFT)
        keeping.release(space=SPACE, subjects=[found.uuid])
        found.delete()


def held(by: User, word: LiaisonWord, state: WordState) -> LiaisonWord:
    """The word as it is now, its row held, for who may change it. Raises NotAWriter, WordMoved."""
    rows = LiaisonWord.objects.select_for_update(of=("self",), no_key=True).select_related("book__resource")
    found = rows.filter(pk=word.pk, book__isnull=False).first()
    if found is None:
        raise WordMoved()
    require_change(by, found)
    if found.state != state:
        raise WordMoved()
    return found


def require_change(by: User, word: LiaisonWord) -> None:
    """Raises NotAWriter unless `by` wrote it and still contributes, or manages its carnet."""
    book = word.book
    role = role_on(by, book.resource) if book is not None else None
    if book is None or book.resource.trashed_at is not None:
        raise NotAWriter()
    if not homework_rules.changes(role, own=word.author_id == by.pk):
        raise NotAWriter()


def tell(word: LiaisonWord, by: User, relatives: Any) -> None:
    """These relatives find it in what is new."""
    persons = {each for each in relatives if each is not None}
    record(Happening(kind=WORD, by=by.uuid, persons=persons, about=word.uuid))


def told(word: LiaisonWord) -> dict[str, Any]:
    return {"title": word.title, "asks": word.asks, "due_on": str(word.due_on or "")}


def _give(word: LiaisonWord, recipients: Sequence[Recipient]) -> list[LiaisonCopy]:
    """Copies to those who hold none yet, under the names that they bear. One statement."""
    now = clock.now()
    return LiaisonCopy.objects.bulk_create(
        [
            LiaisonCopy(
                word=word,
                pupil=each.pupil,
                pupil_name=each.pupil.full_name,
                class_label=each.label,
                relative=each.relative,
                relative_name=each.relative.full_name if each.relative else "",
                sent_at=now,
            )
            for each in recipients
        ],
        batch_size=1_000,
    )


def _put(word: LiaisonWord, words: WordWords) -> None:
    # Spaces that do not break are the writer’s: they stay.
    word.title = re.sub(r"[ \t\r\n]+", " ", words.title).strip()[:WORD_TITLE_LENGTH]
    word.body = rich_text.clean(words.body)
    word.text = rich_text.plain(word.body)
    word.due_on = words.due_on
    word.changed_at = clock.now()


def _settle_files(by: User, word: LiaisonWord) -> None:
    label = word.title or "Mot aux parents"
    keeping.settle_pictures(by=by, space=SPACE, subject=word.uuid, html=word.body, label=label)
    keeping.rename_uses(space=SPACE, subject=word.uuid, label=label)


def _require_deadline(due_on: date | None) -> None:
    if not rules.deadline_holds(due_on, today=clock.today()):
        raise WrongDeadline()


def _require_fit(by: User, word: LiaisonWord) -> None:
    """A title, a text, a deadline to come, and families that `by` may write to now."""
    if not word.title or not word.text.strip():
        raise NothingToSay()
    _require_deadline(word.due_on)
    targets = list(LiaisonTarget.objects.filter(word=word).select_related("pupil"))
    if not targets:
        raise ForNobodyYet()
    mine = {each.pk for each in author_classes(standpoint_of(by))}
    pupils = [each.pupil_id for each in targets if each.pupil_id is not None]
    known = {pupil.pk for pupil, _ in pupils_of(mine)} if pupils else set()
    if not mine >= {each.school_class_id for each in targets if each.school_class_id is not None}:
        raise NotYourPupils()
    if not known >= set(pupils):
        raise NotYourPupils()


def _require_own(by: User, classes: Sequence[SchoolClass], pupils: Sequence[User]) -> None:
    """Raises NotYourPupils. Two queries at most."""
    mine = {each.pk for each in author_classes(standpoint_of(by))}
    if not mine >= {each.pk for each in classes}:
        raise NotYourPupils()
    if pupils and not {pupil.pk for pupil, _ in pupils_of(mine)} >= {each.pk for each in pupils}:
        raise NotYourPupils()
