"""Window of notification: the mail server."""

import re
import smtplib
import threading
from email.header import Header
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import compat32
from email.utils import formatdate
from typing import Any

from contracts.documents import Document
from plumbing.papers import primary_store
from services.notification.templates.compose import Letter

SILENCE_SECONDS = 10
ON_THE_LINE = compat32.clone(linesep="\r\n")  # every header here is ASCII or encoded already
# What every mail server takes. Anything else may be read as several addresses, as a group, or not at all.
PLAIN_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[A-Z0-9-]+(\.[A-Z0-9-]+)+", re.ASCII | re.IGNORECASE)


class MailServerAway(Exception):
    """The mail server cannot be reached or asks to come back later. The message waits and is tried again."""


class Post:
    """One connection to the mail server, opened when needed and kept. Safe to use from several threads."""

    def __init__(self, settings: Any):
        self.settings = settings
        self.store = primary_store(settings)
        self.public_url = str(settings.public_url).rstrip("/")
        self._lock = threading.Lock()
        self._server: smtplib.SMTP | None = None

    def send(self, address: str, letter: Letter, message_id: str, papers: list[Document]) -> tuple[str, str]:
        """(outcome, detail): `sent`, or `refused` when nobody can deliver it, now or later. `MailServerAway` otherwise.

        `message_id` is the same on every attempt: a reader's mailbox recognises a message that was sent twice because
        a crash came between sending and remembering it.
        """
        if PLAIN_ADDRESS.fullmatch(address) is None:
            return "refused", "not a plain e-mail address"
        message = self._compose(address, letter, message_id, papers)
        with self._lock:
            return self._deliver(address, message)

    def _compose(self, address: str, letter: Letter, message_id: str, papers: list[Document]) -> bytes:
        """The message as it travels. Built from the older MIME classes: a third of the work of `EmailMessage`."""
        message = MIMEMultipart("mixed")
        message["From"], message["To"] = self.settings.mail_from, address
        message["Subject"] = letter.subject if letter.subject.isascii() else Header(letter.subject, "utf-8").encode()
        message["Message-ID"] = f"<{message_id}@{self.settings.mail_from.split('@')[1]}>"
        message["Date"] = formatdate()
        # Charset named: plain ASCII would travel as it is, and a line over 998 characters be refused (RFC 5321).
        text, html = MIMEText(letter.text, "plain", "utf-8"), MIMEText(letter.html, "html", "utf-8")
        message.attach(MIMEMultipart("alternative", _subparts=[text, html]))
        for paper in papers:
            part = MIMEApplication(self.store.get(paper.sha256), "pdf")
            part.add_header("Content-Disposition", "attachment", filename=paper.name)
            message.attach(part)
        return message.as_bytes(policy=ON_THE_LINE)

    def _deliver(self, address: str, message: bytes) -> tuple[str, str]:
        for last in (False, True):  # a kept connection may have been closed meanwhile: once more with a new one
            try:
                self._open().sendmail(self.settings.mail_from, [address], message)
                return "sent", "250"
            except smtplib.SMTPRecipientsRefused as error:
                code = next(iter(error.recipients.values()))[0]
                return self._refusal(code, "recipient refused")
            except smtplib.SMTPResponseException as error:
                return self._refusal(error.smtp_code, "message refused")
            except (OSError, smtplib.SMTPException) as error:
                self._server = None
                if last:
                    raise MailServerAway(f"{type(error).__name__}: {error}") from error
        raise AssertionError("unreachable")

    def _refusal(self, code: int, what: str) -> tuple[str, str]:
        self._server = None
        if code < 500:
            raise MailServerAway(f"{what} for now: {code}")
        return "refused", f"{what}: {code}"

    def _open(self) -> smtplib.SMTP:
        if self._server is None:
            settings = self.settings
            kind = smtplib.SMTP_SSL if settings.smtp_security == "tls" else smtplib.SMTP
            server = kind(settings.smtp_host, settings.smtp_port, timeout=SILENCE_SECONDS)
            if settings.smtp_security == "starttls":
                server.starttls()
            if settings.smtp_user:
                server.login(settings.smtp_user, settings.smtp_password.get_secret_value())
            self._server = server
        return self._server
