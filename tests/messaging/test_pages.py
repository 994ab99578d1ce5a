"""The pages of messages: what a form does without a script, what a page shows, how much it asks."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.enums import Profile
from accounts.models import User
from core import clock
from directory.enums import GroupKind
from directory.models import Favourite, FavouriteEntry, Group
from messaging import rules
from messaging.enums import State
from messaging.models import Copy, Folder, Message
from messaging.services import boxes, send
from tests.directory.worlds import SchoolWorld
from tests.messaging.factories import broken, draft, holders, received, sent, signed_in

pytestmark = pytest.mark.django_db
WRITE = "/messagerie/ecrire/"
type TextOf = Callable[[Any], str]


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def many(author: User, reader: User, count: int, *, thread: Any = None) -> None:
    first = sent(author, reader)
    made = Message.objects.bulk_create(
        Message(
            author=author,
            author_name=author.full_name,
            author_profile=author.profile,
            subject=f"Note {n}",
            state=State.SENT,
            sent_at=first.sent_at,
            changed_at=first.changed_at,
            **({"thread": thread} if thread else {}),
        )
        for n in range(count - 1)
    )
    Copy.objects.bulk_create(
        Copy(person=reader, message=each, box="IN", line="TO", at=each.sent_at) for each in made
    )


def test_without_a_script_a_message_is_written_step_by_step_and_nothing_typed_is_lost(
    world: SchoolWorld, text_of: TextOf
) -> None:
    room = world.classes[0]
    client, relative = signed_in(room.teacher), room.relatives[0]
    page = text_of(
        client.post(
            WRITE, {"objet": "Piscine", "texte": "Bonjour\n\nJeudi", "q": relative.last_name, "act": "search"}
        )
    )
    assert f"person:{relative.uuid}" in page
    kept = Message.objects.get()
    assert (kept.subject, kept.body) == ("Piscine", "<p>Bonjour</p><p>Jeudi</p>")
    given = {"brouillon": str(kept.uuid), "objet": "Piscine", "texte": "Bonjour\n\nJeudi"}
    page = text_of(client.post(WRITE, given | {"ajout": f"person:{relative.uuid}", "q": relative.last_name}))
    value = f"TO|person:{relative.uuid}"
    assert value in page
    assert "Personne de ce nom" not in page
    assert f'value="{relative.last_name}"' not in page
    given |= {"dest": value, "fichier": SimpleUploadedFile("plan.txt", b"le plan")}
    assert "plan.txt" in text_of(client.post(WRITE, given))
    del given["fichier"]
    answer = client.post(WRITE, given | {"act": "send"}, follow=True)
    assert "Message envoyé à 1 personne." in text_of(answer)
    assert holders(kept) == {relative.pk}
    assert broken() == []


def test_whom_one_may_not_write_to_is_said_and_the_text_is_kept(world: SchoolWorld, text_of: TextOf) -> None:
    relative, stranger = world.classes[0].relatives[0], world.classes[1].relatives[0]
    given = {"objet": "Goûter", "texte": "Samedi ?", "dest": f"TO|person:{stranger.uuid}", "act": "send"}
    answer = signed_in(relative).post(WRITE, given)
    assert answer.status_code == 422
    page = text_of(answer)
    assert stranger.full_name in page
    assert "Samedi ?" in page
    assert Message.objects.get().state == State.DRAFT


def test_a_form_posted_twice_goes_once_and_says_so(world: SchoolWorld, text_of: TextOf) -> None:
    teacher = world.classes[0].teacher
    client, key = signed_in(teacher), str(uuid4())
    given = {"nouveau": key, "objet": "Goûter", "texte": "Samedi", "act": "send"}
    given["dest"] = f"TO|person:{world.director.uuid}"
    assert client.post(WRITE, given).status_code == 302
    answer = client.post(WRITE, given)
    assert answer.status_code == 422
    assert "déjà parti" in text_of(answer)
    assert Message.objects.count() == 1
    assert len(received(world.director)) == 1
    # The key of somebody else's page begins nothing, and what was typed is still there.
    answer = signed_in(world.director).post(WRITE, given | {"objet": "Kermesse"})
    assert answer.status_code == 422
    assert "Kermesse" in text_of(answer)
    assert Message.objects.count() == 1


def test_a_favourite_that_names_nobody_any_more_loses_nothing_of_the_text(
    world: SchoolWorld, text_of: TextOf
) -> None:
    room = world.classes[0]
    relative = room.relatives[0]
    group = Group.objects.get(school_class=room.school_class, profile=Profile.TEACHER)
    favourite = Favourite.objects.create(owner=relative, name="Maitresse", created_at=clock.now())
    FavouriteEntry.objects.create(favourite=favourite, group=group)
    given = {"objet": "Goûter", "texte": "Samedi ?", "dest": f"TO|favourite:{favourite.uuid}", "act": "send"}
    answer = signed_in(relative).post(WRITE, given)
    assert answer.status_code == 422
    page = text_of(answer)
    assert "Vous ne pouvez pas voir qui est dans" in page.replace("\u00a0", " ")
    assert "Samedi ?" in page
    kept = Message.objects.get()
    assert (kept.subject, kept.state) == ("Goûter", State.DRAFT)


def test_a_message_that_an_hour_holds_back_is_a_draft_as_it_was_typed(
    world: SchoolWorld, text_of: TextOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    teacher = world.classes[0].teacher
    monkeypatch.setitem(rules.PER_HOUR, teacher.profile, 0)
    given = {"objet": "Goûter", "texte": "Samedi", "act": "send"}
    given["dest"] = f"TO|person:{world.director.uuid}"
    answer = signed_in(teacher).post(WRITE, given)
    assert answer.status_code == 422
    assert "Samedi" in text_of(answer)
    kept = Message.objects.get()
    assert (kept.subject, kept.state) == ("Goûter", State.DRAFT)
    assert [each.person for each in kept.addresses.all()] == [world.director]
    assert received(world.director) == []


def test_a_new_message_asks_for_whom_it_reaches_once(world: SchoolWorld) -> None:
    client = signed_in(world.classes[0].teacher)
    given = {"objet": "Goûter", "texte": "Samedi", "act": "send"}
    given["dest"] = f"TO|person:{world.director.uuid}"
    client.post(WRITE, given)
    with CaptureQueriesContext(connection) as asked:
        assert client.post(WRITE, given | {"nouveau": str(uuid4())}).status_code == 302
    assert sum('"directory_attachment"' in each["sql"] for each in asked) == 1
    assert len(asked) <= 34


def test_as_one_writes_the_draft_is_kept_and_the_address_follows(world: SchoolWorld) -> None:
    client = signed_in(world.classes[0].teacher)
    answer = client.post(WRITE, {"objet": "Piscine", "act": "save"}, headers={"HX-Request": "true"})
    kept = Message.objects.get()
    assert answer["HX-Replace-Url"] == f"{WRITE}?brouillon={kept.uuid}"
    client.post(
        WRITE, {"brouillon": str(kept.uuid), "objet": "Piscine jeudi"}, headers={"HX-Request": "true"}
    )
    assert [each.subject for each in Message.objects.all()] == ["Piscine jeudi"]
    other = signed_in(world.director)
    assert other.get(f"{WRITE}?brouillon={kept.uuid}").status_code == 404
    assert other.post(WRITE, {"brouillon": str(kept.uuid), "objet": "x"}).status_code == 404


def test_hidden_copies_are_in_no_page_print_or_search_but_the_authors(
    world: SchoolWorld, text_of: TextOf
) -> None:
    room = world.classes[0]
    hidden = room.relatives[1]
    message = sent(room.teacher, room.relatives[0], hidden=[hidden])
    reader, author = signed_in(room.relatives[0]), signed_in(room.teacher)
    for address in (f"/messagerie/{message.uuid}/", f"/messagerie/{message.uuid}/imprimer/", "/messagerie/"):
        assert hidden.full_name not in text_of(reader.get(address))
    assert hidden.full_name in text_of(author.get(f"/messagerie/{message.uuid}/"))
    assert hidden.full_name in text_of(author.get(f"/messagerie/{message.uuid}/imprimer/"))
    found = reader.get("/messagerie/", {"q": f"{hidden.first_name} {hidden.last_name}"})
    assert message.subject not in text_of(found)


def test_a_conversation_opened_is_read_and_a_stranger_finds_nothing(
    world: SchoolWorld, text_of: TextOf
) -> None:
    room = world.classes[0]
    relative = room.relatives[0]
    message = sent(room.teacher, relative, body="<p>Le certificat</p>")
    client = signed_in(relative)
    assert "non lus" in text_of(client.get("/?tout=1"))
    assert "Le certificat" in text_of(client.get(f"/messagerie/{message.uuid}/"))
    assert received(relative)[0].read_at is not None
    assert "non lus" not in text_of(client.get("/messagerie/")).split("Boites")[0]
    for stranger in (room.relatives[1], world.classes[1].teacher):
        assert signed_in(stranger).get(f"/messagerie/{message.uuid}/").status_code == 404


def test_messages_are_found_by_who_wrote_and_by_whom_they_were_written_to(world: SchoolWorld) -> None:
    room = world.classes[0]
    relative = room.relatives[0]
    for person, name in ((world.director, "Léa Dupré"), (room.teacher, "Zoé Dupuis")):
        first, _, last = name.partition(" ")
        User.objects.filter(pk=person.pk).update(first_name=first, last_name=last)
        person.refresh_from_db()
    sent(world.director, relative, subject="Cantine", body="<p>Demandez à Zoé Dupuis</p>")
    sent(room.teacher, relative, world.director, subject="Piscine")
    sent(room.teacher, relative, hidden=[world.director], subject="Secret")
    client = signed_in(relative)

    def found(**asked: str) -> set[str]:
        told = client.get("/api/v1/messages/", asked).json()
        page = client.get("/messagerie/", {"de": asked.get("from", ""), "pour": asked.get("to", "")}).text
        assert all(each["subject"] in page for each in told)
        return {each["subject"] for each in told}

    assert found(**{"from": "dupre"}) == {"Cantine"}
    assert found(**{"from": "zoe dup"}) == {"Piscine", "Secret"}
    # Whom it was hidden from others is looked for by nobody; the text is no name.
    assert found(to="dupre") == {"Piscine"}
    assert found(to="dupuis") == set()
    assert found(**{"from": "zoe", "to": "dupre", "since": "2026-01-01"}) == {"Piscine"}


def test_an_answer_to_a_whole_group_says_so_before_it_goes(world: SchoolWorld, text_of: TextOf) -> None:
    team = Group.objects.get(school=world.school, kind=GroupKind.SCHOOL, profile=Profile.TEACHER)
    first = sent(world.director, team, subject="Conseil")
    client = signed_in(world.classes[0].teacher)
    answer = f"/messagerie/{first.uuid}/repondre/"
    alone = text_of(client.post(answer, follow=True))
    assert "part à tout le groupe" not in alone
    everybody = text_of(client.post(answer, {"tous": "1"}, follow=True))
    assert "Votre réponse part à tout le groupe" in everybody


def test_words_are_found_in_subject_text_and_names_whatever_their_accents(
    world: SchoolWorld, text_of: TextOf
) -> None:
    room = world.classes[0]
    sent(world.director, room.teacher, subject="Fête de l’école", body="<p>Buvette et tombola</p>")
    sent(world.director, room.teacher, subject="Conseil", body="<p>Ordre du jour</p>")
    client = signed_in(room.teacher)
    for typed, subject in (
        ("fete", "Fête"),
        ("tombola", "Fête"),
        ("cons", "Conseil"),
        ("ordre jour", "Conseil"),
    ):
        page = text_of(client.get("/messagerie/", {"q": typed}))
        assert subject in page
        assert ("Conseil" in page) == (subject == "Conseil")
    assert "Aucun message ne correspond" in text_of(client.get("/messagerie/", {"q": "piscine"}))


def test_messages_are_put_in_a_folder_thrown_away_taken_back_and_deleted_for_good(
    world: SchoolWorld, text_of: TextOf
) -> None:
    room = world.classes[0]
    message = sent(world.director, room.teacher, subject="Conseil")
    client, ticked = signed_in(room.teacher), {"m": str(message.uuid)}
    client.post("/messagerie/dossiers/", {"nom": "À garder"})
    folder = Folder.objects.get()
    client.post("/messagerie/agir/", ticked | {"act": "move", "dossier": str(folder.uuid)})
    assert "Conseil" not in text_of(client.get("/messagerie/"))
    assert "Conseil" in text_of(client.get(f"/messagerie/dossier/{folder.uuid}/"))
    client.post(f"/messagerie/dossier/{folder.uuid}/supprimer/")
    assert "Conseil" in text_of(client.get("/messagerie/"))
    client.post("/messagerie/agir/", ticked | {"act": "throw"})
    assert "Conseil" in text_of(client.get("/messagerie/corbeille/"))
    client.post("/messagerie/agir/", ticked | {"act": "restore"})
    assert "Conseil" in text_of(client.get("/messagerie/"))
    client.post("/messagerie/agir/", ticked | {"act": "throw"})
    asked = client.post("/messagerie/agir/", ticked | {"act": "forever"})
    assert "pour de bon" in text_of(asked)
    client.post("/messagerie/agir/", ticked | {"act": "forever", "sur": "1"})
    assert received(room.teacher) == []
    assert Copy.objects.filter(person=world.director, message=message).exists()
    assert broken() == []


def test_what_is_on_its_way_is_not_deleted_under_the_worker(world: SchoolWorld, text_of: TextOf) -> None:
    teacher = world.classes[0].teacher
    message = draft(teacher, world.director)
    Message.objects.filter(pk=message.pk).update(state=State.SENDING)
    copies = list(Copy.objects.filter(person=teacher))
    boxes.throw(by=teacher, copies=copies)
    answer = signed_in(teacher).post(
        "/messagerie/agir/", {"m": str(message.uuid), "act": "forever", "sur": "1"}, follow=True
    )
    assert "en train de partir" in text_of(answer)
    send.deliver(message)
    assert holders(message) == {world.director.pk}


@pytest.mark.parametrize("which", ["", "envoyes/", "brouillons/", "corbeille/", "?q=note"])
def test_a_box_asks_as_much_with_one_message_as_with_two_hundred(world: SchoolWorld, which: str) -> None:
    one, two = world.classes[0].teacher, world.classes[1].teacher
    many(world.director, one, 2)
    many(world.director, two, 200)
    asked = queries(signed_in(one), f"/messagerie/{which}")
    assert queries(signed_in(two), f"/messagerie/{which}") == asked <= 22


def test_a_conversation_asks_as_much_with_one_message_as_with_two_hundred(world: SchoolWorld) -> None:
    teacher = world.classes[0].teacher
    short = sent(world.director, teacher)
    client = signed_in(teacher)
    asked = queries(client, f"/messagerie/{short.uuid}/")
    many(world.director, teacher, 200, thread=short.thread)
    assert queries(client, f"/messagerie/{short.uuid}/") == asked <= 24


def test_enter_in_a_field_keeps_the_draft_and_takes_nobody_off(world: SchoolWorld, text_of: TextOf) -> None:
    """Enter is the first button of the form: it is « Enregistrer », not the cross of the first recipient."""
    made = draft(world.classes[0].teacher, world.director)
    page = text_of(signed_in(world.classes[0].teacher).get(f"{WRITE}?brouillon={made.uuid}"))
    form = page[page.index('id="ecrire"') :]
    first = re.search(r"<button[^>]*>", form)
    assert first is not None
    assert 'value="save"' in first[0]
