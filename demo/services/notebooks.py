"""The demo's classes have homework and words to sign: a cahier de textes a class, with last week, this one and
drafts of the next; a carnet de liaison whose words some families signed.

Everything is done by the services that pages call, in the teachers' names, on the days that it could be.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO

from django.utils import timezone

from accounts.models import User
from core import clock
from core.progress import SILENT, Progress
from core.storage.services import receive
from demo.accounts import Role, chosen
from demo.contents import papers
from directory.enums import ClassRole
from directory.models import ClassAttachment, Guardianship, SchoolClass
from documents.services import keeping
from notebooks.enums import Asks
from notebooks.homework_rules import WEEK, monday_of
from notebooks.models import HomeworkBook, HomeworkEntry, LiaisonCopy
from notebooks.services import homework_entries, liaison_words
from notebooks.services.homework_books import begin_book
from notebooks.services.homework_entries import SPACE, Words
from notebooks.services.homework_ticks import tick
from notebooks.services.liaison_books import begin_liaison_book
from notebooks.services.liaison_signatures import note_paper, sign
from notebooks.services.liaison_words import WordWords

#: By day of the week (0 is Monday): subject, words, minutes; given the school day before.
WEEKLY = (
    (0, "Lecture", "<p>Je lis le chapitre 1. Je raconte l’histoire à quelqu’un de la maison.</p>", 15),
    (1, "Maths", "<p>Je fais les exercices 3 et 4, page 22.</p>", 20),
    (1, "Poésie", "<p>J’apprends le début de «\u00a0L’automne\u00a0».</p>", 10),
    (3, "Maths", "<p>Je révise les tables de 3 et de 4.</p>", 10),
    (3, "Lecture", "<p>Je lis le chapitre 2. Je note deux mots nouveaux.</p>", 15),
    (4, "Dictée", "<p>J’apprends les mots de la liste 2.</p>", 15),
    (4, "Piscine", "<p>J’apporte mon sac\u00a0: maillot, bonnet, serviette.</p>", None),
)
OUTING = (
    "<p>Chers parents,</p><p>Nous allons jeudi au musée de la Mine, en car, de 9\u00a0h à 16\u00a0h. "
    "Prévoyez un piquenique et des vêtements chauds.</p><p>Autorisez-vous votre enfant à y aller\u00a0?</p>"
)
MEETING = (
    "<p>Chers parents,</p><p>La réunion de classe a lieu lundi à 18\u00a0h, salle 3. "
    "Nous parlerons des apprentissages du trimestre et de la classe découverte.</p>"
)
#: Of those who are asked, one out of so many stays silent.
SILENT_ONES = 3


@dataclass(frozen=True, slots=True)
class _Class:
    """A class that the demo shows, and who teaches it."""

    school_class: SchoolClass
    teacher: User


def fill_notebooks(*, progress: Progress = SILENT) -> int:
    """Gives each class that the demo shows its notebooks, once; answers how many classes."""
    done = set(HomeworkBook.objects.values_list("school_class_id", flat=True))
    waiting = [each for each in _classes() if each.school_class.pk not in done]
    if waiting:
        progress.step("Cahiers", len(waiting))
    for each in waiting:
        _homework(each)
        _words(each)
        progress.advance()
    return len(waiting)


def _classes() -> Iterator[_Class]:
    """Those of the people shown, and of the children of the relatives shown."""
    people = [each.person.pk for each in chosen() if each.role in {Role.TEACHER, Role.PUPIL}]
    relatives = [each.person.pk for each in chosen() if each.role == Role.RELATIVE]
    ties = Guardianship.objects.filter(relative__in=relatives, ended_on__isnull=True)
    people += list(ties.values_list("pupil_id", flat=True))
    open_ = ClassAttachment.objects.filter(ended_on__isnull=True)
    classes = open_.filter(person__in=people).values("school_class")
    teachers = open_.filter(school_class__in=classes, role=ClassRole.TEACHER)
    seen: set[int] = set()
    for row in teachers.select_related("person", "school_class__school").order_by("school_class_id", "pk"):
        if row.school_class_id not in seen:
            seen.add(row.school_class_id)
            yield _Class(row.school_class, row.person)


def _homework(of: _Class) -> None:
    monday = monday_of(clock.today())
    with clock.at(_morning(monday - WEEK)):
        book = begin_book(
            by=of.teacher,
            title=f"Cahier de textes – {of.school_class.label}",
            school_class=of.school_class,
            with_families=True,
        )
    for weeks in (-1, 0, 1):
        for weekday, subject, body, minutes in WEEKLY:
            due = monday + weeks * WEEK + timedelta(days=weekday)
            _entry(of.teacher, book, due, Words(
                subject=subject, title="", body=body, given_on=_school_day_before(due), due_on=due,
                minutes=minutes,
            ))  # fmt: skip
    pupils = [each.person for each in chosen() if each.role == Role.PUPIL]
    past = HomeworkEntry.objects.filter(
        book=book, due_on__lte=clock.today(), subject__in=["Maths", "Lecture"]
    )
    mine = ClassAttachment.objects.filter(
        person__in=pupils, school_class=of.school_class, ended_on__isnull=True
    )
    for row in mine.select_related("person"):
        for entry in past:
            tick(by=row.person, entry=entry)


def _entry(teacher: User, book: HomeworkBook, due: date, words: Words) -> None:
    """Published on the day that it is given on; that of next week's end is a draft yet."""
    with clock.at(min(_morning(words.given_on), clock.now())):
        entry = homework_entries.begin(by=teacher, book=book, due_on=due)
        homework_entries.write(by=teacher, entry=entry, words=words)
        if words.subject == "Dictée":
            paper = receive(
                file=BytesIO(papers.pdf("Liste 2", ("le chemin", "la forêt", "toujours", "pendant"))),
                name="Liste 2.pdf",
            )
            keeping.keep(
                by=teacher,
                blob=paper.blob,
                name=paper.name,
                space=SPACE,
                subject=entry.uuid,
                label="Dictée",
            )
        if due < monday_of(clock.today()) + WEEK + timedelta(days=3):
            homework_entries.publish(by=teacher, entry=entry)


def _words(of: _Class) -> None:
    today = clock.today()
    with clock.at(_morning(today - timedelta(days=9))):
        book = begin_liaison_book(
            by=of.teacher,
            title=f"Carnet de liaison – {of.school_class.label}",
            school_class=of.school_class,
            with_direction=True,
        )
    shown = {each.person.pk for each in chosen() if each.role == Role.RELATIVE}
    for days, title, body, asks, due in (
        (4, "Réunion de classe lundi soir", MEETING, Asks.SIGNATURE, None),
        (1, "Sortie au musée de la Mine", OUTING, Asks.ANSWER, today + timedelta(days=3)),
    ):
        with clock.at(_morning(_school_day_before(today + timedelta(days=1 - days)))):
            word = liaison_words.begin_word(by=of.teacher, book=book)
            words = WordWords(title=title, body=body, asks=asks, due_on=due, classes=[of.school_class])
            word = liaison_words.write_word(by=of.teacher, word=word, words=words)
            liaison_words.send_word(by=of.teacher, word=word)
        copies = LiaisonCopy.objects.filter(word=word, relative__isnull=False).exclude(relative__in=shown)
        for number, copy in enumerate(copies.select_related("relative", "word").order_by("pk")):
            assert copy.relative is not None
            if number % SILENT_ONES:
                sign(by=copy.relative, copy=copy, answer=asks == Asks.ANSWER and number % 7 != 1)
            elif number == SILENT_ONES:
                note_paper(by=of.teacher, copy=copy, signed=True, answer=True)
    draft = liaison_words.begin_word(by=of.teacher, book=book)
    liaison_words.write_word(
        by=of.teacher,
        word=draft,
        words=WordWords(
            title="Photos de la kermesse",
            body="<p>À compléter avec la date.</p>",
            classes=[of.school_class],
        ),
    )


def _school_day_before(due: date) -> date:
    before = due - timedelta(days=1)
    return before - timedelta(days=max(0, before.weekday() - 4))


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10)))
