"""Under which names this machine is reached, and which names a browser may have asked for."""

from __future__ import annotations

import contextlib
import ipaddress
import socket
from collections.abc import Iterable

EVERYWHERE = ("0.0.0.0", "::")
LOCAL_NAMES = ("localhost",)


def of_network() -> list[str]:
    """Return this machine's addresses in its networks, that of the way out first; nothing is sent."""
    found: list[str] = []
    # No packet leaves: a datagram socket only looks up which way one would go. The addresses are those for examples.
    for family, target in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
        with contextlib.suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((target, 9))
            found.append(probe.getsockname()[0])
    with contextlib.suppress(OSError):
        found += [str(entry[4][0]) for entry in socket.getaddrinfo(socket.gethostname(), None)]
    return [address for address in dict.fromkeys(found) if _is_of_network(address)]


def own_names() -> set[str]:
    """Return the names of this machine, in lower case."""
    name = socket.gethostname().lower().rstrip(".")
    return {name, f"{name.partition('.')[0]}.local"} if name else set()


def in_address(host: str) -> str:
    """Return a host as it stands in an address: IPv6 in brackets."""
    return f"[{host}]" if ":" in host else host


def is_known(asked: str, reached: str, port: int, names: Iterable[str]) -> bool:
    """Tell whether `asked` (the Host header) names this server.

    True for the very address the connection came to (`reached`), for this machine's own names and `names`, with the
    right port. Any other name is somebody else's page that points its own name at this machine (DNS rebinding).
    """
    host, _, number = asked.lower().rpartition(":") if _has_port(asked) else (asked.lower(), "", "80")
    if number != str(port):
        return False
    host = host.strip("[]")
    at = reached.partition("%")[0].removeprefix("::ffff:")
    if host == at:
        return True
    with contextlib.suppress(ValueError):
        if ipaddress.ip_address(at).is_loopback and host in LOCAL_NAMES:
            return True
    return host in {*own_names(), *names}


def _has_port(asked: str) -> bool:
    return ":" in asked and (not asked.startswith("[") or "]:" in asked) and asked.count(":") < 9


def _is_of_network(address: str) -> bool:
    with contextlib.suppress(ValueError):
        parsed = ipaddress.ip_address(address.partition("%")[0])
        return not (parsed.is_loopback or parsed.is_link_local or parsed.is_unspecified)
    return False
