"""What an account says of its person, for their archive: as a page, and as data."""

import json
from typing import Any

from accounts import takeout
from accounts.models import User
from accounts.takeout import Shelf
from accounts.takeout_pages import Passage, join, write_text
from ui.french import day_year, moment_year

FOLDER = "Profil"


def register() -> None:
    """To be called in `ready()`."""
    takeout.register(
        takeout.Part(
            key="accounts",
            order=10,
            folder=FOLDER,
            title="Mon profil",
            hint="Ce que Cartable sait de moi, en page et en données (JSON).",
            gather=gather,
        )
    )


def gather(shelf: Shelf, person: User) -> None:
    """The page, the data, the photo."""
    page = shelf.place("Mon profil.html")
    photo = join(shelf, page, person.photo, "Ma photo.webp") if person.photo else []
    write_text(
        shelf,
        page,
        title="Mon profil",
        pairs=_pairs(person),
        passages=[Passage("Ma photo", files=photo)] if photo else [],
        first=True,
    )
    shelf.write(json.dumps(data_of(person), ensure_ascii=False, indent=2) + "\n", "profil.json")


def data_of(person: User) -> dict[str, Any]:
    """What is known of a person, for a machine: what the feed said and what they said themselves."""
    names = (
        "uuid", "username", "profile", "civility", "first_name", "other_first_names", "last_name", "birth_name",
        "birth_date", "email", "own_email", "home_phone", "work_phone", "mobile_phone", "address",
        "postal_code", "city", "country", "ine", "source", "motto", "drawing", "created_at", "activated_at",
        "charter_accepted_at", "last_login",
    )  # fmt: skip
    return {name: _plain(getattr(person, name)) for name in names}


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _pairs(person: User) -> list[tuple[str, str]]:
    phones = (person.mobile_phone, person.home_phone, person.work_phone)
    place = (person.address, f"{person.postal_code} {person.city}".strip(), person.country)
    said = [
        ("Nom", person.full_name),
        ("Nom de naissance", person.birth_name),
        ("Identifiant", person.username),
        ("Profil", str(person.get_profile_display())),
        ("Date de naissance", day_year(person.birth_date) if person.birth_date else ""),
        ("INE", person.ine),
        ("Courriel connu de l’école", person.email),
        ("Courriel choisi", person.own_email),
        ("Téléphone", ", ".join(phone for phone in phones if phone)),
        ("Adresse", ", ".join(line for line in place if line)),
        ("Ma devise" if person.drawing else "Devise", person.motto),
        ("Origine du compte", str(person.get_source_display())),
        ("Compte créé", moment_year(person.created_at)),
        ("Compte activé", moment_year(person.activated_at) if person.activated_at else ""),
        ("Dernière connexion", moment_year(person.last_login) if person.last_login else ""),
    ]
    return [pair for pair in said if pair[1]]
