"""Finding a person by name: accents, case, joined words and typos forgiven, within what is given.

The prefix of words comes first, words written as one next; only when nothing fits are the words that
people within reach bear compared, letter by letter, with what was typed.
"""

from dataclasses import dataclass

from django.db import connection
from django.db.models import BooleanField, Case, Q, TextField, Value, When
from django.db.models.functions import Replace

from accounts.querysets import UserQuerySet
from core.text import fold

# What anyone types as a name; the rest is not looked at.
WORDS = 5
TYPED_LENGTH = 80
# Below this length a word inside another says nothing, and any word is a typo of any other.
JOINED_LENGTH = 4
TYPO_LENGTH = 3
# How many words of the reach may stand for one that was typed.
NEAR_WORDS = 8


@dataclass(frozen=True, slots=True)
class Found:
    """People found, in order; `approximate` when only words close to the typed ones fit; `many` where they
    are known to be more than anybody counts."""

    people: UserQuerySet
    approximate: bool = False
    many: bool = False


def typed_words(typed: str) -> list[str]:
    """The folded words of what was typed, at most `WORDS`."""
    return fold(typed[:TYPED_LENGTH]).split()[:WORDS]


def find_people(reach: UserQuerySet, typed: str) -> Found:
    """The people of `reach` whose name fits what was typed; nobody when nothing was.

    One query where names fit as typed, at most four otherwise, whatever the number of people.
    """
    words = typed_words(typed)
    if not words:
        return Found(reach.none())
    for people in (reach.named_like(words), _named_joined(reach, words)):
        if people.exists():
            return Found(_best_first(people, words))
    near = _near(words, _words_of(reach))
    if not all(near):
        return Found(reach.none())
    fits = Q()
    for choices in near:
        fits &= _any_word(choices)
    people = reach.filter(fits)
    return Found(people.order_by("sort_name", "pk"), approximate=True)


def _named_joined(reach: UserQuerySet, words: list[str]) -> UserQuerySet:
    """« legoff » finds Le Goff, « annelise » Anne-Lise."""
    found = reach.alias(joined_name=Replace("sort_name", Value(" "), Value(""), output_field=TextField()))
    for word in words:
        fits = _any_word([word])
        if len(word) >= JOINED_LENGTH:
            fits |= Q(joined_name__contains=word)
        found = found.filter(fits)
    return found


def _any_word(words: list[str]) -> Q:
    fits = Q()
    for word in words:
        fits |= Q(sort_name__startswith=word) | Q(sort_name__contains=f" {word}")
    return fits


def _best_first(people: UserQuerySet, words: list[str]) -> UserQuerySet:
    """Those whose last name begins as typed before those whose first name does."""
    leads = Q()
    for word in words:
        leads |= Q(sort_name__startswith=word)
    rank = Case(When(leads, then=Value(False)), default=Value(True), output_field=BooleanField())
    return people.order_by(rank, "sort_name", "pk")


def _words_of(reach: UserQuerySet) -> list[str]:
    """The distinct words of the names within reach."""
    names, params = reach.order_by().values("sort_name").query.sql_with_params()
    with connection.cursor() as cursor:
        # The inner statement is the ORM's own, its parameters apart.
        cursor.execute(
            "select distinct word from (" + names + ") as named (sort_name), "  # noqa: S608
            "unnest(string_to_array(named.sort_name, ' ')) as word",
            params,
        )
        return [row[0] for row in cursor.fetchall()]


def _near(words: list[str], known: list[str]) -> list[list[str]]:
    """For each typed word, the known ones that it may stand for, nearest first."""
    pairs_of = {word: _pairs(word) for word in known}
    near = []
    for word in words:
        if len(word) < TYPO_LENGTH:
            near.append([k for k in known if k.startswith(word)][:NEAR_WORDS])
            continue
        pairs, allowed = _pairs(word), _errors_allowed(word)
        scored = []
        for candidate, candidate_pairs in pairs_of.items():
            if pairs & candidate_pairs:
                distance = prefix_distance(word, candidate)
                if distance <= allowed:
                    scored.append((distance, abs(len(candidate) - len(word)), candidate))
        near.append([candidate for _, _, candidate in sorted(scored)[:NEAR_WORDS]])
    return near


def _errors_allowed(word: str) -> int:
    return 1 if len(word) < 6 else 2


def _pairs(word: str) -> frozenset[str]:
    marked = f"^{word}$"
    return frozenset(marked[i : i + 2] for i in range(len(marked) - 1))


def prefix_distance(typed: str, word: str) -> int:
    """Letters to add, drop, change or swap so that `typed` becomes `word`, or its beginning."""
    before: list[int] = []
    row = list(range(len(word) + 1))
    for i, letter in enumerate(typed, 1):
        current = [i]
        for j, other in enumerate(word, 1):
            cost = min(row[j] + 1, current[j - 1] + 1, row[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == word[j - 2] and typed[i - 2] == other:
                cost = min(cost, before[j - 2] + 1)
            current.append(cost)
        before, row = row, current
    return min(row)
