"""A forgotten password: a link sent to the address of the account, or a code given out at the counter; either works
once and for half an hour."""

import re
import secrets
import smtplib
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

from plumbing.database import OwnRecords
from plumbing.sign_in.sessions import key_of, new_token

HOLDS = timedelta(minutes=30)
SILENCE_SECONDS = 10
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is taken for another
CODE_LENGTH = 10


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
        self._records.add("links", {"_id": key_of(token), "account": account, "until": _until(now)})
        return token

    def account(self, token: str, now: datetime) -> str | None:
        """Whose password the link replaces; None when it holds no more."""
        found = self._records.find("links", {"_id": key_of(token)}, limit=1)
        holds = found and now < datetime.fromisoformat(found[0]["until"])
        return found[0]["account"] if holds else None

    def use(self, token: str) -> bool:
        """Use the link up; False when somebody was quicker."""
        return self._records.remove("links", {"_id": key_of(token)}) == 1

    def give_code(self, account: str, now: datetime) -> str:
        """A code that a person can type, `ABCDE-FGH23`; links and codes given before hold no more."""
        code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
        self._records.remove("links", {"account": account})
        self._records.add("links", {"_id": _code_key(account, code), "account": account, "until": _until(now)})
        return f"{code[:5]}-{code[5:]}"

    def use_code(self, account: str, typed: str, now: datetime) -> bool:
        """Use a code up; False when it holds no more, or is none of this account's."""
        key = _code_key(account, re.sub(r"[\s-]", "", typed).upper())
        found = self._records.find("links", {"_id": key}, limit=1)
        holds = bool(found) and now < datetime.fromisoformat(found[0]["until"])
        return holds and self._records.remove("links", {"_id": key}) == 1

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


def _until(now: datetime) -> str:
    return (now + HOLDS).isoformat()


def _code_key(account: str, code: str) -> str:
    return key_of(f"code {account} {code}")
