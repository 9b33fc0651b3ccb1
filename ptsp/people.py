"""People who can sign in: passphrases given at the gate, and one demo account per role."""

import json
import re
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

import urllib3

from catalogue.office import organisation
from catalogue.officers import Officer
from contracts.gate import GivenPassphrase, GivePassphrase
from contracts.people import Actor
from deploy import stack
from deploy.stack import Home, StackProblem
from deploy.stack.environments import public_url
from deploy.stack.home import write_private
from deploy.stack.ports import ports
from plumbing.settings import PREFIX, OfficeSettings
from plumbing.statement import mint
from values.dates import office_date
from values.refusal import Refusal

BY_UNIT = ("bidang_head", "bidang_officer", "technical_officer")  # one of each unit: they see its files only
NOT_HERE = ("bank", "applicant")
OPERATOR = "operator-1"
APPLICANT = "pemohon@contoh.id"


class Person(NamedTuple):
    """A demo account: its role, the name to sign in with, the passphrase, and who it is."""

    role: str
    name: str
    passphrase: str
    who: str


def give_passphrase(settings: OfficeSettings, officer: str, operator: str, to_keep: bool = False) -> GivenPassphrase:
    """A new passphrase for that officer, given by that operator. Raises Refusal; StackProblem when the gate is away."""
    key = settings.statement_private_key.get_secret_value()
    asked = GivePassphrase(
        statement=mint(Actor(id=operator, role="operator"), key), officer=officer[:64], to_keep=to_keep
    )
    try:
        answer = urllib3.request(
            "POST",
            f"{settings.gate_url}/give-passphrase",
            body=asked.model_dump_json(),
            headers={"Content-Type": "application/json"},
            retries=False,
            timeout=10,
        )
    except urllib3.exceptions.HTTPError as error:
        raise StackProblem(f"the gate does not answer ({type(error).__name__}): is the office up?") from error
    if answer.status == 404:
        raise Refusal("unknown_officer", f"Tidak ada petugas {officer} yang bekerja hari ini.", field="officer")
    if answer.status != 200:
        raise StackProblem(f"the gate answers {answer.status}: {answer.data[:200].decode(errors='replace')}")
    return GivenPassphrase.model_validate_json(answer.data)


def at_the_gate(home: Home) -> str:
    """Where officers sign in on this machine."""
    return f"{public_url(ports(home))}/petugas/masuk"


def demo_people(home: Home) -> list[Person]:
    """One account per role (per unit where a role sees its unit's files only) and one applicant; made once, then
    told again from the data folder."""
    path = home.etc / "people.json"
    if path.exists():
        return [Person(**each) for each in json.loads(path.read_text())]
    values = stack.environment(home.root, "office")
    settings = OfficeSettings(**{name.removeprefix(PREFIX).lower(): value for name, value in values.items()})
    people = [_applicant(home)]
    for officer in _one_of_each():
        given = give_passphrase(settings, officer.id, OPERATOR, to_keep=True)
        people.append(Person(officer.role, officer.id, given.passphrase, organisation().title(officer)))
    write_private(path, json.dumps([person._asdict() for person in people], indent=1))
    return people


def passphrase_replaced(home: Home, officer: str) -> None:
    """The demo account of that officer is told without its passphrase from now on: the old one fits no more."""
    path = home.etc / "people.json"
    if path.exists():
        people = json.loads(path.read_text())
        changed = [each | {"passphrase": "(diganti)"} if each["name"] == officer else each for each in people]
        write_private(path, json.dumps(changed, indent=1))


def _one_of_each() -> Iterator[Officer]:
    office, today, seen = organisation(), office_date(datetime.now(UTC)), set()
    for role in office.roles:
        if role in NOT_HERE:
            continue
        for officer in office.officers_with(role, on=today):
            own = office.officers[officer.id]  # whoever acts for somebody has an account in their own role
            key = (role, own.unit if role in BY_UNIT else "")
            if own.role == role and key not in seen:
                seen.add(key)
                yield own


def _applicant(home: Home) -> Person:
    """An applicant's account, opened at the portal as anyone does."""
    portal, pool, passphrase = public_url(ports(home)), urllib3.PoolManager(retries=False, timeout=10), ""
    form = pool.request("GET", f"{portal}/daftar")
    mark = re.search(r'name="tanda" value="([0-9a-f]+)"', form.data.decode())
    cookie = form.headers.get("set-cookie", "").partition(";")[0]
    passphrase = f"contoh-{secrets.token_hex(5)}"
    fields = {"tanda": mark.group(1) if mark else "", "nama": APPLICANT, "sandi": passphrase}
    answer = pool.request(
        "POST", f"{portal}/daftar", fields=fields, encode_multipart=False, headers={"Cookie": cookie}, redirect=False
    )
    if answer.status != 303:
        raise StackProblem(f"the portal did not open the account {APPLICANT}: it answers {answer.status}")
    return Person("applicant", APPLICANT, passphrase, f"Pemohon, masuk di {portal}/masuk")
