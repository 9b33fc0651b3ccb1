"""The mail sink's handler: each message as it came, one file in a Maildir. Nothing is parsed, so it costs little."""

import itertools
import os
import socket
import time
from pathlib import Path

_COUNT = itertools.count()


class Letters:
    """Keeps every message it is given in `new/` of its folder, as a mail program expects it there."""

    def __init__(self, folder: Path):
        self.folder = folder
        for name in ("tmp", "new", "cur"):
            (folder / name).mkdir(parents=True, exist_ok=True)

    @classmethod
    def from_cli(cls, parser, *arguments: str) -> "Letters":
        """What `python -m aiosmtpd -c deploy.mailbox.Letters FOLDER` calls."""
        if len(arguments) != 1:
            parser.error("the mailbox needs its folder, and nothing else")
        return cls(Path(arguments[0]))

    async def handle_DATA(self, server, session, envelope) -> str:
        """Written whole under another folder first, so that nobody reads half a message."""
        name = f"{time.time():.6f}.{os.getpid()}_{next(_COUNT)}.{socket.gethostname()}"
        written = self.folder / "tmp" / name
        sender = f"X-MailFrom: {envelope.mail_from}\r\nX-RcptTo: {', '.join(envelope.rcpt_tos)}\r\n"
        written.write_bytes(sender.encode() + envelope.original_content)
        written.rename(self.folder / "new" / name)
        return "250 OK"
