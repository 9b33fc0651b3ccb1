"""What a process must be told from outside, read from the environment: addresses, keys, who it is.

Every name starts with PTSP_. A secret has no default and is never printed. Any value may instead be given as a file
by NAME_FILE (`PTSP_STORAGE_KEY_FILE=/run/secrets/storage_key`); giving both is refused. Whatever is missing or wrong
is reported at once, in one `SettingsError`.
"""

import base64
import binascii
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, FilePath, SecretStr

from plumbing.environment import PREFIX, FromEnvironment, SettingsError
from plumbing.statement import Keys

__all__ = ["PREFIX", "SettingsError", "settings_for"]


def _address(*schemes: str):
    """Check an address without ever repeating it in the error: it may hold a password."""

    def check(value: Any) -> Any:
        text = value.get_secret_value() if isinstance(value, SecretStr) else value
        if urlsplit(text).scheme not in schemes or not urlsplit(text).netloc:
            raise ValueError(f"must be an address that starts with {' or '.join(f'{scheme}://' for scheme in schemes)}")
        return value

    return AfterValidator(check)


def _decoded(text: str) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except binascii.Error:
        raise ValueError("must be base64") from None
    if len(raw) != 32:
        raise ValueError(f"must be 32 bytes in base64, not {len(raw)}")
    return raw


def _public_key(value: str) -> str:
    _decoded(value)
    return value


def _secret_key(value: SecretStr) -> SecretStr:
    _decoded(value.get_secret_value())
    return value


AmqpUrl = Annotated[SecretStr, _address("amqp", "amqps")]
MongoUrl = Annotated[SecretStr, _address("mongodb", "mongodb+srv")]
WebUrl = Annotated[str, _address("http", "https"), AfterValidator(lambda url: url.rstrip("/"))]
SecretWebUrl = Annotated[SecretStr, _address("http", "https")]
PublicKey = Annotated[str, AfterValidator(_public_key)]  # base64 of 32 bytes
SecretKey = Annotated[SecretStr, AfterValidator(_secret_key)]  # base64 of 32 bytes
Word = Annotated[str, Field(min_length=1)]
Secret = Annotated[SecretStr, Field(min_length=1)]


class Settings(FromEnvironment):
    """What every room needs.

    `broker_url` amqp://room:password@host:port/vhost; `database_url` a MongoDB address with user and authSource;
    `database` the room's own database; `statement_key` and `portal_statement_key` the public keys (base64) that verify
    who acts, stated by the office or, for those from outside, by the portal; `instance` the
    slot of this process among those of its room; `ready_file` is touched once the room consumes; `release` is the
    version the process says of itself.
    """

    broker_url: AmqpUrl
    database_url: MongoUrl
    database: Annotated[str, Field(pattern=r"^[a-z][a-z_]*$")]
    statement_key: PublicKey
    portal_statement_key: PublicKey
    instance: Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]+$")] = "1"
    ready_file: Path | None = None
    release: Annotated[str, Field(max_length=100)] = ""

    @property
    def statement_keys(self) -> Keys:
        """Both keys by who states with them."""
        return Keys(self.statement_key, self.portal_statement_key)


class PrimarySite(FromEnvironment):
    """The bucket where documents are put first."""

    primary_url: WebUrl
    primary_access_key: Word
    primary_secret_key: Secret
    primary_bucket: Annotated[str, Field(min_length=3)]


class SecondSite(FromEnvironment):
    """The bucket that survives a fire in the office."""

    second_url: WebUrl
    second_access_key: Word
    second_secret_key: Secret
    second_bucket: Annotated[str, Field(min_length=3)]


class StorageKey(FromEnvironment):
    """The AES-256 key that seals every object on both sites. Lose it and no document can be read."""

    storage_key: SecretKey

    @property
    def storage_key_bytes(self) -> bytes:
        """The 32 bytes themselves."""
        return _decoded(self.storage_key.get_secret_value())


class Mail(FromEnvironment):
    """The mail server. `smtp_security`: starttls, tls, or none (a server on this machine only)."""

    smtp_host: Word
    smtp_port: Annotated[int, Field(ge=1, le=65535)]
    mail_from: Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+$")]
    smtp_user: str | None = None
    smtp_password: Secret | None = None
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"


class Sealing(FromEnvironment):
    """PEM files of the office's document seal; `signing_authority` holds the certificates of those who issued it."""

    signing_key: FilePath
    signing_certificate: FilePath
    signing_authority: FilePath | None = None


class PublicFace(FromEnvironment):
    """Where the public reaches the office: the beginning of the address in every QR code."""

    public_url: WebUrl


class DeskSettings(Settings, PrimarySite, StorageKey, PublicFace):
    """intake, technical_team, retribution."""


class RetributionSettings(DeskSettings):
    """retribution checks the bank's notifications with the secret that bank and office share."""

    bank_secret: Secret


class IssuanceSettings(DeskSettings, Sealing):
    """issuance signs licences."""


class ArchiveSettings(Settings, PrimarySite, SecondSite, StorageKey, Sealing):
    """archive seals bundles and keeps both sites."""


class NotificationSettings(DeskSettings, Mail):
    """notification sends mail."""


class OperationsSettings(Settings):
    """operations does what an operator does: with the broker user `operator` (`operator_broker_url`, and
    `management_url`, RabbitMQ's HTTP API), and the database user of that name, who reads all rooms and keeps `bus`."""

    operator_broker_url: AmqpUrl
    management_url: SecretWebUrl
    operator_database_url: MongoUrl


ROOM_SETTINGS: dict[str, type[Settings]] = {
    "intake": DeskSettings,
    "technical_team": DeskSettings,
    "retribution": RetributionSettings,
    "issuance": IssuanceSettings,
    "archive": ArchiveSettings,
    "notification": NotificationSettings,
    "noticeboard": Settings,
    "operations": OperationsSettings,
}


class PortalSettings(PrimarySite, StorageKey, Mail, PublicFace):
    """The portal: what it reads, where it listens, whose signatures it trusts, and how applicants act through it.

    `database_url` belongs to the database user `portal`, who reads `noticeboard` and `operations` and keeps `portal`;
    `broker_url` to the broker user `office`, who may only ask. `statement_private_key` is the portal's own: it states
    applicants and the bank, no officer. For officers it asks the gate at `gate_url`, which knows it by `gate_secret`.
    In the primary store it keeps what applicants hand in and reads their own papers; by mail it sends the link with
    which a forgotten password is replaced.
    `trusted_proxy` is the address (or addresses, with commas) of what stands before it and states who asked; without
    one the caller's own address counts. `questions_per_minute`: so many about files and papers are answered to one
    address (0: any number). `scanner` is a command that is given each handed-in file on its standard input and ends
    with 0 (clean) or 1 (not), as `clamdscan -` does. `webhooks_inside`: they may lead into our own network without
    TLS. `tls_certificate` and `tls_key` are PEM files, when it ends TLS itself.
    """

    database_url: MongoUrl
    broker_url: AmqpUrl
    statement_private_key: SecretKey
    gate_url: WebUrl
    gate_secret: Secret
    portal_host: Word = "127.0.0.1"
    portal_port: Annotated[int, Field(ge=1, le=65535)]
    signing_authority: FilePath
    trusted_proxy: str | None = None
    questions_per_minute: Annotated[int, Field(ge=0)] = 120
    scanner: Word | None = None
    webhooks_inside: bool = False
    tls_certificate: FilePath | None = None
    tls_key: FilePath | None = None


class GateSettings(FromEnvironment):
    """The gate: it knows officers' passphrases and states who acts.

    `database_url` belongs to the database user `gate`, who sees no other; `statement_private_key` is the office's;
    whoever brings `gate_secret` is the portal.
    """

    database_url: MongoUrl
    statement_private_key: SecretKey
    gate_secret: Secret
    gate_host: Word = "127.0.0.1"
    gate_port: Annotated[int, Field(ge=1, le=65535)]


class OfficeSettings(PrimarySite, SecondSite, StorageKey, PublicFace):
    """The command line and the portal: they ask the rooms, and an operator looks after the bus.

    `statement_private_key` mints statements of who acts (base64 of 32 bytes). `operator_broker_url` and
    `management_url` (RabbitMQ's HTTP API, user and password inside) belong to the broker user `operator`;
    `database_url` to the database user `operator`, who reads all rooms and keeps the database `bus`.
    """

    broker_url: AmqpUrl
    operator_broker_url: AmqpUrl
    management_url: SecretWebUrl
    database_url: MongoUrl
    statement_private_key: SecretKey
    gate_url: WebUrl


class SetUpSettings(FromEnvironment):
    """The set-up, which declares queues and makes collections and indexes, as the admin of broker and database."""

    broker_url: AmqpUrl
    management_url: SecretWebUrl
    database_url: MongoUrl


def settings_for(room: str) -> Settings:
    """The settings of one room from the environment.

    Raises SettingsError naming everything that is missing or wrong, KeyError for a room that is none.
    """
    return ROOM_SETTINGS[room].from_environment()
