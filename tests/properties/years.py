"""What an academy's teams prepare before the year turns: classes taken, things kept by name, entrusted, let go."""

from collections import defaultdict
from random import Random

from accounts.models import User
from directory.models import SchoolClass
from directory.querysets import people_visible_to, standpoint_of
from directory.rules import TEAM
from directory.services.class_teachers import attach_teacher
from rollover.enums import Choice
from rollover.models import Decision
from rollover.services.decide import Wish, decide, take_back
from rollover.year_end import Line, year_end_of
from sharing.querysets import visible_to
from sharing.services.marked import given_by_marks
from tests.properties.academy import Academy, happens, holds, one, signed_in

CHOICES = (Choice.KEEP, Choice.KEEP, Choice.ENTRUST, Choice.LET_GO)


class Years(Academy):
    @happens(4, first=6)
    def a_teacher_takes_a_class(self, chance: Random) -> None:
        teacher = self.teacher(chance)
        if teacher is None:
            return
        running = SchoolClass.objects.filter(school__in=standpoint_of(teacher).schools)
        school_class = one(running.select_related("school").order_by("pk"), chance)
        if school_class is not None:
            self.done(
                "a class taken",
                lambda: attach_teacher(by=self.operator, teacher=teacher, school_class=school_class),
            )

    @happens(9)
    def the_end_of_the_year_is_prepared(self, chance: Random) -> None:
        """Whoever it is kept for has it by name; who does not lose it gets nothing."""
        found = _somebodys_lines(chance)
        if found is None:
            return
        by, lines = found
        line = chance.choice(lines)
        choice, relatives = chance.choice(CHOICES), chance.random() < 0.4
        to = None
        if choice == Choice.ENTRUST:
            to = one(people_visible_to(by).filter(profile__in=TEAM).exclude(pk=by.pk).order_by("pk"), chance)
        wish = Wish(
            resource=line.resource.uuid,
            place=line.place,
            choice=choice,
            relatives=relatives,
            to=to.uuid if to else None,
        )
        losing = {person.pk for person in line.people}
        done = self.done(
            f"decided: {choice}",
            lambda: decide(by=by, wishes=[wish]),
            given=lambda row: row.thing == line.resource.pk,
        )
        if done is None:
            return
        for refused in done.refused:
            self.reached[f"decided: {choice}: refused, {refused.error.code}"] += 1
        if choice == Choice.KEEP and done.lines[Choice.KEEP]:
            assert done.people or not losing or done.left_out or not relatives

    @happens(3)
    def a_decision_is_taken_back(self, chance: Random) -> None:
        """What it gave ends; before the turn only."""
        decision = one(Decision.objects.select_related("person", "resource").order_by("pk"), chance)
        if decision is None or decision.person.pre_deleted_on is not None:
            return
        done = self.done(
            "a decision taken back",
            lambda: take_back(by=signed_in(decision.person), decision=decision.uuid),
            given=lambda row: row.thing == decision.resource_id,
        )
        if done is not None:
            assert given_by_marks([decision.resource_id], [decision.uuid])[decision.uuid] == []

    @holds
    def what_was_kept_by_name_is_seen_whatever_year_it_is(self) -> None:
        decisions = Decision.objects.filter(choice=Choice.KEEP, resource__trashed_at__isnull=True)
        kept = dict(decisions.values_list("uuid", "resource"))
        things: dict[int, set[int]] = defaultdict(set)
        for mark, people in given_by_marks(kept.values(), kept).items():
            for person in people:
                things[person].add(kept[mark])
        for person in User.objects.present().filter(pk__in=things):
            seen = set(visible_to(person).values_list("pk", flat=True))
            assert things[person.pk] <= seen, (
                f"{person}: kept by name, and unseen, {things[person.pk] - seen}"
            )


def _somebodys_lines(chance: Random) -> tuple[User, list[Line]] | None:
    """Someone who shares with a group of scolarity, and what they have to decide."""
    owners = User.objects.present().filter(resource__grants__year__isnull=False).distinct()
    people = list(owners.order_by("pk"))
    for by in chance.sample(people, len(people)):
        lines = year_end_of(by).lines
        if lines:
            signed_in(by)
            return by, lines
    return None
