"""Where a host is, and whether that is a place on the public internet.

Addresses come from strangers: one that leads to this machine or to the network around it could make dossier
call what only they can reach. So a name is resolved here, judged, and the connection made to what was
judged (a name may resolve to another address a moment later).
"""

import asyncio
import ipaddress
import socket
from collections.abc import Sequence
from urllib.request import getproxies, proxy_bypass

from dossier.fetching.failures import FailedError

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_MOST = 4


def is_public(address: str) -> bool:
    """Whether an IP address is of the public internet: not of this machine, a private network, a test.

    An address that stands for others must be so with them.
    """
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(one.is_global and not one.is_multicast for one in (ip, *_embedded(ip)))


def is_literal(host: str) -> bool:
    """Whether a host is an IP address rather than a name."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _embedded(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> list[ipaddress.IPv4Address]:
    """The IPv4 addresses that an IPv6 address stands for: mapped, 6to4, Teredo, NAT64."""
    if isinstance(ip, ipaddress.IPv4Address):
        return []
    inner = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
    if ip in _NAT64:
        inner.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
    return [one for one in inner if one is not None]


async def addresses_of(host: str, port: int, *, private: bool) -> Sequence[str]:
    """The IP addresses of a host, a few at most. Raises FailedError where there is none, or none allowed."""
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as problem:
        raise FailedError("resolve", f"there is no server called {host}") from problem
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    allowed = [address for address in addresses if private or is_public(address)]
    if not allowed:
        raise FailedError("private", f"{host} is not on the public internet")
    return allowed[:_MOST]


def by_proxy(scheme: str, host: str) -> bool:
    """Whether this machine reaches a host through a proxy, which then resolves its name."""
    proxies = getproxies()
    return (scheme in proxies or "all" in proxies) and not proxy_bypass(host)
