"""What blogs tell: in what is new, on the home page, by child, in the search."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import RequestFactory

from accounts.enums import Profile
from accounts.models import User
from blog.models import Post
from blog.panels import by_child, latest
from blog.panels import waiting as waiting_panel
from blog.services import comments, posts, publish, trash
from core import clock
from sharing.enums import Role
from sharing.models import Grant
from sharing.querysets import reach_of
from tests.blog.conftest import NOON
from tests.blog.factories import (
    BlogWorld,
    draft,
    group_of,
    opened,
    published,
    share,
    signed_in,
    submitted,
)
from tests.directory.worlds import relative_of
from timeline.lines import lines_of
from timeline.querysets import news_of
from ui import children, search

pytestmark = pytest.mark.django_db


def told(person: User) -> list[str]:
    news = news_of(person, reach_of(person), count=20)
    return [line.told.title for line in lines_of(news, pupil=person.profile == Profile.PUPIL)]


def asking(person: User, address: str = "/") -> Any:
    request = RequestFactory().get(address)
    request.user = person
    return request


def test_a_post_is_told_once_to_its_readers_and_only_while_it_is_out(here: BlogWorld) -> None:
    post = publish.publish(by=here.teacher, post=submitted(here.pupil, here.blog, "Mon chat"))
    line = "Nouveau billet dans «\u00a0Le blog des CE2\u00a0»"
    for person in (here.pupil, here.classmate, here.relative, here.neighbour):
        assert line in told(person)
    assert line not in told(here.teacher)
    assert line not in told(here.stranger)
    posts.take_back(by=here.pupil, post=post)
    assert line not in told(here.relative)
    publish.publish(by=here.teacher, post=posts.submit(by=here.pupil, post=post))
    assert told(here.relative).count(line) == 1
    Grant.objects.filter(resource=here.blog.resource).delete()
    assert line not in told(here.relative)


def test_what_waits_is_told_to_who_manages_until_it_is_read(here: BlogWorld) -> None:
    share(here.blog, here.school.director, Role.MANAGE)
    post = submitted(here.pupil, here.blog, "Mon chat")
    line = "À relire\u00a0: «\u00a0Mon chat\u00a0»"
    assert line in told(here.teacher)
    assert line in told(here.school.director)
    assert told(here.classmate) == []
    publish.send_back(by=here.teacher, post=post, word="Relis.")
    assert line not in told(here.teacher)
    assert told(here.pupil) == ["Ton enseignant te demande de revoir «\u00a0Mon chat\u00a0»"]


def test_comments_are_told_to_the_author_and_to_who_manages(here: BlogWorld) -> None:
    post = publish.publish(by=here.teacher, post=submitted(here.pupil, here.blog, "Mon chat"))
    said = comments.say(by=here.relative, post=post, text="Bravo")
    assert "À relire\u00a0: «\u00a0Mon chat\u00a0»" in told(here.teacher)
    assert not any("commenté" in line for line in told(here.pupil))
    comments.let_out(by=here.teacher, comment=said)
    assert any("a commenté «\u00a0Mon chat\u00a0»" in line for line in told(here.pupil))
    comments.delete(by=here.relative, comment=said)
    assert not any("commenté" in line for line in told(here.pupil))


def test_the_home_page_shows_the_last_posts_and_each_child_their_own(
    here: BlogWorld, text_of: Callable[[Any], str]
) -> None:
    other = opened(here.neighbour, "Les CM1")
    share(other, group_of(here.school.classes[1], Profile.RELATIVE))
    published(here.neighbour, other, "Ailleurs")
    with clock.at(NOON - timedelta(days=30)):
        published(here.teacher, here.blog, "Il y a longtemps")
    published(here.teacher, here.blog, "La mare")
    both = relative_of(here.pupil, here.stranger)
    found = latest(asking(both))
    assert found is not None
    assert [line.title for line in found["lines"]] == ["La mare", "Ailleurs", "Il y a longtemps"]
    one = latest(asking(both, f"/?enfant={here.stranger.uuid}"))
    assert one is not None
    assert [line.title for line in one["lines"]] == ["Ailleurs"]
    request = asking(both)
    lines = by_child(request, children.of(request))
    assert {key: [line.title for line in told] for key, told in lines.items()} == {
        here.pupil.pk: ["La mare"],
        here.stranger.pk: ["Ailleurs"],
    }
    assert "La mare" in text_of(signed_in(here.pupil).get("/?tout=1"))


def test_the_home_page_of_who_manages_tells_what_waits(here: BlogWorld) -> None:
    assert waiting_panel(asking(here.teacher)) is None
    submitted(here.pupil, here.blog)
    comments.say(by=here.relative, post=published(here.teacher, here.blog), text="Oh")
    found = waiting_panel(asking(here.teacher))
    assert found is not None
    assert [line.words for line in found["lines"]] == ["1 billet et 1 commentaire"]
    assert waiting_panel(asking(here.neighbour)) is None


def test_the_search_finds_blogs_and_posts_that_are_out(here: BlogWorld) -> None:
    published(here.teacher, here.blog, "La mare", "<p>Un héron cendré</p>")
    draft(here.teacher, here.blog, "Secret", "<p>Un héron aussi</p>")

    def found(person: User, words: str) -> list[str]:
        answers = {each.provider.key: each for each in search.run(asking(person), words)}
        return [hit.title for hit in answers["blog"].hits] if "blog" in answers else []

    assert found(here.relative, "heron") == ["La mare"]
    assert found(here.relative, "blog des") == ["Le blog des CE2"]
    assert found(here.stranger, "heron") == []
    trash.trash(by=here.teacher, post=Post.objects.get(title="La mare"))
    assert found(here.teacher, "heron") == []
