"""What somebody sees, by the querysets and by the rules: both agree, whoever it is, after each step."""

from collections import defaultdict
from random import Random

from django.db.models import F

from accounts.models import User
from blog.models import Post
from blog.querysets import posts_visible_to, standing_of
from blog.rules import may_read
from core import clock
from directory.querysets import people_visible_to, standpoint_of, whereabouts_of
from directory.rules import reaches
from messaging.models import Copy
from messaging.querysets import copies_of as messages_of
from notebooks import homework_rules, liaison_rules
from notebooks.homework_querysets import entries_within, roles_on_books
from notebooks.liaison_querysets import copies_of, waiting
from notebooks.memo_reading import books_seen, pages_in
from notebooks.models import HomeworkEntry, MemoPage
from sharing.enums import Role
from sharing.models import Grant, Resource
from sharing.querysets import managed_by, reach_of, visible_to
from sharing.rules import Given, Reach, role_of
from sharing.services.resources import owner_of
from tests.properties.academy import Academy, holds

MET = 3


class Twins(Academy):
    @holds
    def what_is_seen_is_what_rules_say(self) -> None:
        """For one person after each step: of rights, of posts, of notebooks, of messages, of people, in turn."""
        chance = Random(self.steps)
        everybody = list(User.objects.order_by("pk"))
        person = chance.choice(everybody)
        reach = reach_of(person)
        roles = by_rule(reach)
        match self.steps % 5:
            case 0:
                assert dict(visible_to(person, reach).values_list("pk", "my_role")) == roles, person
                managed = {key for key, role in roles.items() if role == Role.MANAGE}
                assert set(managed_by(person, reach).values_list("pk", flat=True)) == managed
            case 1:
                _agree_on_posts(person, reach, roles)
            case 2:
                _agree_on_notebooks(person, reach, roles)
            case 3:
                _agree_on_messages(person)
            case _:
                _agree_on_people(person, chance.sample(everybody, min(MET, len(everybody))))


def by_rule(reach: Reach) -> dict[int, int]:
    """The rule of rights, with all that it asks read plainly: role by thing. Two queries."""
    things = {each.pk: each for each in Resource.objects.select_related("owner_school")}
    grants: dict[int, list[Given]] = defaultdict(list)
    for grant in Grant.objects.all():
        given = Given(role=Role(grant.role), person=grant.person_id, group=grant.group_id)
        grants[grant.resource_id].append(given)
    found = {}
    for key, thing in things.items():
        role = role_of(
            reach,
            owner_of(thing),
            [given for each in thing.chain for given in grants[each]],
            above=[owner_of(things[each]) for each in thing.ancestors],
            trashed=thing.trashed_at is not None,
        )
        if role is not None:
            found[key] = int(role)
    return found


def _agree_on_posts(person: User, reach: Reach, roles: dict[int, int]) -> None:
    rows = Post.objects.filter(trashed_at__isnull=True, blog__resource__trashed_at__isnull=True)
    read = {
        post.pk
        for post in rows.select_related("blog__resource")
        if may_read(standing_of(post, person, roles.get(post.blog_id)))
    }
    assert set(posts_visible_to(person, reach).values_list("pk", flat=True)) == read, person


def _agree_on_notebooks(person: User, reach: Reach, roles: dict[int, int]) -> None:
    today = clock.today()
    entries = HomeworkEntry.objects.filter(trashed_at__isnull=True, book__resource__trashed_at__isnull=True)
    read = {
        entry.pk
        for entry in entries
        if homework_rules.sees(
            roles.get(entry.book_id), stage=entry.stage, given_on=entry.given_on, today=today
        )
    }
    found = entries_within(roles_on_books(person, reach))
    assert set(found.values_list("pk", flat=True)) == read, person
    held = copies_of(person)
    awaited = {
        copy.pk
        for copy in held
        if liaison_rules.waits(
            state=copy.word.state,
            signed_version=copy.signed_version,
            asked_version=copy.word.asked_version,
            tied=copy.tied,
        )
    }
    assert set(waiting(held).values_list("pk", flat=True)) == awaited, person
    for book in books_seen(person, reach):
        pages = MemoPage.objects.filter(book=book.pk, removed_at__isnull=True)
        manages = roles[book.pk] == Role.MANAGE
        seen = {page.pk for page in pages if page.filled or manages or page.author_id == person.pk}
        assert set(pages_in(book, person, roles[book.pk]).values_list("pk", flat=True)) == seen, person


def _agree_on_messages(person: User) -> None:
    mine = {copy.pk for copy in Copy.objects.all() if copy.person_id == person.pk and copy.at <= clock.now()}
    assert set(messages_of(person).values_list("pk", flat=True)) == mine, person


def _agree_on_people(person: User, met: list[User]) -> None:
    me = standpoint_of(person)
    reached = {each.pk for each in met if reaches(me, whereabouts_of(each))}
    keys = [each.pk for each in met]
    assert set(people_visible_to(person).filter(pk__in=keys).values_list("pk", flat=True)) == reached, person


def sight_of(person: User) -> dict[tuple[str, int], int]:
    """All that someone sees, with their right on it."""
    reach = reach_of(person)
    found = {("thing", key): role for key, role in visible_to(person, reach).values_list("pk", "my_role")}
    found |= {("post", key): 1 for key in posts_visible_to(person, reach).values_list("pk", flat=True)}
    roles = roles_on_books(person, reach)
    found |= {("homework", key): 1 for key in entries_within(roles).values_list("pk", flat=True)}
    slips = copies_of(person).values_list("word_id", "pupil_id")
    found |= {("word", word): 1 for word, _ in slips}
    held = messages_of(person).annotate(what=F("message_id")).values_list("what", flat=True)
    return found | {("message", key): 1 for key in held}
