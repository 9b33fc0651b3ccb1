"""Tokens for programs: made by a person, good for what they chose, ended at once, and never a signature."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import urllib3

from contracts import retribution
from contracts.gate import StateByToken
from contracts.people import Actor
from plumbing.messaging.doors import authorised
from plumbing.sign_in.tokens import LONGEST_DAYS, MOST, Tokens, TooManyTokens
from plumbing.statement import Keys, mint, public_key
from tests.people import a_pdf
from tests.shelf import KEY, Browser, Shelf, officer_inside, portal_in_memory
from tests.unit.test_roles_and_doors import DOORS, door_of, somebody
from values.refusal import Refusal

NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)
KEYS = Keys(public_key(KEY), public_key(KEY))
OF_ROOMS = {kind: how for _, kind, how in DOORS}
ROLES = sorted({role for _, _, how in DOORS for role in how["roles"]} - {"bank"})


class RoomsThatLookWhoAsks:
    """The doors of all rooms: each says who came in, or refuses as the real one does."""

    def __init__(self):
        self.asked = []

    def ask(self, account, message, seconds=0.0, address=None):
        return self.ask_with(mint(Actor(id=account, role="applicant", address=address), KEY, by="portal"), message)

    def ask_with(self, statement, message, seconds=0.0):
        door = door_of(type(message), OF_ROOMS[type(message)])
        actor = authorised(statement, door, datetime.now(UTC), KEYS, message)
        self.asked.append(message)
        return {"actor": actor.id, "role": actor.role}

    def close(self):
        """There is no line."""


@pytest.fixture(scope="module")
def portal(tmp_path_factory) -> Iterator[tuple]:
    with portal_in_memory(tmp_path_factory.mktemp("portal")) as (home, shelf, app):
        app.state.rooms = RoomsThatLookWhoAsks()
        app.state.tokens, app.state.commands = Tokens(shelf), shelf
        yield home, shelf, app


def made_by_page(me: Browser, place: str, scopes: str = "read act webhooks", **fields: str) -> str:
    """A token, as the page tells it."""
    wanted = {f"lingkup-{scope}": "ya" for scope in scopes.split()} | {"nama": "akuntansi", "hari": "30"} | fields
    me.get(place).post(place, sandi=me.passphrase, **wanted)
    assert me.status == 200, me.text
    return me.text.split('<p class="code">')[1].split("<")[0]


def call(home: str, path: str, token: str = "", method: str = "POST", key: str | None = "kunci-0001", **more):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    headers |= {"Idempotency-Key": key} if key else {}
    return urllib3.request(method, f"{home}/api/v1{path}", headers=headers, retries=False, **more)


@pytest.fixture(scope="module")
def treasurer(portal) -> tuple[Browser, str]:
    me = officer_inside(portal[0], portal[2], "treasurer")
    return me, made_by_page(me, "/petugas/token")


def test_a_token_acts_in_its_holders_seat_and_nothing_is_asked_without_one(portal, treasurer):
    home, body = portal[0], retribution.CashBookOf.make_example().model_dump(mode="json")
    there = "/queries/retribution/CashBookOf"
    assert call(home, there, treasurer[1], json=body).json()["answer"] == {"actor": "treasurer", "role": "treasurer"}
    for wrong in ("", "ptsp_s_" + "x" * 43, "ptsp_p_" + "x" * 43, treasurer[1] + "x"):
        answer = call(home, there, wrong, json=body)
        assert (answer.status, answer.json()["code"]) == (401, "no_token")
        assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_token_never_signs(portal):
    me = officer_inside(portal[0], portal[2], "head-2014")
    token = made_by_page(me, "/petugas/token")
    answer = call(portal[0], "/commands/retribution/SignSkrd", token, json={"application_id": "x"})
    assert answer.status == 403 and "frasa sandi" in answer.json()["detail"]


def test_what_is_beyond_its_scopes_is_refused(portal, treasurer):
    reads = made_by_page(treasurer[0], "/petugas/token", "read")
    command = retribution.RecordPayment.make_example().model_dump(mode="json", exclude={"command_id"})
    for path in ("/commands/retribution/RecordPayment", "/webhooks"):
        answer = call(portal[0], path, reads, json=command)
        assert (answer.status, answer.json()["code"]) == (403, "not_allowed")


def test_the_same_key_is_the_same_command_and_with_another_body_it_is_refused(portal, treasurer):
    home, _, app = portal
    body = retribution.RecordPayment.make_example().model_dump(mode="json", exclude={"command_id"})
    there, key = "/commands/retribution/RecordPayment", "bayar-20160315-1"
    first, again = (call(home, there, treasurer[1], key=key, json=body) for _ in range(2))
    assert first.status == again.status == 200
    ids = {message.command_id for message in app.state.rooms.asked if isinstance(message, retribution.RecordPayment)}
    assert len(ids) == 1
    other = call(home, there, treasurer[1], key=key, json=body | {"amount": 5})
    [wrong] = other.json()["errors"]
    assert (other.status, wrong["field"], wrong["code"]) == (422, "Idempotency-Key", "reused")
    for missing in (None, "kurang", "ada spasi di dalamnya"):
        assert call(home, there, treasurer[1], key=missing, json=body).status == 422
    assert call(home, there, treasurer[1], json=body | {"command_id": "c-00000099"}).status == 422


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        (b"{", "body", "json"),
        (b"[1]", "body", "object"),
        (b'{"amount": NaN}', "body", "json"),
        (b'{"resi": "R-1", "resi": "R-2"}', "body", "json"),
        (b'{"favour": 1}', "payment_code", "missing"),
        (b'{"payment_code":"201603000123","amount":150000.0,"bank_reference":"BJB-1","paid_at":"2016-03-15T11:20:00+07:00"}',
         "amount", "int_type"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named_by_its_field(portal, treasurer, body, field, code):
    answer = call(portal[0], "/commands/retribution/RecordPayment", treasurer[1], body=body)
    assert answer.status == 422
    assert (field, code) in [(each["field"], each["code"]) for each in answer.json()["errors"]]


def test_a_token_that_was_ended_is_good_for_nothing_and_the_page_never_shows_it_again(portal, treasurer):
    me, home = treasurer[0], portal[0]
    token = made_by_page(me, "/petugas/token", nama="sementara")
    assert token not in me.get("/petugas/token").text and "sementara" in me.text
    key = me.text.split("sementara")[1].split("/petugas/token/")[1].split("/")[0]
    assert me.post(f"/petugas/token/{key}/cabut").status == 303
    body = retribution.CashBookOf.make_example().model_dump(mode="json")
    assert call(home, "/queries/retribution/CashBookOf", token, json=body).status == 401


def test_a_wrong_passphrase_and_a_form_without_scopes_make_no_token(portal, treasurer):
    me = treasurer[0]
    me.get("/petugas/token").post("/petugas/token", nama="x y", hari="30", sandi="bukan ini", **{"lingkup-read": "ya"})
    assert me.status == 422 and "Frasa sandi tidak cocok" in me.text
    wrong = {"jumlah hari": {"hari": "0"}, "Beri nama": {"nama": ""}, "satu lingkup": {"lingkup-read": ""}}
    for seen, fields in wrong.items():
        wanted = {"nama": "x y", "hari": "30", "lingkup-read": "ya", "sandi": me.passphrase} | fields
        me.get("/petugas/token").post("/petugas/token", **wanted)
        assert me.status == 422 and seen in me.text


def test_webhooks_are_made_listed_and_ended_by_a_program(portal, treasurer):
    home, token = portal[0], treasurer[1]
    portal[2].state.webhooks.subscriptions._records = portal[1]
    there = {"url": "https://93.184.216.34/ptsp", "types": ["imb"]}
    made = call(home, "/webhooks", token, json=there).json()
    assert made["secret"].startswith("whsec_") and made["types"] == ["imb"]
    listed = call(home, "/webhooks", token, "GET").json()["items"]
    assert [each["id"] for each in listed] == [made["id"]] and "secret" not in listed[0]
    assert call(home, "/webhooks", token, json=there | {"types": ["terbang"]}).status == 422
    assert call(home, "/webhooks", token, json=there | {"url": "http://127.0.0.1/x"}).status == 422
    other = made_by_page(officer_inside(home, portal[2], "counter-2"), "/petugas/token")
    assert call(home, f"/webhooks/{made['id']}", other, "DELETE").status == 404
    assert call(home, f"/webhooks/{made['id']}", token, "DELETE").json() == {"items": []}


def test_a_paper_is_handed_in_before_the_command_that_names_it(portal, treasurer):
    document = call(portal[0], "/documents", treasurer[1], body=a_pdf("slip"))
    assert document.status == 200 and document.json()["media_type"] == "application/pdf"
    assert call(portal[0], "/documents", treasurer[1], body=b"MZ\x90").status == 422
    assert call(portal[0], "/documents", treasurer[1], body=b"x" * 10_200_000).status == 413


@pytest.mark.parametrize("role", ROLES)
def test_through_the_api_each_role_is_let_in_where_the_door_names_it_and_nowhere_else(portal, role):
    home, _, app = portal
    actor = somebody(role)
    if role == "applicant":
        account = app.state.entrance.accounts.open("ani@contoh.id", "kuda hitam di bukit", NOON)
        token = app.state.tokens.make(account.id, "applicant", None, "toko", ("read", "act"), 30, datetime.now(UTC))
    else:
        kept = Tokens(app.state.gates_shelf)
        token = kept.make(actor.id, role, actor.unit, "alat", ("read", "act"), 30, datetime.now(UTC))
    for n, (room, kind, how) in enumerate(DOORS):
        let_in = role in how["roles"] and not how.get("confirmed", False)
        one_of_five = (n + ROLES.index(role)) % 5 == 0  # all refusals of all doors are in test_roles_and_doors
        if kind is retribution.NotifyPayment or not (role in how["roles"] or one_of_five):
            continue
        way = "commands" if "command_id" in kind.model_fields else "queries"
        body = kind.make_example().model_dump(mode="json", exclude={"command_id"})
        answer = call(home, f"/{way}/{room}/{kind.__name__}", token, json=body, key=f"{role}-{room}")
        assert answer.status == (200 if let_in else 403), (room, kind.__name__, answer.data)


# --- as they are kept ------------------------------------------------------------------------------------------------


def test_a_token_is_good_until_its_last_day_and_there_are_only_so_many():
    shelf = Shelf()
    tokens = Tokens(shelf)
    token = tokens.make("ani", "applicant", None, "toko", ("read",), 2, NOON)
    assert tokens.find(token, NOON + timedelta(days=2)).holder == "ani"
    assert tokens.find(token, NOON + timedelta(days=3)) is None
    assert token not in str(shelf.kept), "only its hash is kept"
    for _ in range(MOST - 1):
        tokens.make("ani", "applicant", None, "toko", ("read",), LONGEST_DAYS, NOON)
    with pytest.raises(TooManyTokens):
        tokens.make("ani", "applicant", None, "toko", ("read",), 2, NOON)
    assert tokens.make("ani", "applicant", None, "toko", ("read",), 2, NOON + timedelta(days=3)), "what ran out is gone"
    assert not tokens.end("budi", tokens.of("ani")[0].key) and len(tokens.of("ani")) == MOST


def test_a_statement_made_for_a_token_does_not_say_that_it_was_confirmed(portal, treasurer):
    with pytest.raises(Refusal, match="frasa sandi"):
        door = next(how | {"roles": ("treasurer",)} for _, kind, how in DOORS if how.get("confirmed"))
        stated = portal[2].state.gate.state_by_token
        said = stated(StateByToken(token=treasurer[1], scope="act", address="192.0.2.7")).statement
        authorised(said, door_of(door["kind"], door), datetime.now(UTC), KEYS, door["kind"].make_example())
