"""What whoever passes by reads of a public blog, and what no address leads to."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4
from xml.etree import ElementTree

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.enums import Profile
from blog.models import Post, PublicAddress, PublicBlog
from blog.services import posts, public, publish, trash
from blog.services.blogs import Settings, change_blog, open_blog
from blog.services.public import Choice
from core import clock
from documents.services import keeping
from documents.services.files import replace
from schools.models import ApplicationOff, School
from sharing.services import resources
from sharing.services.school_things import erase
from tests.blog.public import ADDRESS, PLACE, TITLE, joined, opened, out, pdf, picture, written
from tests.directory.factories import BlockFactory
from tests.directory.worlds import SchoolWorld

pytestmark = pytest.mark.django_db
type TextOf = Callable[[Any], str]
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    cache.clear()


@pytest.fixture
def blog(world: SchoolWorld) -> PublicBlog:
    return opened(world)


@pytest.fixture
def post(world: SchoolWorld, blog: PublicBlog) -> Post:
    return out(world.director, blog.blog)


@pytest.fixture
def document(world: SchoolWorld, post: Post) -> str:
    return f"{PLACE}document/{joined(world.director, post).uuid}/"


def every_address(document: str = "") -> list[str]:
    told = [PLACE, f"{PLACE}page/1/", f"{PLACE}atom.xml", f"{PLACE}apercu.png"]
    return [*told, document] if document else told


def statuses(addresses: list[str], **headers: Any) -> set[int]:
    """Asked by GET and HEAD, by a new browser each time."""
    told = {Client().get(each, **headers).status_code for each in addresses}
    return told | {Client().head(each, **headers).status_code for each in addresses}


def test_anybody_reads_what_is_out_with_its_documents_and_is_left_nothing(
    world: SchoolWorld, post: Post, document: str, text_of: TextOf
) -> None:
    answer = Client().get(PLACE)
    page = text_of(answer)
    assert all(each in page for each in (TITLE, "Horaires", "Le portail ouvre", "Liste du CP", document))
    assert world.school.name in page
    assert world.director.last_name not in page
    assert not answer.cookies
    assert "Vary" not in answer
    assert answer["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert answer["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in page
    assert "<script" not in page
    assert "csrf" not in page.lower()
    file = Client().get(document)
    assert b"".join(file.streaming_content).startswith(b"%PDF-")
    assert (file["Content-Type"], file["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert not file.cookies
    assert set(file["Cache-Control"].split(", ")) == {"private", "no-cache"}


def test_nothing_of_a_third_is_asked_and_a_link_is_told_by_its_title_and_our_picture(
    post: Post, text_of: TextOf, settings: Any
) -> None:
    settings.CARTABLE_URL = "https://ent.exemple.fr"
    page = text_of(Client().get(PLACE))
    assert '<meta property="og:title" content="La rentrée, mode d’emploi">' in page
    assert f'<meta property="og:image" content="https://ent.exemple.fr{PLACE}apercu.png">' in page
    assert f'<link rel="canonical" href="https://ent.exemple.fr{PLACE}">' in page
    remote = [
        "http" + part.split('"')[0] for part in page.replace("og: http", 'og="http').split('="http')[1:]
    ]
    assert {each.split("/")[2] for each in remote} == {"ent.exemple.fr", "ogp.me"}
    card = Client().get(f"{PLACE}apercu.png")
    assert card.content.startswith(b"\x89PNG")
    assert (card["Content-Type"], card["X-Robots-Tag"]) == ("image/png", "noindex")


def test_whoever_is_signed_in_gets_the_same_page_and_their_session_is_not_looked_at(
    world: SchoolWorld, post: Post, document: str, as_person: Callable[[Any], Client]
) -> None:
    bare = Client().get(PLACE).content
    for person in (world.director, world.classes[0].pupils[0], world.classes[0].relatives[0]):
        for address in every_address(document):
            answer = as_person(person).get(address)
            assert answer.status_code == 200
            assert not answer.cookies
            assert "Cookie" not in answer.get("Vary", "")
        assert as_person(person).get(PLACE).content == bare


def test_a_page_kept_costs_one_query_whatever_the_number_of_posts(
    world: SchoolWorld, blog: PublicBlog, post: Post
) -> None:
    def asked() -> int:
        Client().get(PLACE)
        with CaptureQueriesContext(connection) as told:
            assert Client().get(PLACE).status_code == 200
        return len(told)

    assert asked() == 1
    now = clock.now()
    Post.objects.bulk_create(
        Post(
            blog=blog.blog,
            author=world.director,
            title=f"Billet {n}",
            state="PUBLISHED",
            created_at=now,
            changed_at=now,
            published_at=now - timedelta(minutes=n),
        )
        for n in range(200)
    )
    assert asked() == 1
    cache.clear()
    with CaptureQueriesContext(connection) as told:
        Client().get(PLACE)
    assert len(told) == 5  # what stands, a count, posts, documents, and whether it still stands


def test_what_is_published_corrected_or_taken_back_is_so_at_once(
    world: SchoolWorld, blog: PublicBlog, post: Post, document: str, text_of: TextOf
) -> None:
    me, page = world.director, lambda: text_of(Client().get(PLACE))
    first = Client().get(PLACE)["ETag"]
    assert Client().get(PLACE, headers={"If-None-Match": first}).status_code == 304
    second = out(me, blog.blog, "Cantine")
    assert "Cantine" in page()
    assert Client().get(PLACE, headers={"If-None-Match": first}).status_code == 200
    posts.save(by=me, post=post, title="Horaires du matin", body="<p>8 h 30.</p>")
    assert "Horaires du matin" in page()
    keeping.caption(
        by=me, space="blog", subject=post.uuid, file=document.split("/")[-2], text="Fournitures du CP"
    )
    assert "Fournitures du CP" in page()
    publish.pin(by=me, post=post, on=True)
    assert page().index("Horaires du matin") < page().index("Cantine")
    trash.trash(by=me, post=second)
    assert "Cantine" not in page()
    keeping.detach(by=me, space="blog", subject=post.uuid, file=document.split("/")[-2])
    assert "Fournitures du CP" not in page()
    assert statuses([document]) == {404}
    posts.take_back(by=me, post=post)
    assert "Bientôt ici" in page()


def test_drafts_and_what_is_scheduled_are_read_by_nobody_nor_are_their_documents(
    world: SchoolWorld, blog: PublicBlog, text_of: TextOf
) -> None:
    me = world.director
    draft, later = written(me, blog.blog, "Brouillon secret"), written(me, blog.blog, "Plus tard")
    files = [joined(me, draft), joined(me, later, pdf("autre"))]
    publish.publish(by=me, post=later, at=clock.now() + timedelta(days=1), reminded=True)
    page = text_of(Client().get(PLACE)) + text_of(Client().get(f"{PLACE}atom.xml"))
    assert "Brouillon secret" not in page
    assert "Plus tard" not in page
    assert statuses([f"{PLACE}document/{each.uuid}/" for each in files]) == {404}


def test_nothing_of_another_blog_is_reached_through_a_public_one(
    world: SchoolWorld, blog: PublicBlog, post: Post, text_of: TextOf
) -> None:
    me = world.director
    private = open_blog(by=me, settings=Settings(title="Classe verte"))
    secret = written(me, private, "Photos du séjour")
    photo, paper = joined(me, secret, picture(), "cour.png"), joined(me, secret, pdf("secret"))
    publish.publish(by=me, post=secret)
    other = opened(world, title="Autre blog")
    theirs = joined(me, out(me, other.blog, "Autre"), pdf("de l’autre"))
    for file in (photo, paper, theirs):
        assert statuses([f"{PLACE}document/{file.uuid}/"]) == {404}
    assert statuses([f"{PLACE}document/{uuid4()}/"]) == {404}
    assert statuses([f"/blog/pub/autre-blog/document/{theirs.uuid}/"]) == {200}
    anonymous = Client()
    for address in (
        f"/blog/{private.resource.uuid}/",
        f"/blog/{blog.blog.resource.uuid}/",
        f"/blog/billet/{secret.uuid}/",
        f"/blog/billet/{post.uuid}/",
        f"/pieces/fichier/{photo.uuid}/",
        f"/pieces/fichier/{theirs.uuid}/",
        f"/blog/{blog.blog.resource.uuid}/public/",
        f"/api/v1/blogs/{private.resource.uuid}/",
    ):
        assert anonymous.get(address).status_code in {302, 403, 404}, address
    assert "Photos du séjour" not in text_of(anonymous.get(PLACE))


@pytest.mark.parametrize(
    "how", ["offline", "private", "trashed", "ended", "no_application", "blocked", "given"]
)
def test_a_blog_that_is_no_more_public_is_as_one_that_never_was(
    world: SchoolWorld, blog: PublicBlog, post: Post, document: str, how: str, at: Callable[[Any], None]
) -> None:
    addresses = every_address(document)
    etag = Client().get(PLACE)["ETag"]
    assert statuses(addresses) == {200}
    me = world.director
    if how == "offline":
        public.put_offline(by=me, blog=blog.blog)
    elif how == "private":
        public.make_private(by=me, blog=blog.blog)
    elif how == "trashed":
        resources.trash(by=me, resource=blog.blog.resource)
    elif how == "ended":
        public.change(by=me, blog=blog.blog, choice=Choice(ends_on=clock.today()))
        assert statuses(addresses) == {200}
        at(clock.now() + timedelta(days=1))
    elif how == "no_application":
        ApplicationOff.objects.create(school=world.school, application="blog", profile=Profile.TEACHER)
    elif how == "blocked":
        BlockFactory(school=world.school, person=None, profile=Profile.TEACHER, starts_at=clock.now())
    else:
        type(blog.blog.resource).objects.filter(pk=blog.blog_id).update(owner=me, owner_school=None)
    assert statuses(addresses) == {404}
    assert statuses(addresses, headers={"If-None-Match": etag}) == {404}
    assert statuses(addresses, headers={"If-None-Match": "*", "Range": "bytes=0-3"}) == {404}
    gone, never = Client().get(PLACE), Client().get("/blog/pub/jamais-donnee/")
    # But for what is drawn anew for each answer.
    drawn = re.compile(rb'(nonce|X-CSRFToken)": "[^"]+"|nonce="[^"]+"')
    assert drawn.sub(b"", gone.content) == drawn.sub(b"", never.content)
    assert gone["Cache-Control"] == never["Cache-Control"] == "no-store"
    assert not gone.cookies


def test_the_last_day_is_whole_where_the_school_is(
    world: SchoolWorld, blog: PublicBlog, post: Post, at: Callable[[Any], None]
) -> None:
    public.change(by=world.director, blog=blog.blog, choice=Choice(ends_on=date(2026, 12, 31)))
    at(datetime(2026, 12, 31, 22, 59, tzinfo=UTC))  # a minute before midnight in Paris
    assert statuses([PLACE]) == {200}
    at(datetime(2026, 12, 31, 23, 1, tzinfo=UTC))
    assert statuses([PLACE]) == {404}
    School.objects.get(pk=world.school.pk).academy.__class__.objects.update(time_zone="America/Martinique")
    assert statuses([PLACE]) == {200}


def test_back_online_all_is_where_it_was(
    world: SchoolWorld, blog: PublicBlog, post: Post, document: str
) -> None:
    public.put_offline(by=world.director, blog=blog.blog)
    assert statuses(every_address(document)) == {404}
    public.put_online(by=world.director, blog=blog.blog)
    assert statuses(every_address(document)) == {200}


def test_a_former_address_leads_to_the_present_one_while_the_blog_is_online(
    world: SchoolWorld, blog: PublicBlog, post: Post, document: str
) -> None:
    public.change(by=world.director, blog=blog.blog, choice=Choice(address="Rentrée 2026 !"))
    for former in every_address(document):
        answer = Client().get(former)
        assert answer.status_code == 301
        assert answer["Location"] == former.replace(ADDRESS, "rentree-2026").replace("page/1/", "")
        assert not answer.cookies
        assert Client().get(answer["Location"]).status_code == 200
    assert Client().get("/blog/pub/RENTREE-2026/")["Location"] == "/blog/pub/rentree-2026/"
    assert Client().get("/blog/pub/Rentrée 2026/")["Location"] == "/blog/pub/rentree-2026/"
    public.put_offline(by=world.director, blog=blog.blog)
    assert statuses(every_address(document)) == {404}


def test_neither_a_query_nor_a_host_changes_what_is_kept(blog: PublicBlog, post: Post, settings: Any) -> None:
    settings.CARTABLE_URL = "https://ent.exemple.fr"
    plain = Client().get(PLACE).content
    cache.clear()
    poisoned = Client().get(
        f"{PLACE}?title=<script>&next=//mechant.invalid",
        headers={
            "Host": "mechant.invalid",
            "X-Forwarded-Host": "mechant.invalid",
            "X-Forwarded-Proto": "gopher",
            "Cookie": "theme=dark; sessionid=abcdefghijklmnopqrstuvwxyz012345",
            "HX-Request": "true",
            "Accept-Language": "en",
        },
    )
    assert poisoned.content == plain
    assert Client().get(PLACE).content == plain
    assert Client().get(f"{PLACE}?page=2").content == plain
    assert b"mechant" not in Client().get(f"{PLACE}atom.xml", headers={"Host": "mechant.invalid"}).content


@pytest.mark.parametrize(
    "address",
    ["..", "%2e%2e", "a/../b", "x" * 300, "é", "'; drop", "la-rentree-mode-d-emploi%00", "-", "%20"],
)
def test_no_trick_of_an_address_leads_anywhere(blog: PublicBlog, address: str) -> None:
    assert Client().get(f"/blog/pub/{address}/").status_code in {400, 404}


def test_the_feed_is_well_formed_whatever_was_typed(
    world: SchoolWorld, blog: PublicBlog, text_of: TextOf
) -> None:
    me = world.director
    change_blog(by=me, blog=blog.blog, settings=Settings(title="A & B <rentrée>\x0b", description="« ]]> »"))
    post = out(me, blog.blog, "Horaires \x08& <portail>", "<p>8 h &amp; 9 h <strong>précises</strong></p>")
    file = joined(me, post, name="Liste & co.pdf")
    answer = Client().get(f"{PLACE}atom.xml")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(answer.content)
    assert feed.findtext(f"{ATOM}title") == "A & B <rentrée>"
    (entry,) = feed.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Horaires & <portail>"
    assert entry.findtext(f"{ATOM}id") == f"urn:uuid:{post.uuid}"
    assert "<strong>précises</strong>" in str(entry.findtext(f"{ATOM}content"))
    links = {each.get("rel"): each for each in entry.findall(f"{ATOM}link")}
    assert links["enclosure"].get("href", "").endswith(f"{PLACE}document/{file.uuid}/")
    assert all(each.findtext(f"{ATOM}updated") for each in (feed, entry))


def test_an_empty_blog_has_its_page_and_its_feed(blog: PublicBlog, text_of: TextOf) -> None:
    assert "Bientôt ici" in text_of(Client().get(PLACE))
    assert ElementTree.fromstring(Client().get(f"{PLACE}atom.xml").content).findall(f"{ATOM}entry") == []


def test_pages_follow_one_another(world: SchoolWorld, blog: PublicBlog, text_of: TextOf) -> None:
    for n in range(21):
        out(world.director, blog.blog, f"Billet n° {n:02}")
    first, second = text_of(Client().get(PLACE)), text_of(Client().get(f"{PLACE}page/2/"))
    assert f"{PLACE}page/2/" in first
    assert "Billet n° 20" in first
    assert "Billet n° 00" not in first
    assert "Billet n° 00" in second
    assert statuses([f"{PLACE}page/3/", f"{PLACE}page/0/", f"{PLACE}page/99999999999999999999/"]) == {404}


def test_what_stood_there_by_another_way_is_not_shown(
    world: SchoolWorld, blog: PublicBlog, post: Post, document: str, text_of: TextOf
) -> None:
    """As if every refusal had been got round."""
    me, pupil = world.director, world.classes[0].pupils[0]
    place = "/pieces/fichier/9f0f0a53-1c3e-4a5c-8a77-8c3df6a6a0aa/?voir"
    Post.objects.filter(pk=post.pk).update(
        body=f'<p>Vu <img src="{place}" alt="a&gt;b">ici</p><script>alert(1)</script>'
    )
    Post.objects.filter(pk=out(me, blog.blog, "D’un élève").pk).update(author=pupil)
    cache.clear()
    page = text_of(Client().get(PLACE))
    assert "<p>Vu ici</p>" in page
    assert "<img" not in page.split("<main")[1]
    assert "alert(1)" not in page
    assert "D’un élève" not in page
    # The file is another content now: no PDF.
    resource = keeping.File.objects.get(resource__uuid=document.split("/")[-2]).resource
    replace(by=me, resource=resource, blob=picture(), name="cour.png")
    assert statuses([document]) == {404}
    assert document not in text_of(Client().get(PLACE))
    replace(by=me, resource=resource, blob=pdf("bis"), name="liste.pdf")
    assert statuses([document]) == {200}
    type(resource).objects.filter(pk=resource.pk).update(owner=pupil)
    assert statuses([document]) == {404}


def test_an_address_once_given_is_never_anothers(world: SchoolWorld, blog: PublicBlog) -> None:
    me = world.director
    public.change(by=me, blog=blog.blog, choice=Choice(address="nouvelle"))
    resource = blog.blog.resource
    resources.trash(by=me, resource=resource)
    erase(by=me, resource=resource)
    assert set(PublicAddress.objects.values_list("slug", "blog")) == {(ADDRESS, None), ("nouvelle", None)}
    assert statuses([PLACE, "/blog/pub/nouvelle/"]) == {404}
    assert opened(world).address_id != ADDRESS
