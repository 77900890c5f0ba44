"""Which network addresses may be called: those of the public network, unless a setting allows private ones."""

import ipaddress
import socket
from urllib.parse import SplitResult, urlsplit


class NotAllowedTarget(OSError):
    """The address is private, link-local or otherwise not of the public network, and no setting allows that."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


def allowed_addresses(host: str, port: int | None, *, private: bool) -> list[str]:
    """The addresses of a host, each of which may be called.

    NotAllowedTarget when one of them is not public and `private` is false; OSError when there is no such host.
    """
    rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(row[4][0]) for row in rows]
    barred = [address for address in addresses if not private and not is_public(address)]
    if barred:
        raise NotAllowedTarget(barred[0])
    return addresses


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public network, also when it is IPv4 written as IPv6."""
    parsed = ipaddress.ip_address(address.split("%", maxsplit=1)[0])
    if isinstance(parsed, ipaddress.IPv6Address):
        inner = parsed.ipv4_mapped or parsed.sixtofour or (parsed.teredo[1] if parsed.teredo else None)
        parsed = inner or parsed
    return parsed.is_global and not parsed.is_multicast


def url_of(text: str, schemes: tuple[str, ...]) -> SplitResult | None:
    """A URL with one of these schemes, a host and a port that is none or a number; None when it is no such URL."""
    try:
        url = urlsplit(text)
        _ = url.port
    except ValueError:
        return None
    return url if url.scheme in schemes and url.hostname else None
