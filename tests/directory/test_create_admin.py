"""manage.py create_admin"""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

pytestmark = pytest.mark.django_db


def create(*options: str) -> str:
    out = StringIO()
    call_command("create_admin", "--first-name=Ada", "--last-name=Lovelace", *options, stdout=out, stderr=out)
    return out.getvalue()


def test_the_first_administrator_signs_in_with_the_code_printed(client: Client) -> None:
    made = json.loads(create("--json"))
    assert made["login"] == "ada.lovelace"
    answer = client.post("/connexion/", {"username": made["login"], "password": made["code"]})
    assert answer.url == "/connexion/activation/mot-de-passe/"


def test_a_second_one_is_refused_with_the_code_of_a_rule() -> None:
    create()
    with pytest.raises(SystemExit) as ended:
        create()
    assert ended.value.code == 3
    assert "ada.lovelace2" in create("--another")
