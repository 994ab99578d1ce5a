"""The editor of a text: what the keyboard, its bar and a paste make of what is posted."""

import pytest

from tests.plugins.browser import violations
from ui import rich_text

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def opened(open_page, client):
    """Opens the specimen's editor: `page, text`. The page is made once before, so that no browser waits for it."""
    client.get("/styles/")

    def open_it(**given):
        page = open_page("/styles/", **given)
        text = page.get_by_role("textbox", name="Message", exact=True)
        text.wait_for()
        return page, text

    return open_it


def posted(page):
    given = page.evaluate("[...new FormData(document.querySelector('form:has([data-editor])'))]")
    return dict(given)


def written(page, text):
    """Empties the text, which has the focus."""
    text.click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")


def test_it_opens_with_what_was_written_and_posts_html(opened):
    page, text = opened()
    assert text.get_by_role("heading", name="Sortie au parc").is_visible()
    given = posted(page)
    assert given["format"] == "html"
    sent = page.locator("[data-editor]").get_attribute("data-editor-html")
    kept = rich_text.clean(given["texte"])
    assert rich_text.plain(kept).split() == rich_text.plain(sent).split()
    for part in ("<h2>", "<strong>", "<em>", "<ul>", "<blockquote>", "<a href=", "<table>", "<th>"):
        assert kept.count(part) == sent.count(part)
    assert page.complaints == []


def test_the_keyboard_writes_bold_lists_and_links(opened):
    page, text = opened()
    page.evaluate(
        "() => { window.told = []; for (const kind of ['input', 'change']) document.addEventListener(kind, "
        "(e) => e.target.name === 'texte' && told.push(kind)) }"
    )
    written(page, text)
    assert posted(page)["texte"] == ""
    page.keyboard.press("Control+b")
    page.keyboard.type("Sortie")
    page.keyboard.press("Control+b")
    page.keyboard.type(" au ")
    page.keyboard.press("Control+k")
    page.keyboard.type("javascript:x")
    page.keyboard.press("Enter")
    assert page.get_by_role("alert").filter(has_text="ne mène nulle part").is_visible()
    page.keyboard.press("Control+a")
    page.keyboard.type("parc.example")
    page.keyboard.press("Enter")
    # The text has the keys again, after the link.
    page.wait_for_function("() => document.activeElement.isContentEditable && getSelection().isCollapsed")
    page.keyboard.press("Enter")
    page.keyboard.type("- bottes")
    page.keyboard.press("Enter")
    page.keyboard.type("veste")
    assert posted(page)["texte"] == (
        '<p><strong>Sortie</strong> au <a href="https://parc.example">parc.example</a></p>'
        "<ul><li><p>bottes</p></li><li><p>veste</p></li></ul>"
    )
    page.keyboard.press("Tab")
    assert not text.evaluate("e => e.contains(document.activeElement)")
    assert page.evaluate("told.at(-1) === 'change' && told.filter((kind) => kind === 'input').length > 10")


def test_the_bar_is_one_stop_of_the_tab_key_and_says_what_is_on(opened):
    page, text = opened()
    written(page, text)
    page.keyboard.type("Lundi")
    page.keyboard.press("Shift+Tab")
    held = "document.activeElement.dataset.act"
    assert page.evaluate(held) == "bold"
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.evaluate(held) == "title"
    page.keyboard.press("Enter")
    assert text.evaluate("e => e === document.activeElement")
    button = page.get_by_role("button", name="Titre", exact=True)
    assert button.get_attribute("aria-pressed") == "true"
    assert posted(page)["texte"] == "<h2>Lundi</h2>"
    bar = page.get_by_role("toolbar", name="Mise en forme")
    bar.get_by_role("button", name="Annuler").click()
    assert posted(page)["texte"] != "<h2>Lundi</h2>"
    bar.get_by_role("button", name="Rétablir").click()
    assert posted(page)["texte"] == "<h2>Lundi</h2>"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("End")
    assert page.evaluate(held) == "redo"
    page.keyboard.press("Escape")
    assert text.evaluate("e => e === document.activeElement")


def test_what_is_pasted_keeps_its_structure_and_fetches_nothing(opened, monkeypatch):
    monkeypatch.setattr(rich_text, "_PLACES", {"/essai/piece/"})
    page, text = opened()
    written(page, text)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    text.evaluate(
        """(e, html) => {
             const data = new DataTransfer();
             data.setData("text/html", html);
             e.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
           }""",
        "<h1 style='mso-x:y'>Mer</h1><p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]>"
        "<span style='mso-list:Ignore'>1.&nbsp;</span><![endif]><b>duvet</b></p>"
        "<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o </span>rouge</p>"
        "<p>fin<img src='https://ailleurs.invalid/vu.gif'><img src='/essai/piece/a/?voir' alt='le parc'></p>",
    )
    assert rich_text.clean(posted(page)["texte"]) == (
        "<h2>Mer</h2><ol><li><p><strong>duvet</strong></p><ul><li><p>rouge</p></li></ul></li></ol>"
        '<p>fin<img src="/essai/piece/a/?voir" alt="le parc"></p>'
    )
    assert not any("ailleurs" in url for url in asked)


@pytest.mark.parametrize(("width", "scheme"), [("phone", "dark"), ("desktop", "light")])
def test_it_is_accessible_with_its_link_open_and_fits_a_small_phone(opened, width, scheme):
    page, text = opened(width=width, scheme=scheme)
    text.click()
    page.keyboard.press("Control+k")
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
