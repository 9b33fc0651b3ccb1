"""What intake asks of everything the office offers, answered for a service of the secretariat."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Protocol

from catalogue.licence_type import Requirement
from catalogue.path import Limit, Path
from catalogue.transactions import NEW, Transaction, transaction_of
from values.refusal import Refusal


class _Standard(Protocol):
    code: str
    unit: str
    effective_from: date
    ended: date | None
    requirements: list
    time: Any
    path: Path


class ServiceFace:
    """The face of a service standard at the counter. A service has no sub-kinds and declares no quantities."""

    lines: tuple = ()
    stretches: tuple = ()
    by_hand = True

    @property
    def edition(self: _Standard) -> str:
        """Standards are in force from a day on; a file keeps the one of its decree."""
        return f"{self.effective_from:%Y-%m}"

    @property
    def bidang(self: _Standard) -> str:
        """The unit that serves."""
        return self.unit

    @property
    def allowed(self: _Standard) -> Limit:
        """The limit of the whole, as first printed."""
        first = self.time.limits[0]
        return Limit(amount=first.amount, unit=first.unit, per=first.per)

    @property
    def kept_at(self: _Standard) -> str | None:
        """The step with whose end the promise is kept; None: with the end of the path."""
        return self.time.limits[0].until

    @property
    def service_time(self: _Standard) -> str:
        return self.time.printed

    def open_on(self: _Standard, on: date) -> bool:
        """Whether the service is given on that day."""
        return self.effective_from <= on and (self.ended is None or on <= self.ended)

    def transaction(self: _Standard, stated: str | None, sub_kind: str | None) -> Transaction:
        """A service is asked for anew each time. `Refusal(other_transaction)` for anything else."""
        asked = transaction_of(stated, None)
        if asked.about_a_licence:
            raise Refusal(
                "other_transaction",
                f"{asked.name} tidak berlaku untuk layanan ini.",
                field="transaction",
                remedy="Ajukan sebagai permohonan baru.",
            )
        return asked

    def path_for(self: _Standard, transaction: str) -> Path:
        """The way of a file: there is one."""
        return self.path

    def required(
        self: _Standard, kind: str | None = None, *, sub_kind: str | None = None, transaction: str = NEW
    ) -> list[Requirement]:
        """What is handed in: each printed requirement, in its order."""
        if kind == "technical":
            return []
        texts = [item if isinstance(item, str) else item.text for item in self.requirements]
        return [
            Requirement(code=f"syarat_{n}", name=text, kind="administrative", source=f"standar pelayanan {self.code}")
            for n, text in enumerate(texts, start=1)
        ]

    def check_sub_kind(self, sub_kind: str | None) -> None:
        """`Refusal(unknown_sub_kind)`: there is nothing to choose."""
        if sub_kind is not None:
            raise Refusal(
                "unknown_sub_kind",
                "Layanan ini tidak mempunyai jenis permohonan.",
                field="sub_kind",
                remedy="Kosongkan jenis permohonan.",
            )

    def read_quantities(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """`Refusal(unknown_quantity)`: nothing is declared."""
        for code in given:
            raise Refusal("unknown_quantity", "Isian ini tidak dikenal untuk layanan tersebut.", field=str(code)[:40])
        return {}
