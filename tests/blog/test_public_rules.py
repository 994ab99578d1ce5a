"""What a public blog holds back, by every door, each refusal beside what is let in."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest

from accounts.models import User
from blog.enums import State, Talk
from blog.models import Blog, Post, PublicBlog
from blog.public_errors import (
    NoPictureInPublic,
    NoTalkInPublic,
    OnlyPdfInPublic,
    PupilInPublic,
    PupilsDocument,
    ReminderFirst,
    StandsInTheWay,
)
from blog.services import blogs, blur, comments, posts, public, publish, trash
from blog.services.blogs import Settings, change_blog, illustrate, open_blog
from blog.services.public import Choice, make_public
from core import clock
from core.storage import services as storage
from core.storage.models import Blob
from documents.services import keeping
from documents.services.files import add
from sharing.enums import Role
from tests.blog.factories import broken, fresh, share
from tests.blog.factories import picture as sent
from tests.blog.public import joined, opened, out, pdf, picture, written
from tests.directory.worlds import SchoolWorld

pytestmark = pytest.mark.django_db
WAV = b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(32)
MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(64)
DOCX = b"PK\x03\x04" + bytes(60)


@pytest.fixture
def blog(world: SchoolWorld) -> Blog:
    return opened(world).blog


def content(data: bytes, name: str) -> Blob:
    return storage.receive(file=BytesIO(data), name=name).blob


@pytest.mark.parametrize(
    ("data", "refused"),
    [
        (WAV, NoPictureInPublic),
        (MP4, NoPictureInPublic),
        (DOCX, OnlyPdfInPublic),
        (b"bonjour", OnlyPdfInPublic),
    ],
    ids=["sound", "film", "zip", "text"],
)
def test_only_a_pdf_is_joined_whatever_a_file_is_called(
    world: SchoolWorld, blog: Blog, data: bytes, refused: type[Exception]
) -> None:
    post = written(world.director, blog)
    with pytest.raises(refused):
        joined(world.director, post, content(data, "liste.pdf"), "liste.pdf")
    with pytest.raises(NoPictureInPublic):
        joined(world.director, post, picture(), "liste.pdf")
    assert joined(world.director, post, pdf(), "fournitures.jpg").title == "fournitures.jpg"


def test_neither_a_picture_of_the_text_nor_a_blurred_one_comes_in(world: SchoolWorld, blog: Blog) -> None:
    me, post = world.director, written(world.director, blog)
    with pytest.raises(NoPictureInPublic):
        keeping.join(by=me, space="blog", subject=post.uuid, blob=picture(), name="a.png", inline=True)
    with pytest.raises(NoPictureInPublic):
        blur.add(by=me, post=post, file=sent(), name="a.png")
    mine = add(by=me, blob=picture(), name="cour.png", kept=True)
    shown = f'<p>Ici <img src="/pieces/fichier/{mine.uuid}/?voir" alt=""></p>'
    with pytest.raises(NoPictureInPublic):
        posts.save(by=me, post=post, body=shown)
    assert "<img" not in fresh(post).body
    private = open_blog(by=me, settings=Settings(title="Classe"))
    assert "<img" in posts.save(by=me, post=written(me, private), body=shown).body


def test_a_document_that_a_pupil_brought_in_is_refused_whoever_joins_it(
    world: SchoolWorld, blog: Blog
) -> None:
    me, pupil, post = world.director, world.classes[0].pupils[0], written(world.director, blog)
    poem = pdf("mon poème")
    add(by=pupil, blob=poem, name="poème.pdf")
    with pytest.raises(PupilsDocument):
        joined(me, post, poem, "poème.pdf")
    # Taken to one's own documents first, it is still the pupil's.
    mine = add(by=me, blob=poem, name="à moi.pdf")
    with pytest.raises(PupilsDocument):
        keeping.join_documents(by=me, space="blog", subject=post.uuid, documents=[mine])
    # What an adult gave pupils stays the adult's.
    sheet = pdf("liste de la classe")
    given = add(by=me, blob=sheet, name="liste.pdf")
    add(by=pupil, blob=sheet, name="liste.pdf")
    assert keeping.join_documents(by=me, space="blog", subject=post.uuid, documents=[given])


def test_no_pupil_writes_there_whatever_was_shared_with_them(
    world: SchoolWorld, blog: Blog, as_person: Callable[[Any], Any]
) -> None:
    pupil, relative = world.classes[0].pupils[0], world.classes[0].relatives[0]
    for person in (pupil, relative):
        share(blog, person, Role.MANAGE)
    with pytest.raises(PupilInPublic):
        posts.begin(by=pupil, blog=blog)
    theirs = Post.objects.create(
        blog=blog, author=pupil, title="Ma poésie", created_at=clock.now(), changed_at=clock.now()
    )
    for act in (
        lambda: posts.save(by=pupil, post=theirs, title="Autre"),
        lambda: posts.save(by=pupil, post=theirs, body="<p>Autre</p>"),
        lambda: publish.publish(by=pupil, post=theirs, reminded=True),
        lambda: joined(pupil, theirs),
    ):
        with pytest.raises((PupilInPublic, posts.EmptyPost)):
            act()
    Post.objects.filter(pk=theirs.pk).update(text="Ma poésie", body="<p>Ma poésie</p>", state=State.SUBMITTED)
    with pytest.raises(PupilInPublic):
        publish.publish(by=world.director, post=theirs, reminded=True)
    assert posts.begin(by=relative, blog=blog).state == State.DRAFT


def test_who_contributes_is_read_first_and_nobody_comments(world: SchoolWorld, blog: Blog) -> None:
    teacher, director = world.classes[0].teacher, world.director
    share(blog, teacher, Role.CONTRIBUTE)
    post = written(teacher, blog)
    with pytest.raises(posts.NotInThisState):
        publish.publish(by=teacher, post=post, reminded=True)
    posts.submit(by=teacher, post=post)
    publish.publish(by=director, post=post, reminded=True)
    changed = change_blog(
        by=director,
        blog=blog,
        settings=Settings(title="La rentrée", circuit=blogs.Circuit.OPEN, comments=Talk.OPEN),
    )
    assert (changed.circuit, changed.comments) == (blogs.Circuit.REVIEWED, Talk.OFF)
    with pytest.raises(NoTalkInPublic):
        comments.say(by=director, post=post, text="Bravo")


def test_nothing_comes_out_without_the_reminder_now_or_later(world: SchoolWorld, blog: Blog) -> None:
    me, post = world.director, written(world.director, blog)
    with pytest.raises(ReminderFirst):
        publish.publish(by=me, post=post)
    with pytest.raises(ReminderFirst):
        publish.publish(by=me, post=post, at=clock.now() + timedelta(days=1))
    assert fresh(post).state == State.DRAFT
    assert publish.publish(by=me, post=post, reminded=True).state == State.PUBLISHED
    # Thrown away and taken back, it is published anew.
    trash.trash(by=me, post=post)
    assert trash.restore(by=me, post=post).state == State.DRAFT


def test_its_illustration_is_one_of_ours(world: SchoolWorld, blog: Blog) -> None:
    with pytest.raises(NoPictureInPublic):
        illustrate(by=world.director, blog=blog, file=sent())
    assert public.change(by=world.director, blog=blog, choice=Choice(drawing="sun")).drawing == "sun"
    with pytest.raises(public.UnknownDrawing):
        public.change(by=world.director, blog=blog, choice=Choice(drawing="../secret"))


@pytest.fixture
def mixed(world: SchoolWorld) -> tuple[Blog, dict[str, Post]]:
    """The director's private blog, with one post of each kind that stands in the way."""
    me, pupil = world.director, world.classes[0].pupils[0]
    blog = open_blog(by=me, settings=Settings(title="La vie de l’école"))
    share(blog, pupil, Role.CONTRIBUTE)
    made = {
        "fine": written(me, blog, "Horaires"),
        "photo": written(me, blog, "Sortie"),
        "poem": written(me, blog),
    }
    joined(me, made["fine"])
    joined(me, made["photo"], picture(), "cour.png")
    poem = pdf("poème")
    add(by=pupil, blob=poem, name="poème.pdf")
    joined(me, made["poem"], poem)
    made["pupil"] = written(pupil, blog, "Ma poésie")
    for name in ("fine", "photo", "poem"):
        publish.publish(by=me, post=made[name])
    illustrate(by=me, blog=blog, file=sent())
    return blog, made


def test_a_private_blog_becomes_public_once_nothing_stands_in_the_way(
    world: SchoolWorld, mixed: tuple[Blog, dict[str, Post]]
) -> None:
    me, (blog, made) = world.director, mixed
    with pytest.raises(StandsInTheWay) as refused:
        make_public(by=me, blog=blog, school=world.school, choice=Choice())
    named = {each["post"] for each in refused.value.fields["hindrances"]}
    assert named == {None, *(str(made[name].uuid) for name in ("photo", "poem", "pupil"))}
    assert not PublicBlog.objects.filter(blog=blog).exists()
    assert fresh(blog.resource).owner == me
    illustrate(by=me, blog=blog, file=None)
    for name in ("photo", "poem"):
        trash.trash(by=me, post=made[name])
    trash.trash(by=world.classes[0].pupils[0], post=made["pupil"])
    found = make_public(by=me, blog=blog, school=world.school, choice=Choice())
    resource = fresh(blog.resource)
    assert (resource.owner, resource.owner_school) == (None, world.school)
    assert found.address_id == "la-vie-de-l-ecole"
    assert (fresh(blog).circuit, fresh(blog).comments) == ("REVIEWED", "OFF")
    # What was thrown away comes back as a draft alone, and does not come out.
    assert trash.restore(by=me, post=made["photo"]).state == State.DRAFT
    with pytest.raises(NoPictureInPublic):
        publish.publish(by=me, post=made["photo"], reminded=True)
    assert broken() == []


def test_private_again_it_is_as_any_other(world: SchoolWorld, blog: Blog) -> None:
    me, post = world.director, out(world.director, blog)
    public.make_private(by=me, blog=blog)
    assert joined(me, post, picture(), "cour.png")
    with pytest.raises(StandsInTheWay):
        make_public(by=me, blog=blog, choice=Choice())
    with pytest.raises(public.NotPublic):
        public.put_offline(by=me, blog=blog)


def test_offline_it_still_holds_back_what_would_be_read_later(world: SchoolWorld, blog: Blog) -> None:
    me, post = world.director, out(world.director, blog)
    public.put_offline(by=me, blog=blog)
    with pytest.raises(NoPictureInPublic):
        joined(me, post, picture(), "cour.png")


def _strangers(world: SchoolWorld) -> list[User]:
    room = world.classes[0]
    return [room.teacher, room.pupils[0], room.relatives[0]]


def test_only_administrators_of_the_school_open_close_and_set_it(world: SchoolWorld, blog: Blog) -> None:
    for person in _strangers(world):
        share(blog, person, Role.MANAGE)
        for act in (
            lambda person=person: public.put_offline(by=person, blog=blog),
            lambda person=person: public.change(by=person, blog=blog, choice=Choice(address="prise")),
            lambda person=person: public.make_private(by=person, blog=blog),
        ):
            with pytest.raises(public.NotAPublicOpener):
                act()
    own = open_blog(by=world.classes[0].teacher, settings=Settings(title="À moi"))
    with pytest.raises(public.NotAPublicOpener):
        make_public(by=world.director, blog=own, school=world.school, choice=Choice())
    from directory.errors import NotYours

    with pytest.raises(NotYours):
        make_public(by=world.classes[0].teacher, blog=own, school=world.school, choice=Choice())
    assert fresh(own.resource).owner == world.classes[0].teacher
