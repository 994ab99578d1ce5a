"""Layers in order, dark said twice alike, everything reachable, pairs of colours readable."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

STATIC = Path(finders.find("ui/cartable.css")).parent
ENTRY = (STATIC / "cartable.css").read_text()
TOKENS = (STATIC / "tokens.css").read_text()
IMPORTS = re.findall(r'@import url\("([^"]+)"\) layer\((\w+)\);', ENTRY)
TOKEN = re.compile(r"(--[\w-]+): ([^;]+);")


def block(start: str) -> dict[str, str]:
    """The custom properties declared after `start`, up to the end of its block."""
    body = TOKENS[TOKENS.index(start) + len(start) :]
    return dict(TOKEN.findall(body[: body.index("}\n")]))


LIGHT = block(':root, [data-bs-theme="light"] {')
DARK = block('\n[data-bs-theme="dark"] {')


def test_layers_are_declared_lowest_first():
    assert "@layer vendor, tokens, base, components, pages;" in ENTRY
    order = ["vendor", "tokens", "base", "components", "pages"]
    ranks = [order.index(layer) for _, layer in IMPORTS]
    assert ranks == sorted(ranks)


def test_every_style_sheet_is_imported_into_the_layer_of_its_folder():
    files = {path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*.css")} - {"cartable.css"}
    assert {file for file, _ in IMPORTS} == files
    for file, layer in IMPORTS:
        assert layer == (file.split("/")[0] if "/" in file else file.removesuffix(".css"))


def test_dark_by_the_device_and_dark_by_choice_are_one_list():
    assert block('  :root:not([data-bs-theme="light"]) {') == DARK
    assert len(DARK) > 50


def test_dark_changes_every_colour_of_light():
    fixed = {"--ct-sun", "--ct-chalk", "--g-teal"}
    colours = {name for name, value in LIGHT.items() if value.startswith(("#", "rgb"))}
    assert colours <= DARK.keys() | fixed


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


COVERS = ("blue", "yellow", "coral", "green", "violet", "orange", "teal", "slate")
WORDS = (
    [("ink", ground) for ground in ("paper", "sheet", "inset")]
    + [("ink-2", ground) for ground in ("paper", "sheet", "inset")]
    + [("chalk", "board"), ("chalk-2", "board"), ("chalk", "board-lift"), ("chalk-2", "board-lift")]
    + [("accent", "paper"), ("accent", "sheet"), ("accent-strong", "accent-soft"), ("on-accent", "accent")]
    + [(tone, f"{tone}-soft") for tone in ("ok", "warn", "bad", "info")]
    + [("bad", "sheet"), ("warn", "sheet"), ("ink", "warn-soft"), ("ink", "bad-soft")]
    + [(f"{cover}-ink", f"{cover}-soft") for cover in COVERS]
    + [(f"{cover}-ink", "sheet") for cover in COVERS]
)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("word", "ground"), WORDS)
def test_words_stand_out_from_their_ground(theme, word, ground):
    colours = LIGHT if theme == "light" else LIGHT | DARK
    assert contrast(colours[f"--ct-{word}"], colours[f"--ct-{ground}"]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "sheet", "inset"])
def test_the_edge_of_a_control_can_be_seen(theme, ground):
    colours = LIGHT if theme == "light" else LIGHT | DARK
    assert contrast(colours["--ct-edge"], colours[f"--ct-{ground}"]) >= 3


def test_no_style_sheet_asks_a_third_party_or_grows_past_reading():
    for path in STATIC.rglob("*.css"):
        text = path.read_text()
        if "vendor" not in path.parts:
            assert not re.search(r"url\([\"']?(?:https?:)?//", text), path
            assert text.count("\n") < 400, path


def test_colours_are_named_by_tokens_not_written_in_components():
    """Ink on the sun's yellow, the same in both themes, and the printed page's black are the exceptions."""
    allowed = {"#16272a", "#14634e", "#ffd96f", "#fff", "#000", "#999"}
    for path in [*STATIC.glob("components/*.css"), *STATIC.glob("pages/*.css"), STATIC / "base.css"]:
        assert set(re.findall(r"#[0-9a-f]{3,6}\b", path.read_text())) <= allowed, path


def test_production_serves_hashed_copies_whose_imports_still_hold(settings, tmp_path):
    from django.contrib.staticfiles.storage import ManifestStaticFilesStorage

    storage = ManifestStaticFilesStorage(location=tmp_path, base_url="/static/")
    found = {
        f"ui/{path.relative_to(STATIC).as_posix()}": (
            _SourceStorage(),
            f"ui/{path.relative_to(STATIC).as_posix()}",
        )
        for path in STATIC.rglob("*")
        if path.is_file()
    }
    for name, (source, path) in found.items():
        with source.open(path) as file:
            storage.save(name, file)
    results = list(storage.post_process(found))
    assert [outcome for *_, outcome in results if isinstance(outcome, Exception)] == []
    entry = (tmp_path / storage.hashed_files["ui/cartable.css"]).read_text()
    for file, layer in IMPORTS:
        hashed = storage.hashed_files[f"ui/{file}"].removeprefix("ui/")
        assert f'@import url("{hashed}") layer({layer});' in entry


class _SourceStorage:
    """Opens the files of the tree under the names they are served by."""

    def open(self, name: str):
        from django.core.files import File

        return File((STATIC.parent / name).open("rb"))

    def path(self, name: str) -> str:
        return str(STATIC.parent / name)
