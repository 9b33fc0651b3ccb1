"""Which application a message is about, as the counter would say it: resi and name of the licence."""

from dataclasses import dataclass

from pymongo import MongoClient

from catalogue.licences import licence_type
from values.refusal import Refusal


@dataclass(frozen=True, slots=True)
class FileName:
    """`resi` is None until the file is complete; `licence` is the Indonesian name of the licence."""

    id: str
    resi: str | None
    licence: str | None

    def __str__(self) -> str:
        if self.licence is None:
            return self.id or "tidak diketahui"
        return f"{self.resi or 'belum beresi'} · {self.licence}"


class Files:
    """Looks applications up in intake's records, each once."""

    def __init__(self, client: MongoClient, database: str = "intake"):
        self._database = client[database]
        self._known: dict[str, FileName] = {}

    def named(self, ids: list[str]) -> dict[str, FileName]:
        """By application id. An id that intake does not know is named by itself."""
        wanted = [id for id in dict.fromkeys(ids) if id not in self._known]
        fields = {"resi": 1, "licence_type": 1}
        found = (
            {d["_id"]: d for d in self._database.applications.find({"_id": {"$in": wanted}}, fields)} if wanted else {}
        )
        for id in wanted:
            document = found.get(id, {})
            self._known[id] = FileName(id, document.get("resi"), _licence_name(document.get("licence_type")))
        return {id: self._known[id] for id in ids}

    def id_of(self, resi_or_id: str) -> str:
        """The application id behind a resi or an id. `Refusal(unknown_application)` when there is no such file."""
        text = resi_or_id.strip()
        known = self._database.resi.find_one({"_id": text.upper()})
        if known:
            return known["application_id"]
        if self._database.applications.find_one({"_id": text}, {"_id": 1}):
            return text
        raise Refusal(
            "unknown_application",
            f"Tidak ada permohonan dengan resi atau id {text}.",
            remedy="Periksa nomornya; resi ditulis seperti R-2016-000123-2.",
        )


def _licence_name(code: str | None) -> str | None:
    if code is None:
        return None
    try:
        return licence_type(code).name
    except Refusal:
        return code
