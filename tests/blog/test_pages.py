"""The pages of blogs: what a form does without a script, what a page shows, how much it asks."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.enums import Profile
from accounts.models import User
from blog.enums import Circuit, State, Talk, Word
from blog.models import Blog, Comment, Post
from blog.querysets import months_of
from blog.services import comments, posts, publish, trash
from core import clock
from directory.services.consents import say_for_school
from documents.pieces import pieces_of
from sharing.enums import Role
from sharing.models import Resource
from tests.blog.conftest import NOON
from tests.blog.factories import (
    BlogWorld,
    draft,
    fresh,
    group_of,
    joined,
    opened,
    picture,
    published,
    share,
    signed_in,
    submitted,
)

pytestmark = pytest.mark.django_db
type TextOf = Callable[[Any], str]


def page_of(blog: Blog) -> str:
    return f"/blog/{blog.resource.uuid}/"


def of_post(post: Post, act: str = "") -> str:
    return f"/blog/billet/{post.uuid}/{act}"


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_a_blog_is_created_illustrated_and_set_in_two_forms(here: BlogWorld, text_of: TextOf) -> None:
    client = signed_in(here.teacher)
    given = {"title": "Sciences", "description": "Nos essais", "circuit": "OPEN", "comments": "OFF"}
    answer = client.post("/blog/nouveau/", given | {"illustration": picture()}, follow=True)
    assert "Vous seul voyez ce blog" in text_of(answer)
    made = Blog.objects.select_related("resource").get(resource__title="Sciences")
    assert (made.circuit, made.comments, made.description) == (Circuit.OPEN, Talk.OFF, "Nos essais")
    image = client.get(f"{page_of(made)}illustration/")
    assert image["Content-Type"] == "image/webp"
    assert b"".join(image.streaming_content)  # type: ignore[attr-defined]
    client.post(
        f"{page_of(made)}reglages/", given | {"title": "Sciences et jardin", "sans-illustration": "1"}
    )
    kept = Blog.objects.select_related("resource").get(pk=made.pk)
    assert (kept.resource.title, kept.illustration) == ("Sciences et jardin", None)
    assert client.post("/blog/nouveau/", given | {"title": " "}).status_code == 422
    assert client.post("/blog/nouveau/", given | {"illustration": picture(name="a.png")}).status_code == 302


def test_a_post_is_written_kept_submitted_and_published_without_a_script(
    here: BlogWorld, text_of: TextOf
) -> None:
    pupil, teacher = signed_in(here.pupil), signed_in(here.teacher)
    answer = pupil.post(f"{page_of(here.blog)}ecrire/")
    post = Post.objects.get(author=here.pupil)
    assert answer["Location"] == of_post(post, "modifier/")
    page = pupil.post(
        of_post(post, "modifier/"), {"titre": "Ma dent", "texte": "Elle bouge.", "act": "save"}, follow=True
    )
    assert "C’est gardé." in text_of(page)
    assert "J’envoie à relire" in text_of(page)
    given = {"titre": "Ma dent", "texte": "Elle est tombée.", "act": "submit"}
    assert "sera relu" in text_of(pupil.post(of_post(post, "modifier/"), given, follow=True))
    assert fresh(post).state == State.SUBMITTED
    assert "1 billet à relire" in text_of(teacher.get(page_of(here.blog)))
    waiting = f"{page_of(here.blog)}relire/"
    assert "Elle est tombée." in text_of(teacher.get(waiting))
    teacher.post(of_post(post, "renvoyer/"), {"mot": "Et après ?", "retour": waiting})
    assert "Et après ?" in text_of(pupil.get(of_post(post, "modifier/")))
    pupil.post(of_post(post, "modifier/"), given | {"texte": "La souris est passée."})
    answer = teacher.post(of_post(post, "publier/"), {"retour": waiting}, follow=True)
    assert "Rien n’attend" in text_of(answer)
    assert "La souris est passée." in text_of(signed_in(here.relative).get(of_post(post)))


def test_what_is_typed_is_kept_by_itself(here: BlogWorld, text_of: TextOf) -> None:
    client, post = signed_in(here.teacher), draft(here.teacher, here.blog)
    address, given = (
        of_post(post, "modifier/"),
        {"titre": "La mare", "texte": "<p>Cinq</p>", "format": "html"},
    )
    given["vu"] = fresh(post).changed_at.isoformat()
    with clock.at(NOON + timedelta(minutes=3)):
        kept = client.post(address, given, headers={"HX-Request": "true"})
        assert "brouillon enregistré à 12" in text_of(kept)
        assert fresh(post).body == "<p>Cinq</p>"
        # Pressed while it was being kept: the page knew no later state.
        client.post(address, given | {"texte": "<p>Six</p>", "act": "publish"})
    assert (fresh(post).state, fresh(post).body) == (State.PUBLISHED, "<p>Six</p>")


def test_nothing_of_another_is_overwritten(here: BlogWorld, text_of: TextOf) -> None:
    client, post = signed_in(here.teacher), submitted(here.pupil, here.blog)
    address, given = (
        of_post(post, "modifier/"),
        {"titre": "La mare", "texte": "<p>Cinq</p>", "format": "html"},
    )
    given["vu"] = fresh(post).changed_at.isoformat()
    with clock.at(NOON + timedelta(minutes=3)):
        client.post(address, given | {"act": "save"})
        page = client.post(address, given | {"texte": "<p>Six</p>", "act": "publish"})
    assert page.status_code == 422
    assert "pendant que vous l’écriviez" in text_of(page)
    assert "Six" in text_of(page)
    assert (fresh(post).state, fresh(post).body) == (State.SUBMITTED, "<p>Cinq</p>")


def test_a_post_is_scheduled_from_its_page(here: BlogWorld, text_of: TextOf) -> None:
    client, post = signed_in(here.teacher), draft(here.teacher, here.blog)
    given = {"titre": "La mare", "texte": "Bientôt", "act": "schedule"}
    assert client.post(of_post(post, "modifier/"), given | {"quand": "hier"}).status_code == 422
    assert client.post(of_post(post, "modifier/"), given | {"quand": "2026-10-05T08:00"}).status_code == 422
    page = client.post(of_post(post, "modifier/"), given | {"quand": "2026-10-07T08:30"}, follow=True)
    assert "mercredi 7 octobre" in text_of(page)
    assert fresh(post).state == State.SCHEDULED


def test_posts_are_narrowed_to_a_month_an_author_words_or_a_state(here: BlogWorld, text_of: TextOf) -> None:
    with clock.at(NOON - timedelta(days=40)):
        published(here.teacher, here.blog, "Rentrée des classes")
    published(here.teacher, here.blog, "Les têtards", "<p>Ils nagent déjà</p>")
    publish.publish(by=here.teacher, post=submitted(here.pupil, here.blog, "Mon chat"))
    draft(here.teacher, here.blog, "Pas fini")
    client = signed_in(here.teacher)

    def found(query: str) -> set[str]:
        page = text_of(client.get(f"{page_of(here.blog)}?{query}"))
        return {
            title
            for title in ("Rentrée des classes", "Les têtards", "Mon chat", "Pas fini")
            if f">{title}</a></h2>" in page.replace("\n", "")
        }

    assert found("") == {"Rentrée des classes", "Les têtards", "Mon chat"}
    assert found("mois=2026-08") == {"Rentrée des classes"}
    assert found(f"auteur={here.pupil.uuid}") == {"Mon chat"}
    assert found("q=nage+tetard") == {"Les têtards"}
    assert found("etat=brouillons") == {"Pas fini"}
    assert found("mois=n-importe&auteur=x&etat=y") == {"Rentrée des classes", "Les têtards", "Mon chat"}
    assert [number for _, number in months_of(here.blog)] == [2, 1]
    assert "Brouillons" not in text_of(signed_in(here.relative).get(page_of(here.blog)))


def test_comments_are_said_read_first_and_sent_back_in_the_page(here: BlogWorld, text_of: TextOf) -> None:
    post = published(here.teacher, here.blog)
    relative, teacher = signed_in(here.relative), signed_in(here.teacher)
    refused = relative.post(of_post(post, "commenter/"), {"texte": " "})
    assert refused.status_code == 422
    assert "sera relu" in text_of(relative.post(of_post(post, "commenter/"), {"texte": "Bravo"}, follow=True))
    said = Comment.objects.get()
    assert "Bravo" not in text_of(signed_in(here.pupil).get(of_post(post)))
    teacher.post(f"/blog/commentaire/{said.uuid}/renvoyer/", {"mot": "Dites-nous en plus"})
    assert "Dites-nous en plus" in text_of(relative.get(of_post(post)))
    relative.post(f"/blog/commentaire/{said.uuid}/", {"texte": "Bravo pour les têtards"})
    teacher.post(f"/blog/commentaire/{said.uuid}/publier/")
    assert fresh(said).state == Word.PUBLISHED
    assert "têtards" in text_of(signed_in(here.pupil).get(of_post(post)))
    relative.post(f"/blog/commentaire/{said.uuid}/supprimer/")
    assert not Comment.objects.exists()


def test_the_team_sees_who_may_not_be_pictured_and_nobody_else_does(here: BlogWorld, text_of: TextOf) -> None:
    say_for_school(by=here.school.director, pupil=here.classmate, allowed=True)
    hidden, shown = here.pupil.full_name, here.classmate.full_name
    teacher = draft(here.teacher, here.blog)
    page = text_of(signed_in(here.teacher).get(of_post(teacher, "modifier/")))
    assert "élève ne doit pas être montré" in page
    assert hidden in page
    assert shown not in page
    pupil = draft(here.classmate, here.blog)
    assert hidden not in text_of(signed_in(here.classmate).get(of_post(pupil, "modifier/")))
    share(here.blog, here.relative, Role.CONTRIBUTE)
    by_relative = draft(here.relative, here.blog)
    assert hidden not in text_of(signed_in(here.relative).get(of_post(by_relative, "modifier/")))


def test_a_blurred_picture_takes_the_place_of_the_first_which_is_gone(here: BlogWorld) -> None:
    post = draft(here.teacher, here.blog)
    first = joined(here.teacher, post, inline=True)
    address = f"/pieces/fichier/{first}/"
    posts.save(by=here.teacher, post=post, body=f'<p><img src="{address}contenu/" alt=""></p>')
    body = fresh(post).body
    client = signed_in(here.teacher)
    source = client.get(of_post(post, f"flouter/{first}/"))
    assert b"".join(source.streaming_content)  # type: ignore[attr-defined]
    answer = client.post(
        of_post(post, "flouter/"),
        {"fichier": str(first), "image": picture("red")},
        headers={"Accept": "application/json"},
    )
    assert answer.status_code == 201
    [piece] = pieces_of("blog", [post.uuid])[post.uuid]
    assert piece.uuid != first
    assert not Resource.objects.filter(uuid=first).exists()
    if str(first) in body:
        assert str(piece.uuid) in fresh(post).body
    added = client.post(of_post(post, "flouter/"), {"image": picture("blue")})
    assert added.status_code == 302
    assert len(pieces_of("blog", [post.uuid])[post.uuid]) == 2
    refused = client.post(of_post(post, "flouter/"), {}, headers={"Accept": "application/json"})
    assert refused.status_code == 400
    assert signed_in(here.pupil).post(of_post(post, "flouter/"), {"image": picture()}).status_code == 404


def test_a_post_comes_back_from_the_trash_and_a_low_sign_in_deletes_none_for_good(
    here: BlogWorld, text_of: TextOf
) -> None:
    client, post = signed_in(here.pupil), draft(here.pupil, here.blog)
    client.post(of_post(post, "jeter/"))
    assert client.get(of_post(post)).status_code == 404
    assert "La mare" in text_of(client.get(f"{page_of(here.blog)}corbeille/"))
    client.post(of_post(post, "restaurer/"))
    assert fresh(post).trashed_at is None
    trash.trash(by=here.pupil, post=post)
    assert "pour toujours" in text_of(client.get(of_post(post, "supprimer/")))
    client.post(of_post(post, "supprimer/"))
    assert not Post.objects.filter(pk=post.pk).exists()


def test_copying_takes_ones_own_posts_with_their_files_and_nothing_else(
    here: BlogWorld, text_of: TextOf
) -> None:
    mine = published(here.teacher, here.blog, "À moi")
    joined(here.teacher, mine)
    publish.publish(by=here.teacher, post=submitted(here.pupil, here.blog, "À lui"))
    comments.say(by=here.teacher, post=mine, text="Oh")
    client = signed_in(here.teacher)
    assert "1 billet de vous" in text_of(client.get(f"{page_of(here.blog)}copier/"))
    client.post(f"{page_of(here.blog)}copier/", {"titre": "CE2, deuxième", "billets": "publies"})
    made = Blog.objects.select_related("resource").get(resource__title="CE2, deuxième")
    [copied] = Post.objects.filter(blog=made)
    assert (copied.title, copied.state, copied.published_at) == ("À moi", State.PUBLISHED, mine.published_at)
    assert len(pieces_of("blog", [copied.uuid])[copied.uuid]) == 1
    assert not copied.comments.exists()
    assert not made.resource.grants.exists()
    client.post(f"{page_of(here.blog)}copier/", {"titre": "CE2, brouillons", "billets": "brouillons"})
    assert Post.objects.get(blog__resource__title="CE2, brouillons").state == State.DRAFT
    assert signed_in(here.pupil).get(f"{page_of(here.blog)}copier/").status_code == 404


def many(here: BlogWorld, count: int) -> None:
    """So many posts, of as many blogs, each with a comment."""
    now = clock.now()
    resources = Resource.objects.bulk_create(
        Resource(
            kind="blog",
            title=f"Blog {n}",
            owner=here.teacher,
            school_year=2026,
            created_at=now,
            changed_at=now,
        )
        for n in range(count)
    )
    Blog.objects.bulk_create(Blog(resource=each) for each in resources)
    made = Post.objects.bulk_create(
        Post(
            blog=blog,
            author=here.teacher,
            title=f"Billet {n}",
            text="Oui",
            body="<p>Oui</p>",
            state=State.PUBLISHED,
            created_at=now,
            changed_at=now,
            published_at=now,
        )
        for blog in (here.blog, *Blog.objects.filter(resource__in=resources))
        for n in range(count if blog == here.blog else 1)
    )
    Comment.objects.bulk_create(
        Comment(post=made[0], author=here.relative, text="Oui", state=state, at=now)
        for state in (Word.PUBLISHED, Word.SUBMITTED)
        for _ in range(count)
    )
    Post.objects.bulk_create(
        Post(
            blog=here.blog,
            author=here.pupil,
            title=f"Attend {n}",
            state=State.SUBMITTED,
            created_at=now,
            changed_at=now,
        )
        for n in range(count)
    )


@pytest.mark.parametrize(
    ("where", "asked"), [("", 12), ("blog", 17), ("relire", 12), ("imprimer", 10), ("billet", 13)]
)
def test_pages_ask_as_much_for_one_row_as_for_two_hundred(here: BlogWorld, where: str, asked: int) -> None:
    client = signed_in(here.teacher)
    first = published(here.teacher, here.blog)
    many(here, 1)
    address = {
        "": "/blog/",
        "blog": page_of(here.blog),
        "relire": f"{page_of(here.blog)}relire/",
        "imprimer": f"{page_of(here.blog)}imprimer/?commentaires=1",
        "billet": of_post(first),
    }[where]
    few = queries(client, address)
    many(here, 200)
    assert queries(client, address) == few == asked


def test_a_relative_reads_posts_of_the_class_and_of_nobody_elses(here: BlogWorld, text_of: TextOf) -> None:
    other = opened(here.neighbour, "Les CM1")
    share(other, group_of(here.school.classes[1], Profile.RELATIVE))
    hidden = published(here.neighbour, other, "Ailleurs")
    post = published(here.teacher, here.blog)
    relative: User = here.relative
    client = signed_in(relative)
    page = text_of(client.get("/blog/"))
    assert "Le blog des CE2" in page
    assert "Les CM1" not in page
    assert client.get(of_post(hidden)).status_code == 404
    assert client.get(page_of(other)).status_code == 404
    assert "Trois grenouilles" in text_of(client.get(of_post(post)))
    assert "Écrire un billet" not in text_of(client.get(page_of(here.blog)))
