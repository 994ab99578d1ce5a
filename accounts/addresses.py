"""Where a request comes from, as far as it can be believed."""

from ipaddress import AddressValueError, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "unknown"


def client_address(request: HttpRequest) -> str:
    """The caller's address: the last one that a proxy of ours wrote, IPv6 cut to the /64 that one
    household or school holds. « unknown » where none can be read."""
    trusted = settings.CARTABLE_TRUSTED_PROXIES
    seen = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if trusted and len(seen) >= trusted:
        return normalised(seen[-trusted])
    return normalised(request.META.get("REMOTE_ADDR", ""))


def normalised(address: str) -> str:
    """One name for one caller."""
    try:
        parsed = ip_address(address.split("%")[0])
        if parsed.version == 4:
            return str(parsed)
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(IPv6Network((int(parsed), 64), strict=False).network_address)
    except (ValueError, AddressValueError):
        return UNKNOWN
