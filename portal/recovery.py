"""A forgotten password: a link that works once and for half an hour, sent to the address of the account."""

import smtplib
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

from plumbing.database import OwnRecords
from plumbing.sign_in.sessions import key_of, new_token

HOLDS = timedelta(minutes=30)
SILENCE_SECONDS = 10


class PostAway(Exception):
    """The mail server does not take the letter now."""


class Recovery:
    """Links by the hash of their token, and the letters that carry them. Methods raise RecordsAway."""

    def __init__(self, records: OwnRecords, settings: Any):
        self._records, self._settings = records, settings

    def begin(self, account: str, now: datetime) -> str:
        """A new link's token; links sent before hold no more."""
        token = new_token()
        self._records.remove("links", {"account": account})
        self._records.add("links", {"_id": key_of(token), "account": account, "until": (now + HOLDS).isoformat()})
        return token

    def account(self, token: str, now: datetime) -> str | None:
        """Whose password the link replaces; None when it holds no more."""
        found = self._records.find("links", {"_id": key_of(token)}, limit=1)
        holds = found and now < datetime.fromisoformat(found[0]["until"])
        return found[0]["account"] if holds else None

    def use(self, token: str) -> bool:
        """Use the link up; False when somebody was quicker."""
        return self._records.remove("links", {"_id": key_of(token)}) == 1

    def post(self, address: str, subject: str, text: str) -> None:
        """Send a letter to one address. Raises PostAway."""
        settings = self._settings
        letter = EmailMessage()
        letter["From"], letter["To"], letter["Subject"] = settings.mail_from, address, subject
        letter.set_content(text)
        kind = smtplib.SMTP_SSL if settings.smtp_security == "tls" else smtplib.SMTP
        try:
            with kind(settings.smtp_host, settings.smtp_port, timeout=SILENCE_SECONDS) as server:
                if settings.smtp_security == "starttls":
                    server.starttls()
                if settings.smtp_user:
                    server.login(settings.smtp_user, settings.smtp_password.get_secret_value())
                server.send_message(letter)
        except (OSError, smtplib.SMTPException) as error:
            raise PostAway(type(error).__name__) from error
