"""Where files lie."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage.handler import StorageHandler

from ent import storage

HERE = Path("/srv/x")


def test_without_a_word_files_lie_beside_the_data() -> None:
    assert storage.from_url("", HERE)["OPTIONS"] == {"location": HERE / "files"}


def test_a_folder_of_one_s_own() -> None:
    assert storage.from_url("file:///srv/a%20folder", HERE)["OPTIONS"] == {"location": Path("/srv/a folder")}


def test_a_bucket_keeps_its_files_private_and_never_writes_over_one() -> None:
    told = storage.from_url("s3://key:se%2Fcret@s3.internal:9000/cartable?region=gra&scheme=http", HERE)
    bucket = StorageHandler({"default": told})["default"]
    assert (bucket.bucket_name, bucket.endpoint_url) == ("cartable", "http://s3.internal:9000")
    assert (bucket.access_key, bucket.secret_key, bucket.region_name) == ("key", "se/cret", "gra")
    assert (bucket.default_acl, bucket.file_overwrite) == ("private", False)


def test_a_bucket_that_does_not_answer_is_given_up_within_seconds() -> None:
    told = storage.from_url("s3://key:secret@s3.internal/cartable", HERE)
    client = StorageHandler({"default": told})["default"].client_config
    assert (client.connect_timeout, client.signature_version) == (5, "s3v4")


@pytest.mark.parametrize(
    ("url", "send_files", "origins"),
    [
        ("", "", []),
        ("file:///srv/files", "redirect", []),
        ("s3://k:s@s3.internal:9000/cartable?scheme=http", "", ["http://s3.internal:9000"]),
        ("s3://k:s@s3.internal/cartable", "stream", []),
        ("s3:///cartable", "", ["https://cartable.s3.amazonaws.com"]),
        (
            "s3:///cartable?region=eu-west-3",
            "redirect",
            ["https://cartable.s3.amazonaws.com", "https://cartable.s3.eu-west-3.amazonaws.com"],
        ),
    ],
)
def test_pages_show_what_the_bucket_sends_by_itself(url: str, send_files: str, origins: list[str]) -> None:
    assert storage.origins(url, send_files) == origins


@pytest.mark.parametrize("url", ["s3://s3.internal", "ftp://files.internal/cartable"])
def test_another_kind_of_address_is_refused_at_start(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="CARTABLE_STORAGE_URL"):
        storage.from_url(url, HERE)
