"""The address of the preview for others: what it is in this network, and as a QR code to point a phone at."""

import io
import socket


def network_address() -> str:
    """This machine's address in its network, as far as that can be told without sending anything."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            asked.connect(("192.0.2.1", 9))  # Connecting a datagram socket only chooses a route.
            return str(asked.getsockname()[0])
        except OSError:
            return "127.0.0.1"


def qr_code(text: str) -> str:
    """A QR code made of characters, for a terminal."""
    import segno  # Only a preview for others needs it.

    out = io.StringIO()
    segno.make(text, error="l", micro=False).terminal(out, compact=True, border=2)
    return out.getvalue()
