"""What somebody sees, through the pages and the API, signed in by the page with their login and the password of June."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.test import Client

from core.text import fold
from notebooks.enums import HOMEWORK_BOOK, LIAISON_BOOK
from notebooks.memo_enums import MEMO_BOOK
from schools.season import Step
from tests.stories.calendar.cast import PARTS, Part
from tests.stories.calendar.june import BLOG, DOCUMENTS, HOMEWORK, MEMO, MESSAGES, WORDS, Made, Thing
from ui.french import agree

SIGN_IN, CLASSES, FINDS, CONSOLE = "connexion", "classe", "annuaire", "console"
#: The columns of the table, in order.
APPLICATIONS = (SIGN_IN, CLASSES, FINDS, DOCUMENTS, MESSAGES, BLOG, HOMEWORK, WORDS, MEMO, CONSOLE)
COMES_IN, LEAVING, NO_ACCOUNT, REFUSED = (
    "entre", "page de départ seule", "pas encore de compte", "n’entre plus",
)  # fmt: skip
#: Nothing of an application opens: no session, or one that leads to the page of departure alone.
SHUT = None
#: What the console counts, one and several.
COUNTED = {
    "blocks": ("blocage", "blocages"),
    "teachers-left": ("enseignant parti", "enseignants partis"),
    "idle-teachers": ("enseignant sans classe", "enseignants sans classe"),
    "past-groups": ("groupe d’une année passée", "groupes d’années passées"),
    "by-hand": ("compte fait à la main", "comptes faits à la main"),
    "duplicates": ("doublon", "doublons"),
    "letters": ("courrier à remettre", "courriers à remettre"),
    "not-activated": ("compte jamais activé", "comptes jamais activés"),
    "public-blog": ("blog public à ouvrir", "blogs publics à ouvrir"),
    "awaited-classes": ("classe attendue", "classes attendues"),
    "first-levels": ("premier niveau attendu", "premiers niveaux attendus"),
    "awaiting-class": ("élève sans classe", "élèves sans classe"),
    "awaiting-ine": ("élève sans INE", "élèves sans INE"),
    "open": ("point à voir", "points à voir"),
    "people/?state=absent": ("absent", "absents"),
    "people/?state=pre_deleted": ("pré-supprimé", "pré-supprimés"),
    "audit/?verb=person.erased": ("suppression au journal", "suppressions au journal"),
}
LISTS = tuple(key for key in COUNTED if "?" in key)

type Words = frozenset[str]


@dataclass
class Look:
    """What one person sees on a day, in the table's words; `login` is what their account says it is."""

    sign_in: str
    login: str = ""
    words: dict[str, Words | None] = field(default_factory=lambda: dict.fromkeys(APPLICATIONS[1:], SHUT))
    things: list[Thing] = field(default_factory=list)


def sign_in(part: Part, login: str) -> tuple[Client, Look]:
    """A browser, and what signing in came to."""
    client = Client()
    door = "/connexion/eleve/" if part.key[0] == "P" else "/connexion/"
    if client.post(door, {"username": login, "password": part.password}).status_code != 302:
        return client, Look(REFUSED)
    me = client.get("/api/v1/me/")
    if me.status_code == 200:
        return client, Look(COMES_IN, me.json()["username"])
    home = client.get("/")
    assert (me.status_code, home.status_code, home["Location"]) == (403, 302, "/mon-compte/depart/")
    assert client.get(home["Location"]).status_code == 200
    return client, Look(LEAVING, login)


class Eyes:
    """One person's, on one day. `looked_for` are those whom they look for in the Annuaire (keys of parts), `schools`
    the letters of schools by their UUID."""

    def __init__(self, client: Client, part: Part, made: Made, looked_for: tuple[str, ...], schools: Mapping[str, str]) -> None:  # fmt: skip
        self.client, self.part, self.made = client, part, made
        self.looked_for, self.schools = looked_for, schools
        self.seen: list[Thing] = []

    @property
    def family(self) -> bool:
        return self.part.key[0] in "PR"

    def look(self) -> dict[str, Words | None]:
        applications: dict[str, Callable[[], Words | None]] = {
            CLASSES: self.classes,
            FINDS: self.finds,
            DOCUMENTS: self.documents,
            MESSAGES: self.messages,
            BLOG: lambda: self.titles("/api/v1/blogs/"),
            HOMEWORK: lambda: self.notebooks(HOMEWORK_BOOK),
            WORDS: self.liaison,
            MEMO: lambda: self.notebooks(MEMO_BOOK),
            CONSOLE: self.console,
        }
        return {name: read() for name, read in applications.items()}

    def opens(self, thing: Thing) -> bool:
        """Whether the thing's own address lets them in: what is not seen is not there."""
        answer = self.client.get(thing.address)
        assert answer.status_code in {200, 404}, (thing.address, answer.status_code)
        return answer.status_code == 200

    def rows(self, address: str) -> list[dict[str, Any]]:
        """All rows of a list."""
        found: list[dict[str, Any]] = []
        while address:
            answer = self.client.get(address)
            assert answer.status_code == 200, (address, answer.status_code)
            told = answer.json()
            found += told if isinstance(told, list) else told["results"]
            address = "" if isinstance(told, list) else (told.get("next") or "")
        return found

    def titles(self, *addresses: str, named: str = "title") -> Words:
        """What the table calls the things of these lists."""
        return self.words_of([row[named] for address in addresses for row in self.rows(address)])

    def words_of(self, titles: list[str]) -> Words:
        things = [self.made.things[title] for title in titles if title in self.made.things]
        self.seen += things
        return frozenset(thing.word for thing in things)

    @cached_property
    def books(self) -> list[dict[str, Any]]:
        """Cahiers: every notebook, whatever its kind."""
        return self.rows("/api/v1/notebooks/")

    def notebooks(self, kind: str) -> Words:
        return self.words_of([book["title"] for book in self.books if book["kind"] == kind])

    def classes(self) -> Words:
        """« CE1 A 2025-2026 » one by one for families; for a team how many of each school, and those one teaches in."""
        rows = self.rows("/api/v1/classes/")
        told = [(f"{self.schools[row['school']]} {row['year']}-{row['year'] + 1}", row) for row in rows]
        if self.family:
            return frozenset(f"{row['label']} {where}" for where, row in told)
        taught = {row["uuid"] for row in self.rows("/api/v1/taught-classes/")}
        others = Counter(where for where, _ in told)
        counted = {f"{number} {agree(number, 'classe')} de {where}" for where, number in others.items()}
        return frozenset(
            counted | {f"{row['label']} {where}" for where, row in told if row["uuid"] in taught}
        )

    def finds(self) -> Words:
        names = {fold(row["name"]) for row in self.rows("/api/v1/people/")}
        return frozenset(PARTS[key].name for key in self.looked_for if fold(PARTS[key].name) in names)

    def documents(self) -> Words:
        places = ("shared",) if self.part.key[0] == "R" else ("shared", "mine")
        return self.titles(*(f"/api/v1/documents/?place={place}" for place in places))

    def messages(self) -> Words:
        boxes = ("received",) if self.family else ("received", "sent")
        return self.titles(*(f"/api/v1/messages/?box={box}" for box in boxes), named="subject")

    def liaison(self) -> Words:
        lists = ["/api/v1/notebooks/received-words/"]
        books = [book["uuid"] for book in self.books if book["kind"] == LIAISON_BOOK]
        lists += [f"/api/v1/notebooks/liaison-books/{book}/words/" for book in books]
        return self.titles(*lists)

    def console(self) -> Words | None:
        """« Préparer la rentrée », the accounts that leave, and the trace of those that are gone."""
        answer = self.client.get("/api/v1/administration/season/")
        if answer.status_code == 404:
            return SHUT
        boards = answer.json()["results"]
        told = []
        for board in boards:
            if len(boards) > 1:
                told.append(f"{self.schools[board['uuid']]} : {_counted('open', board['open'])}")
                continue
            told.append(f"étape « {Step[board['step']].label} »")
            told += [_counted(key, number) for key, number in board["counts"].items() if number]
        numbers = {key: len(self.rows(f"/api/v1/administration/{key}")) for key in LISTS}
        return frozenset([*told, *(_counted(key, number) for key, number in numbers.items() if number)])


def _counted(key: str, number: int) -> str:
    return f"{number} {agree(number, *COUNTED[key])}"
