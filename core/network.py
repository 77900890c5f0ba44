"""Which network addresses may be called: public ones, and private ones if a setting allows them."""

import ipaddress
import socket
from urllib.parse import SplitResult, urlsplit


class NotAllowedTarget(OSError):
    """The address is not public (private, link-local, …), and no setting allows that."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


def allowed_addresses(host: str, port: int | None, *, private: bool) -> list[str]:
    """Resolve a host to its addresses, provided that all of them may be called.

    Raises NotAllowedTarget when one is not public and `private` is false, OSError when the host does not resolve.
    """
    rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(row[4][0]) for row in rows]
    barred = [address for address in addresses if not private and not is_public(address)]
    if barred:
        raise NotAllowedTarget(barred[0])
    return addresses


def is_public(address: str) -> bool:
    """Whether an IP address is public; IPv4 embedded in IPv6 is judged as IPv4."""
    parsed = ipaddress.ip_address(address.split("%", maxsplit=1)[0])
    if isinstance(parsed, ipaddress.IPv6Address):
        inner = parsed.ipv4_mapped or parsed.sixtofour or (parsed.teredo[1] if parsed.teredo else None)
        parsed = inner or parsed
    return parsed.is_global and not parsed.is_multicast


def url_of(text: str, schemes: tuple[str, ...]) -> SplitResult | None:
    """Parse a URL with one of the schemes, a host and a valid or no port; None when the text is no such URL."""
    try:
        url = urlsplit(text)
        _ = url.port
    except ValueError:
        return None
    return url if url.scheme in schemes and url.hostname else None
