"""A client of the web that follows nothing, decodes nothing and reads no more than it is told to."""

import asyncio
import ssl
from collections.abc import Mapping
from http.cookiejar import DefaultCookiePolicy
from types import TracebackType
from typing import Self

import httpx

from dossier.fetching.failures import FailedError
from dossier.fetching.hosts import addresses_of, by_proxy, is_literal, is_public
from dossier.model import Record


class Reply(Record, frozen=True):
    """A server's answer. Names of headers are in lower case; `body` is as much of it as was asked for."""

    status: int
    headers: dict[str, str]
    body: bytes = b""


class Fetcher:
    """Asks servers, each time within `seconds` all in all.

    `agent` says who asks. With `private` it also asks machines that are not on the public internet.
    """

    def __init__(self, agent: str, *, seconds: float = 20.0, private: bool = False) -> None:
        self._seconds, self._private = seconds, private
        self._headers = {"User-Agent": agent, "Accept": "*/*", "Accept-Encoding": "identity"}
        context = httpx.create_ssl_context()
        self._direct, self._through = (
            httpx.AsyncClient(verify=context, trust_env=trust, timeout=seconds, headers=self._headers)
            for trust in (False, True)
        )
        # Clients keep cookies; nobody here wants to be known again.
        for client in (self._direct, self._through):
            client.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._direct.aclose()
        await self._through.aclose()

    async def ask(
        self, method: str, url: str, *, most: int = 0, headers: Mapping[str, str] | None = None
    ) -> Reply:
        """One request and its answer, redirects not followed. Raises FailedError."""
        try:
            async with asyncio.timeout(self._seconds):
                return await self._ask(method, httpx.URL(url), most, headers or {})
        except (TimeoutError, httpx.TimeoutException) as problem:
            raise FailedError("timeout", f"no answer within {self._seconds:g} seconds") from problem
        except httpx.HTTPError as problem:
            raise _failed(problem) from problem
        except (httpx.InvalidURL, UnicodeError, ValueError) as problem:
            raise FailedError("address", "it is no address of the web") from problem

    async def _ask(self, method: str, url: httpx.URL, most: int, headers: Mapping[str, str]) -> Reply:
        if url.scheme not in ("http", "https") or not url.host:
            raise FailedError("address", "it is no address of the web")
        if by_proxy(url.scheme, url.host):
            self._refuse_literal(url.host)
            return await _exchange(
                self._through, self._through.build_request(method, url, headers=headers), most
            )
        port = url.port or (443 if url.scheme == "https" else 80)
        addresses = await addresses_of(url.host, port, private=self._private)
        for address in addresses:
            request = self._direct.build_request(
                method,
                url.copy_with(host=address),
                headers={**headers, "Host": url.netloc.decode("ascii")},
                extensions={"sni_hostname": url.host},
            )
            try:
                return await _exchange(self._direct, request, most)
            except (httpx.ConnectError, httpx.ConnectTimeout) as problem:
                if address == addresses[-1] or _certificate_problem(problem):
                    raise
        raise AssertionError("a host has one address at least")

    def _refuse_literal(self, host: str) -> None:
        """Refuse an IP address that isn't public, also where a proxy would make the connection."""
        if not self._private and is_literal(host) and not is_public(host):
            raise FailedError("private", f"{host} is not on the public internet")


async def _exchange(client: httpx.AsyncClient, request: httpx.Request, most: int) -> Reply:
    response = await client.send(request, stream=True, follow_redirects=False)
    try:
        body = bytearray()
        if most:
            async for chunk in response.aiter_raw(8_192):
                body += chunk
                if len(body) >= most:
                    break
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Reply(response.status_code, headers, bytes(body[:most]))
    finally:
        await response.aclose()


def _failed(problem: httpx.HTTPError) -> FailedError:
    certificate = _certificate_problem(problem)
    if certificate is not None:
        return FailedError("certificate", certificate)
    if isinstance(problem, httpx.ConnectError | httpx.ProxyError):
        return FailedError("connect", "no server answers there")
    if isinstance(problem, httpx.UnsupportedProtocol):
        return FailedError("address", "it is no address of the web")
    return FailedError("protocol", "the answer is broken off, or none of the web’s")


def _certificate_problem(problem: BaseException) -> str | None:
    """What is wrong with a server's certificate, if that is why there is no connection."""
    cause: BaseException | None = problem
    for _ in range(10):
        if cause is None:
            return None
        if isinstance(cause, ssl.SSLCertVerificationError):
            return cause.verify_message or "it can't be verified"
        if isinstance(cause, ssl.SSLError):
            return "there is no secure connection to be had"
        cause = cause.__cause__ or cause.__context__
    return None
