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
        "signature_version": "s3v4",
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
