"""What lasts of blogs: the two steps of deletion, owners who leave, accounts joined in one, paper."""

import json
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import User
from accounts.services.lifecycle import erase
from blog import jobs, papers
from blog.enums import State, Word
from blog.models import Blog, Comment, Post
from blog.querysets import blogs_visible_to
from blog.services import blogs, comments, publish
from core.models import Blob, Job
from core.progress import SILENT
from documents.models import File, Use
from documents.services.keeping import PLACE
from sharing.enums import Role
from sharing.models import Grant
from sharing.services import bin as removal
from tests.blog.conftest import NOON
from tests.blog.factories import (
    BlogWorld,
    broken,
    draft,
    fresh,
    joined,
    picture,
    published,
    signed_in,
    submitted,
)

pytestmark = pytest.mark.django_db


def test_a_blog_thrown_away_comes_back_whole_and_goes_for_good_with_its_posts(here: BlogWorld) -> None:
    blogs.illustrate(by=here.teacher, blog=here.blog, file=picture())
    post = published(here.teacher, here.blog)
    joined(here.teacher, post, "red")
    resource = here.blog.resource
    removal.throw(by=here.teacher, resources=[resource])
    for person in (here.teacher, here.relative):
        assert not blogs_visible_to(person).exists()
        assert signed_in(person).get(reverse("blog:post", args=[post.uuid])).status_code == 404
    removal.bring_back(by=here.teacher, resources=[resource])
    assert blogs_visible_to(here.relative).exists()
    removal.throw(by=here.teacher, resources=[resource])
    removal.erase(by=here.teacher, resources=[resource])
    assert not Blog.objects.exists()
    assert not Post.objects.exists()
    # Its files stay their owner's; its illustration is held by nobody.
    assert File.objects.filter(kept=True).count() == 1
    assert not Use.objects.exists()
    assert Blob.objects.filter(references=0).count() == 1
    assert broken() == []


def test_what_others_read_of_who_is_erased_stays_unsigned(here: BlogWorld) -> None:
    out = publish.publish(by=here.teacher, post=submitted(here.pupil, here.blog, "Mon chat"))
    draft(here.pupil, here.blog, "Brouillon")
    said = comments.say(by=here.pupil, post=out, text="Oh")
    comments.let_out(by=here.teacher, comment=said)
    comments.say(by=here.pupil, post=out, text="Pas lu")
    Grant.objects.filter(resource=here.blog.resource, person=here.neighbour).update(role=Role.MANAGE)
    User.objects.filter(pk__in=[here.pupil.pk, here.teacher.pk]).update(
        absent_since=NOON.date(), pre_deleted_on=NOON.date()
    )
    erase([here.pupil.pk, here.teacher.pk], NOON.date())
    kept = fresh(out)
    assert (kept.author, kept.state) == (None, State.PUBLISHED)
    assert [(each.text, each.author, each.state) for each in Comment.objects.all()] == [
        ("Oh", None, Word.PUBLISHED)
    ]
    assert Post.objects.count() == 1
    blog = Blog.objects.select_related("resource").get()
    assert blog.resource.owner == here.neighbour
    assert broken() == []


def test_a_text_on_paper_keeps_its_bold_its_lists_and_its_pictures() -> None:
    known = uuid4()
    html = (
        f'<h2>Titre</h2><p>Un <strong>deux</strong><br>trois</p><ul><li>a</li></ul><img src="{PLACE}{known}/" alt="La mer">'
        f'<img src="{PLACE}{uuid4()}/" alt=""><p><a href="https://exemple.fr">lien</a></p>'
    )
    nodes = papers.nodes_of(html, {known: "mer.webp"})
    assert [node["t"] for node in nodes] == ["h2", "p", "ul", "img", "p"]
    assert nodes[3]["file"] == "mer.webp"
    assert json.dumps(nodes)


def test_a_whole_blog_is_drawn_as_a_pdf_of_what_one_reads(here: BlogWorld) -> None:
    post = published(
        here.teacher,
        here.blog,
        body="<h2>Un</h2><p>Trois <em>grenouilles</em></p><ol><li>a</li></ol><blockquote><p>Oh</p></blockquote>"
        "<table><tbody><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></tbody></table><hr>",
    )
    joined(here.teacher, post)
    comments.say(by=here.teacher, post=post, text="Coâ")
    draft(here.teacher, here.blog, "Secret")
    pages = papers.pages_of(here.blog, here.relative, comments=True)
    assert [(page.line.title, len(page.comments)) for page in pages] == [("La mare", 1)]
    assert papers.dates_of(pages) == "Le 6 octobre 2026"
    blog = Blog.objects.select_related("resource__owner", "resource__owner_school", "illustration").get()
    assert papers.draw(blog, here.relative, comments=True, progress=SILENT).startswith(b"%PDF")


def test_the_pdf_is_for_whoever_asked_while_they_see_the_blog(here: BlogWorld) -> None:
    published(here.teacher, here.blog)
    client = signed_in(here.relative)
    answer = client.post(reverse("blog:pdf_start", args=[here.blog.resource.uuid]))
    job = Job.objects.get(name=jobs.NAME)
    assert str(job.uuid) in answer["Location"]
    result = jobs.draw_blog.act(SILENT, **job.arguments)
    Job.objects.filter(pk=job.pk).update(state="done", result=result, finished_at=job.created_at)
    file = reverse("blog:pdf_file", args=[here.blog.resource.uuid, job.uuid])
    found = client.get(file)
    assert found["Content-Type"] == "application/pdf"
    assert b"".join(found.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    assert "Télécharger le PDF" in client.get(answer["Location"]).content.decode()
    assert signed_in(here.teacher).get(file).status_code == 404
    here.blog.resource.grants.all().delete()
    assert client.get(file).status_code == 404
