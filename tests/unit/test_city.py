"""The city's compose file: the rooms, entry points and variables of the launcher, and no more leave than is needed."""

import os
import re
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml
from minio.error import MinioAdminException
from pydantic import SecretStr
from pymongo.errors import OperationFailure

from contracts import ROOMS
from deploy import stack
from deploy.broker_definitions import broker_definitions
from deploy.city.database import initiate
from deploy.city.make_secrets import make_secrets
from deploy.city.parts import SITE_ADMIN, policy, site_users
from deploy.city.site import make_users
from deploy.image.health import trouble
from deploy.stack.credentials import ensure_credentials
from deploy.stack.home import Home
from deploy.stack.plan import ROOM, SET_UP
from deploy.stack.ports import ensure_ports
from deploy.stack.sites import BUCKET
from plumbing.messaging.permissions import broker_users
from plumbing.settings import ROOM_SETTINGS, GateSettings, OfficeSettings, PortalSettings, SetUpSettings

PROJECT = Path(__file__).parents[2]
COMPOSE = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
SETTINGS = {
    **ROOM_SETTINGS,
    "portal": PortalSettings,
    "gate": GateSettings,
    "office": OfficeSettings,
    "set-up": SetUpSettings,
}
OURS = [name for name, service in SERVICES.items() if service["image"].startswith("ptsp:")]
ENV_EXAMPLE = dict(
    line.split("=", 1)
    for line in (PROJECT / "deploy/city/env.example").read_text().splitlines()
    if line and not line.startswith("#")
)


def filled_in(text: str) -> str:
    """A value of the compose file with the example's settings put in."""
    return re.sub(r"\$\{(\w+):([-?])([^}]*)\}", lambda m: ENV_EXAMPLE.get(m[1]) or (m[3] if m[2] == "-" else ""), text)


def given(service: str) -> dict[str, str]:
    """The variables of a service as its process sees them: start.sh takes the empty ones out."""
    values = {name: filled_in(str(value)) for name, value in SERVICES[service]["environment"].items()}
    return {name: value for name, value in values.items() if value}


def variable_names(service: str) -> set[str]:
    names = {name for name in SERVICES[service]["environment"] if name.startswith("PTSP_")}
    return {name if name == "PTSP_READY_FILE" else name.removesuffix("_FILE") for name in names}


def secrets_of(service: str) -> dict[str, str]:
    """Where in the container each secret lies, and the name it has outside."""
    listed = [{"source": s, "target": s} if isinstance(s, str) else s for s in SERVICES[service].get("secrets", [])]
    return {f"/run/secrets/{each['target']}": each["source"] for each in listed}


@pytest.fixture(scope="module")
def secrets(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("city") / "secrets"
    make_secrets(folder)
    return folder


@pytest.fixture(scope="module")
def launcher(tmp_path_factory) -> Path:
    """A launcher's data folder with its secrets and ports chosen; nothing is started."""
    home = Home.at(tmp_path_factory.mktemp("launcher"))
    home.make()
    ensure_credentials(home)
    ensure_ports(home)
    return home.root


@pytest.mark.parametrize("service", SETTINGS)
def test_a_service_gives_every_variable_its_settings_require_and_none_they_do_not_know(service):
    fields = SETTINGS[service].model_fields
    known = {f"PTSP_{name.upper()}" for name in fields}
    required = {f"PTSP_{name.upper()}" for name, field in fields.items() if field.is_required()}
    assert variable_names(service) - known == set()
    assert required - variable_names(service) == set()


@pytest.mark.parametrize("service", SETTINGS)
def test_a_service_is_given_what_the_launcher_gives(service, launcher):
    names = set(stack.environment(launcher, service.replace("-", "_")))
    assert names - variable_names(service) <= {"PTSP_INSTANCE"}  # deploy/image/start.sh: the container's own name


def test_rooms_and_set_up_start_by_the_launchers_commands():
    assert {room: SERVICES[room]["command"] for room in ROOMS} == {room: ["python", *ROOM[1:], room] for room in ROOMS}
    assert SERVICES["set-up"]["command"] == ["python", *SET_UP[1:]]


@pytest.mark.parametrize("service", SETTINGS)
def test_the_settings_of_a_service_can_be_read_and_are_its_own(service, secrets, monkeypatch):
    outside = {inside: str(secrets / name) for inside, name in secrets_of(service).items()}
    for name in [name for name in os.environ if name.startswith("PTSP_")]:
        monkeypatch.delenv(name)
    for name, value in given(service).items():
        monkeypatch.setenv(name, outside.get(value, value))
    settings = SETTINGS[service].from_environment()
    for name in type(settings).model_fields:
        if isinstance(getattr(settings, name), SecretStr):
            assert f"PTSP_{name.upper()}_FILE" in given(service), f"{name} is a secret and must come as a file"
    shared = {"office": ("office", "operator"), "set-up": ("admin", "admin"), "portal": ("office", "portal")}
    users = shared.get(service, (service, service))
    if service != "gate":  # it says and hears nothing on the bus
        assert urlsplit(settings.broker_url.get_secret_value()).username == users[0]
    assert urlsplit(settings.database_url.get_secret_value()).username == users[1]
    if service not in ("set-up", "noticeboard", "operations", "portal", "gate"):
        assert settings.primary_access_key == service
        assert settings.primary_bucket == BUCKET
    if service in ROOMS:
        assert settings.database == service


def test_every_secret_is_made_and_every_secret_used_is_listed(secrets):
    listed = {name: secret["file"] for name, secret in COMPOSE["secrets"].items()}
    assert listed == {name: f"./secrets/{name}" for name in listed}
    assert [name for name in listed if not (secrets / name).is_file()] == []
    assert {name for service in SERVICES for name in secrets_of(service).values()} == set(listed)


def test_secrets_are_their_owners_alone(secrets):
    assert secrets.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in secrets.iterdir()} == {0o600}


def test_the_repository_never_takes_the_secrets_in():
    ignored = (PROJECT / ".gitignore").read_text().splitlines()
    assert {"/secrets/", "/.env"} <= set(ignored)
    allowed = (PROJECT / "deploy/image/Dockerfile.dockerignore").read_text().splitlines()
    assert "*" in allowed
    assert not any("secrets" in line or ".env" in line for line in allowed if line.startswith("!"))


def test_making_secrets_again_changes_no_key_and_no_password(secrets):
    before = {path.name: path.read_text() for path in secrets.iterdir()}
    make_secrets(secrets)
    after = {path.name: path.read_text() for path in secrets.iterdir()}
    assert {name for name in before if before[name] != after[name]} <= {"broker_definitions.json"}  # new salts


def test_lost_credentials_are_not_made_anew_over_what_needs_the_old_ones(tmp_path):
    make_secrets(tmp_path)
    (tmp_path / "credentials.json").unlink()
    with pytest.raises(FileNotFoundError, match="bring it back"):
        make_secrets(tmp_path)


def test_the_broker_knows_the_launchers_users_and_keeps_what_was_put_aside(secrets):
    definitions = yaml.safe_load((secrets / "broker_definitions.json").read_text())
    like_the_launcher = broker_definitions({user.name: "x" for user in broker_users()})
    assert definitions["permissions"] == like_the_launcher["permissions"]
    assert "guest" not in {user["name"] for user in definitions["users"]}
    (keep,) = definitions["policies"]
    assert re.fullmatch(keep["pattern"], "parked")
    assert keep["definition"]["delivery-limit"] > 1_000  # -1 would be no limit on 4.x, and is refused by 3.x


def test_images_are_of_a_named_version():
    for name, service in SERVICES.items():
        tag = filled_in(service["image"]).rpartition(":")[2]
        assert re.search(r"\d+\.\d+|RELEASE\.\d{4}-", tag), f"{name}: {service['image']}"


@pytest.mark.parametrize("service", OURS)
def test_our_own_services_run_without_privileges(service):
    told = SERVICES[service]
    assert told["user"].startswith("${PTSP_UID:?")
    assert (told["read_only"], told["cap_drop"]) == (True, ["ALL"])
    assert told["security_opt"] == ["no-new-privileges:true"]
    assert ("ports" in told) == (service == "portal")
    assert "privileged" not in told


def test_the_key_that_states_officers_is_the_gates_and_the_command_lines_alone(secrets):
    holders = {name for name in SERVICES if "statement_private_key" in secrets_of(name).values()}
    assert holders == {"gate", "office"}
    assert (secrets / "portal_statement_private_key").read_text() != (secrets / "statement_private_key").read_text()


def test_a_room_can_be_run_more_than_once():
    for room in ROOMS:
        assert not {"container_name", "hostname", "ports"} & SERVICES[room].keys()
        assert "PTSP_INSTANCE" not in SERVICES[room]["environment"]


def test_published_ports_are_for_this_machine_only():
    ports = [port for service in SERVICES.values() for port in service.get("ports", [])]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_nobody_may_remove_anything_from_a_site():
    actions = {leave: {a for s in policy(leave)["Statement"] for a in s["Action"]} for leave in ("read", "write")}
    assert actions["read"] == {"s3:GetBucketLocation", "s3:ListBucket", "s3:GetObject"}
    assert actions["write"] - actions["read"] == {"s3:PutObject", "s3:AbortMultipartUpload"}


def test_only_the_archive_writes_to_the_second_site():
    assert site_users("second") == {"archive": "write", "office": "read"}
    assert set(site_users("primary")) == {*ROOMS, "office"} - {"noticeboard", "operations"}
    assert {name for name in SERVICES if "second" in SERVICES[name].get("networks", [])} == {
        *("archive", "office", "second-site", "second-site-users")
    }


class SiteThatKnowsEverybody:
    """MinIO's answers when everything was done before."""

    def __init__(self, code: str):
        self.code, self.secrets, self.policies = code, {}, {}

    def policy_add(self, name, policy):
        self.policies[name] = policy

    def user_add(self, user, secret):
        self.secrets[user] = secret

    def attach_policy(self, policies, user):
        assert set(policies) <= self.policies.keys()
        raise MinioAdminException("400", f'{{"Code":"{self.code}"}}')


def test_a_site_that_is_ready_is_made_ready_again_without_harm():
    site, passwords = SiteThatKnowsEverybody("XMinioAdminPolicyChangeAlreadyApplied"), {"archive": "a", "office": "o"}
    make_users(site, "second", passwords)
    assert site.secrets == passwords
    with pytest.raises(MinioAdminException):
        make_users(SiteThatKnowsEverybody("XMinioAdminNoSuchUser"), "second", passwords)
    with pytest.raises(KeyError):
        make_users(site, "primary", passwords)
    assert SITE_ADMIN not in site_users("primary")


class FirstMember:
    """A MongoDB server that answers `replSetGetStatus` with an error of this code, or well."""

    def __init__(self, code: int | None):
        self.admin, self.code, self.said = self, code, []

    def command(self, name, value=None):
        self.said.append((name, value))
        if name == "replSetGetStatus" and self.code:
            raise OperationFailure("no", self.code)


def test_the_replica_set_is_made_once_and_other_troubles_are_not_taken_for_its_absence():
    fresh, made, locked = FirstMember(94), FirstMember(None), FirstMember(13)
    assert initiate(fresh, ["a:1", "b:1", "c:1"]) is True
    assert [member["host"] for member in fresh.said[1][1]["members"]] == ["a:1", "b:1", "c:1"]
    assert initiate(made, ["a:1"]) is False
    assert made.said == [("replSetGetStatus", None)]
    with pytest.raises(OperationFailure):
        initiate(locked, ["a:1"])


def test_a_room_is_well_when_its_doors_are_open_and_its_broker_is_there(tmp_path):
    environment = {"PTSP_READY_FILE": str(tmp_path / "ready"), "PTSP_BROKER_URL_FILE": str(tmp_path / "url")}
    (tmp_path / "url").write_text("amqp://intake:secret@broker:5672/ptsp\n")
    head = "  sl  local_address rem_address   st\n"
    there = head + "   0: 0100007F:A1B2 0200007F:1628 01 00000000:00000000\n"  # 5672, established
    closing = head + "   0: 0100007F:A1B2 0200007F:1628 08 00000000:00000000\n"
    elsewhere = head + "   0: 0100007F:1628 0200007F:6989 01 00000000:00000000\n"  # 27017
    assert trouble(environment, [there]) == "its doors are not open yet"
    (tmp_path / "ready").touch()
    assert trouble(environment, [there]) is None
    assert trouble(environment, [head, there]) is None
    assert trouble(environment, [closing, elsewhere]) == "no connection to the broker (5672)"


def test_a_container_starts_without_empty_variables_and_under_its_own_name():
    start = [str(PROJECT / "deploy/image/start.sh"), "env"]
    path = os.environ["PATH"]
    said = subprocess.run(
        start, env={"PATH": path, "PTSP_SMTP_USER": "", "PTSP_DATABASE": "intake"}, capture_output=True, text=True
    )
    variables = dict(line.split("=", 1) for line in said.stdout.splitlines())
    assert "PTSP_SMTP_USER" not in variables
    assert variables["PTSP_DATABASE"] == "intake"
    assert variables["PTSP_INSTANCE"] == Path("/proc/sys/kernel/hostname").read_text().strip()
    named = subprocess.run(start, env={"PATH": path, "PTSP_INSTANCE": "2"}, capture_output=True, text=True)
    assert "PTSP_INSTANCE=2" in named.stdout.splitlines()
