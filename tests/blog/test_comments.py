"""What is said of posts: open, read first, or closed; sent back with a word; taken away."""

import pytest

from blog.enums import Talk, Word
from blog.errors import NoSuchComment, NoSuchPost, NotACommenter, NothingSaid, NotManagingBlog, WithoutAWord
from blog.models import Blog, Comment
from blog.querysets import comments_of
from blog.services import comments
from sharing.querysets import role_on
from tests.blog.factories import BlogWorld, draft, fresh, published

pytestmark = pytest.mark.django_db


def texts(person: object, comment: Comment) -> list[str]:
    role = role_on(person, comment.post.blog.resource)  # type: ignore[arg-type]
    return [each.text for each in comments_of(comment.post, person, role)]  # type: ignore[arg-type]


def test_a_comment_waits_to_be_read_first(here: BlogWorld) -> None:
    post = published(here.teacher, here.blog)
    made = comments.say(by=here.relative, post=post, text=" Bravo\r\nà tous ")
    assert (made.text, made.state) == ("Bravo\nà tous", Word.SUBMITTED)
    assert texts(here.relative, made) == texts(here.teacher, made) == [made.text]
    assert texts(here.pupil, made) == []
    with pytest.raises(NoSuchComment):
        comments.let_out(by=here.pupil, comment=made)
    with pytest.raises(NotManagingBlog):
        comments.let_out(by=here.relative, comment=made)
    comments.let_out(by=here.teacher, comment=made)
    assert texts(here.pupil, made) == [made.text]


def test_a_comment_sent_back_is_said_anew(here: BlogWorld) -> None:
    made = comments.say(by=here.pupil, post=published(here.teacher, here.blog), text="Nul")
    with pytest.raises(WithoutAWord):
        comments.send_back(by=here.teacher, comment=made, word="")
    comments.send_back(by=here.teacher, comment=made, word="Dis pourquoi.")
    assert fresh(made).state == Word.RETURNED
    with pytest.raises(NoSuchComment):
        comments.say_anew(by=here.classmate, comment=made, text="Moi")
    comments.say_anew(by=here.pupil, comment=made, text="J’aurais voulu voir des têtards.")
    assert (fresh(made).state, fresh(made).word) == (Word.SUBMITTED, "")


def test_comments_are_open_or_closed_as_the_blog_says(here: BlogWorld) -> None:
    post = published(here.teacher, here.blog)
    Blog.objects.filter(pk=here.blog.pk).update(comments=Talk.OPEN)
    assert comments.say(by=here.relative, post=post, text="Oh").state == Word.PUBLISHED
    Blog.objects.filter(pk=here.blog.pk).update(comments=Talk.OFF)
    for person in (here.relative, here.teacher):
        with pytest.raises(NotACommenter):
            comments.say(by=person, post=post, text="Oh")


def test_who_only_reads_says_nothing_and_nobody_speaks_of_a_draft(here: BlogWorld) -> None:
    post = published(here.teacher, here.blog)
    with pytest.raises(NotACommenter):
        comments.say(by=here.neighbour, post=post, text="Oh")
    with pytest.raises(NoSuchPost):
        comments.say(by=here.stranger, post=post, text="Oh")
    with pytest.raises(NotACommenter):
        comments.say(by=here.teacher, post=draft(here.teacher, here.blog), text="Oh")
    for text in ("", "  ", "a" * 2_001):
        with pytest.raises(NothingSaid):
            comments.say(by=here.relative, post=post, text=text)


def test_its_author_or_who_manages_takes_a_comment_away(here: BlogWorld) -> None:
    post = published(here.teacher, here.blog)
    first, second = (comments.say(by=here.relative, post=post, text=text) for text in ("Un", "Deux"))
    with pytest.raises(NoSuchComment):
        comments.delete(by=here.pupil, comment=first)
    comments.let_out(by=here.teacher, comment=first)
    with pytest.raises(NotManagingBlog):
        comments.delete(by=here.pupil, comment=first)
    comments.delete(by=here.relative, comment=first)
    comments.delete(by=here.teacher, comment=second)
    assert not Comment.objects.exists()
