"""One act on many accounts: foreseen with whom it leaves out and why, then done one by one.

Each is done by the service of one, in its own transaction: what one refuses keeps nobody else from it, and
a job that starts again skips what it did.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import models

from accounts.enums import Profile, Source
from accounts.models import User
from core.errors import DomainError
from core.progress import SILENT, Progress
from directory.account_filters import AccountFilters
from directory.account_search import find_accounts
from directory.errors import TooManyAccounts
from directory.models import Attachment, Block, ClassAttachment, Group, SchoolClass
from directory.querysets.accounts import accounts_of
from directory.querysets.administered import rights_beyond
from directory.querysets.blocks import standing
from directory.querysets.standpoint import standpoint_of
from directory.services.blocks import block_person, lift_block
from directory.services.class_teachers import attach_teacher
from directory.services.end_account import pre_delete_account
from directory.services.groups import add_members
from schools.models import School

# Past it, one act of a list is rather one of a school, or of a feed.
MOST = 5_000

ONESELF = "c’est votre compte"
OUTRANKED = "administre plus que vous"
LEAVING = "compte pré-supprimé"


class BulkAct(models.TextChoices):
    """What may be done to many accounts at once."""

    BLOCK = "block", "Bloquer"
    UNBLOCK = "unblock", "Débloquer"
    CLASS = "class", "Ajouter à une classe"
    GROUP = "group", "Ajouter à un groupe"
    PRE_DELETE = "pre_delete", "Pré-supprimer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """An act, with what it needs: a class or a manual group; the reason of a block, the words shown."""

    act: BulkAct
    school_class: SchoolClass | None = None
    group: Group | None = None
    reason: str = ""
    message: str = ""

    @property
    def complete(self) -> bool:
        if self.act == BulkAct.CLASS:
            return self.school_class is not None
        return self.act != BulkAct.GROUP or self.group is not None


@dataclass(frozen=True, slots=True)
class Skipped:
    """Somebody left out, and why."""

    person: User
    why: str

    def told(self) -> dict[str, str]:
        return {"uuid": str(self.person.uuid), "name": self.person.full_name, "why": self.why}


@dataclass(slots=True)
class Foreseen:
    """On whom an order will act, and whom it leaves out."""

    people: list[User] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.people)


def choose(
    *, by: User, school: School | None, filters: AccountFilters, uuids: Iterable[UUID] | None
) -> list[User]:
    """The accounts named, those of the scope alone; or, for None, everything that the filters list.

    Raises TooManyAccounts, DuplicatesOfTooMany.
    """
    me = standpoint_of(by)
    if uuids is None:
        people = find_accounts(me, school, filters).people
    else:
        people = accounts_of(me, None).filter(uuid__in=list(uuids)).order_by("sort_name", "pk")
    found = list(people[: MOST + 1])
    if len(found) > MOST:
        raise TooManyAccounts(most=MOST)
    return found


def foresee(*, by: User, order: Order, people: Iterable[User]) -> Foreseen:
    """What the order would do now. A fixed number of queries."""
    chosen = list(people)
    why = _reasons(by, order, chosen)
    told = Foreseen()
    for person in chosen:
        reason = why.get(person.pk)
        if reason is None:
            told.people.append(person)
        else:
            told.skipped.append(Skipped(person, reason))
    return told


def carry_out(
    *, by: User, order: Order, people: Iterable[User], progress: Progress = SILENT
) -> dict[str, Any]:
    """Does it; answers `done`, and `skipped`: `{uuid, name, why}` of each who was left out."""
    told = foresee(by=by, order=order, people=people)
    skipped = list(told.skipped)
    done = 0
    progress.step(order.act.label, total=len(told.people))
    for person in told.people:
        try:
            _do(by, order, person)
            done += 1
        except DomainError as refusal:
            skipped.append(Skipped(person, str(refusal)))
        progress.advance()
    return {"act": order.act.value, "done": done, "skipped": [each.told() for each in skipped]}


def _do(by: User, order: Order, person: User) -> None:
    if order.act == BulkAct.BLOCK:
        block_person(by=by, person=person, reason=order.reason, message=order.message)
    elif order.act == BulkAct.UNBLOCK:
        for block in standing(Block.objects.filter(person=person)).select_related("person", "school"):
            lift_block(by=by, block=block)
    elif order.act == BulkAct.CLASS and order.school_class is not None:
        attach_teacher(by=by, teacher=person, school_class=order.school_class)
    elif order.act == BulkAct.GROUP and order.group is not None:
        add_members(by=by, group=order.group, people=[person])
    elif order.act == BulkAct.PRE_DELETE:
        pre_delete_account(by=by, person=person)


def _reasons(by: User, order: Order, people: list[User]) -> dict[int, str]:
    """Why each of those left out is, by primary key."""
    ids = [person.pk for person in people]
    why: dict[int, str] = {}
    if order.act in {BulkAct.BLOCK, BulkAct.UNBLOCK, BulkAct.PRE_DELETE}:
        beyond = rights_beyond(standpoint_of(by)).filter(person_id__in=ids)
        why |= dict.fromkeys(beyond.values_list("person_id", flat=True), OUTRANKED)
        why |= {by.pk: ONESELF} if order.act != BulkAct.UNBLOCK else {}
    if order.act in {BulkAct.BLOCK, BulkAct.UNBLOCK}:
        blocked = set(standing(Block.objects.filter(person_id__in=ids)).values_list("person_id", flat=True))
        for pk in ids:
            if (pk in blocked) == (order.act == BulkAct.BLOCK):
                why.setdefault(pk, "déjà bloqué" if pk in blocked else "n’est pas bloqué en son nom")
    elif order.act == BulkAct.CLASS and order.school_class is not None:
        why |= _not_for_class(order.school_class, people)
    elif order.act == BulkAct.GROUP and order.group is not None:
        members = order.group.membership_set.filter(person_id__in=ids).values_list("person_id", flat=True)
        why |= dict.fromkeys(members, "déjà dans le groupe")
        why |= {person.pk: LEAVING for person in people if person.pre_deleted_on}
    else:
        for person in people:
            if person.pre_deleted_on:
                why.setdefault(person.pk, "déjà pré-supprimé")
            elif person.source != Source.MANUAL:
                why.setdefault(person.pk, "compte tenu par l’alimentation")
    return why


def _not_for_class(school_class: SchoolClass, people: list[User]) -> dict[int, str]:
    ids = [person.pk for person in people]
    teachers = Attachment.objects.filter(
        school=school_class.school_id, profile=Profile.TEACHER, ended_on__isnull=True, person_id__in=ids
    )
    here = set(teachers.values_list("person_id", flat=True))
    already = ClassAttachment.objects.filter(
        school_class=school_class, ended_on__isnull=True, person_id__in=ids
    )
    why = dict.fromkeys(already.values_list("person_id", flat=True), "déjà dans la classe")
    why |= {person.pk: "n’est pas enseignant de l’école" for person in people if person.pk not in here}
    return why | {person.pk: LEAVING for person in people if person.pre_deleted_on}
