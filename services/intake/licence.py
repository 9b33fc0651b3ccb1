"""A licence that exists, as far as intake must know it to take in what is asked about it."""

from datetime import date
from typing import Literal

from catalogue.transactions import Transaction
from services.intake.items import Record
from values.dates import short_date
from values.refusal import Refusal


class Licence(Record):
    """The file it came from, its holder, until when it is valid, whether it still stands, and what is being asked about
    it now (`in_work`: the latest file)."""

    number: str
    application_id: str
    licence_type: str
    holder_nik: str
    valid_until: date | None
    state: Literal["in_force", "replaced", "revoked"] = "in_force"
    ended_by: str | None = None
    in_work: str | None = None

    def require(self, asked: Transaction, licence_type: str, applicant_nik: str, on: date) -> None:
        """Whether this may be asked about it, of this type, by this person, on that day; else a `Refusal` says why."""
        if self.licence_type != licence_type:
            raise self._no("other_licence_type", "adalah izin jenis lain", "Periksa nomor izin dan jenis yang dipilih.")
        if self.state != "in_force":
            state = {"replaced": "sudah diganti", "revoked": "sudah dicabut"}[self.state]
            raise self._no("licence_ended", f"{state} oleh {self.ended_by}", "Gunakan nomor izin yang berlaku.")
        if self.valid_until and self.valid_until < on and not asked.also_run_out:
            ended = f"berlaku sampai {short_date(self.valid_until)}"
            raise self._no("licence_run_out", ended, "Ajukan perpanjangan terlebih dahulu.")
        if asked.holder == "same" and self.holder_nik != applicant_nik:
            raise self._no(
                "other_holder", "dipegang orang lain", "Ajukan atas nama pemegangnya, atau ajukan balik nama."
            )
        if asked.holder == "another" and self.holder_nik == applicant_nik:
            raise self._no("same_holder", "sudah atas nama pemohon", "Ajukan perubahan bila ada data yang berubah.")

    def _no(self, code: str, what: str, remedy: str) -> Refusal:
        return Refusal(code, f"Izin nomor {self.number} {what}.", field="licence_number", remedy=remedy)
