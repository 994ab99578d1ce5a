"""Acts on many accounts, in words."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from directory.services.bulk_accounts import BulkAct, Order
from ui.french import NBSP, agree, counted

ACCOUNT = "compte"


@dataclass(frozen=True, slots=True)
class Words:
    """`title` of the page, `button` that does it, `danger` when it takes something away; `needs` is what
    must be chosen first."""

    title: str
    verb: str
    icon: str
    danger: bool = False
    needs: str = ""
    hint: str = ""


_WORDS = {
    BulkAct.BLOCK: Words(
        "Bloquer des comptes", "Bloquer", "lock", True,
        hint="Ces personnes ne pourront plus se connecter, dès leur prochaine page. Rien de ce qu’elles ont fait ne change.",
    ),
    BulkAct.UNBLOCK: Words(
        "Débloquer des comptes", "Débloquer", "lock-open",
        hint="Le blocage d’un profil de l’école, lui, se lève dans «\u00a0Gérer mon établissement\u00a0».",
    ),
    BulkAct.CLASS: Words(
        "Ajouter à une classe", "Ajouter à la classe", "school", needs="Classe",
        hint="Seuls les enseignants de l’école s’ajoutent à une classe.",
    ),
    BulkAct.GROUP: Words("Ajouter à un groupe manuel", "Ajouter au groupe", "users-group", needs="Groupe manuel"),
    BulkAct.PRE_DELETE: Words(
        "Pré-supprimer des comptes", "Pré-supprimer", "user-minus", True,
        hint="Ces comptes ne servent plus qu’à reprendre ses affaires, et peuvent encore être restaurés.",
    ),
}  # fmt: skip


def of(act: BulkAct) -> Words:
    return _WORDS[act]


def sentence(order: Order, number: int) -> str:
    """« 198 comptes seront bloqués. »"""
    people = counted(number, ACCOUNT)
    be = agree(number, "sera", "seront")
    if order.act == BulkAct.CLASS and order.school_class is not None:
        ending = f"{agree(number, 'ajouté', 'ajoutés')} à la classe «{NBSP}{order.school_class.label}{NBSP}»"
    elif order.act == BulkAct.GROUP and order.group is not None:
        ending = f"{agree(number, 'ajouté', 'ajoutés')} au groupe «{NBSP}{order.group.name}{NBSP}»"
    else:
        ending = _participle(order.act, number)
    return f"{people} {be} {ending}."


def done(act: BulkAct, number: int) -> str:
    """« 198 comptes ont été bloqués. »"""
    if act in {BulkAct.CLASS, BulkAct.GROUP}:
        ending = agree(number, "ajouté", "ajoutés")
    else:
        ending = _participle(act, number)
    return f"{counted(number, ACCOUNT)} {agree(number, 'a été', 'ont été')} {ending}."


def by_reason(skipped: Iterable[Mapping[str, str]]) -> list[tuple[str, list[str]]]:
    """Names of those left out, under each reason."""
    found: dict[str, list[str]] = defaultdict(list)
    for each in skipped:
        found[each["why"]].append(each["name"])
    return sorted(found.items(), key=lambda pair: -len(pair[1]))


def _participle(act: BulkAct, number: int) -> str:
    one = {BulkAct.BLOCK: "bloqué", BulkAct.UNBLOCK: "débloqué", BulkAct.PRE_DELETE: "pré-supprimé"}[act]
    return agree(number, one)
