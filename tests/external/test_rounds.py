"""Many addresses: one at a time for each host, several hosts at once, nothing twice, nothing lost."""

import contextlib
import time
from collections.abc import Iterator
from itertools import pairwise

import pytest

from dossier.external import rounds
from dossier.external.manners import Manners
from dossier.external.outcomes import AGES, DAY, HOUR, Outcome
from tests.external.asking import TODAY, ask
from tests.external.server import Web, redirect, serving, slow, status

NOW = 1_800_000_000.0


@contextlib.contextmanager
def webs(count: int) -> Iterator[list[Web]]:
    """Servers at addresses of their own."""
    with contextlib.ExitStack() as stack:
        yield [stack.enter_context(serving(host=f"127.0.0.{n + 1}")) for n in range(count)]


def test_a_host_is_asked_one_thing_at_a_time() -> None:
    with serving({f"/{n}": slow(0.02) for n in range(12)}) as web:
        outcomes = ask(web.url(f"/{n}") for n in range(12))
    assert {outcome.state for outcome in outcomes.values()} == {"fine"}
    assert web.at_once == 1


def test_between_two_requests_to_one_host_there_is_a_pause() -> None:
    with serving({f"/{n}": status(200) for n in range(4)}) as web:
        ask((web.url(f"/{n}") for n in range(4)), manners=Manners(delay=0.1))
    times = [asked.at for asked in web.asked]
    assert len(times) == 5
    # A few milliseconds lie between the end of one answer and when the next request is seen.
    assert all(later - earlier >= 0.09 for earlier, later in pairwise(times))


def test_hosts_dont_wait_for_one_another() -> None:
    with webs(6) as found:
        for web in found:
            web.routes |= {f"/{n}": slow(0.1) for n in range(3)}
        urls = [web.url(f"/{n}") for web in found for n in range(3)]
        started = time.monotonic()
        assert len(ask(urls)) == 18
        took = time.monotonic() - started
    assert took < 18 * 0.1


def test_not_more_hosts_than_allowed_are_asked_at_once() -> None:
    with webs(5) as found:
        working = []

        def watched(handler: object) -> None:
            working.append(sum(web.working for web in found))
            slow(0.05)(handler)  # type: ignore[arg-type]

        for web in found:
            web.routes["/a"] = watched
        ask((web.url("/a") for web in found), manners=Manners(delay=0.0, at_once=2))
    assert max(working) <= 2


def test_where_a_redirect_leads_the_host_there_has_its_turns_too() -> None:
    with webs(4) as found:
        *others, last = found
        last.routes |= {f"/{n}": slow(0.05) for n in range(3)}
        for n, web in enumerate(others):
            web.routes["/a"] = redirect(302, last.url(f"/{n}"))
        outcomes = ask(web.url("/a") for web in others)
    assert [outcome.state for outcome in outcomes.values()] == ["fine"] * 3
    assert last.at_once == 1


def test_one_address_is_asked_once_whatever_its_fragments() -> None:
    with serving({"/a": status(200)}) as web:
        outcomes = ask([web.url("/a"), web.url("/a#b"), web.url("/a#:~:text=c")])
    assert list(outcomes) == [web.url("/a")]
    assert web.methods("/a") == ["HEAD"]


@pytest.mark.parametrize("state", AGES)
def test_what_is_known_isnt_asked_again_until_it_is_too_old(state: str) -> None:
    known = Outcome("http://127.0.0.1:1/", state, asked=NOW)  # type: ignore[arg-type]
    age = AGES[known.state]
    assert known.holds(NOW + age - 1) == (age > 0)
    assert not known.holds(NOW + age)
    assert not known.holds(NOW - 1), "a clock that was wrong"


def test_what_may_be_a_bad_moment_is_asked_again_soonest() -> None:
    assert AGES["unreachable"] <= 12 * HOUR < DAY <= AGES["dead"] < AGES["fine"]


def test_only_what_isnt_known_is_asked_but_to_refresh_all() -> None:
    with serving({"/a": status(200), "/b": status(200)}) as web:
        urls = [web.url("/a"), web.url("/b")]
        known = {urls[0]: Outcome(urls[0], "dead", asked=NOW, since="2026-05-01")}
        assert list(ask(urls, known=known, now=NOW + 60)) == [urls[1]]
        assert list(ask(urls, known=known, now=NOW + 60, refresh=True)) == urls


def test_the_day_since_which_it_has_been_so_is_kept_while_it_stays_so() -> None:
    with serving({"/a": status(404), "/b": status(200)}) as web:
        a, b = web.url("/a"), web.url("/b")
        known = {url: Outcome(url, "dead", asked=0.0, since="2026-05-01") for url in (a, b)}
        outcomes = ask([a, b], known=known)
    assert (outcomes[a].state, outcomes[a].since) == ("dead", "2026-05-01")
    assert (outcomes[b].state, outcomes[b].since) == ("fine", TODAY)


def test_what_came_before_an_interruption_has_been_told() -> None:
    told: list[str] = []

    def stop(outcome: Outcome) -> None:
        told.append(outcome.url)
        if len(told) == 2:
            raise KeyboardInterrupt

    with serving({f"/{n}": status(200) for n in range(5)}) as web:
        errand = rounds.Errand(
            urls=[web.url(f"/{n}") for n in range(5)],
            known={},
            agent="x",
            now=NOW,
            today=TODAY,
            told=stop,
            private=True,
            manners=Manners(delay=0.0),
        )
        with pytest.raises(KeyboardInterrupt):
            rounds.go(errand)
    assert len(told) == 2
