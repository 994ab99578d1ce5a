"""The pages of cahiers: how much they ask with one row and with 200, what they do without a script."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from core import clock
from documents.errors import NoSuchDocument
from documents.services import keeping
from notebooks.enums import Asks, Stage
from notebooks.errors import NotAWriter
from notebooks.models import HomeworkBook, HomeworkEntry, HomeworkTick, LiaisonCopy, LiaisonWord
from notebooks.services import homework_entries
from tests.directory.worlds import SchoolWorld, relative_of
from tests.messaging.factories import content
from tests.notebooks.factories import copy_of, homework, homework_book, liaison_book, signed_in, word

pytestmark = pytest.mark.django_db
type TextOf = Callable[[Any], str]


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def own(pages: list[tuple[User, str]], asked: list[int]) -> list[int]:
    """Those of this room's pages: the home page is every room's."""
    return [count for (_, path), count in zip(pages, asked, strict=True) if path != "/"]


def many_entries(book: HomeworkBook, author: User, count: int) -> None:
    """All of this week."""
    now, today = clock.now(), clock.today()
    HomeworkEntry.objects.bulk_create(
        HomeworkEntry(
            book=book,
            author=author,
            author_name=author.full_name,
            stage=Stage.PUBLISHED,
            subject="Maths",
            body=f"<p>Page {n}</p>",
            text=f"Page {n}",
            given_on=today,
            due_on=today + timedelta(days=1 + n % 3),
            created_at=now,
            changed_at=now,
            published_at=now,
        )
        for n in range(count)
    )


def test_homework_is_read_in_as_many_queries_whatever_its_number(world: SchoolWorld) -> None:
    room = world.classes[0]
    parent = relative_of(*room.pupils)
    book = homework_book(room.teacher, room.school_class)
    homework(room.teacher, book)
    here = f"/cahiers/textes/{book.resource.uuid}/"
    pages = [
        (room.teacher, "/cahiers/"),
        (room.teacher, here),
        (room.teacher, f"{here}?vue=liste"),
        (room.teacher, f"{here}imprimer/"),
        (room.pupils[0], "/cahiers/"),
        (room.pupils[0], "/"),
        (parent, "/cahiers/"),
        (parent, "/cahiers/textes/semaine/"),
        (parent, "/"),
        (room.teacher, f"/api/v1/notebooks/homework-books/{book.resource.uuid}/entries/"),
        (room.pupils[0], "/api/v1/notebooks/homework/"),
    ]
    clients = {person: signed_in(person) for person, _ in pages}
    before = [queries(clients[person], path) for person, path in pages]
    many_entries(book, room.teacher, 199)
    HomeworkTick.objects.bulk_create(
        HomeworkTick(entry=entry, pupil=room.pupils[0], at=clock.now())
        for entry in HomeworkEntry.objects.all()[:100]
    )
    after = [queries(clients[person], path) for person, path in pages]
    assert after == before
    assert own(pages, before) == [9, 12, 12, 8, 11, 17, 16, 8, 9]


def test_words_are_followed_and_received_in_as_many_queries_whatever_their_number(
    world: SchoolWorld,
) -> None:
    room = world.classes[0]
    parent = room.relatives[0]
    book = liaison_book(room.teacher, room.school_class)
    made = word(room.teacher, book, room.school_class)
    pages = [
        (room.teacher, f"/cahiers/liaison/{book.resource.uuid}/"),
        (room.teacher, f"/cahiers/liaison/mots/{made.uuid}/suivi/"),
        (parent, "/cahiers/liaison/"),
        (parent, "/cahiers/"),
        (parent, "/"),
        (room.teacher, f"/api/v1/notebooks/liaison-books/{book.resource.uuid}/words/"),
        (room.teacher, f"/api/v1/notebooks/liaison-words/{made.uuid}/copies/"),
        (parent, "/api/v1/notebooks/received-words/"),
    ]
    clients = {person: signed_in(person) for person, _ in pages}
    before = [queries(clients[person], path) for person, path in pages]
    words = LiaisonWord.objects.bulk_create(
        LiaisonWord(
            book=book,
            author=room.teacher,
            author_name="A",
            state="SENT",
            title=f"Mot {n}",
            text="Jeudi",
            changed_at=clock.now(),
            sent_at=clock.now(),
        )
        for n in range(199)
    )
    LiaisonCopy.objects.bulk_create(
        LiaisonCopy(
            word=each,
            pupil=room.pupils[0],
            pupil_name="B",
            relative=parent,
            relative_name="C",
            sent_at=clock.now(),
        )
        for each in words
    )
    LiaisonCopy.objects.bulk_create(
        LiaisonCopy(
            word=made,
            pupil=room.pupils[n % 2],
            pupil_name="B",
            relative_name=f"C {n}",
            sent_at=clock.now(),
        )
        for n in range(199)
    )
    after = [queries(clients[person], path) for person, path in pages]
    assert after == before
    assert own(pages, before) == [11, 17, 10, 12, 8, 9, 5]


def test_a_teacher_notes_homework_without_a_script(world: SchoolWorld, text_of: TextOf) -> None:
    room = world.classes[0]
    client = signed_in(room.teacher)
    answer = client.post(
        "/cahiers/textes/nouveau/",
        {"title": "Cahier du CP", "school_class": str(room.school_class.uuid), "share": "on"},
    )
    here = answer["Location"]
    today = clock.today()
    edit = client.post(f"{here}ecrire/", {"jour": "2026-10-08"})["Location"]
    given = {"subject": "Maths", "texte": "Page 3", "given_on": today.isoformat(), "due_on": "2026-10-05"}
    refused = client.post(edit, given | {"act": "publish"})
    assert refused.status_code == 422
    assert "Page 3" in text_of(refused)
    assert "Ces dates ne vont pas ensemble" in text_of(refused)
    client.post(edit, given | {"due_on": "2026-10-08", "act": "publish"})
    page = text_of(signed_in(room.pupils[0]).get("/cahiers/"))
    assert "Page 3" in page
    assert "Pour jeudi" in page
    entry = HomeworkEntry.objects.get()
    client.post(edit, given | {"due_on": "2026-10-08", "act": "unpublish"})
    assert "Page 3" not in text_of(signed_in(room.pupils[0]).get("/cahiers/"))
    entry.refresh_from_db()
    assert entry.stage == Stage.DRAFT


def test_a_draft_is_kept_as_one_types(world: SchoolWorld, text_of: TextOf) -> None:
    room = world.classes[0]
    entry = homework_entries.begin(by=room.teacher, book=homework_book(room.teacher))
    given = {"subject": "Lecture", "texte": "", "given_on": "2026-10-06", "due_on": "2026-10-07"}
    client, edit = signed_in(room.teacher), f"/cahiers/textes/devoirs/{entry.uuid}/modifier/"
    answer = client.post(edit, given | {"act": "save"}, headers={"HX-Request": "true"})
    assert "brouillon enregistré" in text_of(answer)
    entry.refresh_from_db()
    assert (entry.subject, entry.stage) == ("Lecture", Stage.DRAFT)
    answer = client.post(edit, given | {"due_on": ""}, headers={"HX-Request": "true"})
    assert "Pas encore enregistré" in text_of(answer)


def test_a_pupil_ticks_with_a_script_or_without(world: SchoolWorld, text_of: TextOf) -> None:
    room = world.classes[0]
    entry = homework(room.teacher, homework_book(room.teacher, room.school_class))
    client, path = signed_in(room.pupils[0]), f"/cahiers/textes/devoirs/{entry.uuid}/fait/"
    assert client.post(path, {"fait": "on", "retour": "/"})["Location"] == "/"
    assert HomeworkTick.objects.count() == 1
    part = text_of(client.post(path, {"ou": "semaine"}, headers={"HX-Request": "true"}))
    assert "Coche quand c’est fait" in part
    assert "<html" not in part
    part = text_of(client.post(path, {"fait": "on", "ou": "accueil"}, headers={"HX-Request": "true"}))
    assert "checked" in part
    seen = text_of(signed_in(room.relatives[0]).get("/"))
    assert "1 devoir pour demain" in seen
    assert "fait" in seen


def test_a_relative_signs_from_their_home_page_and_the_teacher_sees_it(
    world: SchoolWorld, text_of: TextOf
) -> None:
    room = world.classes[0]
    relative = room.relatives[0]
    book = liaison_book(room.teacher, room.school_class)
    made = word(room.teacher, book, room.school_class, asks=Asks.ANSWER)
    client = signed_in(relative)
    assert "À signer" in text_of(client.get("/"))
    here = f"/cahiers/liaison/mots/{made.uuid}/lire/"
    assert "Jeudi au musée" in text_of(client.get(here))
    copy = copy_of(made, relative)
    assert copy.read_at is not None
    client.post(f"/cahiers/liaison/recus/{copy.uuid}/signer/", {"reponse": "oui"})
    assert "À signer" not in text_of(client.get("/"))
    follow = text_of(signed_in(room.teacher).get(f"/cahiers/liaison/mots/{made.uuid}/suivi/"))
    assert "1 sur 2 signatures" in follow.replace("</strong>", "")
    stranger = signed_in(room.relatives[1])
    assert stranger.post(f"/cahiers/liaison/recus/{copy.uuid}/signer/").status_code == 404


def test_a_word_is_written_for_some_pupils_and_read_again_before_it_goes(
    world: SchoolWorld, text_of: TextOf
) -> None:
    room = world.classes[0]
    client = signed_in(room.teacher)
    book = liaison_book(room.teacher, room.school_class)
    edit = client.post(f"/cahiers/liaison/{book.resource.uuid}/ecrire/")["Location"]
    given = {"title": "Piscine", "texte": "Maillot et bonnet", "asks": "SIGN", "due_on": ""}
    answer = client.post(edit, given | {"eleve": str(room.pupils[0].uuid), "act": "send"}, follow=True)
    page = text_of(answer)
    assert "1 parent" in page
    assert "pour 1 élève" in page.replace("<strong>", "").replace("</strong>", "")
    made = LiaisonWord.objects.get()
    client.post(f"/cahiers/liaison/mots/{made.uuid}/envoyer/")
    assert [each.relative for each in made.copies.all()] == [room.relatives[0]]
    other = world.classes[1].pupils[0]
    edit = client.post(f"/cahiers/liaison/{book.resource.uuid}/ecrire/")["Location"]
    client.post(edit, given | {"eleve": str(other.uuid), "act": "save"})
    assert not LiaisonWord.objects.get(state="DRAFT").targets.exists()


def test_one_finds_what_one_may_read(world: SchoolWorld) -> None:
    room, other = world.classes
    homework(room.teacher, homework_book(room.teacher, room.school_class), body="<p>Le héron</p>")
    word(room.teacher, liaison_book(room.teacher, room.school_class), room.school_class, title="Le héron")
    found = {
        person: signed_in(person).get("/recherche/", {"q": "héron"}).content.decode()
        for person in (room.teacher, room.pupils[0], room.relatives[0], other.relatives[0])
    }
    assert "/cahiers/textes/devoirs/" in found[room.teacher]
    assert "/cahiers/textes/devoirs/" in found[room.pupils[0]]
    assert "/cahiers/liaison/mots/" not in found[room.pupils[0]]
    assert "/cahiers/liaison/mots/" in found[room.relatives[0]]
    assert "héron</" not in found[other.relatives[0]]
    assert "/cahiers/textes/devoirs/" not in found[other.relatives[0]]


def test_files_are_opened_by_who_reads_the_thing_and_joined_by_who_writes_it(world: SchoolWorld) -> None:
    room, other = world.classes
    entry = homework(room.teacher, homework_book(room.teacher, room.school_class))
    made = word(room.teacher, liaison_book(room.teacher, room.school_class), room.school_class)
    for space, subject, readers in (
        ("homework", entry.uuid, (room.pupils[0], room.relatives[0])),
        ("liaison", made.uuid, (room.relatives[0],)),
    ):
        file = keeping.join(
            by=room.teacher, space=space, subject=subject, blob=content(space.encode()), name="a.txt"
        )
        path = f"/pieces/fichier/{file.uuid}/telecharger/"
        for reader in readers:
            assert signed_in(reader).get(path).status_code == 200
            with pytest.raises(NotAWriter if space == "homework" else NoSuchDocument):
                keeping.join(by=reader, space=space, subject=subject, blob=content(b"b"), name="b.txt")
        for stranger in (other.relatives[0], other.teacher):
            assert signed_in(stranger).get(path).status_code == 404
