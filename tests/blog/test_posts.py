"""Posts: by two circuits, who reads and writes what, in each state."""

from datetime import timedelta
from typing import Any

import pytest

from blog.enums import Circuit, State
from blog.errors import (
    ChangedMeanwhile,
    EmptyPost,
    NoSuchPost,
    NotAContributor,
    NotAnOpener,
    NotInThisState,
    NotManagingBlog,
    UntitledBlog,
    UntitledPost,
    WithoutAWord,
    WrongMoment,
)
from blog.models import Blog, Post
from blog.querysets import posts_of, posts_visible_to, seen_post
from blog.rules import may_read
from blog.services import blogs, posts, publish, trash
from blog.services.blogs import Settings
from core import clock
from sharing.enums import Role
from sharing.errors import InTrash
from sharing.querysets import role_on
from sharing.services import resources
from tests.blog.conftest import NOON
from tests.blog.factories import (
    BlogWorld,
    broken,
    draft,
    fresh,
    opened,
    published,
    share,
    submitted,
)

pytestmark = pytest.mark.django_db


def reads(person: Any, post: Post) -> bool:
    return posts_visible_to(person).filter(pk=post.pk).exists()


def test_adults_of_the_school_open_blogs_and_nobody_else(here: BlogWorld) -> None:
    assert opened(here.neighbour, "Sciences").resource.title == "Sciences"
    for person in (here.pupil, here.relative):
        with pytest.raises(NotAnOpener):
            opened(person)
    with pytest.raises(UntitledBlog):
        opened(here.teacher, "  ")
    assert broken() == []


def test_a_blog_is_set_by_who_manages_it_alone(here: BlogWorld) -> None:
    blogs.change_blog(
        by=here.teacher, blog=here.blog, settings=Settings(title="Les CE2", circuit=Circuit.OPEN)
    )
    kept = Blog.objects.select_related("resource").get(pk=here.blog.pk)
    assert (kept.resource.title, kept.circuit) == ("Les CE2", Circuit.OPEN)
    with pytest.raises(NotManagingBlog):
        blogs.change_blog(by=here.pupil, blog=here.blog, settings=Settings(title="À moi"))


def test_a_draft_is_its_authors_alone_and_an_untouched_one_is_used_again(here: BlogWorld) -> None:
    first = posts.begin(by=here.pupil, blog=here.blog)
    assert posts.begin(by=here.pupil, blog=here.blog) == first
    made = posts.save(by=here.pupil, post=first, title=" La  mare ", body="<p>Oh</p><script>1</script>")
    assert (made.title, made.body, made.text) == ("La mare", "<p>Oh</p>", "Oh")
    assert posts.begin(by=here.pupil, blog=here.blog) != first
    assert reads(here.pupil, made)
    for person in (here.teacher, here.classmate, here.relative, here.stranger):
        assert not reads(person, made)
        with pytest.raises(NoSuchPost):
            posts.save(by=person, post=made, title="Autre")


def test_who_only_reads_or_comments_writes_nothing(here: BlogWorld) -> None:
    for person in (here.relative, here.neighbour, here.stranger):
        with pytest.raises(NotAContributor):
            posts.begin(by=person, blog=here.blog)


def test_a_pupils_post_is_submitted_sent_back_with_a_word_then_published(here: BlogWorld) -> None:
    post = submitted(here.pupil, here.blog)
    assert reads(here.teacher, post)
    assert not reads(here.classmate, post)
    with pytest.raises(NotInThisState):
        posts.save(by=here.pupil, post=post, title="Vite")
    with pytest.raises(NotInThisState):
        publish.publish(by=here.pupil, post=post)
    with pytest.raises(NotManagingBlog):
        publish.send_back(by=here.pupil, post=post, word="Non")
    with pytest.raises(WithoutAWord):
        publish.send_back(by=here.teacher, post=post, word="  ")
    publish.send_back(by=here.teacher, post=post, word="Relis la fin.")
    assert (fresh(post).state, fresh(post).word) == (State.RETURNED, "Relis la fin.")
    posts.save(by=here.pupil, post=post, body="<p>Quatre grenouilles.</p>")
    posts.submit(by=here.pupil, post=post)
    assert fresh(post).word == ""
    publish.publish(by=here.teacher, post=post)
    for person in (here.pupil, here.classmate, here.relative, here.neighbour):
        assert reads(person, post)
    assert not reads(here.stranger, post)
    assert broken() == []


def test_where_nobody_reads_first_a_contributor_publishes_and_corrects(here: BlogWorld) -> None:
    Blog.objects.filter(pk=here.blog.pk).update(circuit=Circuit.OPEN)
    post = published(here.pupil, here.blog)
    assert reads(here.relative, post)
    posts.save(by=here.pupil, post=post, body="<p>Cinq.</p>")
    assert fresh(post).text == "Cinq."
    with pytest.raises(NoSuchPost):
        posts.save(by=here.classmate, post=draft(here.pupil, here.blog), body="<p>Six.</p>")
    with pytest.raises(NotInThisState):
        posts.save(by=here.classmate, post=post, body="<p>Six.</p>")


def test_what_was_read_first_changes_only_once_it_is_read_again(here: BlogWorld) -> None:
    post = publish.publish(by=here.teacher, post=submitted(here.pupil, here.blog))
    out = fresh(post).published_at
    with pytest.raises(NotInThisState):
        posts.save(by=here.pupil, post=post, body="<p>Autre chose.</p>")
    with clock.at(NOON + timedelta(days=2)):
        posts.take_back(by=here.pupil, post=post)
        assert not reads(here.relative, post)
        posts.submit(by=here.pupil, post=posts.save(by=here.pupil, post=post, body="<p>Mieux.</p>"))
        posts.save(by=here.teacher, post=post, body="<p>Mieux&nbsp;!</p>")
        publish.publish(by=here.teacher, post=post)
    assert reads(here.relative, post)
    assert fresh(post).published_at == out


def test_nothing_empty_or_without_a_title_comes_out(here: BlogWorld) -> None:
    with pytest.raises(UntitledPost):
        published(here.teacher, here.blog, "", "<p>Oui</p>")
    with pytest.raises(EmptyPost):
        published(here.teacher, here.blog, "Rien", "")
    out = published(here.teacher, here.blog)
    with pytest.raises(UntitledPost):
        posts.save(by=here.teacher, post=out, title="")


def test_two_who_write_at_once_do_not_lose_what_the_other_wrote(here: BlogWorld) -> None:
    post = submitted(here.pupil, here.blog)
    seen = fresh(post).changed_at
    with clock.at(NOON + timedelta(minutes=1)):
        posts.save(by=here.teacher, post=post, body="<p>Corrigé.</p>", seen=seen)
        with pytest.raises(ChangedMeanwhile):
            posts.save(by=here.teacher, post=post, body="<p>Écrasé.</p>", seen=seen)
    assert fresh(post).text == "Corrigé."


def test_what_is_scheduled_comes_out_once_at_its_time(here: BlogWorld) -> None:
    post = draft(here.teacher, here.blog)
    with pytest.raises(WrongMoment):
        publish.publish(by=here.teacher, post=post, at=NOON - timedelta(minutes=1))
    at = NOON + timedelta(hours=3)
    publish.publish(by=here.teacher, post=post, at=at)
    assert not reads(here.relative, post)
    assert publish.publish_due() == 0
    with clock.at(at):
        assert publish.publish_due() == 1
        assert publish.publish_due() == 0
        assert reads(here.relative, post)
    assert fresh(post).published_at == at


def test_what_one_may_publish_no_more_by_then_waits_to_be_read(here: BlogWorld) -> None:
    Blog.objects.filter(pk=here.blog.pk).update(circuit=Circuit.OPEN)
    post = publish.publish(by=here.pupil, post=draft(here.pupil, here.blog), at=NOON + timedelta(hours=1))
    kept = publish.publish(by=here.teacher, post=draft(here.teacher, here.blog), at=NOON + timedelta(hours=1))
    Blog.objects.filter(pk=here.blog.pk).update(circuit=Circuit.REVIEWED)
    with clock.at(NOON + timedelta(hours=2)):
        assert publish.publish_due() == 1
    assert (fresh(post).state, fresh(kept).state) == (State.SUBMITTED, State.PUBLISHED)
    assert broken() == []


def test_what_is_scheduled_waits_while_its_blog_is_in_the_trash(here: BlogWorld) -> None:
    post = publish.publish(by=here.teacher, post=draft(here.teacher, here.blog), at=NOON + timedelta(hours=1))
    resources.trash(by=here.teacher, resource=here.blog.resource)
    with clock.at(NOON + timedelta(hours=2)):
        assert publish.publish_due() == 0
    with pytest.raises(InTrash):
        publish.publish(by=here.teacher, post=post)
    assert not reads(here.teacher, post)


def test_pinning_is_for_who_manages(here: BlogWorld) -> None:
    post = published(here.teacher, here.blog)
    with pytest.raises(NotManagingBlog):
        publish.pin(by=here.pupil, post=post, on=True)
    with pytest.raises(NotInThisState):
        publish.pin(by=here.teacher, post=draft(here.teacher, here.blog), on=True)
    publish.pin(by=here.teacher, post=post, on=True)
    assert fresh(post).pinned
    posts.take_back(by=here.teacher, post=post)
    assert not fresh(post).pinned
    assert broken() == []


def test_what_one_wrote_is_thrown_away_in_two_steps_by_oneself_alone(here: BlogWorld) -> None:
    post = publish.publish(by=here.teacher, post=submitted(here.pupil, here.blog))
    with pytest.raises(NotInThisState):
        trash.trash(by=here.teacher, post=post)
    trash.trash(by=here.pupil, post=post)
    assert not reads(here.relative, post)
    for person in (here.teacher, here.classmate):
        with pytest.raises(NoSuchPost):
            trash.restore(by=person, post=post)
    trash.restore(by=here.pupil, post=post)
    assert reads(here.relative, post)
    with pytest.raises(NotInThisState):
        trash.erase(by=here.pupil, post=post)
    trash.trash(by=here.pupil, post=post)
    trash.erase(by=here.pupil, post=post)
    assert not Post.objects.filter(pk=post.pk).exists()


def test_rules_and_querysets_agree_on_who_reads(here: BlogWorld) -> None:
    made = [
        draft(here.teacher, here.blog),
        draft(here.pupil, here.blog),
        submitted(here.pupil, here.blog),
        submitted(here.classmate, here.blog),
        published(here.teacher, here.blog),
        publish.send_back(by=here.teacher, post=submitted(here.pupil, here.blog), word="Relis."),
        publish.publish(by=here.teacher, post=draft(here.teacher, here.blog), at=NOON + timedelta(hours=1)),
        trash.trash(by=here.teacher, post=published(here.teacher, here.blog)),
        trash.trash(by=here.pupil, post=draft(here.pupil, here.blog)),
    ]
    orphan = published(here.teacher, here.blog)
    Post.objects.filter(pk=orphan.pk).update(author=None)
    share(here.blog, here.school.director, Role.MANAGE)
    people = [here.teacher, here.pupil, here.classmate, here.relative, here.neighbour, here.stranger]
    for person in [*people, here.school.director]:
        role = role_on(person, here.blog.resource)
        many = set(posts_visible_to(person).values_list("pk", flat=True))
        one_blog = set(posts_of(here.blog, person, role).values_list("pk", flat=True))
        for post in [*made, orphan]:
            found = seen_post(person, post.uuid)
            if fresh(post).trashed_at is None:
                assert (post.pk in many) == (found is not None) == (post.pk in one_blog)
            else:
                assert post.pk not in many | one_blog
            assert found is None or may_read(found[1])
