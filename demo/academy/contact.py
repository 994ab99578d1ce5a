"""Where the grown-ups of a family live and how to reach them, drawn when it is written."""

from dataclasses import dataclass

from core.text import fold
from demo.academy.dice import Dice
from demo.academy.model import Family, Relative, Sector
from demo.academy.places import STREETS, Town, town
from demo.academy.recipe import SHARED_MAIL, falls_on

# Ranges that the regulator keeps for fiction: nobody is ever called.
MOBILE = "063998"
LANDLINE = "035301"
WORK = "026191"
HAS_MAIL = 0.8
HAS_LANDLINE = 0.3
HAS_WORK_PHONE = 0.2
FLAT = 0.2


@dataclass(frozen=True, slots=True)
class Contact:
    """`street` may hold several lines; telephones are ten digits or empty."""

    street: tuple[str, ...]
    town: Town
    email: str
    home_phone: str
    work_phone: str
    mobile_phone: str


def contact(seed: int, sectors: list[Sector], family: Family, relative: Relative) -> Contact:
    """One relative's address, mail and telephones as they are this year."""
    street, home = _home(seed, sectors, family, relative)
    dice = Dice(seed, "contact", relative.number, relative.revision)
    email = _email(relative) if dice.chance(HAS_MAIL) else ""
    if relative.rank == 1 and relative.legal and not family.apart and falls_on(family.number, SHARED_MAIL):
        email = _email(family.relatives[0])
    return Contact(
        street=street,
        town=home,
        email=email,
        home_phone=f"{LANDLINE}{dice.below(10_000):04d}" if dice.chance(HAS_LANDLINE) else "",
        work_phone=f"{WORK}{dice.below(10_000):04d}" if dice.chance(HAS_WORK_PHONE) else "",
        mobile_phone=f"{MOBILE}{dice.below(10_000):04d}",
    )


def mail_name(*names: str) -> str:
    """Names as they stand before the @ of an address."""
    return ".".join(fold(name).replace(" ", "-") for name in names)


def _home(
    seed: int, sectors: list[Sector], family: Family, relative: Relative
) -> tuple[tuple[str, ...], Town]:
    """The family's home; who lives apart, and grandparents, have their own, which moves do not change."""
    elsewhere = relative.rank > 0 and (family.apart or not relative.legal)
    dice = Dice(seed, "home", family.number, relative.rank if elsewhere else f"moves {family.moves}")
    street = f"{dice.between(1, 150)} {dice.pick(STREETS)}"
    lines = (street, f"Appartement {dice.between(1, 40)}") if dice.chance(FLAT) else (street,)
    place = town(seed, dice.below(60)) if elsewhere and dice.chance(0.6) else sectors[family.sector].town
    return lines, place


def _email(relative: Relative) -> str:
    revision = f".{relative.revision}" if relative.revision else ""
    name = mail_name(relative.first_name, relative.birth_name)
    return f"{name}{relative.number}{revision}@example.invalid"
