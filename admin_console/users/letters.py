"""What a page of letters asks for, and its menus: filters that stay in the address."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from accounts.enums import Profile
from admin_console.place import PARAMETER, Place, page_url
from admin_console.users.list_menus import Choice, Menu
from core.text import day_of, uuid_of, uuids_of
from directory.annuaire.levels import class_order
from directory.letters import LettersAsked
from directory.querysets.accounts import classes_in
from schools.models import School
from ui.french import day_year

PROFILE, CLASS, ONLY_NEW, SINCE, PEOPLE = "profil", "classe", "nouveaux", "depuis", "personnes"
# What the list of accounts names those chosen in it.
CHOSEN = "choisi"
MOST = 2_000
# What each choice of the menu covers.
PROFILES: Mapping[str, tuple[str, tuple[Profile, ...]]] = {
    "familles": ("Élèves et parents", (Profile.PUPIL, Profile.RELATIVE)),
    "parents": ("Parents", (Profile.RELATIVE,)),
    "eleves": ("Élèves", (Profile.PUPIL,)),
    "equipe": ("Équipe de l’école", (Profile.TEACHER, Profile.STAFF, Profile.GUEST)),
}


@dataclass(frozen=True, slots=True)
class LettersPage:
    """The filters of a page, as its address says them."""

    place: Place
    profile: str = ""
    school_class: UUID | None = None
    only_new: bool = False
    since: date | None = None
    people: tuple[UUID, ...] = ()

    @property
    def asked(self) -> LettersAsked:
        _, profiles = PROFILES.get(self.profile, ("", ()))
        return LettersAsked(
            profiles=profiles,
            school_class=self.school_class,
            only_new=self.only_new,
            since=self.since,
            people=self.people,
        )

    @property
    def fields(self) -> list[tuple[str, str]]:
        """What a form hands on, the people chosen too."""
        told = [*self._filters(), (PEOPLE, ",".join(map(str, self.people)))]
        return [(name, value) for name, value in told if value]

    def url(self) -> str:
        """The same page; people chosen by hand are too many for an address."""
        told = [pair for pair in self._filters() if pair[1]]
        if self.place.several and self.place.school:
            told.append((PARAMETER, str(self.place.school.uuid)))
        return page_url("letters", Place(None, (), 0)) + (f"?{urlencode(told)}" if told else "")

    def menus(self, school: School) -> list[Menu]:
        """Profile, class, and who never signed in. A query."""
        classes = sorted(classes_in(school), key=class_order)
        named = next((each.label for each in classes if each.uuid == self.school_class), "")
        return [
            Menu(
                "Profil",
                PROFILES[self.profile][0] if self.profile else "",
                [self._choice("Tous les profils", profile="")]
                + [self._choice(label, profile=key) for key, (label, _) in PROFILES.items()],
            ),
            Menu(
                "Classe",
                named,
                [self._choice("Toutes les classes", school_class=None)]
                + [self._choice(each.label, school_class=each.uuid) for each in classes],
            ),
            Menu(
                "Connexion",
                self._connection,
                [
                    self._choice("Tout le monde", only_new=False, since=None),
                    self._choice("Jamais activés", only_new=True, since=None),
                    *([self._choice(self._connection)] if self.since else []),
                ],
            ),
        ]

    @property
    def _connection(self) -> str:
        """« Jamais activés, depuis le 1er août 2026 »: the address takes any day."""
        parts = ["Jamais activés"] if self.only_new else []
        if self.since:
            parts.append(
                f"depuis le {day_year(self.since)}" if parts else f"Depuis le {day_year(self.since)}"
            )
        return ", ".join(parts)

    def _filters(self) -> list[tuple[str, str]]:
        return [
            (PROFILE, self.profile),
            (CLASS, str(self.school_class) if self.school_class else ""),
            (ONLY_NEW, "1" if self.only_new else ""),
            (SINCE, self.since.isoformat() if self.since else ""),
        ]

    def _choice(self, label: str, **changed: object) -> Choice:
        other = replace(self, **changed)  # type: ignore[arg-type]
        return Choice(label, other.url(), other == self)


def letters_page(place: Place, given: Mapping[str, str], people: Iterable[str]) -> LettersPage:
    """From an address or a form; a value that means nothing asks nothing. `people`: UUIDs, by commas or
    one by one; once some are named, nothing else is asked."""
    named = [uuid for text in people for uuid in uuids_of(text.split(","))]
    if named:
        return LettersPage(place, people=tuple(dict.fromkeys(named))[:MOST])
    profile = given.get(PROFILE, "")
    return LettersPage(
        place=place,
        profile=profile if profile in PROFILES else "",
        school_class=uuid_of(given.get(CLASS)),
        only_new=given.get(ONLY_NEW) == "1",
        since=day_of(given.get(SINCE, "")),
    )
