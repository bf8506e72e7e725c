"""One address after another: what each comes to, and how politely it was asked for."""

import socket
import ssl
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
import trustme

from dossier.external.manners import Manners, agent, wait_asked_for
from dossier.fetching import hosts
from tests.external.asking import ask, ask_one
from tests.external.server import (
    QUICK,
    Route,
    Web,
    by_method,
    endless,
    hang_up,
    in_turn,
    nonsense,
    redirect,
    serving,
    slow,
    status,
    text,
    trickle,
)


@pytest.fixture
def web() -> Iterator[Web]:
    with serving({"/robots.txt": status(404)}) as web:
        yield web


def ask_for(web: Web, route: Route, **given: object):
    """What a page with this route comes to."""
    web.routes["/a"] = route
    return ask_one(web.url("/a"), **given)


@pytest.mark.parametrize(
    ("route", "state", "reason"),
    [
        (status(200), "fine", ""),
        (status(204), "fine", ""),
        (status(304), "fine", ""),
        (status(404), "dead", "404 Not Found"),
        (status(410), "dead", "410 Gone"),
        (status(401), "unasked", "the answer is 401 Unauthorized"),
        (status(403), "unasked", "the answer is 403 Forbidden"),
        (status(451), "unasked", "the answer is 451 Unavailable For Legal Reasons"),
        (status(999), "unasked", "the answer is 999"),
        (status(500), "unreachable", "the answer is 500 Internal Server Error"),
        (status(503), "unreachable", "the answer is 503 Service Unavailable"),
        (status(300), "fine", ""),
        (hang_up, "unreachable", "the answer is broken off, or none of the web’s"),
        (nonsense, "unreachable", "the answer is broken off, or none of the web’s"),
    ],
)
def test_what_an_answer_means(web: Web, route: Route, state: str, reason: str) -> None:
    outcome = ask_for(web, route)
    assert (outcome.state, outcome.reason) == (state, reason)


def test_a_page_that_is_there_is_asked_for_once_by_head_alone(web: Web) -> None:
    assert ask_for(web, status(200)).state == "fine"
    assert web.methods("/a") == ["HEAD"]
    (asked,) = (one for one in web.asked if one.path == "/a")
    assert asked.headers["User-Agent"] == "dossier-test"
    assert asked.headers["Host"] == web.origin.removeprefix("http://")
    assert "Cookie" not in asked.headers


@pytest.mark.parametrize("code", [400, 403, 404, 405, 406, 500, 501])
def test_a_server_that_knows_no_head_is_asked_for_the_first_bytes(web: Web, code: int) -> None:
    assert ask_for(web, by_method(HEAD=status(code), GET=status(206))).state == "fine"
    assert web.methods("/a") == ["HEAD", "GET"]
    assert [one.headers["Range"] for one in web.asked if one.method == "GET" and one.path == "/a"] == [
        "bytes=0-1023"
    ]


def test_an_empty_file_has_no_first_bytes_and_is_there(web: Web) -> None:
    assert ask_for(web, by_method(HEAD=status(405), GET=status(416))).state == "fine"


def test_dead_is_only_what_get_says_is_gone(web: Web) -> None:
    assert ask_for(web, status(404)).state == "dead"
    assert web.methods("/a") == ["HEAD", "GET"]


def test_a_body_without_end_isnt_listened_to(web: Web) -> None:
    assert ask_for(web, by_method(HEAD=status(405), GET=endless)).state == "fine"


# ------------------------------------------------------------ redirects


def test_what_moved_for_good_tells_where_to(web: Web) -> None:
    web.routes |= {"/b": redirect(308, "/c"), "/c": status(200)}
    outcome = ask_for(web, redirect(301, "/b"))
    assert (outcome.state, outcome.location) == ("moved", web.url("/c"))


def test_what_moved_for_now_is_fine_where_it_is(web: Web) -> None:
    web.routes |= {"/b": redirect(301, "/c"), "/c": status(200)}
    assert ask_for(web, redirect(302, "/b")).state == "fine"


def test_the_new_address_is_the_one_before_the_first_passing_redirect(web: Web) -> None:
    web.routes |= {"/b": redirect(302, "/login"), "/login": status(200)}
    outcome = ask_for(web, redirect(301, "/b"))
    assert (outcome.state, outcome.location) == ("moved", web.url("/b"))


def test_another_spelling_of_the_same_page_is_no_move(web: Web) -> None:
    web.routes |= {"/a/": status(200)}
    assert ask_for(web, redirect(301, "/a/")).state == "fine"


def test_what_moved_to_nothing_is_dead(web: Web) -> None:
    assert ask_for(web, redirect(301, "/nothing")).state == "dead"


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("/a", "it leads round in a circle"),
        ("/b", "it leads round in a circle"),
        ("/c0", "it leads on more than 10 times"),
        ("ftp://127.0.0.1/x", "it is no address of the web"),
        ("http://[broken/", "it is no address of the web"),
        ("javascript:alert(1)", "it is no address of the web"),
    ],
)
def test_redirects_that_lead_nowhere(web: Web, location: str, reason: str) -> None:
    web.routes |= {"/b": redirect(302, "/a")}
    web.routes |= {f"/c{n}": redirect(302, f"/c{n + 1}") for n in range(20)}
    outcome = ask_for(web, redirect(302, location))
    assert (outcome.state, outcome.reason) == ("unreachable", reason)


def test_a_redirect_without_a_place_is_an_answer(web: Web) -> None:
    assert ask_for(web, status(302)).state == "fine"


# ------------------------------------------------------------ trying again


def test_a_passing_failure_is_tried_again(web: Web) -> None:
    assert ask_for(web, in_turn(status(503), status(503), status(502), status(200))).state == "fine"
    assert web.methods("/a") == ["HEAD", "GET", "GET", "GET"]


def test_a_connection_that_is_broken_off_is_tried_again_by_get(web: Web) -> None:
    assert ask_for(web, in_turn(hang_up, status(200))).state == "fine"
    assert web.methods("/a") == ["HEAD", "GET"]


def test_pauses_grow(web: Web) -> None:
    manners = Manners(delay=0.0, backoff=0.1)
    assert ask_for(web, status(503), manners=manners).state == "unreachable"
    _, second, third = (b - a for a, b in pairwise(web.times("/a")))  # The first leads from HEAD to GET.
    assert second >= 0.075
    assert third >= 0.15


def test_pauses_differ_by_address() -> None:
    pauses = {QUICK.pause(f"https://a.example/{n}", 0) for n in range(50)}
    assert len(pauses) > 40
    assert all(0.75 <= pause / QUICK.backoff <= 1.25 for pause in pauses)


def test_a_server_that_asks_to_wait_is_waited_for(web: Web) -> None:
    manners = Manners(delay=0.0, backoff=0.01, longest_wait=2.0)
    assert ask_for(web, in_turn(status(429, Retry_After="1"), status(200)), manners=manners).state == "fine"
    first, second = web.times("/a")
    assert second - first >= 1.0


def test_a_server_that_asks_to_wait_for_long_is_left_alone_with_all_its_pages(web: Web) -> None:
    web.routes |= {"/a": status(429, Retry_After="3600"), "/b": status(200), "/c": status(200)}
    outcomes = ask(web.url(path) for path in ("/a", "/b", "/c"))
    assert [outcome.state for outcome in outcomes.values()] == ["unasked"] * 3
    assert "asks to wait for 60 minutes" in outcomes[web.url("/c")].reason
    assert web.methods("/b") == web.methods("/c") == []


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Wed, 20 May 2026 10:00:30 GMT", 30.0),
        ("Wed, 20 May 2026 09:00:00 GMT", 0.0),
        ("Wednesday, 20-May-26 10:00:30 GMT", 30.0),
        ("soon", None),
        ("", None),
        ("-5", None),
    ],
)
def test_what_retry_after_asks(written: str, seconds: float | None) -> None:
    assert wait_asked_for(written, datetime(2026, 5, 20, 10, tzinfo=UTC)) == seconds


# ------------------------------------------------------------ time


def test_no_answer_in_time(web: Web) -> None:
    manners = Manners(delay=0.0, backoff=0.01, seconds=0.4, tries=1)
    outcome = ask_for(web, slow(2), manners=manners)
    assert (outcome.state, outcome.reason) == ("unreachable", "no answer within 0.4 seconds")


def test_the_time_is_for_all_of_the_answer_not_for_each_byte_of_it(web: Web) -> None:
    manners = Manners(delay=0.0, backoff=0.01, seconds=0.5, tries=1)
    started = time.monotonic()
    assert ask_for(web, trickle, manners=manners).state == "unreachable"
    assert time.monotonic() - started < 8  # All of it takes twelve seconds.


def test_a_slow_page_is_waited_for(web: Web) -> None:
    assert ask_for(web, slow(0.3)).state == "fine"


# ------------------------------------------------------------ who is there


def test_where_nobody_listens() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        outcome = ask_one(f"http://127.0.0.1:{unused.getsockname()[1]}/")
    assert (outcome.state, outcome.reason, outcome.answered) == (
        "unreachable",
        "no server answers there",
        False,
    )


def test_a_host_that_there_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(*arguments: object, **named: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    outcome = ask_one("http://nobody.invalid/")
    assert (outcome.state, outcome.answered) == ("unreachable", False)
    assert outcome.reason == "there is no server called nobody.invalid"


@pytest.mark.parametrize(
    "url", ["http://", "http://[x", "https://a.example:99999/", "http:///a", "ftp://a.example/"]
)
def test_what_is_no_address(url: str) -> None:
    assert ask_one(url).state == "unreachable"


def test_after_failures_in_a_row_a_host_is_left_alone(web: Web) -> None:
    web.routes |= {f"/{n}": slow(2) for n in range(8)}
    manners = Manners(delay=0.0, backoff=0.0, seconds=0.4, tries=1, patience=2)
    outcomes = ask((web.url(f"/{n}") for n in range(8)), manners=manners)
    assert {outcome.state for outcome in outcomes.values()} == {"unreachable"}
    assert len(outcomes) == 8
    assert len({asked.path for asked in web.asked} - {"/robots.txt"}) == 2


# ------------------------------------------------------------ the own network


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1/",
        "http://localhost:1/",
        "http://2130706433:1/",
        "http://0x7f.1:1/",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://100.64.0.1/",
        "http://0.0.0.0/",
        "http://[::1]/",
        "http://[fd00::1]/",
        "http://[fe80::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://224.0.0.1/",
    ],
)
def test_what_isnt_on_the_public_internet_isnt_asked(url: str) -> None:
    outcome = ask_one(url, private=False)
    assert outcome.state == "private"
    assert outcome.reason.endswith("is not on the public internet")


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:9.9.9.9"]
)
def test_what_is(address: str) -> None:
    assert hosts.is_public(address)


def test_a_redirect_into_the_own_network_isnt_followed(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hosts, "is_public", lambda address: address == "127.0.0.1")
    with serving({"/secret": status(200)}, host="127.0.0.2") as inner:
        outcome = ask_for(web, redirect(302, inner.url("/secret")), private=False)
        assert outcome.state == "private"
        assert inner.asked == []


def test_a_name_that_resolves_otherwise_a_moment_later_leads_where_it_was_judged(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DNS rebinding: the connection goes to the address that was judged, under the name that was asked."""
    port = web.origin.rpartition(":")[2]
    resolved = []

    def resolve(host: str, *arguments: object, **named: object) -> list[tuple[object, ...]]:
        resolved.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", int(port)))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    web.routes["/a"] = status(200)
    assert ask_one(f"http://rebound.example:{port}/a").state == "fine"
    assert {asked.headers["Host"] for asked in web.asked} == {f"rebound.example:{port}"}
    # Once for robots.txt, once for the page; the connections themselves ask for an address, not a name.
    assert [host for host in resolved if host == "rebound.example"] == ["rebound.example"] * 2


# ------------------------------------------------------------ robots.txt


def test_what_robots_txt_keeps_from_robots_isnt_asked(web: Web) -> None:
    web.routes |= {"/robots.txt": text("User-agent: *\nDisallow: /a\n"), "/b": status(200)}
    outcome = ask_for(web, status(200))
    assert (outcome.state, web.methods("/a")) == ("unasked", [])
    assert outcome.reason.endswith("asks to leave it alone")
    assert ask_one(web.url("/b")).state == "fine"


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [
        ("User-agent: *\nDisallow: /\nAllow: /a\n", True),
        ("User-agent: *\nDisallow: /*.html$\n", True),
        ("User-agent: *\nDisallow: /*a$\n", False),
        ("User-agent: other\nDisallow: /\n", True),
        ("User-agent: *\nAllow: /\n\nUser-agent: dossier\nDisallow: /\n", False),
        ("User-agent: *\nDisallow:\n", True),
        ("<html>not found</html>", True),
        ("\ufeffUser-agent: *\r\nDisallow: /a\r\n", False),
    ],
)
def test_rules(web: Web, rules: str, allowed: bool) -> None:
    web.routes["/robots.txt"] = text(rules)
    assert ask_for(web, status(200)).state == ("fine" if allowed else "unasked")


@pytest.mark.parametrize(
    ("robots", "state"),
    [
        (status(404), "fine"),
        (status(403), "fine"),
        (status(500), "unasked"),
        (status(429), "unasked"),
        (redirect(301, "/other.txt"), "unasked"),
        (redirect(301, "/robots.txt"), "fine"),
        (in_turn(hang_up, status(404)), "fine"),
    ],
)
def test_a_robots_txt_that_cant_be_had(web: Web, robots: Route, state: str) -> None:
    web.routes |= {"/robots.txt": robots, "/other.txt": text("User-agent: *\nDisallow: /\n")}
    assert ask_for(web, status(200)).state == state


def test_a_robots_txt_is_asked_for_once(web: Web) -> None:
    web.routes |= {f"/{n}": status(200) for n in range(5)}
    ask(web.url(f"/{n}") for n in range(5))
    assert web.methods("/robots.txt") == ["GET"]


def test_the_delay_that_robots_txt_asks_for_is_kept(web: Web) -> None:
    web.routes |= {"/robots.txt": text("User-agent: *\nCrawl-delay: 0.3\n"), "/b": status(200)}
    web.routes["/a"] = status(200)
    ask([web.url("/a"), web.url("/b")])
    assert web.times("/b")[0] - web.times("/a")[0] >= 0.3


def test_a_robots_txt_of_a_redirects_host_counts_too(web: Web) -> None:
    with serving({"/robots.txt": text("User-agent: *\nDisallow: /\n")}, host="127.0.0.2") as other:
        assert ask_for(web, redirect(302, other.url("/x"))).state == "unasked"
        assert other.methods("/x") == []


# ------------------------------------------------------------ certificates


def secure(authority: trustme.CA, *names: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(context)
    return context


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> trustme.CA:
    """An authority that this machine trusts."""
    trusted = trustme.CA()
    trusted.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    return trusted


@pytest.fixture
def by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let `secure.example` be this machine."""
    real = socket.getaddrinfo

    def resolve(host: str, port: int, *arguments: object, **named: object) -> object:
        return real("127.0.0.1" if host == "secure.example" else host, port, *arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)


@pytest.mark.usefixtures("by_name")
def test_a_certificate_must_be_the_names_that_was_asked(authority: trustme.CA) -> None:
    with serving({"/": status(200)}, tls=secure(authority, "secure.example")) as web:
        port = web.origin.rpartition(":")[2]
        assert ask_one(f"https://secure.example:{port}/").state == "fine"
        wrong = ask_one(web.url("/"))
        assert wrong.state == "certificate"
        assert "IP address mismatch" in wrong.reason


@pytest.mark.usefixtures("by_name", "authority")
def test_a_certificate_of_an_unknown_authority() -> None:
    with serving({"/": status(200)}, tls=secure(trustme.CA(), "secure.example")) as web:
        outcome = ask_one(f"https://secure.example:{web.origin.rpartition(':')[2]}/")
    assert (outcome.state, outcome.answered) == ("certificate", True)
    assert outcome.reason


def test_a_server_that_speaks_no_tls(web: Web) -> None:
    assert ask_one(web.url("/").replace("http://", "https://")).state == "certificate"


def test_who_asks_says_so() -> None:
    assert (
        agent("1.0", "desk@example.org")
        == "Mozilla/5.0 (compatible; dossier/1.0 link check; +desk@example.org)"
    )
    assert agent("1.0", "") == "Mozilla/5.0 (compatible; dossier/1.0 link check)"
