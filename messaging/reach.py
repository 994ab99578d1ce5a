"""To whom someone may write, now: the twin, for pickers and for sending, of `messaging.rules`."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.db.models import QuerySet

from accounts.enums import Profile
from accounts.models import User
from accounts.querysets import UserQuerySet
from directory.enums import ClassRole, GroupKind
from directory.models import Attachment, ClassAttachment, Group
from directory.querysets.addressable import addressable_among, groups_addressable_from
from directory.querysets.groups import numbers_of_members
from directory.querysets.people import people_within
from directory.querysets.standpoint import standpoint_of
from directory.rules import Standpoint
from messaging.care import barred_from
from messaging.models import Address, Message
from messaging.rules import standpoint_to_write


def standpoint_for_messages(person: User, standing: Standpoint | None = None) -> Standpoint:
    """A query; none where this request read it already (`standing`)."""
    return standpoint_to_write(standing or standpoint_of(person))


def people_to_write(me: Standpoint, among: Collection[int] | None = None) -> UserQuerySet:
    """Everybody whom someone may write to, of these keys alone where they are known; not themself, nor a pupil for
    whom they were barred."""
    return people_within(me, among).exclude(pk=me.person).exclude(pk__in=barred_from(me.person))


def groups_to_write(me: Standpoint) -> QuerySet[Group]:
    """Every group that someone may write to; to address one is not to see who is in it."""
    return groups_addressable_from(me)


def reached_people(me: Standpoint, people: Iterable[int], answers: Message | None = None) -> set[int]:
    """Those of these people whom someone may write to: within reach, or who wrote the message that they
    answer. Two queries at most."""
    asked = set(people)
    if not asked:
        return set()
    found = set(people_to_write(me, asked).values_list("pk", flat=True))
    if answers is not None and answers.author_id in asked and answers.author_id is not None:
        author = User.objects.present().filter(pk=answers.author_id)
        author = author.exclude(pk__in=barred_from(me.person))
        found |= set(author.values_list("pk", flat=True))
    return found


def reached_groups(me: Standpoint, groups: Iterable[int]) -> dict[int, Group]:
    """Those of these groups that someone may write to, by key, with school and class. Two queries at most."""
    asked = set(groups)
    if not asked:
        return {}
    found = Group.objects.filter(pk__in=asked).select_related("school", "school_class")
    return addressable_among(me, found)


@dataclass(frozen=True, slots=True)
class Through:
    """Addresses, and what rules of communication let through of them: persons by key, groups, and how many
    are in each, once they are counted."""

    addresses: Sequence[Address]
    people: set[int]
    groups: dict[int, Group]
    numbers: dict[int, int] = field(default_factory=dict)

    def holds(self, address: Address) -> bool:
        """Whether it is let through."""
        key = address.group_id
        return address.person_id in self.people if key is None else key in self.groups

    @property
    def reached(self) -> int:
        """How many people, groups being counted; whoever is named twice is counted twice."""
        return len(self.people) + sum(self.numbers.values())


def written_to_others(pupil: User, through: Through) -> bool:
    """Whether what a pupil writes goes to anybody but those who look after them.

    Nobody reads over their shoulder what they write to their own relatives and to the teachers of their class,
    who would be the readers; nor to the direction, to whom a child must be able to speak of anybody. Two
    queries at most.
    """
    me = standpoint_of(pupil)
    others = through.people - me.guardians - {pupil.pk}
    groups = [
        group
        for group in through.groups.values()
        if group.kind != GroupKind.DIRECTION
        and not (group.school_class_id in me.classes and group.profile == Profile.TEACHER)
    ]
    if not others or groups:
        return bool(groups)
    teachers = ClassAttachment.objects.filter(
        person__in=others, school_class__in=me.classes, role=ClassRole.TEACHER, ended_on__isnull=True
    )
    heads = Attachment.objects.filter(
        person__in=others, school__in=me.schools, is_head=True, ended_on__isnull=True
    )
    near = {*teachers.values_list("person_id", flat=True), *heads.values_list("person_id", flat=True)}
    return bool(others - near)


def let_through(me: Standpoint, message: Message) -> Through:
    """What of a message's addresses its author reaches now, groups counted. Seven queries at most."""
    return counted(asked(me, list(message.addresses.all()), message.answers))


def asked(me: Standpoint, addresses: Sequence[Address], answers: Message | None) -> Through:
    """What of these addresses someone reaches now, groups not counted. Four queries at most."""
    people = [each.person_id for each in addresses if each.person_id is not None]
    groups = [each.group_id for each in addresses if each.group_id is not None]
    return Through(addresses, reached_people(me, people, answers), reached_groups(me, groups))


def counted(through: Through) -> Through:
    """With how many are in each of its groups. Two queries at most, none where it has no group."""
    if not through.groups:
        return through
    return replace(through, numbers=numbers_of_members(through.groups.values()))
