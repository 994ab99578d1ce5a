"""Towns that exist on no map, their streets, and what their schools are called."""

from dataclasses import dataclass

from demo.academy.words import words
from schools.rules import uai_letter

_FRONTS = words(
    "Val Mont Bel Chante Roche Font Cour Haute Noir Clair Bois Pré Mare Ville Char Beau Long Aigue Lande "
    "Castel Frais Mire"
)
_BACKS = words(
    "aubray lierre courtil vergne mesnil sault bréac fontelle hameau lande ombrière ruisseau tilleul orme "
    "chesnay pertuis rive brenne argile"
)
_RIVERS = words("Auzelle Brenette Corvanne Dourbelle Évrolle Flamine Gervaise Huzelle Ivronne Lorvaine")

STREETS = (
    "rue des Écoles",
    "avenue de la République",
    "impasse du Moulin",
    "chemin du Lavoir",
    "place de l'Église",
    "rue Jean Jaurès",
    "allée des Tilleuls",
    "route de la Gare",
    "rue du Maréchal-Ferrant",
    "sentier des Vignes",
)
SCHOOL_NAMES = (
    "JULES FERRY",
    "JEAN MOULIN",
    "VICTOR HUGO",
    "JACQUES PREVERT",
    "LES TILLEULS",
    "MARIE CURIE",
    "PAUL ELUARD",
    "LA FONTAINE",
    "LOUIS PASTEUR",
    "GEORGE SAND",
    "SIMONE VEIL",
    "LES HIRONDELLES",
    "DU CENTRE",
    "ROSA PARKS",
    "L'ARC-EN-CIEL",
    "LES PRES VERTS",
    "ROBERT DESNOS",
    "OLYMPE DE GOUGES",
)
# Mainland numbers of departments; the first three digits of a UAI.
_DEPARTMENTS = tuple(n for n in range(1, 96) if n != 20)


@dataclass(frozen=True, slots=True)
class Town:
    name: str
    postal_code: str


def town_name(index: int) -> str:
    """The name of the `index`-th invented town: plain ones first, then those named for a river."""
    plain = len(_FRONTS) * len(_BACKS)
    front = _FRONTS[index % len(_FRONTS)]
    back = _BACKS[(index // len(_FRONTS) + index * 7) % len(_BACKS)]
    name = front + (back[1:] if front[-1] == back[0] else back)
    river = index // plain
    return name if river == 0 else f"{name}-sur-{_RIVERS[(river - 1) % len(_RIVERS)]}"


def department(seed: int, index: int = 0) -> int:
    """The department of the `index`-th thousand of schools of an academy."""
    return _DEPARTMENTS[(seed * 7 + index) % len(_DEPARTMENTS)]


def town(seed: int, index: int) -> Town:
    return Town(town_name(index), f"{department(seed):02d}{100 + index * 10 % 900:03d}")


def uai(seed: int, index: int) -> str:
    """The national code of the `index`-th school of an academy."""
    digits = f"{department(seed, index // 9000):03d}{1000 + index % 9000:04d}"
    return digits + uai_letter(digits)
