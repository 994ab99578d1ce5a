"""A browser, in words for whoever helps: « Firefox 143 sous Windows ». What it sends is read simply, and nothing of
it is kept but these words."""

import re

UNKNOWN = "Navigateur inconnu"
# The first that fits: each of them also says the names of those below it.
BROWSERS = (
    ("Edge", re.compile(r"(?:Edg|EdgA|EdgiOS)/(\d+)")),
    ("Opera", re.compile(r"OPR/(\d+)")),
    ("Samsung Internet", re.compile(r"SamsungBrowser/(\d+)")),
    ("Firefox", re.compile(r"(?:Firefox|FxiOS)/(\d+)")),
    ("Chrome", re.compile(r"(?:Chrome|CriOS)/(\d+)")),
    ("Safari", re.compile(r"Version/(\d+)[\d.]* .*Safari/")),
)
SYSTEMS = (
    ("sur iPhone", re.compile(r"iPhone")),
    ("sur iPad", re.compile(r"iPad")),
    ("sur Android", re.compile(r"Android")),
    ("sous Windows", re.compile(r"Windows NT")),
    ("sur ChromeOS", re.compile(r"CrOS")),
    ("sur Mac", re.compile(r"Macintosh")),
    ("sous Linux", re.compile(r"Linux")),
)


def in_words(agent: str) -> str:
    """What a browser says that it is, in words."""
    agent = agent[:500]
    browser = next((f"{name} {said[1]}" for name, by in BROWSERS if (said := by.search(agent))), "")
    system = next((words for words, by in SYSTEMS if by.search(agent)), "")
    return f"{browser or UNKNOWN} {system}".strip()
