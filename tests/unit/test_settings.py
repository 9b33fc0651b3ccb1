"""What a process is told by its environment: everything needed, nothing invented, no secret shown."""

import base64
from pathlib import Path

import pytest

from contracts import ROOMS
from plumbing.settings import ROOM_SETTINGS, OfficeSettings, SettingsError, SetUpSettings, settings_for

KEY = base64.b64encode(bytes(range(32))).decode()
ARCHIVE = {
    "PTSP_BROKER_URL": "amqp://archive:hush-broker@localhost:5672/ptsp",
    "PTSP_DATABASE_URL": "mongodb://archive:hush-database@a:27017,b:27017/?replicaSet=rs0",
    "PTSP_DATABASE": "archive",
    "PTSP_STATEMENT_KEY": KEY,
    "PTSP_PORTAL_STATEMENT_KEY": KEY,
    "PTSP_STORAGE_KEY": KEY,
    "PTSP_PRIMARY_URL": "http://localhost:9000/",
    "PTSP_PRIMARY_ACCESS_KEY": "primary",
    "PTSP_PRIMARY_SECRET_KEY": "hush-primary",
    "PTSP_PRIMARY_BUCKET": "documents",
    "PTSP_SECOND_URL": "https://second.example",
    "PTSP_SECOND_ACCESS_KEY": "second",
    "PTSP_SECOND_SECRET_KEY": "hush-second",
    "PTSP_SECOND_BUCKET": "documents",
}


@pytest.fixture
def archive(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, str]:
    """A complete environment of the archive."""
    seal = {}
    for name in ("PTSP_SIGNING_KEY", "PTSP_SIGNING_CERTIFICATE"):
        (tmp_path / name).write_text("pem")
        seal[name] = str(tmp_path / name)
    environment = ARCHIVE | seal
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return environment


def test_a_complete_environment_is_read(archive):
    settings = settings_for("archive")
    assert settings.broker_url.get_secret_value() == ARCHIVE["PTSP_BROKER_URL"]
    assert settings.storage_key_bytes == bytes(range(32))
    assert settings.primary_url == "http://localhost:9000"
    assert settings.instance == "1"
    assert settings.ready_file is None


def test_every_room_has_its_settings():
    assert set(ROOM_SETTINGS) == set(ROOMS)


def test_all_missing_names_are_told_at_once():
    with pytest.raises(SettingsError) as told:
        settings_for("archive")
    assert set(told.value.problems) == {*ARCHIVE, "PTSP_SIGNING_KEY", "PTSP_SIGNING_CERTIFICATE"}
    assert set(told.value.problems.values()) == {"is missing"}


@pytest.mark.parametrize("settings", [*ROOM_SETTINGS.values(), OfficeSettings, SetUpSettings])
def test_no_secret_and_no_address_has_a_default(settings):
    free = {name for name, field in settings.model_fields.items() if not field.is_required()}
    ours = {"instance", "ready_file", "release"}
    assert free <= ours | {"smtp_user", "smtp_password", "smtp_security", "signing_authority"}
    if "smtp_password" in free:
        assert settings.model_fields["smtp_password"].default is None


def test_a_secret_may_be_a_file(archive, monkeypatch, tmp_path):
    (tmp_path / "key").write_text(KEY + "\n")
    monkeypatch.delenv("PTSP_STORAGE_KEY")
    monkeypatch.setenv("PTSP_STORAGE_KEY_FILE", str(tmp_path / "key"))
    assert settings_for("archive").storage_key_bytes == bytes(range(32))


def test_a_value_given_twice_is_refused(archive, monkeypatch, tmp_path):
    (tmp_path / "key").write_text(KEY)
    monkeypatch.setenv("PTSP_STORAGE_KEY_FILE", str(tmp_path / "key"))
    with pytest.raises(SettingsError, match="PTSP_STORAGE_KEY: is given twice"):
        settings_for("archive")


def test_an_unreadable_file_is_told_together_with_what_is_missing(archive, monkeypatch):
    monkeypatch.delenv("PTSP_STORAGE_KEY")
    monkeypatch.delenv("PTSP_DATABASE")
    monkeypatch.setenv("PTSP_STORAGE_KEY_FILE", "/does/not/exist")
    with pytest.raises(SettingsError) as told:
        settings_for("archive")
    assert told.value.problems == {
        "PTSP_STORAGE_KEY": "PTSP_STORAGE_KEY_FILE cannot be read: No such file or directory",
        "PTSP_DATABASE": "is missing",
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PTSP_BROKER_URL", "http://archive:hush@localhost"),
        ("PTSP_BROKER_URL", ""),
        ("PTSP_DATABASE_URL", "postgres://archive:hush@localhost"),
        ("PTSP_DATABASE", "Archive; drop"),
        ("PTSP_STORAGE_KEY", base64.b64encode(b"hush, too short").decode()),
        ("PTSP_STORAGE_KEY", "hush%%%"),
        ("PTSP_STATEMENT_KEY", "hush"),
        ("PTSP_PRIMARY_URL", "localhost:9000"),
        ("PTSP_PRIMARY_SECRET_KEY", ""),
        ("PTSP_PRIMARY_BUCKET", "ab"),
        ("PTSP_SIGNING_KEY", "/does/not/exist"),
        ("PTSP_INSTANCE", "one two"),
    ],
)
def test_a_wrong_value_is_told_by_its_name_and_never_shown(archive, monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as told:
        settings_for("archive")
    assert list(told.value.problems) == [name]
    assert not value or value not in str(told.value)
    assert "hush" not in str(told.value)


def test_secrets_are_not_shown_when_the_settings_are_printed(archive):
    assert "hush" not in f"{settings_for('archive')!r} {settings_for('archive')}"
    assert KEY not in repr(settings_for("archive").storage_key)


def test_an_unknown_room_is_an_error():
    with pytest.raises(KeyError):
        settings_for("kitchen")
