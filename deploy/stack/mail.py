"""A mail server that delivers everything into one Maildir, whoever it is addressed to."""

import sys

from deploy.stack.home import Home
from deploy.stack.part import Part, base_environment

SENDER = "ptsp@localhost"


def mail_part(home: Home, ports: dict[str, int]) -> Part:
    """Describe the server."""
    return Part(
        "mail",
        [
            *[sys.executable, "-m", "aiosmtpd", "-n", "-l", f"127.0.0.1:{ports['mail']}"],
            *["-c", "deploy.mailbox.Letters", str(home.mailbox)],
        ],
        base_environment(home),
        grace=5.0,
        port=ports["mail"],
    )
