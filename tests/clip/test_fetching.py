"""Fetching: only from the open internet, politely, and never more than was agreed to."""

import gzip
import socket
import zlib
from typing import Any

import httpcore
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.clip.fetching import FetchError, Limits, Manner, fetch, inflated
from dossier.clip.wires import is_public
from tests.clip.corpus import Page
from tests.clip.desk import HASTE, NOW
from tests.clip.serving import of_pages, serving


@pytest.mark.parametrize(
    "address",
    [
        *(
            "127.0.0.1",
            "127.8.8.8",
            "::1",
            "0.0.0.0",
            "::",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "100.64.0.1",
        ),
        *("169.254.169.254", "fe80::1", "fe80::1%eth0", "fc00::1", "224.0.0.1", "ff02::1", "255.255.255.255"),
        *(
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1",
            "2002:7f00:1::",
            "192.0.2.1",
            "no address",
        ),
    ],
)
def test_addresses_of_machines_and_private_networks_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "193.110.157.151", "2606:4700:4700::1111"])
def test_addresses_of_the_internet_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "2130706433", "127.1"])
def test_this_machine_is_refused_unless_asked_for(host: str) -> None:
    with serving(of_pages({"/": Page(b"<p>secret")})) as server:
        port = server.address.rpartition(":")[2]
        with pytest.raises(FetchError) as caught:
            fetch(f"http://{host}:{port}/", HASTE._replace(private=False), NOW)
        assert caught.value.said.code in ("private-address", "fetch-failed")
        assert not server.asked
        assert fetch(server.url("/"), HASTE, NOW).data == b"<p>secret"


def test_the_address_that_was_judged_is_the_one_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that leads elsewhere when it is looked up again gains nothing: it is looked up once."""
    answers = [["8.8.8.8"], ["127.0.0.1"]]
    connected: list[str] = []

    def looked_up(host: str, port: int, **rest: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in answers.pop(0)]

    def connect(self: object, host: str, *rest: Any) -> None:
        connected.append(host)
        raise httpcore.ConnectError("no network in tests")

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    with pytest.raises(FetchError):
        fetch("http://rebinding.example/", HASTE._replace(private=False), NOW)
    assert connected == ["8.8.8.8"]
    with pytest.raises(FetchError) as caught:
        fetch("http://rebinding.example/", HASTE._replace(private=False), NOW)
    assert (caught.value.said.code, connected) == ("private-address", ["8.8.8.8"])


def test_one_private_address_among_public_ones_is_enough_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 80)) for one in ("8.8.8.8", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *given, **named: both)
    with pytest.raises(FetchError) as caught:
        fetch("http://mixed.example/", HASTE._replace(private=False), NOW)
    assert "10.0.0.1" in caught.value.said.message
    assert caught.value.said.hint == "if that is meant, add --private"


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "ftp://example.org/a", "http://user:pass@example.org/", "http://", "http://[::"],
)
def test_only_addresses_of_the_web_are_fetched(address: str) -> None:
    with pytest.raises(FetchError) as caught:
        fetch(address, HASTE, NOW)
    assert caught.value.said.code == "bad-address"


def test_a_server_is_told_who_asks_and_gets_no_cookie_back() -> None:
    pages = {"/a": Page(status=302, headers={"Location": "/b"}), "/b": Page(b"<p>text")}
    with serving(of_pages(pages)) as server:
        taken = fetch(server.url("/a"), HASTE, NOW)
        assert server.headers["User-Agent"].startswith("dossier-clip/")
        assert "(+https://example.org/about)" in server.headers["User-Agent"]
        assert "Cookie" not in server.headers
        assert [(hop.address, hop.status) for hop in taken.hops] == [(server.url("/a"), "302 Found")]
        assert (taken.asked, taken.address) == (server.url("/a"), server.url("/b"))


def test_the_whole_takes_no_longer_than_agreed() -> None:
    """Not even where a byte comes now and then, so that no single wait is long."""
    manner = Manner(Limits(connect=2, read=2, total=1), private=True)
    with serving(of_pages({"/": Page(b"<p>", slow=20)})) as server, pytest.raises(FetchError) as caught:
        fetch(server.url("/"), manner, NOW)
    assert caught.value.said.message == "no answer within 2 s, or not all of it within 1 s"


@given(st.lists(st.binary(max_size=3000), min_size=1, max_size=4), st.integers(1, 500), st.booleans())
def test_what_was_packed_is_unpacked(texts: list[bytes], width: int, zlib_wrapped: bool) -> None:
    members = b"".join(map(gzip.compress, texts))
    pieces = [members[at : at + width] for at in range(0, len(members), width)]
    assert b"".join(inflated(iter(pieces), "gzip")) == b"".join(texts)
    packer = zlib.compressobj(wbits=15 if zlib_wrapped else -15)
    packed = packer.compress(texts[0]) + packer.flush()
    assert b"".join(inflated(iter([packed]), "deflate")) == texts[0]


def test_a_bomb_is_never_unpacked_in_one_piece() -> None:
    bomb = gzip.compress(b"\0" * (20 << 20))
    assert max(map(len, inflated(iter([bomb]), "gzip"))) <= 1 << 16
