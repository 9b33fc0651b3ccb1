"""Applications that are being filled in: kept at each answer, under the id the file will have."""

from datetime import datetime
from typing import Any, NamedTuple

from contracts.documents import Document
from plumbing.database import OwnRecords
from plumbing.messaging.envelope import new_id


class Draft(NamedTuple):
    """One application before it is sent. `answers` by page; `papers` by requirement, as the files they were handed in
    as, `wholes` as one paper each; none for one that is not there yet and comes later. `order` is the id of the
    command that sends it, new after every refusal."""

    id: str
    account: str
    code: str
    answers: dict[str, Any]
    papers: dict[str, list[Document]]
    wholes: dict[str, Document]
    order: str
    sent: datetime | None
    changed: datetime


class Drafts:
    """The drafts of all accounts; each is found by its owner only. Every method raises RecordsAway."""

    def __init__(self, records: OwnRecords):
        self._records = records

    def begin(self, id: str, account: str, code: str, now: datetime, answers: dict[str, Any]) -> None:
        """A draft with what is known at its beginning; the same id again changes nothing."""
        fields = {"answers": answers, "papers": {}, "order": new_id(), "sent": None, "changed": now.isoformat()}
        self._records.add("drafts", {"_id": id, "account": account, "code": code, **fields})

    def find(self, id: str, account: str) -> Draft | None:
        """The draft, when it is this person's."""
        found = self._records.find("drafts", {"_id": id, "account": account}, limit=1)
        return _draft(found[0]) if found else None

    def unsent(self, account: str) -> list[Draft]:
        """What this person has not sent yet, the latest first."""
        found = map(_draft, self._records.find("drafts", {"account": account, "sent": None}))
        return sorted(found, key=lambda draft: draft.changed, reverse=True)

    def sent_by(self, account: str) -> list[Draft]:
        """What this person has sent."""
        return [_draft(kept) for kept in self._records.find("drafts", {"account": account}) if kept["sent"]]

    def answer(self, draft: Draft, page: str, value: Any, now: datetime) -> None:
        """Keep the answer of one page; those of other pages stay, also when two windows are open."""
        self._change(draft, {f"answers.{page}": value, "changed": now.isoformat()})

    def hand_in(self, draft: Draft, requirement: str, parts: list[Document], whole: Document | None, now: datetime):
        """Keep the files for a requirement and the one paper they are; without any: that it comes later."""
        kept = {
            "parts": [part.model_dump(mode="json") for part in parts],
            "whole": whole and whole.model_dump(mode="json"),
        }
        self._change(draft, {f"papers.{requirement}": kept, "changed": now.isoformat()})

    def sent(self, draft: Draft, now: datetime) -> None:
        """The office has it; nothing in it changes any more."""
        self._change(draft, {"sent": now.isoformat()})

    def refused(self, draft: Draft) -> None:
        """The office said no: what is sent next is another command."""
        self._change(draft, {"order": new_id()})

    def throw_away(self, draft: Draft) -> None:
        """Gone, with all its answers."""
        self._records.remove("drafts", {"_id": draft.id, "account": draft.account, "sent": None})

    def _change(self, draft: Draft, fields: dict[str, Any]) -> None:
        self._records.change("drafts", {"_id": draft.id, "account": draft.account, "sent": None}, fields)


def _draft(kept: dict[str, Any]) -> Draft:
    return Draft(
        id=kept["_id"],
        account=kept["account"],
        code=kept["code"],
        answers=kept["answers"],
        papers={code: [Document.model_validate(part) for part in k["parts"]] for code, k in kept["papers"].items()},
        wholes={code: Document.model_validate(k["whole"]) for code, k in kept["papers"].items() if k["whole"]},
        order=kept["order"],
        sent=datetime.fromisoformat(kept["sent"]) if kept["sent"] else None,
        changed=datetime.fromisoformat(kept["changed"]),
    )
