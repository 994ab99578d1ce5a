"""The pages of cahiers mémo: what a form does without a script, what each person sees, how much a page asks."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core import clock
from core.models import Job
from notebooks.memo_jobs import draw_memo
from notebooks.models import MemoBlock, MemoBook, MemoPage
from notebooks.services import memo_pages
from sharing.enums import Role
from sharing.models import Grant, Resource
from tests.directory.worlds import SchoolWorld
from tests.notebooks import memo_factories as memo
from tests.notebooks.memo_factories import signed_in

pytestmark = pytest.mark.django_db
type TextOf = Callable[[Any], str]
SHELF = "/cahiers/memo/"
HTMX = {"HX-Request": "true"}


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_a_book_is_begun_dressed_and_read_without_a_script(world: SchoolWorld, text_of: TextOf) -> None:
    teacher = world.classes[0].teacher
    client = signed_in(teacher)
    refused = client.post(f"{SHELF}nouveau/", {"titre": "", "couleur": "violet", "dessin": "fox"})
    assert refused.status_code == 422
    assert "Donnez un titre à ce cahier." in text_of(refused)
    given = {"titre": "Notre année", "mots": "À garder", "couleur": "teal", "dessin": "fox"}
    picture = SimpleUploadedFile("mer.jpg", memo.photo(), content_type="image/jpeg")
    shown = text_of(client.post(f"{SHELF}nouveau/", given | {"photo": picture}, follow=True))
    book = Resource.objects.get(kind="memo_book")
    assert "Notre année" in shown
    assert 'data-cover="teal"' in shown
    assert "/pieces/fichier/" in shown
    page = client.post(f"{SHELF}{book.uuid}/pages/")
    made = MemoPage.objects.get()
    assert page["Location"] == f"{SHELF}page/{made.uuid}/"
    client.post(f"{page['Location']}titre/", {"titre": "La mer", "version": "1"})
    answer = client.post(f"{page['Location']}ajouter/", {"genre": "texte"})
    block = MemoBlock.objects.get()
    assert f"bloc={block.uuid}" in answer["Location"]
    edited = {"texte": "Elle est bleue.\n\nTrès bleue.", "format": "plain", "version": "1"}
    client.post(f"{SHELF}bloc/{block.uuid}/", edited)
    client.post(f"{page['Location']}ajouter/", {"genre": "lien", "adresse": "mer.fr", "legende": "La mer"})
    files = [SimpleUploadedFile("p.jpg", memo.photo("red")), SimpleUploadedFile("s.wav", memo.sound())]
    client.post(f"{page['Location']}ajouter/", {"fichier": files})
    block.refresh_from_db()
    assert block.body == "<p>Elle est bleue.</p><p>Très bleue.</p>"
    assert [each.kind for each in made.blocks.order_by("position")] == ["TEXT", "LINK", "PICTURE", "SOUND"]
    read = text_of(client.get(f"{SHELF}{book.uuid}/lire/", follow=True))
    for part in ("Elle est bleue.", "https://mer.fr", "<audio", "Page 1 sur 1"):
        assert part in read


def test_what_is_not_shared_is_not_there(world: SchoolWorld) -> None:
    room = world.classes[0]
    made = memo.book(room.teacher, "Album", room.relatives[0])
    page = memo.page(room.teacher, made, "La mer", "Bleue")
    block = page.blocks.get()
    reader, stranger = signed_in(room.relatives[0]), signed_in(world.classes[1].teacher)
    for path in (f"{made.uuid}/", f"page/{page.uuid}/lire/", f"{made.uuid}/pdf/"):
        assert stranger.get(f"{SHELF}{path}").status_code == 404
        assert reader.get(f"{SHELF}{path}").status_code == 200
    for path in (f"{made.uuid}/couverture/", f"{made.uuid}/au-nom-des-eleves/"):
        assert reader.get(f"{SHELF}{path}").status_code == 404
    assert reader.get(f"{SHELF}page/{page.uuid}/")["Location"].endswith("/lire/")
    answer = reader.post(f"{SHELF}bloc/{block.uuid}/", {"texte": "x", "version": "1"})
    assert answer.status_code == 302
    block.refresh_from_db()
    assert block.body == "<p>Bleue</p>"


def test_both_versions_are_kept_where_two_wrote_at_once(world: SchoolWorld, text_of: TextOf) -> None:
    room = world.classes[0]
    zoe = room.pupils[0]
    made = memo.book(room.teacher, "Album", zoe, role=Role.CONTRIBUTE)
    page = memo.page(zoe, made, "La mer", "Bleue")
    block = page.blocks.get()
    pupil, teacher = signed_in(zoe), signed_in(room.teacher)
    at = f"{SHELF}bloc/{block.uuid}/"
    teacher.post(at, {"texte": "<p>Grise</p>", "format": "html", "version": str(block.version)})
    mine = {"texte": "<p>Verte</p>", "format": "html", "version": str(block.version)}
    answer = pupil.post(at, mine)
    assert answer.status_code == 409
    shown = text_of(answer)
    assert "Grise" in shown
    assert "Verte" in shown
    assert room.teacher.full_name in shown
    block.refresh_from_db()
    assert block.body == "<p>Grise</p>"
    # As one types, the same: the page shows both, and nothing is saved over the other.
    told = pupil.post(at, mine | {"auto": "1"}, headers=HTMX)
    assert (told["HX-Retarget"], told.status_code) == ("#blocs", 200)
    pupil.post(at, mine | {"choix": "dessous"})
    assert list(page.blocks.order_by("position").values_list("body", flat=True)) == [
        "<p>Grise</p>",
        "<p>Verte</p>",
    ]
    block.refresh_from_db()
    pupil.post(at, mine | {"choix": "remplacer", "version": str(block.version)})
    block.refresh_from_db()
    assert block.body == "<p>Verte</p>"


def test_a_move_keeps_the_button_and_says_where_it_went(world: SchoolWorld, text_of: TextOf) -> None:
    teacher = world.classes[0].teacher
    made = memo.book(teacher)
    pages = [memo.page(teacher, made, title, "x") for title in ("Un", "Deux", "Trois")]
    client = signed_in(teacher)
    told = client.post(f"{SHELF}page/{pages[2].uuid}/deplacer/", {"sens": "haut"}, headers=HTMX)
    assert "Trois\u00a0: page 2 sur 3." in text_of(told)
    assert f'id="haut-{pages[2].uuid}"' in text_of(told)
    assert memo.titles(made) == ["Un", "Trois", "Deux"]
    client.post(f"{SHELF}page/{pages[0].uuid}/deplacer/", {"apres": str(pages[1].uuid)})
    assert memo.titles(made) == ["Trois", "Deux", "Un"]
    client.post(f"{SHELF}page/{pages[0].uuid}/deplacer/", {"apres": ""})
    assert memo.titles(made) == ["Un", "Trois", "Deux"]


def test_what_is_taken_off_comes_back_by_the_word_that_says_so(world: SchoolWorld, text_of: TextOf) -> None:
    teacher = world.classes[0].teacher
    made = memo.book(teacher)
    page = memo.page(teacher, made, "La mer", "Bleue")
    block, client = page.blocks.get(), signed_in(teacher)
    shown = text_of(client.post(f"{SHELF}bloc/{block.uuid}/retirer/", follow=True))
    assert f"{SHELF}bloc/{block.uuid}/remettre/" in shown
    client.post(f"{SHELF}bloc/{block.uuid}/remettre/")
    client.post(f"{SHELF}page/{page.uuid}/retirer/")
    assert "1 page retirée" in text_of(client.get(f"{SHELF}{made.uuid}/"))
    client.post(f"{SHELF}page/{page.uuid}/remettre/")
    assert memo.titles(made) == ["La mer"]
    assert client.get(f"{SHELF}page/{page.uuid}/supprimer/").status_code == 404
    client.post(f"{SHELF}page/{page.uuid}/retirer/")
    assert client.get(f"{SHELF}page/{page.uuid}/supprimer/").status_code == 200
    client.post(f"{SHELF}page/{page.uuid}/supprimer/")
    assert not MemoPage.objects.exists()


def test_one_click_shares_in_the_name_of_each_pupil_and_says_why(world: SchoolWorld, text_of: TextOf) -> None:
    room = world.classes[0]
    made = memo.book(room.teacher)
    client, at = signed_in(room.teacher), f"{SHELF}{made.uuid}/au-nom-des-eleves/"
    shown = text_of(client.get(f"{SHELF}{made.uuid}/"))
    assert "chacun le garde l’an prochain" in shown
    assert str(room.school_class.uuid) in shown
    client.post(at, {"classe": str(room.school_class.uuid)})
    named = Grant.objects.filter(resource=made)
    assert {(grant.person_id, grant.role, grant.group_id) for grant in named} == {
        (pupil.pk, Role.READ, None) for pupil in room.pupils
    }
    both = {"classe": str(room.school_class.uuid), "droit": "ecrire", "pages": "on", "parents": "on"}
    client.post(at, both)
    assert set(named.values_list("person_id", "role")) == {
        *((pupil.pk, Role.CONTRIBUTE) for pupil in room.pupils),
        *((relative.pk, Role.READ) for relative in room.relatives),
    }
    authors = set(MemoPage.objects.filter(book=made.pk).values_list("author_id", flat=True))
    assert authors == {pupil.pk for pupil in room.pupils}
    assert client.post(at, {"classe": str(made.uuid)}).status_code == 404
    relative = signed_in(room.relatives[0])
    assert relative.post(at, {"classe": str(room.school_class.uuid)}).status_code == 404


def test_a_book_is_entrusted_from_its_page_in_the_panel_that_opens_there(
    world: SchoolWorld, text_of: TextOf
) -> None:
    teacher, other = world.classes[0].teacher, world.classes[1].teacher
    made = memo.book(teacher, "Album")
    client = signed_in(teacher)
    assert f"/partages/{made.uuid}/?confier=1" in text_of(client.get(f"{SHELF}{made.uuid}/"))
    assert "open data-panel-here" in text_of(client.get(f"/partages/{made.uuid}/?confier=1"))
    client.post(f"/partages/{made.uuid}/confier/", {"recipient": f"person:{other.uuid}"})
    assert Grant.objects.get(resource=made).person == other
    assert "Ajouter une page" in text_of(signed_in(other).get(f"{SHELF}{made.uuid}/"))


def test_a_copy_is_ones_own_with_files_of_ones_own(world: SchoolWorld) -> None:
    room = world.classes[0]
    made = memo.book(room.teacher, "Album", room.relatives[0])
    page = memo.page(room.teacher, made, "La mer", "Bleue")
    memo.picture(room.teacher, page)
    memo_pages.add_page(by=room.teacher, book=made)
    answer = signed_in(room.relatives[0]).post(f"{SHELF}{made.uuid}/copier/")
    copy = Resource.objects.get(owner=room.relatives[0], kind="memo_book")
    assert answer["Location"] == f"{SHELF}{copy.uuid}/"
    assert copy.title == "Album (copie)"
    (page,) = MemoPage.objects.filter(book=copy.pk)
    assert (page.title, page.author) == ("La mer", room.teacher)
    assert page.blocks.count() == 2
    kept = Resource.objects.get(owner=room.relatives[0], kind="file")
    assert kept.file.kept
    assert not Grant.objects.filter(resource=copy).exists()
    assert signed_in(world.classes[1].teacher).post(f"{SHELF}{made.uuid}/copier/").status_code == 404


def test_a_book_is_drawn_on_paper_at_once_or_by_a_job_for_its_asker_alone(
    world: SchoolWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = world.classes[0]
    made = memo.book(room.teacher, "Album", room.pupils[0])
    page = memo.page(room.teacher, made, "La mer", "Bleue")
    memo.picture(room.teacher, page, caption="La plage")
    client = signed_in(room.pupils[0])
    drawn = client.get(f"{SHELF}{made.uuid}/pdf/")
    assert drawn.content.startswith(b"%PDF-")
    monkeypatch.setattr("notebooks.services.memo_pdf.AT_ONCE", 0)
    assert client.get(f"{SHELF}{made.uuid}/pdf/")["Location"] == f"{SHELF}{made.uuid}/"
    followed = client.post(f"{SHELF}{made.uuid}/pdf/preparer/")["Location"]
    job = Job.objects.get(name="notebooks.memo_pdf")
    draw_memo._received(str(job.uuid))
    assert client.get(followed).status_code == 200
    assert client.get(f"{followed}pdf/").content.startswith(b"%PDF-")
    assert signed_in(room.teacher).get(followed).status_code == 404
    Grant.objects.all().delete()
    assert client.get(f"{followed}pdf/").status_code == 404
    assert job.created_at < clock.now() + timedelta(days=400)


def many_books(world: SchoolWorld, count: int) -> None:
    teacher = world.classes[0].teacher
    first = memo.book(teacher, "Premier")
    now = clock.now()
    made = Resource.objects.bulk_create(
        Resource(
            kind="memo_book",
            title=f"Cahier {n}",
            owner=teacher,
            school_year=first.school_year,
            created_at=now,
            changed_at=now,
        )
        for n in range(count - 1)
    )
    MemoBook.objects.bulk_create(MemoBook(resource=each) for each in made)


def many_pages(world: SchoolWorld, count: int) -> Resource:
    teacher = world.classes[0].teacher
    made = memo.book(teacher)
    memo.picture(teacher, memo.page(teacher, made, "Une", "Texte"))
    now = clock.now()
    rows = MemoPage.objects.bulk_create(
        MemoPage(
            book_id=made.pk,
            author=teacher,
            title=f"Page {n}",
            position=n,
            filled=True,
            created_at=now,
            changed_at=now,
        )
        for n in range(2, count + 1)
    )
    MemoBlock.objects.bulk_create(
        MemoBlock(page=row, kind="TEXT", body="<p>x</p>", position=1, changed_at=now) for row in rows
    )
    return made


def test_a_shelf_a_book_and_a_page_ask_as_much_for_two_hundred_as_for_one(world: SchoolWorld) -> None:
    teacher = world.classes[0].teacher
    client = signed_in(teacher)
    many_books(world, 1)
    shelf = [queries(client, SHELF)]
    many_books(world, 199)
    shelf.append(queries(client, SHELF))
    few, many = many_pages(world, 1), many_pages(world, 200)
    book = [queries(client, f"{SHELF}{each.uuid}/") for each in (few, many)]
    firsts = [each.memo_book.pages.order_by("position")[0] for each in (few, many)]
    read = [queries(client, f"{SHELF}page/{page.uuid}/lire/") for page in firsts]
    written = [queries(client, f"{SHELF}page/{page.uuid}/") for page in firsts]
    assert [shelf, book, read, written] == [[10, 10], [16, 16], [13, 13], [11, 11]]


def test_a_search_finds_the_page_by_its_words_and_by_nobody_elses_right(
    world: SchoolWorld, text_of: TextOf
) -> None:
    room = world.classes[0]
    made = memo.book(room.teacher, "Album", room.relatives[0])
    page = memo.page(room.teacher, made, "La mer", "Les crabes de l’été")
    found = text_of(signed_in(room.relatives[0]).get("/recherche/", {"q": "crabes été"}))
    assert f"{SHELF}page/{page.uuid}/lire/" in found
    assert "Album" in text_of(signed_in(room.relatives[0]).get(SHELF, {"q": "crabe"}))
    assert "Album" not in text_of(signed_in(world.classes[1].teacher).get(SHELF, {"q": "crabe"}))
