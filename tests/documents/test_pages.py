"""The pages of the Espace documentaire, asked as people ask them."""

from collections.abc import Callable
from io import BytesIO
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from documents.services import trash
from sharing.enums import Role
from sharing.models import Resource
from tests.accounts.factories import PersonFactory
from tests.documents import factories

pytestmark = pytest.mark.django_db

type SignIn = Callable[[User], Client]
type TextOf = Callable[[HttpResponse], str]


@pytest.fixture
def me() -> User:
    return factories.teacher()


@pytest.fixture
def other() -> User:
    return factories.teacher()


def said(answer: HttpResponse) -> list[str]:
    """The messages shown after an act."""
    return [str(message) for message in answer.context["messages"]]


def test_my_documents_show_my_root_with_the_space_used(me: User, as_person: SignIn, text_of: TextOf) -> None:
    folder = factories.folder(me, "Sortie au moulin")
    factories.file(me, "photo.txt", b"x" * 1500, folder)
    page = text_of(as_person(me).get("/documents/"))
    assert "Sortie au moulin" in page
    assert "Dossier · 1 élément" in page
    assert "photo.txt" not in page
    assert "<strong>2\u00a0ko</strong>" in page or "<strong>1,5\u00a0ko</strong>" in page


def test_a_folder_shows_the_way_to_it(me: User, as_person: SignIn, text_of: TextOf) -> None:
    above = factories.folder(me, "Année")
    inner = factories.folder(me, "Période 1", above)
    factories.file(me, "dictée.txt", b"mots", inner)
    page = text_of(as_person(me).get(reverse("documents:folder", args=[inner.uuid])))
    assert reverse("documents:folder", args=[above.uuid]) in page
    assert "dictée.txt" in page


def test_what_is_not_shared_with_me_does_not_exist(me: User, other: User, as_person: SignIn) -> None:
    file = factories.file(other, "secret.txt")
    folder = factories.folder(other)
    client = as_person(me)
    for name, thing in (
        ("file", file),
        ("content", file),
        ("file_download", file),
        ("folder", folder),
        ("folder_zip", folder),
        ("rename", file),
    ):
        assert client.get(reverse(f"documents:{name}", args=[thing.uuid])).status_code == 404, name
    assert client.post(reverse("documents:star", args=[file.uuid])).status_code == 404
    assert client.post(reverse("documents:comment", args=[file.uuid]), {"text": "a"}).status_code == 404
    assert client.post(reverse("documents:replace", args=[file.uuid])).status_code == 404


def test_shared_with_me_says_whose_it_is_and_offers_only_what_i_may(
    me: User, other: User, as_person: SignIn, text_of: TextOf
) -> None:
    factories.share(factories.file(other, "poésie.txt"), me)
    page = text_of(as_person(me).get(reverse("documents:shared")))
    assert "poésie.txt" in page
    assert f"{other.full_name} · Consulter" in page
    assert "Renommer" not in page
    assert "Mettre à la corbeille" not in page


def test_the_tab_of_the_applications_waits_for_one(me: User, as_person: SignIn, text_of: TextOf) -> None:
    client = as_person(me)
    assert "Ajoutés dans les applis" not in text_of(client.get("/documents/"))
    factories.row(factories.file(me, "joint.txt"))
    from documents.models import File

    File.objects.update(kept=True)
    page = text_of(client.get("/documents/"))
    assert "Ajoutés dans les applis" in page
    assert "joint.txt" not in page
    assert "joint.txt" in text_of(client.get(reverse("documents:attached")))


def test_the_list_or_the_grid_is_remembered(me: User, as_person: SignIn, text_of: TextOf) -> None:
    factories.file(me)
    client = as_person(me)
    assert 'data-view="grid"' in text_of(client.get("/documents/?vue=grille"))
    assert 'data-view="grid"' in text_of(client.get("/documents/"))
    assert 'data-view="list"' in text_of(client.get("/documents/?vue=liste"))
    assert 'data-view="list"' in text_of(client.get("/documents/?vue=autre"))


@pytest.mark.parametrize(
    ("sort", "order"),
    [("nom", ["a.txt", "b.txt", "C.txt"]), ("taille", ["b.txt", "C.txt", "a.txt"])],
)
def test_a_list_is_sorted_as_asked(sort: str, order: list[str], me: User, as_person: SignIn) -> None:
    for name, size in (("b.txt", 30), ("C.txt", 20), ("a.txt", 10)):
        factories.file(me, name, name[0].encode() * size)
    answer = as_person(me).get(f"/documents/?tri={sort}")
    assert [line.title for line in answer.context["lines"]] == order


def test_a_name_is_found_without_its_accents(me: User, as_person: SignIn, text_of: TextOf) -> None:
    factories.file(me, "Élèves du CP.txt")
    factories.file(me, "autre.txt")
    client = as_person(me)
    page = text_of(client.get(reverse("documents:search"), {"q": "eleves"}))
    assert "Élèves du CP.txt" in page
    assert "autre.txt" not in page
    assert "Aucun document de ce nom" in text_of(client.get(reverse("documents:search"), {"q": "zzz"}))


def test_files_are_added_by_a_plain_form(me: User, as_person: SignIn) -> None:
    folder = factories.folder(me)
    sent = [SimpleUploadedFile("un.txt", b"un"), SimpleUploadedFile("deux.txt", b"deux")]
    answer = as_person(me).post(
        reverse("documents:add"), {"dossier": str(folder.uuid), "fichiers": sent}, follow=True
    )
    assert answer.redirect_chain[-1][0] == reverse("documents:folder", args=[folder.uuid])
    assert said(answer) == ["2 fichiers ajoutés."]
    assert set(Resource.objects.filter(parent=folder).values_list("title", flat=True)) == {
        "un.txt",
        "deux.txt",
    }


def test_a_form_without_a_file_says_so(me: User, as_person: SignIn, text_of: TextOf) -> None:
    answer = as_person(me).post(reverse("documents:add"), {"dossier": ""})
    assert answer.status_code == 422
    assert "Choisissez d’abord un fichier." in text_of(answer)


def test_what_does_not_fit_is_refused_with_what_lacks(me: User, as_person: SignIn, text_of: TextOf) -> None:
    factories.allow(me, 10)
    answer = as_person(me).post(
        reverse("documents:add"), {"dossier": "", "fichiers": SimpleUploadedFile("gros.txt", b"x" * 30)}
    )
    assert answer.status_code == 422
    assert "il manque" in text_of(answer)
    assert not Resource.objects.filter(owner=me).exists()


def test_a_folder_is_made_where_one_stands(me: User, as_person: SignIn) -> None:
    above = factories.folder(me)
    client = as_person(me)
    answer = client.post(
        reverse("documents:new_folder"), {"dossier": str(above.uuid), "title": "Photos"}, follow=True
    )
    assert said(answer) == ["Dossier «\u00a0Photos\u00a0» créé."]
    assert Resource.objects.get(title="Photos").parent == above
    assert client.post(reverse("documents:new_folder"), {"dossier": "", "title": " "}).status_code == 422


def test_a_file_is_renamed_and_keeps_its_ending(me: User, as_person: SignIn) -> None:
    file = factories.file(me, "brouillon.txt")
    as_person(me).post(
        reverse("documents:rename", args=[file.uuid]), {"title": "Final", "retour": "/documents/"}
    )
    file.refresh_from_db()
    assert file.title == "Final.txt"


def test_a_star_is_put_and_taken_away(me: User, as_person: SignIn, text_of: TextOf) -> None:
    file = factories.file(me)
    client = as_person(me)
    address = reverse("documents:star", args=[file.uuid])
    assert "Retirer des favoris" in text_of(client.post(address, {"favori": "1"}, follow=True))
    assert "Retirer des favoris" not in text_of(client.post(address, {"favori": "0"}, follow=True))


def test_the_trash_gives_back_what_it_took(me: User, as_person: SignIn) -> None:
    files = [factories.file(me, f"{n}.txt", str(n).encode()) for n in range(3)]
    client = as_person(me)
    chosen = [str(file.uuid) for file in files]
    answer = client.post(reverse("documents:trash"), {"d": chosen, "retour": "/documents/"}, follow=True)
    (message,) = said(answer)
    assert message.startswith("3 documents mis à la corbeille.")
    assert "Annuler" in message
    assert answer.context["lines"] == []
    answer = client.post(reverse("documents:restore"), {"d": chosen, "retour": "/documents/"}, follow=True)
    assert said(answer) == ["3 documents restaurés."]
    assert len(answer.context["lines"]) == 3


def test_a_folder_of_the_trash_counts_what_went_there_with_it_and_not_what_had_gone_before(
    me: User, as_person: SignIn, text_of: TextOf
) -> None:
    folder = factories.folder(me, "Brouillons")
    there = [factories.file(me, f"{n}.txt", str(n).encode(), folder) for n in range(3)]
    trash.trash(by=me, resources=[there[0]])
    trash.trash(by=me, resources=[folder])
    page = text_of(as_person(me).get(reverse("documents:trashed")))
    assert "Dossier · 2 éléments" in page.replace("\xa0", " ")


def test_only_the_second_step_frees_and_it_says_how_much_first(
    me: User, as_person: SignIn, text_of: TextOf
) -> None:
    file = factories.file(me, "lourd.txt", b"x" * 4000)
    client = as_person(me)
    client.post(reverse("documents:trash"), {"d": str(file.uuid)})
    assert factories.used(me) == 4000
    page = text_of(client.post(reverse("documents:forever"), {"d": str(file.uuid)}))
    assert "Cela libère <strong>4\u00a0ko</strong>" in page
    assert Resource.objects.filter(pk=file.pk).exists()
    answer = client.post(reverse("documents:forever"), {"d": str(file.uuid), "sur": "1"}, follow=True)
    assert said(answer) == ["1 document supprimé définitivement\u00a0: 4\u00a0ko de place en plus."]
    assert factories.used(me) == 0


def test_what_is_not_in_the_trash_is_never_deleted_for_good(me: User, as_person: SignIn) -> None:
    file = factories.file(me)
    as_person(me).post(reverse("documents:forever"), {"d": str(file.uuid), "sur": "1"})
    assert Resource.objects.filter(pk=file.pk).exists()


def test_nothing_chosen_is_said(me: User, as_person: SignIn) -> None:
    client = as_person(me)
    for name in ("trash", "restore", "forever", "move", "copy", "download", "share"):
        answer = client.post(reverse(f"documents:{name}"), {"retour": "/documents/"}, follow=True)
        assert said(answer) == ["Choisissez d’abord un ou plusieurs documents."], name


def test_a_place_is_picked_folder_by_folder(me: User, as_person: SignIn, text_of: TextOf) -> None:
    file, folder = factories.file(me, "a.txt"), factories.folder(me, "Sorties")
    inner = factories.folder(me, "Moulin", folder)
    client = as_person(me)
    given = {"d": str(file.uuid), "retour": "/documents/"}
    first = text_of(client.post(reverse("documents:move"), given))
    assert "Sorties" in first
    assert "Moulin" not in first
    opened = text_of(client.post(reverse("documents:move"), given | {"ici": "", "vers": str(folder.uuid)}))
    assert "Moulin" in opened
    answer = client.post(
        reverse("documents:move"), given | {"ici": str(inner.uuid), "faire": "1"}, follow=True
    )
    assert said(answer) == ["1 document déplacé dans «\u00a0Moulin\u00a0»."]
    file.refresh_from_db()
    assert file.parent == inner


def test_a_folder_is_not_moved_into_itself(me: User, as_person: SignIn, text_of: TextOf) -> None:
    folder = factories.folder(me, "Sorties")
    inner = factories.folder(me, "Moulin", folder)
    answer = as_person(me).post(
        reverse("documents:move"), {"d": str(folder.uuid), "ici": str(inner.uuid), "faire": "1"}
    )
    assert answer.status_code == 422
    folder.refresh_from_db()
    assert folder.parent is None


def test_before_a_move_one_is_told_who_will_see(
    me: User, other: User, as_person: SignIn, text_of: TextOf
) -> None:
    file, folder = factories.file(me), factories.folder(me, "Partagé")
    factories.share(folder, other)
    page = text_of(
        as_person(me).post(
            reverse("documents:move"), {"d": str(file.uuid), "vers": str(folder.uuid), "ici": ""}
        )
    )
    assert f"le verront aussi\u00a0: {other.full_name}." in page


def test_a_copy_is_mine(me: User, other: User, as_person: SignIn) -> None:
    file = factories.file(other, "modèle.txt")
    factories.share(file, me)
    as_person(me).post(reverse("documents:copy"), {"d": str(file.uuid), "ici": "", "faire": "1"})
    assert Resource.objects.get(owner=me).title == "modèle.txt"


def test_a_folder_goes_as_a_zip_of_what_one_sees(me: User, as_person: SignIn) -> None:
    folder = factories.folder(me, "Sorties")
    factories.file(me, "été.txt", b"soleil", folder)
    answer = as_person(me).get(reverse("documents:folder_zip", args=[folder.uuid]))
    with ZipFile(BytesIO(b"".join(answer.streaming_content))) as archive:  # type: ignore[attr-defined]
        assert archive.read("Sorties/été.txt") == b"soleil"


def test_bytes_are_sent_in_part_when_asked(me: User, as_person: SignIn) -> None:
    file = factories.file(me, "a.txt", b"0123456789")
    answer = as_person(me).get(reverse("documents:content", args=[file.uuid]), headers={"Range": "bytes=2-4"})
    assert answer.status_code == 206
    assert b"".join(answer.streaming_content) == b"234"  # type: ignore[attr-defined]


def test_a_file_page_tells_all_there_is(me: User, other: User, as_person: SignIn, text_of: TextOf) -> None:
    file = factories.file(me, "poésie.txt", b"automne")
    factories.share(file, other, Role.COMMENT)
    page = text_of(as_person(me).get(reverse("documents:file", args=[file.uuid])))
    assert other.full_name in page
    assert "Version actuelle" in page
    assert reverse("documents:content", args=[file.uuid]) in page
    theirs = text_of(as_person(other).get(reverse("documents:file", args=[file.uuid])))
    assert "Mettre à la corbeille" not in theirs
    assert f"{me.full_name} le partage avec vous" in theirs


def test_a_comment_is_left_and_taken_back(me: User, other: User, as_person: SignIn, text_of: TextOf) -> None:
    file = factories.file(me)
    factories.share(file, other, Role.COMMENT)
    client = as_person(other)
    address = reverse("documents:comment", args=[file.uuid])
    assert "Très beau <3" not in text_of(client.post(address, {"text": "Très beau <3"}, follow=True))
    comment = file.comments.get()
    assert "Très beau &lt;3" in text_of(client.get(reverse("documents:file", args=[file.uuid])))
    assert client.post(address, {"text": " "}).status_code == 422
    client.post(reverse("documents:delete_comment", args=[file.uuid, comment.uuid]))
    assert not file.comments.exists()


def test_a_reader_may_not_comment(me: User, other: User, as_person: SignIn, text_of: TextOf) -> None:
    file = factories.file(me)
    factories.share(file, other, Role.READ)
    client = as_person(other)
    assert "Votre commentaire" not in text_of(client.get(reverse("documents:file", args=[file.uuid])))
    assert client.post(reverse("documents:comment", args=[file.uuid]), {"text": "a"}).status_code == 422
    assert not file.comments.exists()


def test_a_new_version_keeps_the_former_one(me: User, as_person: SignIn) -> None:
    file = factories.file(me, "a.txt", b"un")
    client = as_person(me)
    client.post(
        reverse("documents:replace", args=[file.uuid]), {"fichier": SimpleUploadedFile("b.txt", b"deux")}
    )
    now = client.get(reverse("documents:file_download", args=[file.uuid]))
    before = client.get(reverse("documents:version", args=[file.uuid, 1]))
    assert b"".join(now.streaming_content) == b"deux"  # type: ignore[attr-defined]
    assert b"".join(before.streaming_content) == b"un"  # type: ignore[attr-defined]
    client.post(reverse("documents:show_version", args=[file.uuid, 1]))
    again = client.get(reverse("documents:file_download", args=[file.uuid]))
    assert b"".join(again.streaming_content) == b"un"  # type: ignore[attr-defined]


def test_the_page_that_frees_space_says_where_it_goes(me: User, as_person: SignIn, text_of: TextOf) -> None:
    factories.file(me, "a.txt", b"x" * 5000)
    factories.file(me, "b.txt", b"x" * 5000)
    page = text_of(as_person(me).get(reverse("documents:space")))
    for words in ("Où va l’espace", "Les plus lourds", "Les plus anciens", "En double", "10\u00a0ko"):
        assert words in page, words


def test_a_pupil_is_spoken_to_as_a_child(as_person: SignIn, text_of: TextOf) -> None:
    pupil = PersonFactory(pupil=True, activated=True)
    page = text_of(as_person(pupil).get("/documents/"))
    assert "tu gardes tes photos" in page
    assert "vous" not in page.split("<main")[1].split("<footer")[0]
    missing = as_person(pupil).get(f"/documents/dossier/{uuid4()}/")
    assert missing.status_code == 404
    assert "vous" not in missing.content.decode().lower()


@pytest.mark.parametrize("name", ["index", "shared", "trashed", "space"])
def test_a_list_asks_the_same_of_the_database_at_any_length(
    name: str, me: User, other: User, as_person: SignIn, django_assert_max_num_queries: Callable[..., object]
) -> None:
    def fill(count: int) -> None:
        for n in range(count):
            file = factories.file(me, f"{n}.txt", str(n).encode())
            factories.share(file, other)
            factories.share(factories.file(other, f"autre {n}.txt", f"o{n}".encode()), me)
        client.post(reverse("documents:trash"), {"d": str(Resource.objects.filter(owner=me).first().uuid)})

    client = as_person(me)
    fill(2)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(reverse(f"documents:{name}"))
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(reverse(f"documents:{name}"))
    fill(60)
    with CaptureQueriesContext(connection) as many:
        client.get(reverse(f"documents:{name}"))
    assert len(many) <= len(few) + 1
    assert len(many) <= 35
