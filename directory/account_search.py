"""Accounts by name or login, as one types: accents, case, joined names and small typos forgiven.

The beginnings of words come first. Only when nothing fits are typos forgiven: in some schools by comparing
the words that their people bear, in a wide scope by asking the index of words for everything that one slip
of the keyboard makes of what was typed.
"""

from dataclasses import replace
from string import ascii_lowercase

from django.db.models import F, QuerySet

from accounts.models import User
from accounts.querysets import UserQuerySet
from directory.account_filters import AccountFilters
from directory.querysets.accounts import COMMON, accounts_listed, gathered, is_wide
from directory.querysets.scope import AmongGiven
from directory.rules import Standpoint
from directory.search import Found, find_people, typed_words
from schools.models import School

# Below this length any word is a slip of any other; past the second, the beginning alone may hold one.
SLIP_LENGTH = 4
SLIPPED_LENGTH = 12


def find_accounts(me: Standpoint, school: School | None, filters: AccountFilters) -> Found:
    """The accounts that fit the filters and what was typed, by name.

    Two more queries in a wide scope, seven at most in a narrow one, whatever the number of people.

    Raises DuplicatesOfTooMany.
    """
    listed = accounts_listed(me, school, replace(filters, typed=""))
    if not filters.typed:
        return Found(listed)
    words = typed_words(filters.typed)
    if not words:
        return Found(listed.none())
    if is_wide(me, school):
        return _in_many(listed, words)
    people = listed.named_or_known_like(words)
    if people.exists():
        return Found(people)
    if school is None:
        # Asked several times over: the schools' people are gathered once.
        keys = listed.order_by().values_list("pk", flat=True)
        listed = User.objects.filter(AmongGiven(F("pk"), keys))
    found = find_people(listed, filters.typed)
    return replace(found, people=found.people.order_by("sort_name", "pk"))


def _in_many(listed: UserQuerySet, words: list[str]) -> Found:
    keys = gathered(_bearing(listed, [[word] for word in words]))
    if keys is None:
        return Found(listed.named_or_known_like(words), many=True)
    if keys:
        return Found(_by_name(keys))
    near = _bearing(listed, [sorted(slips_of(word)) for word in words])
    return Found(_by_name(list(near[:COMMON])), approximate=True)


def _bearing(listed: UserQuerySet, choices: list[list[str]]) -> QuerySet[User, int]:
    return listed.bearing(choices).order_by().values_list("pk", flat=True)


def _by_name(keys: list[int]) -> UserQuerySet:
    return User.objects.filter(AmongGiven(F("pk"), keys)).order_by("sort_name", "pk")


def slips_of(word: str) -> set[str]:
    """The word, and those that one letter dropped, added, changed or swapped makes of its beginning."""
    if len(word) < SLIP_LENGTH:
        return {word}
    head = word[:SLIPPED_LENGTH]
    parts = [(head[:cut], head[cut:]) for cut in range(len(head) + 1)]
    found = {word}
    for before, after in parts:
        if after:
            found.add(before + after[1:])
            found |= {before + letter + after[1:] for letter in ascii_lowercase}
        if len(after) > 1:
            found.add(before + after[1] + after[0] + after[2:])
        found |= {before + letter + after for letter in ascii_lowercase}
    return found
