"""Extending the permit of a foreign worker (IMTA, later DKPTKA), PP 97/2012: USD 100 × persons × months.

Paid in rupiah at the rate of the day the basis names: the day the SKRD is issued in one regulation, the day of payment
in another. The rate itself comes with the case.
"""

from decimal import Decimal

from catalogue.retribution.inputs import Inputs, refuse
from catalogue.retribution.note import Note, line, note
from values.dates import long_date

LAW = "PP 97/2012"
USD = Decimal(100)
RATE_DAYS = {"penetapan": "kurs hari penetapan SKRD", "pembayaran": "kurs hari pembayaran"}
EXEMPT = (
    "instansi pemerintah", "perwakilan negara asing", "badan internasional", "lembaga sosial", "lembaga keagamaan",
    "jabatan tertentu di lembaga pendidikan",
)  # fmt: skip
NOT_EXEMPT = "tidak"


def imta(case: Inputs) -> Note:
    """`imta_usd100_per_orang_bulan`: USD; with `kurs` (rupiah for a dollar) also rupiah.

    `hari_kurs` is the day of the rate (else `penetapan`), `tanggal_kurs` its date, `dibebaskan` an exemption or
    `tidak`.
    """
    people, months = case.count("orang", most=100_000), case.count("bulan", most=120)
    each = case.one_of("usd_per_orang_bulan", [USD], USD)
    day = RATE_DAYS[case.choice("hari_kurs", RATE_DAYS) if case.given("hari_kurs") else "penetapan"]
    if case.given("tanggal_kurs"):
        day += f", dari {long_date(case.day('tanggal_kurs'))}"
    factors = [("tenaga kerja asing (orang)", people), ("lama (bulan)", months), ("tarif (USD)", each)]
    usd = int(people * months * each)
    reason = case.text("dibebaskan").replace("_", " ") if case.given("dibebaskan") else NOT_EXEMPT
    if reason not in (*EXEMPT, NOT_EXEMPT):
        refuse(case.name("dibebaskan"), f"{reason!r} tidak dikenal; pilihannya {', '.join(EXEMPT)}")
    if reason != NOT_EXEMPT:
        case.given("kurs")  # an exempt worker pays nothing at any rate
        free = line(f"Dibebaskan: {reason}", "bebas retribusi", LAW, [("tarif (USD)", 0)])
        return note([free], usd=0, rupiah=0)
    if not case.given("kurs"):
        return Note({"usd": usd}, remarks=(f"Rupiah dihitung dengan {day}; kurs tidak diberikan.",))
    rate = case.decimal("kurs", above=0, most=1_000_000)
    charge = line("Perpanjangan IMTA", "orang × bulan × USD 100 × kurs", LAW, [*factors, (f"{day} (Rp/USD)", rate)])
    return note([charge], usd=usd, rupiah=charge.amount)
