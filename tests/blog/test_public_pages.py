"""The pages and the API where a public blog is opened and looked after, as administrators and others meet them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from blog.enums import State
from blog.models import Blog, PublicAddress, PublicBlog
from blog.services.blogs import Settings, open_blog
from sharing.enums import Role
from tests.blog.factories import fresh, share, signed_in
from tests.blog.factories import picture as sent
from tests.blog.public import ADDRESS, LATER, PDF, PLACE, TITLE, joined, opened, out, picture, written
from tests.directory.factories import AdministratorFactory
from tests.directory.worlds import SchoolWorld, school_world

pytestmark = pytest.mark.django_db
type TextOf = Callable[[Any], str]
CREATE = "/blog/nouveau/"
ASKED = {"title": TITLE, "description": "", "circuit": "OPEN", "comments": "OPEN", "public": "1"}


def test_the_case_of_the_back_to_school_in_its_order(world: SchoolWorld, text_of: TextOf) -> None:
    client = signed_in(world.director)
    page = text_of(client.get(CREATE))
    told = [page.index(each) for each in ("Titre", "Illustration", "Rendre public", "Adresse du blog")]
    assert told == sorted(told)
    for word in ("horaires", "rentrée échelonnée", "fournitures", "Copier l’adresse", "travail d’élève"):
        assert word in (
            page if word != "Copier l’adresse" else text_of(client.get("/blog/adresse/?title=Abc"))
        )
    proposed = text_of(client.get("/blog/adresse/", {"title": TITLE}))
    assert f'value="{ADDRESS}"' in proposed
    assert f"{PLACE}</span>" in proposed
    answer = client.post(CREATE, ASKED | {"address": ADDRESS, "drawing": "sun"})
    found = PublicBlog.objects.get()
    assert answer["Location"] == f"/blog/{found.blog.resource.uuid}/public/"
    assert (found.address_id, found.drawing, found.indexed) == (ADDRESS, "sun", False)
    assert found.blog.resource.owner_school == world.school
    assert (found.blog.circuit, found.blog.comments) == ("REVIEWED", "OFF")
    page = text_of(client.get(answer["Location"]))
    assert all(each in page for each in ("en ligne", "Mettre hors ligne", "Affiche", f"{PLACE}</span>"))
    assert Client().get(PLACE).status_code == 200


def test_only_administrators_see_the_box_and_whoever_ticks_it_all_the_same_gets_a_private_blog(
    world: SchoolWorld, text_of: TextOf
) -> None:
    teacher = signed_in(world.classes[0].teacher)
    assert "Rendre public" not in text_of(teacher.get(CREATE))
    teacher.post(CREATE, ASKED | {"address": ADDRESS})
    assert Blog.objects.get().resource.owner == world.classes[0].teacher
    assert not PublicAddress.objects.exists()
    assert teacher.get("/blog/adresse/?title=Rentree").status_code == 404


def test_what_was_typed_stays_where_the_title_changes_and_what_was_proposed_follows(
    world: SchoolWorld, text_of: TextOf
) -> None:
    client = signed_in(world.director)

    def shown(**asked: str) -> str:
        return text_of(client.get("/blog/adresse/", asked))

    assert 'value="mon-adresse"' in shown(title="Horaires", address="mon-adresse", proposed="rentree")
    assert 'value="horaires"' in shown(title="Horaires", address="rentree", proposed="rentree")
    assert 'value="Été !"' in shown(address="Été !", proposed="rentree")
    assert "Copier" not in shown(address="é", proposed="")


def test_a_picture_given_for_a_public_blog_is_refused_with_the_reason(
    world: SchoolWorld, text_of: TextOf
) -> None:
    client = signed_in(world.director)
    answer = client.post(CREATE, ASKED | {"illustration": sent()})
    assert answer.status_code == 422
    assert "ni photo, ni son, ni vidéo" in text_of(answer)
    assert not Blog.objects.exists()
    taken = opened(world)
    answer = client.post(CREATE, ASKED | {"address": taken.address_id})
    assert answer.status_code == 422
    assert "autre blog" in text_of(answer)
    assert Blog.objects.count() == 1


def test_whoever_administers_several_schools_says_which(world: SchoolWorld, text_of: TextOf) -> None:
    other = school_world()
    AdministratorFactory(person=world.director, school=other.school)
    client = signed_in(world.director)
    assert other.school.name in text_of(client.get(CREATE))
    assert "quelle école" in text_of(client.post(CREATE, ASKED))
    client.post(CREATE, ASKED | {"school": other.school.uai})
    assert Blog.objects.get().resource.owner_school == other.school
    stranger = school_world().school
    assert client.post(CREATE, ASKED | {"school": stranger.uai}).status_code == 422


def test_nothing_comes_out_before_the_reminder_was_read(world: SchoolWorld, text_of: TextOf) -> None:
    client, post = signed_in(world.director), written(world.director, opened(world).blog)
    edit = f"/blog/billet/{post.uuid}/modifier/"
    assert "Un blog public donne aux familles" in text_of(client.get(edit))
    given = {"titre": "Horaires", "texte": "8 h 20", "act": "publish"}
    remind = f"/blog/billet/{post.uuid}/rappel/"
    assert client.post(edit, given)["Location"] == remind
    assert client.post(f"/blog/billet/{post.uuid}/publier/")["Location"] == remind
    assert fresh(post).state == State.DRAFT
    page = text_of(client.get(remind))
    assert all(each in page for each in ("Avant de publier", "n’importe qui", PLACE.rstrip("/")))
    later = client.post(edit, given | {"act": "schedule", "quand": "2026-10-08T08:00"})["Location"]
    assert later.startswith(f"{remind}?quand=2026-10-08T08")
    assert "jeudi 8 octobre" in text_of(client.get(later))
    client.post(remind, {"quand": ""})
    assert fresh(post).state == State.PUBLISHED
    private = written(world.director, open_blog(by=world.director, settings=Settings(title="Classe")))
    assert client.get(f"/blog/billet/{private.uuid}/rappel/").status_code == 404


def test_offline_in_one_click_and_back(world: SchoolWorld, text_of: TextOf) -> None:
    blog = opened(world).blog
    client, place = signed_in(world.director), f"/blog/{blog.resource.uuid}/public/"
    page = text_of(client.post(f"{place}hors-ligne/", follow=True))
    assert "hors ligne" in page
    assert "Remettre en ligne" in page
    assert Client().get(PLACE).status_code == 404
    assert "en ligne" in text_of(client.post(f"{place}en-ligne/", follow=True))
    assert Client().get(PLACE).status_code == 200
    client.post(place, {"address": ADDRESS, "drawing": "cat", "ends_on": LATER.isoformat(), "indexed": "on"})
    assert "31 décembre 2026" in text_of(client.get(place))
    assert Client().get(PLACE)["X-Robots-Tag"] == "all"
    assert client.post(place, {"address": "x", "drawing": "cat"}).status_code == 422
    client.post(f"{place}prive/")
    assert Client().get(PLACE).status_code == 404
    assert "Rendre public" in text_of(client.get(place))


def test_what_stands_in_the_way_is_listed_and_the_blog_becomes_the_schools(
    world: SchoolWorld, text_of: TextOf
) -> None:
    me = world.director
    blog = open_blog(by=me, settings=Settings(title="Infos"))
    post = written(me, blog, "Sortie au parc")
    from blog.services import publish, trash

    joined(me, post, picture(), "cour.png")
    publish.publish(by=me, post=post)
    client, place = signed_in(me), f"/blog/{blog.resource.uuid}/public/"
    page = text_of(client.get(place))
    assert "Ce qui s’y oppose" in page
    assert "Sortie au parc" in page
    assert client.post(f"{place}ouvrir/", {"address": "infos"}).status_code == 422
    trash.trash(by=me, post=post)
    assert "deviendra celui de l’école" in text_of(client.get(place))
    assert client.post(f"{place}ouvrir/", {"address": "infos"}).status_code == 302
    assert fresh(blog.resource).owner_school == world.school


def test_others_find_no_page_of_it_but_the_blog_itself_says_what_it_is(
    world: SchoolWorld, text_of: TextOf
) -> None:
    room, blog = world.classes[0], opened(world).blog
    place = f"/blog/{blog.resource.uuid}/"
    for person in (room.teacher, room.relatives[0]):
        share(blog, person, Role.MANAGE)
        client = signed_in(person)
        page = text_of(client.get(place))
        assert "Ce blog est public" in page
        assert f"{place}public/" not in page
        for path in ("", "affiche/", "affiche.pdf"):
            assert client.get(f"{place}public/{path}").status_code == 404
        for path in ("hors-ligne/", "en-ligne/", "prive/", "ouvrir/"):
            assert client.post(f"{place}public/{path}").status_code == 404
    assert f"{place}public/" in text_of(signed_in(world.director).get(place))


def test_the_poster_bears_the_address_to_scan_and_to_type(
    world: SchoolWorld, text_of: TextOf, settings: Any
) -> None:
    settings.CARTABLE_URL = "https://ent.exemple.fr"
    blog, client = opened(world).blog, signed_in(world.director)
    place = f"/blog/{blog.resource.uuid}/public/"
    page = text_of(client.get(f"{place}affiche/"))
    assert f"ent.exemple.fr{PLACE}".rstrip("/") in page
    assert "<svg" in page
    file = client.get(f"{place}affiche.pdf")
    assert file.content.startswith(b"%PDF")
    assert f'filename="Affiche {ADDRESS}.pdf"' in file["Content-Disposition"]


def test_a_picture_sent_to_a_post_is_refused_with_the_reason_and_a_pdf_is_taken(
    world: SchoolWorld, text_of: TextOf
) -> None:
    client, post = signed_in(world.director), written(world.director, opened(world).blog)
    pieces = f"/pieces/blog/{post.uuid}/"
    page = text_of(client.post(pieces, {"fichier": sent(name="liste.pdf")}, follow=True))
    assert "ni photo, ni son, ni vidéo" in page
    paper = SimpleUploadedFile("liste.pdf", PDF, content_type="image/png")
    assert "liste.pdf" in text_of(client.post(pieces, {"fichier": paper}, follow=True))
    answer = client.post(f"/api/v1/pieces/blog/{post.uuid}/", {"file": sent()})
    assert answer.status_code in {400, 422}


def test_the_api_does_all_that_pages_do_by_the_same_rules(world: SchoolWorld) -> None:
    client, stranger = signed_in(world.director), signed_in(world.classes[0].teacher)

    def ask(method: str, path: str, body: Any = None, by: Client = client) -> Any:
        return getattr(by, method)(f"/api/v1/{path}", body, content_type="application/json")

    new = {"school": str(world.school.uuid), "title": TITLE}
    assert ask("post", "blogs/public/", new, stranger).status_code == 404
    made = ask("post", "blogs/public/", new).json()
    assert (made["address"], made["online"], made["indexed"]) == (ADDRESS, True, False)
    place = f"blogs/{made['blog']}/public/"
    assert ask("get", place, by=stranger).status_code == 404
    assert ask("put", place, {"address": "Rentrée"}).json()["address"] == "rentree"
    assert ask("put", place, {"drawing": "photo"}).status_code == 400
    assert ask("post", f"{place}offline/").json()["online"] is False
    assert ask("post", f"{place}online/").json()["online"] is True
    assert client.get(f"/api/v1/{place}poster/").content.startswith(b"%PDF")
    draft = ask("post", f"blogs/{made['blog']}/posts/", {"title": "Cantine", "body": "<p>Le menu</p>"}).json()
    refused = ask("post", f"blog-posts/{draft['uuid']}/publish/", {})
    assert (refused.status_code, refused.json()["type"]) == (428, "urn:cartable:public-reminder-first")
    assert ask("post", f"blog-posts/{draft['uuid']}/publish/", {"reminded": True}).status_code == 200
    assert ask("delete", place).status_code == 204
    told = ask("get", place).json()
    assert (told["public"], told["proposed"], told["hindrances"]) == (False, ADDRESS, [])
    assert ask("post", f"{place}offline/").status_code == 409
    own = open_blog(by=world.director, settings=Settings(title="Infos"))
    out_of = f"blogs/{own.resource.uuid}/public/"
    assert ask("put", out_of, {}).status_code == 400
    assert ask("put", out_of, {"school": str(world.school.uuid)}).json()["address"] == "infos"


def test_ceded_to_somebody_it_is_private_at_once(world: SchoolWorld) -> None:
    from sharing.services import hand_over

    public = opened(world)
    out(world.director, public.blog)
    offered = hand_over.offer(by=world.director, resource=public.blog.resource, to=world.classes[0].teacher)
    assert Client().get(PLACE).status_code == 200
    hand_over.accept(by=world.classes[0].teacher, handover=offered)
    assert Client().get(PLACE).status_code == 404
    assert not PublicBlog.objects.exists()
    assert PublicAddress.objects.get().blog == public.blog
