"""Who sits in which seat on a day: holders, those who act for them, and why somebody does not."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from catalogue.officers import ActingOfficer, Appointment, Officer, Role
from values.dates import long_date

# Roles of which a unit has one person at a time. Only in these can somebody act.
SINGLE_SEATS = (
    *("head", "tata_usaha_head", "administration_head", "bidang_head", "treasurer", "archivist", "camat"),
    *("mayor", "vice_mayor", "city_secretary", "assistant", "division_head"),
)


class Seats:
    """The one place that knows who acts in a role. While a Plh. sits in a seat, its holder does not."""

    def __init__(self, officers: Mapping[str, Officer], appointments: Iterable[Appointment], roles: Mapping[str, Role]):
        self._officers, self._roles = officers, roles
        self._acting: dict[str, list[Appointment]] = defaultdict(list)
        self._filled: dict[tuple[str, str], list[Appointment]] = defaultdict(list)
        for appointment in appointments:
            self._acting[appointment.officer].append(appointment)
            self._filled[appointment.role, appointment.unit].append(appointment)

    def of(self, officer_id: str, on: date) -> list[Officer]:
        """Every seat in which that officer acts on that day: their own unless a Plh. sits there, then those in which
        they act. An unknown id sits nowhere."""
        officer = self._officers.get(officer_id)
        if officer is None or not officer.holds_on(on):
            return []
        own = [] if self.appointed_to(officer.role, officer.unit, on) else [officer]
        return own + [self._seated(officer, a) for a in self._acting.get(officer_id, ()) if a.holds_on(on)]

    def appointed_to(self, role: str, unit: str, on: date) -> Appointment | None:
        """The appointment by which somebody acts in that seat on that day; None when nobody does."""
        return next((a for a in self._filled.get((role, unit), ()) if a.holds_on(on)), None)

    def why_not(self, officer_id: str, role: str, on: date, unit: str | None = None) -> str:
        """Why that officer does not act in that role (in `unit`, when given) on that day, with the period that counts,
        for people."""
        officer = self._officers.get(officer_id)
        if officer is None:
            return f"Tidak ada pejabat {officer_id}."
        own = officer.role == role and unit in (None, officer.unit)
        taken = self.appointed_to(role, officer.unit, on) if own and officer.holds_on(on) else None
        if taken is not None:
            who = f"{taken.kind} {self._officers[taken.officer].name} ({_period(taken)})"
            return f"Jabatan {self._title(officer)} pada {long_date(on)} dijalankan oleh {who}."
        if own:
            until = long_date(officer.until) if officer.until else "sekarang"
            return f"{officer.name} menjabat {self._title(officer)} sejak {long_date(officer.since)} sampai {until}."
        acting = [a for a in self._acting.get(officer_id, ()) if a.role == role and unit in (None, a.unit)]
        if acting:
            named = "; ".join(f"{a.kind} {self._seat(a.role, a.unit, a.until)} ({_period(a)})" for a in acting)
            return f"Penunjukan {officer.name} hanya berlaku sebagai {named}."
        seat = self._seat(role, unit, on) if unit else self._roles[role].name
        return f"{officer.name} tidak pernah menjabat atau ditunjuk sebagai {seat}."

    def _seated(self, officer: Officer, appointment: Appointment) -> ActingOfficer:
        seat = {
            "role": appointment.role,
            "unit": appointment.unit,
            "position": f"{appointment.kind} {self._seat(appointment.role, appointment.unit, appointment.until)}",
            "competence": None,
            "since": appointment.since,
            "until": appointment.until,
            "appointment": appointment,
        }
        return ActingOfficer.model_validate(dict(officer) | seat)

    def _title(self, officer: Officer) -> str:
        return officer.position or self._roles[officer.role].name

    def _seat(self, role: str, unit: str, on: date) -> str:
        """What the seat is called: as with its last holder by that day, else as its role."""
        held = [officer for officer in self._officers.values() if (officer.role, officer.unit) == (role, unit)]
        before = [officer for officer in held if officer.since <= on] or held
        last = max(before, key=lambda officer: officer.since, default=None)
        return self._title(last) if last else self._roles[role].name


def _period(appointment: Appointment) -> str:
    return f"{long_date(appointment.since)} sampai {long_date(appointment.until)}"
