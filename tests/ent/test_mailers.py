"""Where mail goes."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from ent import mailers

HERE = Path("/srv/x")


def test_without_a_server_mail_is_kept_as_files_beside_the_data() -> None:
    told = mailers.from_url("", HERE)["default"]
    assert told["OPTIONS"] == {"file_path": "/srv/x/mail"}


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://mail.internal", 25, False, False),
        ("smtp+tls://ent:p%40ss@mail.internal", 587, True, False),
        ("smtps://ent:p%40ss@mail.internal:4650", 4650, False, True),
    ],
)
def test_an_address_says_the_server_and_how_to_speak_to_it(url, port, tls, ssl) -> None:
    told = mailers.from_url(url, HERE)["default"]["OPTIONS"]
    assert (told["host"], told["port"], told["use_tls"], told["use_ssl"]) == ("mail.internal", port, tls, ssl)
    assert told["password"] == ("p@ss" if "@" in url else "")


def test_another_kind_of_address_is_refused_at_start() -> None:
    with pytest.raises(ImproperlyConfigured, match="CARTABLE_MAIL_URL"):
        mailers.from_url("https://mail.internal", HERE)
