"""Homework and words for tests: made by the services, so that what is tested is what happens."""

from datetime import date, timedelta
from typing import Any

from django.test import Client

from accounts.models import User
from core import clock, invariants
from directory.models import SchoolClass
from notebooks.enums import Asks
from notebooks.models import HomeworkBook, HomeworkEntry, LiaisonBook, LiaisonCopy, LiaisonWord
from notebooks.services import homework_books, homework_entries, liaison_books, liaison_words
from notebooks.services.homework_entries import Words
from notebooks.services.liaison_words import WordWords

DAY = timedelta(days=1)


def homework_book(
    by: User, school_class: SchoolClass | None = None, *, shared: bool = True, title: str = "Cahier de textes"
) -> HomeworkBook:
    return homework_books.begin_book(
        by=by, title=title, school_class=school_class, with_families=shared and school_class is not None
    )


def words(due: date | None = None, **given: Any) -> Words:
    today = clock.today()
    told: dict[str, Any] = {
        "subject": "Maths",
        "title": "",
        "body": "<p>Exercices 3 et 4</p>",
        "given_on": min(today, due or today + DAY),
        "due_on": due or today + DAY,
        "minutes": None,
    }
    return Words(**told | given)


def homework(
    by: User, book: HomeworkBook, due: date | None = None, *, published: bool = True, **given: Any
) -> HomeworkEntry:
    entry = homework_entries.begin(by=by, book=book)
    entry = homework_entries.write(by=by, entry=entry, words=words(due, **given))
    return homework_entries.publish(by=by, entry=entry) if published else entry


def liaison_book(by: User, school_class: SchoolClass | None = None, **given: Any) -> LiaisonBook:
    return liaison_books.begin_liaison_book(by=by, title="Carnet", school_class=school_class, **given)


def word(
    by: User,
    book: LiaisonBook,
    *classes: SchoolClass,
    pupils: tuple[User, ...] = (),
    sent: bool = True,
    **given: Any,
) -> LiaisonWord:
    told: dict[str, Any] = {"title": "Sortie", "body": "<p>Jeudi au musée</p>", "asks": Asks.SIGNATURE}
    made = liaison_words.begin_word(by=by, book=book)
    made = liaison_words.write_word(
        by=by, word=made, words=WordWords(**told | given, classes=classes, pupils=pupils)
    )
    if sent:
        liaison_words.send_word(by=by, word=made)
        made.refresh_from_db()
    return made


def copy_of(made: LiaisonWord, relative: User, pupil: User | None = None) -> LiaisonCopy:
    rows = LiaisonCopy.objects.filter(word=made, relative=relative).select_related("word", "pupil")
    return rows.get(pupil=pupil) if pupil else rows.get()


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def broken() -> list[str]:
    return [each.invariant.name for each in invariants.run_all()]
