"""Pages that anybody may read, errors in plain French, light and dark."""

import pytest
from django.template.loader import get_template
from django.test import Client

pytestmark = pytest.mark.django_db

STATEMENTS = ("/accessibilite/", "/mentions-legales/", "/donnees-personnelles/")


@pytest.mark.parametrize("path", STATEMENTS)
def test_what_the_law_asks_is_said_to_anybody(client, path):
    answer = client.get(path)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.count("<h1") == 1
    for other in STATEMENTS:
        assert f'href="{other}"' in page


def test_the_accessibility_statement_gives_state_date_and_recourse(client):
    page = client.get("/accessibilite/").content.decode()
    assert "partiellement conforme" in page
    assert "Défenseur des droits" in page
    assert "25 novembre 2026" in page


def test_an_instance_that_names_nobody_says_so_and_one_that_does_shows_them(client, settings):
    assert "À compléter" in client.get("/mentions-legales/").content.decode()
    settings.CARTABLE_PUBLISHER = "Académie de Villeaubin"
    settings.CARTABLE_PUBLISHER_ADDRESS = "1 rue de l’École, 99000 Villeaubin"
    settings.CARTABLE_PUBLICATION_DIRECTOR = "La rectrice"
    settings.CARTABLE_HOST = "Hébergeur public"
    settings.CARTABLE_CONTACT = "aide@exemple.fr"
    settings.CARTABLE_DATA_OFFICER = "dpd@exemple.fr"
    page = client.get("/mentions-legales/").content.decode()
    assert "À compléter" not in page
    assert "Académie de Villeaubin" in page
    assert "dpd@exemple.fr" in client.get("/donnees-personnelles/").content.decode()
    assert "aide@exemple.fr" in client.get("/accessibilite/").content.decode()


def test_the_living_page_shows_every_component(client):
    page = client.get("/styles/").content.decode()
    for name in (
        "ct-avatar",
        "ct-tag",
        "ct-callout",
        "ct-row",
        "ct-pager",
        "ct-dialog",
        "ct-empty",
        "ct-tile",
        "ct-fold",
    ):
        assert name in page


def test_there_is_no_living_page_in_production(client, settings):
    settings.CARTABLE_PRODUCTION = True
    assert client.get("/styles/").status_code == 404


def test_pages_let_no_script_or_style_of_theirs_in(client):
    answer = client.get("/accessibilite/")
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    page = answer.content.decode()
    nonce = policy.split("'nonce-")[1].split("'")[0]
    assert page.count("<script") == page.count(f'nonce="{nonce}"')


def test_a_page_that_is_not_there_says_what_to_do(client):
    answer = client.get("/nulle-part/")
    assert answer.status_code == 404
    assert "Cette page n’existe pas" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("400", "Rien n’a été changé."),
        ("403", "Vous n’avez pas accès à cette page"),
        ("403_csrf", "restée ouverte trop longtemps"),
        ("404", "Cette page n’existe pas"),
        ("500", "Une erreur est survenue sur le site"),
    ],
)
def test_every_error_can_be_said_with_nothing_known(name, words):
    page = get_template(f"{name}.html").render({})
    assert words in page
    assert 'href="/"' in page


def test_a_form_sent_too_late_is_explained():
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/apparence/", {"theme": "dark"})
    assert answer.status_code == 403
    assert "restée ouverte trop longtemps" in answer.content.decode()


def test_the_choice_of_dark_is_kept_and_drawn_by_the_server(client):
    answer = client.post("/apparence/", {"theme": "dark", "next": "/accessibilite/"})
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/accessibilite/"
    assert '<html lang="fr" data-bs-theme="dark">' in client.get("/accessibilite/").content.decode()


def test_following_the_device_again_forgets_the_choice(client):
    client.post("/apparence/", {"theme": "dark"})
    client.post("/apparence/", {"theme": "device"})
    assert '<html lang="fr">' in client.get("/accessibilite/").content.decode()


@pytest.mark.parametrize("theme", ["", "violet", '"><script>'])
def test_a_choice_that_is_none_is_the_device_s(client, theme):
    client.cookies["theme"] = theme
    assert '<html lang="fr">' in client.get("/accessibilite/").content.decode()


@pytest.mark.parametrize("back", ["https://ailleurs.example/", "//ailleurs.example", ""])
def test_choosing_a_theme_never_leads_out_of_the_site(client, back):
    assert client.post("/apparence/", {"theme": "dark", "next": back}).headers["Location"] == "/"


def test_a_script_that_chooses_gets_no_page_back(client):
    answer = client.post("/apparence/", {"theme": "dark"}, headers={"accept": "application/json"})
    assert answer.status_code == 204
    assert answer.cookies["theme"].value == "dark"


def test_reading_the_choice_s_address_is_refused(client):
    assert client.get("/apparence/").status_code == 405


def test_the_whole_menu_is_for_whoever_is_signed_in(client, settings):
    settings.LOGIN_URL = "/entrer/"
    answer = client.get("/plus/")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/entrer/")
