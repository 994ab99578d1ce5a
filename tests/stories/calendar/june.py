"""What people make in a class, through the services of each application, and what they do of it at the year's end."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO

from accounts.enums import Profile
from accounts.models import User
from blog.enums import Circuit, Talk
from blog.services import blogs, posts, publish
from core import clock
from core.storage.services import receive
from directory.enums import GroupKind
from directory.models import Group, SchoolClass
from directory.services import favourites, groups
from documents.services import files
from messaging.enums import Line
from messaging.services import send, writing
from messaging.services.writing import Target
from notebooks.enums import Asks
from notebooks.services import (
    homework_books,
    homework_entries,
    liaison_books,
    liaison_words,
    memo_blocks,
    memo_books,
    memo_pages,
)
from notebooks.services.homework_entries import Words
from notebooks.services.liaison_words import WordWords
from rollover.enums import Choice
from rollover.services.decide import Wish, decide
from rollover.year_end import year_end_of
from schools.models import School
from sharing.enums import Role
from sharing.models import Resource
from sharing.services import hand_over
from sharing.services.share import share

DOCUMENTS, MESSAGES, BLOG, HOMEWORK, WORDS, MEMO = (
    "documents", "messages", "blog", "cahier de textes", "carnet", "mémo",
)  # fmt: skip
FAMILIES = (Profile.PUPIL, Profile.RELATIVE)


@dataclass
class Thing:
    """Something made: what the table calls it, in which application, and where its own page is in the API."""

    word: str
    application: str
    title: str
    address: str
    owner: str


@dataclass
class Made:
    """All that was made, by title: an application shows a title, the table says a word."""

    things: dict[str, Thing] = field(default_factory=dict)

    def add(self, by: User, application: str, word: str, title: str, address: str) -> None:
        assert title not in self.things
        self.things[title] = Thing(word, application, title, address and f"/api/v1/{address}/", by.username)


def families_of(school_class: SchoolClass) -> list[Group]:
    return list(Group.objects.filter(school_class=school_class, profile__in=FAMILIES).order_by("pk"))


def pupils_of(school_class: SchoolClass) -> Group:
    found: Group = Group.objects.get(school_class=school_class, profile=Profile.PUPIL)
    return found


def group_of_school(school: School, profile: Profile) -> Group:
    found: Group = Group.objects.get(school=school, kind=GroupKind.SCHOOL, profile=profile)
    return found


def a_document(made: Made, by: User, word: str, title: str) -> Resource:
    received = receive(file=BytesIO(f"{title} : il était une fois.".encode()), name=f"{title}.txt")
    done = files.add(by=by, blob=received.blob, name=received.name)
    made.add(by, DOCUMENTS, word, done.title, f"documents/{done.uuid}/content")
    return done


def share_with(by: User, thing: Resource, *whom: User | Group, role: Role = Role.READ) -> None:
    share(
        by=by,
        resource=thing,
        persons=[each for each in whom if isinstance(each, User)],
        groups=[each for each in whom if isinstance(each, Group)],
        role=role,
    )


def a_message(made: Made, by: User, word: str, title: str, *whom: Group) -> None:
    draft = writing.begin(
        by=by, subject=title, body="<p>Bonjour.</p>", targets=[Target(Line.TO, group=each) for each in whom]
    )
    sent = send.send(by=by, message=draft)
    made.add(by, MESSAGES, word, title, f"messages/{sent.uuid}")


def a_homework_book(made: Made, by: User, place: str, school_class: SchoolClass) -> None:
    """A cahier de textes of a class, with homework for the morrow."""
    title = f"Cahier de textes ({place})"
    book = homework_books.begin_book(by=by, title=title, school_class=school_class, with_families=True)
    today = clock.today()
    entry = homework_entries.begin(by=by, book=book)
    words = Words(
        subject="Lecture",
        title="",
        body="<p>Relire la page 12.</p>",
        given_on=today,
        due_on=today + timedelta(days=1),
        minutes=None,
    )
    homework_entries.publish(by=by, entry=homework_entries.write(by=by, entry=entry, words=words))
    made.add(by, HOMEWORK, place, title, f"notebooks/homework-books/{book.resource.uuid}/entries")


def a_blog(made: Made, by: User, place: str, school_class: SchoolClass) -> None:
    title = f"Le blog ({place})"
    settings = blogs.Settings(title=title, circuit=Circuit.REVIEWED, comments=Talk.REVIEWED)
    blog = blogs.open_blog(by=by, settings=settings)
    share_with(by, blog.resource, *families_of(school_class))
    post = posts.save(
        by=by, post=posts.begin(by=by, blog=blog), title="La mare", body="<p>Trois grenouilles.</p>"
    )
    publish.publish(by=by, post=post)
    made.add(by, BLOG, place, title, f"blogs/{blog.resource.uuid}/posts")


def a_word(made: Made, by: User, place: str, school_class: SchoolClass) -> None:
    """A carnet de liaison of a class, with one word to each of its relatives."""
    title = f"Kermesse ({place})"
    book = liaison_books.begin_liaison_book(by=by, title=f"Carnet ({place})", school_class=school_class)
    word = liaison_words.begin_word(by=by, book=book)
    told = WordWords(title=title, body="<p>Vendredi.</p>", asks=Asks.SIGNATURE, due_on=None, classes=[school_class], pupils=())  # fmt: skip
    liaison_words.send_word(by=by, word=liaison_words.write_word(by=by, word=word, words=told))
    made.add(by, WORDS, place, title, "")


def a_memo(made: Made, by: User, place: str, school_class: SchoolClass) -> None:
    """A cahier mémo shared with the groups of the class: nobody has it by name yet."""
    title = f"Cahier mémo ({place})"
    book = memo_books.begin(by=by, title=title)
    page = memo_pages.add_page(by=by, book=book, title="La règle du pluriel")
    memo_blocks.add_text(by=by, page=page, html="<p>Un -s, le plus souvent.</p>")
    share_with(by, book, *families_of(school_class))
    made.add(by, MEMO, place, title, f"notebooks/memo-books/{book.uuid}/pages")


def a_year_of_a_class(
    made: Made, by: User, director: User, place: str, school_class: SchoolClass, people: Iterable[User]
) -> None:
    """Things of every application: for the class; for these people by name, by a favourite, by a manual group."""
    named = list(people)
    share_with(by, a_document(made, by, f"{place} classe", f"Poésies ({place})"), *families_of(school_class))
    share_with(by, a_document(made, by, f"{place} nom", f"Bilan de lecture ({place})"), *named)
    favourite = favourites.create(by=by, name=f"Chorale ({place})", persons=named)
    song = a_document(made, by, f"{place} favori", f"Chants de la chorale ({place})")
    share(by=by, resource=song, favourites=[favourite], role=Role.READ)
    gardeners = groups.create_group(by=director, school=school_class.school, name=f"Jardiniers ({place})")
    groups.add_members(by=director, group=gardeners, people=[*named, by])
    share_with(by, a_document(made, by, f"{place} groupe", f"Plan du potager ({place})"), gardeners)
    a_message(made, by, place, f"Bonnes vacances ({place})", *families_of(school_class))
    a_blog(made, by, place, school_class)
    a_homework_book(made, by, place, school_class)
    a_word(made, by, place, school_class)
    a_memo(made, by, place, school_class)


def keep_the_memo(by: User) -> None:
    """*Préparer la fin d’année*: the cahier mémo is kept for these pupils and their relatives, at their name."""
    lines = [line for line in year_end_of(by).lines if line.resource.title.startswith("Cahier mémo")]
    wishes = [
        Wish(resource=line.resource.uuid, place=line.place, choice=Choice.KEEP, relatives=True)
        for line in lines
    ]
    done = decide(by=by, wishes=wishes)
    assert (done.count, done.refused, done.left_out) == (len(wishes), [], [])


def cede(by: User, thing: Resource, to: User) -> None:
    """Offered, and accepted: it is the other's from now on."""
    hand_over.accept(by=to, handover=hand_over.offer(by=by, resource=thing, to=to))


def entrust(by: User, title: str, to: User) -> None:
    """*Préparer la fin d’année*: a thing is entrusted to a colleague, who manages it."""
    (line,) = [line for line in year_end_of(by).lines if line.resource.title.startswith(title)]
    wish = Wish(resource=line.resource.uuid, place=line.place, choice=Choice.ENTRUST, to=to.uuid)
    assert decide(by=by, wishes=[wish]).refused == []
