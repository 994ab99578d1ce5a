"""What becomes of an academy's accounts: made one and parted, closed and opened, on their way out, erased, restored."""

from datetime import timedelta
from random import Random
from typing import Any

from accounts import gates
from accounts.enums import Profile
from accounts.models import Merge, User
from accounts.services import lifecycle
from core import clock
from directory.models import Attachment, Block
from directory.services import blocks, duplicates
from directory.services.create_person import create_person
from directory.services.detach import detach
from directory.services.end_account import pre_delete_account, restore_account
from schools.models import School
from tests.directory.merging.worlds import changed, snapshot
from tests.feeds.whole import differences, whole
from tests.properties.academy import Academy, happens, one
from tests.properties.twins import sight_of

HELD = ("thing", "word", "message")
#: What a block writes: itself, and what is said of it.
BLOCKED = ("directory_block", "core_auditentry")


class Accounts(Academy):
    @happens(2)
    def someone_is_made_by_hand(self, chance: Random) -> None:
        school = one(School.objects.order_by("pk"), chance)
        if school is not None:
            profile = chance.choice((Profile.TEACHER, Profile.GUEST, Profile.PUPIL))
            self.done(
                "an account made by hand",
                lambda: create_person(
                    by=self.operator,
                    school=school,
                    profile=profile,
                    first_name=f"Camille{chance.randrange(50)}",
                    last_name="MARTIN",
                    anyway=True,
                ),
            )

    @happens(4)
    def two_accounts_are_made_one(self, chance: Random) -> None:
        """All that either saw is seen by the one kept; parted at once, all is as before."""
        kept = self.somebody(chance)
        if kept is None:
            return
        near = User.objects.present().filter(profile=kept.profile, last_name=kept.last_name)
        gone = one(near.exclude(pk__in=[kept.pk, self.operator.pk]).order_by("pk"), chance)
        if gone is None:
            return
        before, theirs = snapshot(), [sight_of(kept), sight_of(gone)]
        made = self.done("a merge", lambda: duplicates.merge(by=self.operator, kept=kept, gone=gone))
        if made is None:
            return
        kept.refresh_from_db()
        now = sight_of(kept)
        for sight in theirs:
            lost = {what: role for what, role in sight.items() if now.get(what, 0) < role}
            assert lost == {}, f"seen by either, not by the one kept: {lost}"
        if chance.random() < 0.5:
            self.done_or_refused("parted at once", lambda: duplicates.unmerge(by=self.operator, merge=made))
            assert changed(before, snapshot()) == {}, "parted"
        else:
            self.memory = {name: each.take() for name, each in self.memories.items()}

    @happens(2)
    def two_accounts_are_parted(self, chance: Random) -> None:
        """Whatever was held is still held by one or the other: but what was written meanwhile is the kept one's, in
        places that may be the other's."""
        merge = one(Merge.objects.filter(undone_at__isnull=True).order_by("pk"), chance)
        if merge is None or merge.kept.pre_deleted_on is not None:
            return
        seen = {what: role for what, role in sight_of(merge.kept).items() if what[0] in HELD}
        done = self.done("parted", lambda: duplicates.unmerge(by=self.operator, merge=merge))
        if done is None:
            return
        now = [sight_of(User.objects.get(pk=key)) for key in (merge.kept_id, merge.gone_id)]
        lost = {what: role for what, role in seen.items() if max(each.get(what, 0) for each in now) < role}
        assert lost == {}, f"seen before, by neither now: {lost}"
        self.memory = {name: each.take() for name, each in self.memories.items()}

    @happens(2)
    def accounts_are_closed(self, chance: Random) -> None:
        """Whoever is covered is kept out, and nothing of theirs changes."""
        before = whole(but=BLOCKED)
        if chance.random() < 0.5:
            person = self.somebody(chance)
            before = whole(but=BLOCKED)
            block = person and self.done(
                "a person closed", lambda: blocks.block_person(by=self.operator, person=person)
            )
        else:
            school = one(School.objects.order_by("pk"), chance)
            profile, until = chance.choice((Profile.PUPIL, Profile.RELATIVE)), chance.random() < 0.5
            block = school and self.done(
                "a profile closed",
                lambda: blocks.block_profile(
                    by=self.operator, school=school, profile=profile, until_turnover=until
                ),
            )
        if block:
            assert differences(before, whole(but=BLOCKED)) == {}
            for person in _covered(block):
                assert gates.refusal(person) is not None

    @happens(3)
    def accounts_are_opened(self, chance: Random) -> None:
        block = one(Block.objects.filter(lifted_at__isnull=True).order_by("pk"), chance)
        if block is None:
            return
        before, people = whole(but=BLOCKED), _covered(block)
        done = self.done("opened", lambda: blocks.lift_block(by=self.operator, block=block))
        if done is None:
            return
        assert differences(before, whole(but=BLOCKED)) == {}
        if not Block.objects.filter(lifted_at__isnull=True).exists():
            assert gates.refusals(people) == {}

    @happens(2)
    def someone_is_detached(self, chance: Random) -> None:
        row = one(Attachment.objects.filter(ended_on__isnull=True).order_by("pk"), chance)
        if row is not None:
            self.done("detached", lambda: detach(by=self.operator, person=row.person, school=row.school))

    @happens(2)
    def someone_is_on_their_way_out(self, chance: Random) -> None:
        by_hand = User.objects.present().filter(source="MANUAL").exclude(pk=self.operator.pk)
        person = one(by_hand.order_by("pk"), chance)
        if person is not None:
            self.done("pre-deleted by hand", lambda: pre_delete_account(by=self.operator, person=person))

    @happens(3)
    def someone_comes_back(self, chance: Random) -> None:
        """As they were: they see again what they would have seen all along."""
        person = one(User.objects.filter(pre_deleted_on__isnull=False).order_by("pk"), chance)
        if person is None:
            return
        before = whole(but=("accounts_user", "core_auditentry"))
        if self.done("restored", lambda: restore_account(by=self.operator, person=person)) is not None:
            assert differences(before, whole(but=("accounts_user", "core_auditentry"))) == {}

    @happens(8)
    def days_pass(self, chance: Random) -> None:
        """Delays go on, never past the day of the next feed."""
        days = chance.choice((1, 10, 31, 62, 92))
        if self.sets:
            days = min(days, (self.sets[0].day - clock.today()).days)
        if days <= 0:
            return
        self.it_is(clock.today() + timedelta(days=days))
        with self.people_may_go():
            done = self.done("days passed", lambda: lifecycle.advance(today=clock.today()))
        self.reached["pre-deleted"] += done.pre_deleted
        self.reached["erased by the night"] += done.deleted


def _covered(block: Block) -> list[Any]:
    """Whom a block surely keeps out: its person; of a profile's, whoever has no other school and administers
    nothing."""
    if block.person is not None:
        return [block.person]
    people = []
    for row in Attachment.objects.filter(school=block.school, profile=block.profile, ended_on__isnull=True):
        elsewhere = Attachment.objects.filter(person=row.person, ended_on__isnull=True).exclude(pk=row.pk)
        rights = row.person.administrator_set.filter(ended_on__isnull=True)
        if not elsewhere.exists() and not rights.exists() and row.person.pre_deleted_on is None:
            people.append(row.person)
    return people
