"""Every template of every room keeps the house's rules."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(path for path in ROOT.glob("*/templates/**/*.html") if ".venv" not in path.parts)
NAMES = [path.relative_to(ROOT).as_posix() for path in TEMPLATES]
SPRITE = (ROOT / "ui/static/ui/icons.svg").read_text()
COMMENT = re.compile(r"\{% comment %\}.*?\{% endcomment %\}|\{#.*?#\}", re.S)
MARKUP = re.compile(r"\{[%{].*?[%}]\}|<[^>]*>", re.S)


def test_there_are_templates_to_read():
    assert len(TEMPLATES) > 30


#: What no template holds, and why; then what no words of one do, its markup taken out.
NEVER = (
    (r"<style|\sstyle=", "no style stands in the page"),
    (r"<script(?![^>]*\bsrc=)", "no script stands in the page"),
    (r"\son[a-z]+=", "no script stands in the page"),
    (r"javascript:", "no script stands in the page"),
    (r"hx-on", "no script stands in the page"),
    (r"\|\s*safe\b|autoescape off", "nothing is called safe by hand"),
)
NEVER_IN_WORDS = (
    (r"[A-Za-zÀ-ÿ]'[A-Za-zÀ-ÿ]", "an apostrophe is ’"),
    (r"[\wÀ-ÿ%»)] [:;?!»]", "a no-break space stands before : ; ? ! »"),
    (r"« |«\w", "a no-break space stands after «"),
    (r"\.\.\.", "three dots are …"),
)


def faults(template: str) -> Iterator[str]:
    """All that is wrong in a template's text: one test for each template, for there are hundreds."""
    text = COMMENT.sub("", template)
    words = MARKUP.sub("\n", text)
    for never, read in ((NEVER, text), (NEVER_IN_WORDS, words)):
        for pattern, rule in never:
            yield from (f"{rule}: {found[0]}" for found in re.finditer(pattern, read))
    for found in re.finditer(r"[A-Za-zÀ-ÿ][;?!]", re.sub(r"&\w+;", "\u00a0", words)):
        yield f"a no-break space stands before ; ? !: {found[0]}"
    named = re.findall(r'\{% (icon|drawing) "([\w-]+)"', text)
    named += re.findall(r'\b(?:tag_)?(icon|drawing)="([\w-]+)"', text)
    yield from (f"{kind}: {name}" for kind, name in named if f'id="{kind[0]}-{name}"' not in SPRITE)
    for form in re.findall(r'<form[^>]*method="post".*?</form>', text, re.S):
        if "{% csrf_token %}" not in form:
            yield f"a form that posts bears a token: {form[:80]}"


@pytest.mark.parametrize("path", TEMPLATES, ids=NAMES)
def test_a_template_keeps_the_rules(path: Path) -> None:
    assert list(faults(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    ("template", "rule"),
    [
        ("<p style='top: 0'>", "no style"),
        ("<style>p {}</style>", "no style"),
        ("<script>go()</script>", "no script"),
        ("<a onclick=go()>", "no script"),
        ("<a href='javascript:go()'>", "no script"),
        ("<a hx-on:click='go()'>", "no script"),
        ("{{ body|safe }}", "nothing is called safe"),
        ("{% autoescape off %}", "nothing is called safe"),
        ("<p>l'école</p>", "an apostrophe"),
        ("<p>Qui : moi</p>", "before : ; ? ! »"),
        ("<p>Qui?</p>", "before ; ? !"),
        ("<p>« oui</p>", "after «"),
        ("<p>«oui</p>", "after «"),
        ("<p>Attendez...</p>", "three dots"),
        ('{% icon "nowhere" %}', "icon: nowhere"),
        ('{% empty drawing="nowhere" %}', "drawing: nowhere"),
        ('<form method="post"></form>', "bears a token"),
    ],
)
def test_a_fault_is_seen(template: str, rule: str) -> None:
    assert any(rule in fault for fault in faults(template))


def test_a_comment_is_no_fault() -> None:
    assert list(faults("{# l'école style= #}{% comment %}Qui?{% endcomment %}<p>L’école</p>")) == []


def test_icons_and_drawings_that_rooms_register_exist():
    named = {
        (path.relative_to(ROOT).as_posix(), kind, name)
        for path in ROOT.glob("*/**/*.py")
        if path.parts[len(ROOT.parts)] not in {".venv", "tests"}
        for kind, name in re.findall(r'\b(icon|drawing)="([\w-]+)"', path.read_text())
    }
    assert [each for each in named if f'id="{each[1][0]}-{each[2]}"' not in SPRITE] == []


def test_every_page_is_in_a_frame():
    for path in TEMPLATES:
        text = path.read_text()
        # What a passer-by reads of a public blog has a frame of its own: no session, no script, any cache. What
        # somebody takes with them too: no network.
        frames = (("public", "page.html"), ("takeout", "frame.html"))
        own = path.name == "base.html" or path.parts[-2:] in frames
        assert "<html" not in text or own, path
