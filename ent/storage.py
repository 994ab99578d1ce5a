"""Where files lie: `CARTABLE_STORAGE_URL`, else a folder beside the data."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def from_url(url: str, data: Path) -> dict[str, Any]:
    """Django's description of a storage.

    `file:///srv/files`, or `s3://KEY:SECRET@host/bucket?region=…` (without a host: Amazon's; without a
    key: the machine's role). Raises `ImproperlyConfigured` for another kind of address.
    """
    parts = urlsplit(url)
    if parts.scheme in {"", "file"}:
        folder = Path(unquote(parts.path)) if url else data / "files"
        return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": folder}}
    if parts.scheme != "s3" or not parts.path.strip("/"):
        raise ImproperlyConfigured("CARTABLE_STORAGE_URL must be file:///folder or s3://host/bucket")
    asked = dict(parse_qsl(parts.query))
    options: dict[str, Any] = {
        "bucket_name": parts.path.strip("/"),
        "default_acl": "private",
        "file_overwrite": False,
        "querystring_auth": True,
        "client_config": _client(path_style=bool(parts.hostname)),
    }
    if parts.hostname:
        port = f":{parts.port}" if parts.port else ""
        options["endpoint_url"] = f"{asked.get('scheme', 'https')}://{parts.hostname}{port}"
    if parts.username:
        options["access_key"] = unquote(parts.username)
        options["secret_key"] = unquote(parts.password or "")
    if region := asked.get("region"):
        options["region_name"] = region
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}


def origins(url: str, send_files: str) -> list[str]:
    """Where a page's pictures, films and papers come from besides the site: a bucket that sends them."""
    parts = urlsplit(url)
    if parts.scheme != "s3" or send_files not in {"", "redirect"}:
        return []
    if parts.hostname:
        return [str(from_url(url, Path())["OPTIONS"]["endpoint_url"])]
    bucket, region = parts.path.strip("/"), dict(parse_qsl(parts.query)).get("region")
    places = ["s3.amazonaws.com", *([f"s3.{region}.amazonaws.com"] if region else [])]
    return [f"https://{bucket}.{place}" for place in places]


def _client(*, path_style: bool) -> Any:
    """A bucket that does not answer is said so within seconds, not minutes."""
    from botocore.config import Config

    return Config(
        signature_version="s3v4",
        s3={"addressing_style": "path" if path_style else "auto"},
        connect_timeout=5,
        read_timeout=30,
        retries={"max_attempts": 2, "mode": "standard"},
        # Not every S3 knows the newer checksums.
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
