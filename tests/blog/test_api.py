"""Blogs in the API: the same story as in the pages, and the same refusals."""

from typing import Any

import pytest
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from blog.enums import State, Word
from blog.models import Blog, Post
from directory.services.consents import say_for_school
from tests.blog.factories import BlogWorld, draft, fresh, joined, picture, published, signed_in

pytestmark = pytest.mark.django_db
API = "/api/v1/"


def asked(client: Client, method: str, path: str, body: Any = None, status: int = 200) -> Any:
    answer = getattr(client, method)(f"{API}{path}", body, content_type="application/json")
    assert answer.status_code == status, answer.content
    return answer.json() if answer.content else None


def test_a_blog_is_opened_set_illustrated_and_copied(here: BlogWorld) -> None:
    client = signed_in(here.teacher)
    made = asked(client, "post", "blogs/", {"title": "Sciences", "circuit": "OPEN"}, 201)
    assert (made["title"], made["circuit"], made["comments"], made["role"]) == (
        "Sciences",
        "OPEN",
        "REVIEWED",
        4,
    )
    at = f"blogs/{made['uuid']}/"
    changed = asked(client, "patch", at, {"description": "Nos essais"})
    assert (changed["circuit"], changed["description"]) == ("OPEN", "Nos essais")
    asked(client, "post", "blogs/", {"title": " "}, 400)
    asked(signed_in(here.pupil), "post", "blogs/", {"title": "À moi"}, 403)
    body = encode_multipart(BOUNDARY, {"file": picture()})
    answer = client.put(f"{API}{at}illustration/", body, content_type=MULTIPART_CONTENT)
    assert answer.json()["illustrated"]
    asked(client, "delete", f"{at}illustration/", status=204)
    assert Blog.objects.get(resource__uuid=made["uuid"]).illustration is None
    copied = asked(client, "post", f"{at}copy/", {"title": "Sciences 2"}, 201)
    assert copied["title"] == "Sciences 2"
    assert {each["title"] for each in asked(client, "get", "blogs/")["results"]} >= {"Sciences", "Sciences 2"}


def test_a_post_goes_through_its_circuit(here: BlogWorld) -> None:
    pupil, teacher = signed_in(here.pupil), signed_in(here.teacher)
    at = f"blogs/{here.blog.resource.uuid}/posts/"
    made = asked(pupil, "post", at, {"title": "Ma dent", "body": "<p>Oh<script>1</script></p>"}, 201)
    assert (made["state"], made["body"]) == ("DRAFT", "<p>Oh</p>")
    post = f"blog-posts/{made['uuid']}/"
    asked(teacher, "get", post, status=404)
    asked(pupil, "patch", post, {"title": "Ma dent de lait", "seen": made["changed_at"]})
    asked(pupil, "post", f"{post}publish/", {}, 409)
    asked(pupil, "post", f"{post}submit/")
    assert [each["title"] for each in asked(teacher, "get", f"{at}?state=SUBMITTED")] == ["Ma dent de lait"]
    asked(pupil, "post", f"{post}send-back/", {"word": "Non"}, 403)
    assert asked(teacher, "post", f"{post}send-back/", {"word": "Et après ?"})["word"] == "Et après ?"
    asked(pupil, "post", f"{post}submit/")
    assert asked(teacher, "post", f"{post}publish/", {})["state"] == "PUBLISHED"
    assert asked(teacher, "post", f"{post}pin/", {"on": True})["pinned"]
    found = asked(signed_in(here.relative), "get", f"{at}?q=dent&month=2026-10&author={here.pupil.uuid}")
    assert [each["uuid"] for each in found] == [made["uuid"]]
    assert asked(pupil, "post", f"{post}take-back/")["state"] == "DRAFT"
    asked(pupil, "delete", post, status=409)
    asked(pupil, "post", f"{post}trash/")
    assert len(asked(pupil, "get", f"blogs/{here.blog.resource.uuid}/trash/")) == 1
    asked(pupil, "post", f"{post}restore/")
    asked(pupil, "post", f"{post}trash/")
    asked(pupil, "delete", post, status=204)
    assert not Post.objects.exists()


def test_a_post_is_scheduled_and_a_picture_of_it_blurred(here: BlogWorld) -> None:
    client, post = signed_in(here.teacher), draft(here.teacher, here.blog)
    first = joined(here.teacher, post)
    answer = client.post(
        f"{API}blog-posts/{post.uuid}/blurred/", {"file": picture("red"), "piece": str(first)}
    )
    assert answer.status_code == 201
    pieces = asked(client, "get", f"pieces/blog/{post.uuid}/")
    assert [each["uuid"] for each in pieces] == [answer.json()["uuid"]]
    asked(client, "post", f"blog-posts/{post.uuid}/publish/", {"at": "2026-10-01T08:00:00Z"}, 400)
    asked(client, "post", f"blog-posts/{post.uuid}/publish/", {"at": "2026-10-08T08:00:00Z"})
    assert fresh(post).state == State.SCHEDULED


def test_comments_and_who_may_not_be_pictured(here: BlogWorld) -> None:
    say_for_school(by=here.school.director, pupil=here.classmate, allowed=True)
    post = published(here.teacher, here.blog)
    relative, teacher = signed_in(here.relative), signed_in(here.teacher)
    made = asked(relative, "post", f"blog-posts/{post.uuid}/comments/", {"text": "Bravo"}, 201)
    assert made["state"] == Word.SUBMITTED
    blog = f"blogs/{here.blog.resource.uuid}/"
    assert len(asked(teacher, "get", f"{blog}comments-waiting/")) == 1
    asked(relative, "get", f"{blog}comments-waiting/", status=404)
    said = f"blog-comments/{made['uuid']}/"
    asked(teacher, "post", f"{said}send-back/", {"word": "Plus ?"})
    assert asked(relative, "patch", said, {"text": "Bravo à tous"})["state"] == Word.SUBMITTED
    asked(teacher, "post", f"{said}publish/")
    assert len(asked(signed_in(here.pupil), "get", f"blog-posts/{post.uuid}/comments/")) == 1
    asked(relative, "delete", said, status=204)
    [hidden] = asked(teacher, "get", f"{blog}not-pictured/")
    assert hidden["pupils"] == [str(here.pupil.uuid)]
    assert asked(relative, "get", f"{blog}not-pictured/") == []
