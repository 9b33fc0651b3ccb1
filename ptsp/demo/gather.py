"""What is on record at the end: read from the rooms' databases, the broker and both sites, never from who played.

Read as the operator, who may see everything and change nothing of the rooms. Records of one run are found by the run's
digits, with which every id of it begins.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from pymongo import MongoClient
from pymongo.database import Database

from catalogue.offering import offering
from catalogue.path import FINISHED
from catalogue.walk import position
from contracts import ROOMS
from plumbing.messaging.account import Account, account
from plumbing.messaging.operations.broker import Broker
from plumbing.messaging.parked import Parked
from plumbing.object_store import ObjectStore, content_key
from ptsp.demo.sites import Sites, compare
from values.dates import office_date
from values.happening import Happening

CLOSINGS = {
    "licence_issued": "issued",
    "revocation_issued": "issued",
    "refused": "refused",
    "withdrawn": "withdrawn",
}
STEPS = (
    ("Masuk sampai terdaftar (resi)", "ApplicationSubmitted", "ApplicationRegistered"),
    ("Terdaftar sampai resi tercetak", "ApplicationRegistered", "ResiIssued"),
    ("Verifikasi tim teknis sampai berita acara", "VerificationDue", "BeritaAcaraFiled"),
    ("Penetapan sampai nota perhitungan", "AssessmentDue", "NotaPerhitunganFiled"),
    ("Nota perhitungan sampai SKRD", "NotaPerhitunganFiled", "SkrdIssued"),
    ("SKRD sampai tanda bukti pembayaran", "SkrdIssued", "ReceiptIssued"),
    ("Paraf dan tanda tangan sampai izin terbit", "IssuanceDue", "LicenceIssued"),
    ("Ditutup sampai bundel disegel", "ArchivingDue", "BundleArchived"),
    ("Bundel disegel sampai terbukti di lokasi kedua", "BundleArchived", "BundleReplicated"),
    ("Seluruhnya, masuk sampai terarsip", "ApplicationSubmitted", "BundleReplicated"),
)


@dataclass(frozen=True)
class FileOnRecord:
    """How intake's record has one file. `outcome` is None while it is open; `archived`: the second site holds it."""

    id: str
    kind: tuple[str, str | None]
    outcome: str | None
    archived: bool
    handed_over: bool
    rounds: int


@dataclass
class Money:
    """Whole rupiah and counts of one run. `outstanding` is asked for and neither paid nor given up with the file."""

    notas: int = 0
    assessed: int = 0
    free_of_charge: int = 0
    skrd: int = 0
    demanded: int = 0
    paid_files: int = 0
    paid: int = 0
    late: int = 0
    overpaid: int = 0
    closed_unpaid: int = 0
    outstanding: int = 0
    payments: int = 0
    repeats_suppressed: int = 0
    placeholder_notas: int = 0
    by_type: dict[str, list[int]] = field(default_factory=dict)  # [assessed, paid]
    paid_by_file: dict[str, tuple[int, bool]] = field(default_factory=dict)  # amount, late


@dataclass(frozen=True)
class SeriesOnRecord:
    """One gapless series of a room. `missing` and `repeated` should be empty and `last` the count."""

    room: str
    name: str
    last: int
    count: int
    missing: list[int]
    repeated: list[int]

    @property
    def faults(self) -> int:
        return len(self.missing) + len(self.repeated)


@dataclass(frozen=True)
class Findings:
    """Everything on record about one run, and about the bus as a whole."""

    files: list[FileOnRecord]
    money: Money
    series: list[SeriesOnRecord]
    times: dict[str, list[float]]  # seconds by step
    first: datetime | None
    last: datetime | None
    said: Counter[str]  # facts of this run by name
    account: Account
    sites: Sites
    letters: Counter[str]  # what became of the e-mails


class Records:
    """The office's records as its operator sees them. `run` is the run's eight digits."""

    def __init__(self, database_url: str, management_url: str, operator_broker_url: str, run: str):
        self._client: MongoClient = MongoClient(database_url, serverSelectionTimeoutMS=5000, tz_aware=True)
        self._broker = Broker(management_url, operator_broker_url)
        self._rooms = {room: self._client[room] for room in ROOMS}
        self.ours = {"$gte": f"{run}-", "$lt": f"{run}."}
        self._run = run

    def account(self) -> Account:
        """The account of the whole bus, the tray filed before."""
        Parked(self._broker, self._client["bus"]).file()
        queued = {name: each.ready + each.in_hand for name, each in self._broker.figures().items()}
        return account(self._rooms, self._broker.hearings(), self._client["bus"], queued)

    def in_process(self) -> int:
        """Files of the run that are not yet archived."""
        return sum(not file.archived for file in self.files())

    def files(self) -> list[FileOnRecord]:
        fields = {"licence_type": 1, "sub_kind": 1, "history": 1, "edition": 1}
        return [_file(d) for d in self._rooms["intake"].applications.find({"_id": self.ours}, fields)]

    def findings(self, sites: Sites, of_bus: Account) -> Findings:
        """Everything, read once."""
        moments, said = self._moments()
        times = {label: list(_spans(moments, a, b)) for label, a, b in STEPS}
        return Findings(
            files=self.files(),
            money=self._money(),
            series=[each for room, database in self._rooms.items() for each in _series(room, database)],
            times=times,
            first=min(
                (m["ApplicationSubmitted"][0] for m in moments.values() if "ApplicationSubmitted" in m), default=None
            ),
            last=max((m["BundleReplicated"][-1] for m in moments.values() if "BundleReplicated" in m), default=None),
            said=said,
            account=of_bus,
            sites=sites,
            letters=Counter(
                d["outcome"]
                for d in self._rooms["notification"].deliveries.find({"application_id": self.ours}, {"outcome": 1})
            ),
        )

    def compare_sites(self, primary: ObjectStore, second: ObjectStore) -> Sites:
        """Both sites, object by object, for everything the bundles of this run say is there.

        Papers that intake's record of a file names and no bundle holds are `unbundled`.
        """
        wanted: dict[str, str] = {}
        for archived in self._rooms["archive"].bundles.find({"_id": self.ours}, {"bundles": 1}):
            for bundle in archived["bundles"]:
                wanted[bundle["manifest"]] = archived["_id"]
                wanted |= {content_key(digest): archived["_id"] for digest in bundle["objects"]}
        result = compare(primary, second, wanted)
        for file in self._rooms["intake"].applications.find({"_id": self.ours}, {"documents.sha256": 1}):
            for document in file.get("documents", []):
                if content_key(document["sha256"]) not in wanted:
                    result.unbundled += 1
                    result.name("unbundled", f"{document['sha256']} ({file['_id']})")
        return result

    def _moments(self) -> tuple[dict[str, dict[str, list[datetime]]], Counter[str]]:
        """When each fact of each file was said, by application and name."""
        moments: dict[str, dict[str, list[datetime]]] = defaultdict(lambda: defaultdict(list))
        said: Counter[str] = Counter()
        for database in self._rooms.values():
            fields = {"subject": 1, "envelope.type": 1, "envelope.time": 1}
            for fact in database.journal.find({"subject": self.ours}, fields):
                name = fact["envelope"]["type"].split(".")[2]
                said[name] += 1
                moments[fact["subject"]][name].append(datetime.fromisoformat(fact["envelope"]["time"]))
        for of_file in moments.values():
            for times in of_file.values():
                times.sort()
        return moments, said

    def _money(self) -> Money:
        money, room = Money(), self._rooms["retribution"]
        fields = {"licence_type": 1, "nota": 1, "skrd": 1, "payments": 1, "closed": 1}
        for assessment in room.assessments.find({"_id": self.ours}, fields):
            _add(money, assessment)
        reference = {"_id": {"$gte": f"BJB-{self._run}-", "$lt": f"BJB-{self._run}."}}
        money.payments = room.payments.count_documents(reference)
        commands = {"$gte": "RecordPayment:", "$lt": "RecordPayment;"}
        for handled in room.handled.find({"_id": commands}, {"answer.repeated": 1}):
            ours = handled["_id"].rpartition(":")[2].startswith(f"{self._run}-")
            money.repeats_suppressed += ours and bool((handled.get("answer") or {}).get("repeated"))
        return money


def _file(document: Mapping[str, Any]) -> FileOnRecord:
    whats = [happening["what"] for happening in document["history"]]
    return FileOnRecord(
        id=document["_id"],
        kind=(document["licence_type"], document.get("sub_kind")),
        outcome=next((CLOSINGS[what] for what in whats if what in CLOSINGS), None) or _end_by_hand(document),
        archived="archived" in whats,
        handed_over="handed_over" in whats,
        rounds=whats.count("berita_acara_filed"),
    )


def _end_by_hand(document: Mapping[str, Any]) -> str | None:
    """How a file that people took step by step was closed; None while it is open, and for every other file."""
    if not (offered := offering(document["licence_type"], document["edition"])).by_hand:
        return None
    history = [Happening.model_validate(happening) for happening in document["history"]]
    end = position(offered.path, history).end
    return "issued" if end == FINISHED else end


def _add(money: Money, assessment: Mapping[str, Any]) -> None:
    nota, skrd = assessment.get("nota"), assessment.get("skrd")
    if not nota or not nota.get("signed_at"):
        return
    by_type = money.by_type.setdefault(assessment["licence_type"], [0, 0])
    money.notas += 1
    money.assessed += nota["total"]
    by_type[0] += nota["total"]
    money.free_of_charge += nota["total"] == 0
    money.placeholder_notas += any(line.get("placeholder_city") for line in nota["lines"])
    if not skrd or not skrd.get("signed_at"):
        return
    paid = sum(payment["amount"] for payment in assessment.get("payments", []))
    money.skrd += 1
    money.demanded += skrd["amount"]
    money.paid += paid
    by_type[1] += paid
    money.overpaid += max(0, paid - skrd["amount"])
    if paid >= skrd["amount"]:
        money.paid_files += 1
        last = max(datetime.fromisoformat(payment["paid_at"]) for payment in assessment["payments"])
        late = office_date(last) > date.fromisoformat(skrd["due_on"])
        money.late += late
        money.paid_by_file[assessment["_id"]] = (paid, late)
    elif assessment.get("closed"):
        money.closed_unpaid += skrd["amount"] - paid
    else:
        money.outstanding += skrd["amount"] - paid


def _series(room: str, database: Database) -> Iterator[SeriesOnRecord]:
    given: dict[str, list[int]] = defaultdict(list)
    for held in database["numbers"].find({}, {"series": 1, "number": 1}):
        given[held["series"]].append(held["number"])
    lasts = {document["_id"]: document["last"] for document in database["series"].find({}, {"last": 1})}
    for name in sorted(given.keys() | lasts.keys()):
        numbers = given[name]
        last = max([lasts.get(name, 0), *numbers])
        repeated = [number for number, times in Counter(numbers).items() if times > 1]
        yield SeriesOnRecord(room, name, last, len(numbers), sorted(set(range(1, last + 1)) - set(numbers)), repeated)


def _spans(moments: Mapping[str, Mapping[str, list[datetime]]], began: str, ended: str) -> Iterable[float]:
    """Seconds between the first of one fact and the first of the other that follows it, for each file that has both."""
    for of_file in moments.values():
        for start in of_file.get(began, [])[:1]:
            for end in [moment for moment in of_file.get(ended, []) if moment >= start][:1]:
                yield (end - start).total_seconds()
