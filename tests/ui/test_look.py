"""What a browser makes of the pages: no axe violation, nothing sideways, nothing refused by the policy."""

import pytest

from tests.plugins.browser import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = ("/styles/", "/accessibilite/", "/mentions-legales/", "/donnees-personnelles/")


@pytest.mark.parametrize(("width", "scheme"), [("phone", "dark"), ("desktop", "light")])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_accessible_and_fits(open_page, path, width, scheme):
    page = open_page(path, width=width, scheme=scheme)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.complaints == []


def test_an_error_is_accessible(open_page):
    page = open_page("/nulle-part/", width="phone")
    assert violations(page) == []


@pytest.mark.parametrize("width", ["phone", "desktop"])
def test_targets_are_large_enough_for_a_finger(open_page, width):
    page = open_page("/styles/", width=width)
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, summary, .btn, nav a, .ct-row, select, input:not([type=hidden])")]
             .filter((e) => e.checkVisibility())
             .map((e) => [e.closest("label")?.getBoundingClientRect() ?? e.getBoundingClientRect(), e.outerHTML])
             .filter(([box]) => box.height > 0 && box.height < 43.5)
             .map(([box, html]) => `${box.height}: ${html.slice(0, 120)}`)"""
    )
    assert small == []


def test_the_font_of_children_s_letters_is_the_one_drawn(open_page):
    page = open_page("/accessibilite/")
    assert page.evaluate("document.fonts.check('16px \"Lexend Variable\"')")
    assert "Lexend" in page.evaluate("getComputedStyle(document.body).fontFamily")


def test_our_layers_win_over_bootstrap(open_page):
    page = open_page("/styles/")
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.btn-primary')).backgroundColor")
        == "rgb(20, 99, 78)"
    )


def test_a_password_can_be_read_and_hidden_again(open_page):
    page = open_page("/styles/")
    field, button = page.locator("#id_password"), page.get_by_role("button", name="le mot de passe")
    assert field.get_attribute("type") == "password"
    button.click()
    assert field.get_attribute("type") == "text"
    assert button.get_attribute("aria-pressed") == "true"
    button.click()
    assert field.get_attribute("type") == "password"


def test_without_a_script_no_button_is_there_for_nothing(open_page):
    page = open_page("/styles/", script=False)
    assert page.locator("[data-reveal-button]").is_hidden()


def test_a_menu_closes_on_escape_and_gives_the_focus_back(open_page):
    page = open_page("/styles/")
    summary = page.locator("details.ct-filter > summary").first
    summary.click()
    page.locator("details.ct-filter[open] input").first.focus()
    page.keyboard.press("Escape")
    assert page.locator("details.ct-filter[open]").count() == 0
    assert summary.evaluate("e => e === document.activeElement")


def test_a_menu_closes_when_one_presses_elsewhere(open_page):
    page = open_page("/styles/")
    page.locator("details.ct-filter > summary").first.click()
    page.locator("h1").click()
    assert page.locator("details.ct-filter[open]").count() == 0


def test_a_dialog_opens_holds_the_focus_and_closes(open_page):
    page = open_page("/styles/")
    page.get_by_role("link", name="Ouvrir une boite").click()
    dialog = page.locator("#exemple-ouverte")
    assert dialog.is_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    assert dialog.is_hidden()


def test_the_skip_link_comes_first_and_leads_to_the_content(open_page):
    page = open_page("/accessibilite/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Aller au contenu"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "contenu"


@pytest.mark.parametrize(
    ("scheme", "choice", "drawn"), [("light", "dark", "dark"), ("dark", "light", "light")]
)
def test_the_person_s_choice_wins_over_the_device(open_page, scheme, choice, drawn):
    page = open_page("/accessibilite/", scheme=scheme, theme=choice)
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == drawn
