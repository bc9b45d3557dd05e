"""Site: scheme, host names and port of a server."""

from dataclasses import dataclass
from ipaddress import ip_address


@dataclass(frozen=True)
class Site:
    """One origin. `names` are the accepted host names; IP addresses are always accepted."""

    port: int
    tls: bool = False
    names: frozenset[str] = frozenset()

    @property
    def scheme(self) -> str:
        """`http` or `https`."""
        return "https" if self.tls else "http"

    def is_own(self, host: str) -> bool:
        """True if a Host header has an accepted name and our port; prevents DNS rebinding.

        Browsers omit the default port.
        """
        name = name_of(host)
        port = host[len(name) + 1 :] or ("443" if self.tls else "80")
        return port == str(self.port) and (name in self.names or _is_address(name))


def name_of(host: str) -> str:
    """A Host header without its port."""
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdecimal() else host


def _is_address(name: str) -> bool:
    try:
        return bool(ip_address(name.strip("[]"))) and "%" not in name
    except ValueError:
        return False
