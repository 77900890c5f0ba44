"""Which network addresses may be called, in every spelling, and which URLs are understood."""

import pytest

from core.network import NotAllowedTarget, allowed_addresses, is_public, url_of

PRIVATE = (
    "10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 127.8.8.8 100.64.0.1 0.1.2.3 224.0.0.1 255.255.255.255 "
    "::1 :: fe80::1 fe80::1%eth0 fc00::1 ::ffff:10.0.0.1 ::ffff:127.0.0.1 2002:7f00:1:: ff02::1"
)


@pytest.mark.parametrize("address", PRIVATE.split())
def test_an_address_inside_a_network_is_not_public(address: str):
    assert is_public(address) is False


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "2002:808:808::"])
def test_an_address_outside_is_public(address: str):
    assert is_public(address) is True


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "127.0.0.1"), ("127.1", "127.0.0.1"), ("0x7f000001", "127.0.0.1"), ("2130706433", "127.0.0.1"),
        ("10.1.2.3", "10.1.2.3"), ("169.254.169.254", "169.254.169.254"), ("::1", "::1"),
        ("::ffff:127.0.0.1", "::ffff:127.0.0.1"),
    ],
)  # fmt: skip
def test_a_private_host_is_allowed_by_a_setting_only_however_it_is_spelled(host: str, address: str):
    with pytest.raises(NotAllowedTarget, match=address):
        allowed_addresses(host, 80, private=False)
    assert allowed_addresses(host, 80, private=True) == [address]


def test_a_host_is_barred_when_one_of_its_addresses_is_private(monkeypatch: pytest.MonkeyPatch):
    rows = [(2, 1, 6, "", ("8.8.8.8", 80)), (2, 1, 6, "", ("127.0.0.1", 80))]
    monkeypatch.setattr("core.network.socket.getaddrinfo", lambda *_, **__: rows)
    with pytest.raises(NotAllowedTarget, match=r"127\.0\.0\.1"):
        allowed_addresses("two.invalid", 80, private=False)


@pytest.mark.parametrize(
    ("text", "netloc"),
    [
        ("https://erp.invalid/cases?x=1", "erp.invalid"), ("http://127.0.0.1:8080", "127.0.0.1:8080"),
        ("http://[::1]:80/", "[::1]:80"), ("HTTPS://ERP.INVALID", "ERP.INVALID"),
        ("ftp://erp.invalid", None), ("//erp.invalid", None), ("https://", None), ("https:///x", None), ("erp", None),
        ("http://erp.invalid:port/", None), ("http://erp.invalid:99999/", None), ("http://[::1", None), ("", None),
    ],
)  # fmt: skip
def test_a_url_has_an_allowed_scheme_a_host_and_a_port_that_is_one(text: str, netloc: str | None):
    url = url_of(text, ("http", "https"))
    assert (url.netloc if url else None) == netloc
