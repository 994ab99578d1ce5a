"""Every template of every room keeps the house's rules."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(path for path in ROOT.glob("*/templates/**/*.html") if ".venv" not in path.parts)
NAMES = [path.relative_to(ROOT).as_posix() for path in TEMPLATES]
SPRITE = (ROOT / "ui/static/ui/icons.svg").read_text()
COMMENT = re.compile(r"\{% comment %\}.*?\{% endcomment %\}|\{#.*?#\}", re.S)
MARKUP = re.compile(r"\{[%{].*?[%}]\}|<[^>]*>", re.S)


@pytest.fixture(params=TEMPLATES, ids=NAMES)
def template(request: pytest.FixtureRequest) -> str:
    return COMMENT.sub("", request.param.read_text())


def test_there_are_templates_to_read():
    assert len(TEMPLATES) > 30


def test_no_style_stands_in_the_page(template):
    assert not re.search(r"<style|\sstyle=", template)


def test_no_script_stands_in_the_page(template):
    assert not re.search(r"<script(?![^>]*\bsrc=)", template)
    assert not re.search(r"\son[a-z]+=", template)
    assert "javascript:" not in template
    assert "hx-on" not in template


def test_nothing_is_called_safe_by_hand(template):
    assert not re.search(r"\|\s*safe\b|autoescape off", template)


def test_icons_and_drawings_exist(template):
    named = re.findall(r'\{% (icon|drawing) "([\w-]+)"', template)
    named += re.findall(r'\b(?:tag_)?(icon|drawing)="([\w-]+)"', template)
    assert [f"{kind}: {name}" for kind, name in named if f'id="{kind[0]}-{name}"' not in SPRITE] == []


def test_icons_and_drawings_that_rooms_register_exist():
    named = {
        (path.relative_to(ROOT).as_posix(), kind, name)
        for path in ROOT.glob("*/**/*.py")
        if path.parts[len(ROOT.parts)] not in {".venv", "tests"}
        for kind, name in re.findall(r'\b(icon|drawing)="([\w-]+)"', path.read_text())
    }
    assert [each for each in named if f'id="{each[1][0]}-{each[2]}"' not in SPRITE] == []


def test_words_are_typeset_in_french(template):
    words = MARKUP.sub("\n", template)
    assert not re.search(r"[A-Za-zÀ-ÿ]'[A-Za-zÀ-ÿ]", words), "an apostrophe is ’"
    assert not re.search(r"[\wÀ-ÿ%»)] [:;?!»]", words), "a no-break space stands before : ; ? ! »"
    assert not re.search(r"[A-Za-zÀ-ÿ][;?!]", re.sub(r"&\w+;", "\u00a0", words)), (
        "a no-break space stands before ; ? !"
    )
    assert not re.search(r"« |«\w", words), "a no-break space stands after «"
    assert "..." not in words


def test_forms_that_post_bear_a_token(template):
    for form in re.findall(r'<form[^>]*method="post".*?</form>', template, re.S):
        assert "{% csrf_token %}" in form


def test_every_page_is_in_a_frame():
    for path in TEMPLATES:
        text = path.read_text()
        # What a passer-by reads of a public blog has a frame of its own: no session, no script, any cache. What
        # somebody takes with them too: no network.
        frames = (("public", "page.html"), ("takeout", "frame.html"))
        own = path.name == "base.html" or path.parts[-2:] in frames
        assert "<html" not in text or own, path
