"""Why a server gave no answer."""

from typing import Literal

# `address`: it can't be one; `private`: it leads into a network that isn't the public one; `resolve`: its
# host has no address; `connect`: nobody takes the call; `certificate`: who does can't be trusted; `timeout`:
# no answer in time; `protocol`: the answer is none.
Kind = Literal["address", "private", "resolve", "connect", "certificate", "timeout", "protocol"]


class FailedError(Exception):
    """No answer came. `reason` says why in a few words."""

    def __init__(self, kind: Kind, reason: str) -> None:
        super().__init__(reason)
        self.kind, self.reason = kind, reason
