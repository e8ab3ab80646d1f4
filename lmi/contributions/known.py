"""Addresses that are known to have had the code of a convening: what others there try holds nobody up."""

import ipaddress

from lmi.contributions import opened, tries
from lmi.contributions.address_key import mark
from lmi.domain.convening import Convening

HOURS = 12  # that an address stays known
_RIGHT = "code right"  # a kind of tries


def place(client: str, about: str = "") -> str:
    """What an address is counted by: its mark; of IPv6 the network, since one line has many addresses.

    about: the convening that it is marked for, '' for none."""
    return mark(opened.store(), f"{_line(client)} {about}")


def is_known(convening: Convening | None, client: str) -> bool:
    """Whether the code of a convening was right at this address within HOURS; False for None."""
    about = convening.id if convening else ""
    return bool(tries.since(opened.store_of(about), _RIGHT, 60 * HOURS, place(client, about)))


def make_known(convening: Convening, client: str) -> None:
    """Remember that the code was right at this address. Nothing of a rehearsal is kept on disk."""
    if not is_known(convening, client):
        tries.add(opened.store_of(convening.id), _RIGHT, place(client, convening.id))


def _line(client: str) -> str:
    try:
        address = ipaddress.ip_address(client.partition("%")[0])
    except ValueError:
        return client
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is None:
        return str(ipaddress.ip_network((address, 64), strict=False))
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return str(mapped or address)
