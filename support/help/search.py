"""Finding an article: by the words in it, by the page one comes from, by the season. Nothing is asked of the base:
articles are read once, from their templates."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import unescape

from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from core import clock
from core.text import fold
from support.help.article import Article, Season
from support.help.reader import Reader, readable
from support.topics import Topic, topics

TYPED = 80
WORDS = 6
# What a word counts for in a title, in a summary.
TITLE, SUMMARY = 8, 4
# What all that was typed counts for, in one piece.
WHOLE = 30
# Words that say nothing of what one looks for.
EMPTY = frozenset(
    [
        "a",
        "au",
        "aux",
        "ce",
        "ces",
        "comment",
        "d",
        "dans",
        "de",
        "des",
        "du",
        "en",
        "est",
        "et",
        "faire",
        "je",
        "l",
        "la",
        "le",
        "les",
        "ma",
        "mes",
        "mon",
        "n",
        "ne",
        "on",
        "ou",
        "pas",
        "pour",
        "puis",
        "qu",
        "que",
        "quand",
        "qui",
        "sa",
        "ses",
        "son",
        "sur",
        "un",
        "une",
    ]
)
_PLURAL = re.compile(r"(?<=\w{3})[sx]$")


@dataclass(frozen=True, slots=True)
class Shelf:
    """The articles about one application."""

    topic: Topic
    articles: Sequence[Article]


@cache
def body_of(slug: str) -> SafeString:
    """The text of an article. Written by us: it is shown as it is."""
    return render_to_string(f"support/help/{slug}.html")


@cache
def words_of(slug: str) -> tuple[str, ...]:
    """The words of its text, as they are looked for."""
    return _words(unescape(strip_tags(body_of(slug))))


def find(reader: Reader, typed: str) -> list[Article]:
    """Those in which every word is said, or begun; the best first: titles before summaries before texts."""
    phrase = " ".join(_words(typed))
    asked = [word for word in phrase.split() if word not in EMPTY][:WORDS]
    if not asked:
        return []
    ranked = []
    for order, article in enumerate(readable(reader)):
        weights = [_weight(article, word) for word in asked]
        if all(weights):
            whole = WHOLE if phrase in " ".join(_announced(article)) else 0
            ranked.append((-sum(weights) - whole, order, article))
    return [article for _, _, article in sorted(ranked, key=lambda each: each[:2])]


def about(reader: Reader, topic: str) -> list[Article]:
    """The articles about an application, or a part of the site."""
    return [each for each in readable(reader) if each.topic == topic and not each.season]


def seasonal(reader: Reader) -> list[Article]:
    """The guides, that of the season first: the end of the year from May on, the new one from August to October;
    between, the next to come."""
    month = clock.today().month
    first = Season.START if 8 <= month <= 10 else Season.END
    guides = [each for each in readable(reader) if each.season]
    return sorted(guides, key=lambda each: each.season != first)


def by_topic(reader: Reader, *, but: str = "") -> list[Shelf]:
    """The articles, application by application."""
    found: dict[str, list[Article]] = defaultdict(list)
    for article in readable(reader):
        if not article.season:
            found[article.topic].append(article)
    return [Shelf(each, found[each.key]) for each in topics() if found[each.key] and each.key != but]


def _announced(article: Article) -> tuple[str, ...]:
    return _words(f"{article.title} {article.summary} {article.known_as}")


def _weight(article: Article, word: str) -> int:
    title = any(each.startswith(word) for each in _words(article.title))
    summary = any(each.startswith(word) for each in _words(article.summary + " " + article.known_as))
    said = sum(each.startswith(word) for each in words_of(article.slug))
    return TITLE * title + SUMMARY * summary + min(3, said)


def _words(text: str) -> tuple[str, ...]:
    return tuple(_PLURAL.sub("", word) for word in fold(text).split())
