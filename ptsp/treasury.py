"""`ptsp retribution recap`, `cash-book`, `matching`: what was received, what the Mayor is told, how SKRDs agree.

The room reckons and prints.

Exit codes: 0 done, 1 refused (for instance since the sums do not agree with the payments), 2 the office cannot
be asked.
"""

import base64
import json
import re
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.text import Text

from contracts.retribution import AgreementOf, CashBookOf, PrintRecap, RecapOf
from contracts.retribution.recaps import By
from ptsp import retribution
from ptsp.here import columns, console
from ptsp.retribution import As, Json
from ptsp.stack import HomeOption
from values.periods import period as named_period
from values.refusal import Refusal
from values.rupiah import signed_rupiah

STATES = {
    "open": "belum disepakati",
    "one_side": "disetujui satu pihak",
    "agreed": "disepakati",
    "changed": "berubah sesudah disepakati",
}
WRITTEN: tuple[Literal["pdf", "xlsx"], ...] = ("pdf", "xlsx")


def recap(
    month: Annotated[str, typer.Option("--month", metavar="TTTT-BB", help="Bulan.")] = "",
    period: Annotated[str, typer.Option("--period", help="Atau 2016, 2016-Q1, 2016-03-15.")] = "",
    by: Annotated[str, typer.Option("--by", help=f"Satu baris per: {', '.join(By.__args__)}.")] = "licence_type",
    output: Annotated[Path | None, typer.Option("--output", help="Berkas .pdf atau .xlsx.")] = None,
    as_json: Json = False,
    operator: As = "operator-1",
    home: HomeOption = None,
) -> None:
    """Rekapitulasi retribusi satu masa: ketetapan, penerimaan, sisa; di layar, atau sebagai PDF atau XLSX."""
    wanted = _one_of(month, period)
    if by not in By.__args__:
        raise Refusal("unknown_by", f"Baris per {by} tidak dikenal; pilih {', '.join(By.__args__)}.", field="by")
    with retribution.asking(home, operator) as ask:
        if output is not None:
            _write(ask(PrintRecap(period=wanted, form=_form(output))), output)
            return
        answer = ask(RecapOf(period=wanted, by=by))
    if as_json:
        print(json.dumps(answer, ensure_ascii=False, indent=1))
    else:
        _show(answer)


def matching(
    bidang: Annotated[str, typer.Option("--bidang", help="Bidang, seperti jasa_usaha.")],
    month: Annotated[str, typer.Option("--month", metavar="TTTT-BB", help="Bulan.")],
    as_json: Json = False,
    operator: As = "operator-1",
    home: HomeOption = None,
) -> None:
    """Nota dan SKRD satu Bidang sebulan, baris demi baris: apa yang berbeda, siapa yang sudah menyepakatinya."""
    with retribution.asking(home, operator) as ask:
        answer = ask(AgreementOf(bidang=bidang, month=_month(month), most=1000))
        rows, after = answer["rows"], answer["next"]
        while after:
            more = ask(AgreementOf(bidang=bidang, month=month, most=1000, after=after))
            rows, after = rows + more["rows"], more["next"]
    if as_json:
        print(json.dumps(answer | {"rows": rows, "next": ""}, ensure_ascii=False, indent=1))
        return
    table = columns("Resi", "Nota", "Jumlah nota", "Ketetapan", "Ditetapkan", "Perbedaan")
    for row in rows:
        letters, said = ", ".join(row["letters"]) or "-", "; ".join(row["said"])
        sums = signed_rupiah(row["total"]), signed_rupiah(row["demanded"])
        table.add_row(row["resi"], row["nota"], sums[0], letters, sums[1], said)
    console().print(table)
    for each in answer["series"]:
        console().print(Text(f"{each['name']}: tidak ada {[*each['missing']]}, dua kali {[*each['twice']]}"))
    console().print(
        Text(f"{answer['name']}: {len(rows)} nota, {len(answer['differing'])} berbeda; {STATES[answer['state']]}")
    )


def _month(text: str) -> str:
    if not re.fullmatch(r"20[0-9]{2}-(0[1-9]|1[0-2])", text, re.ASCII):
        raise Refusal("unknown_month", f"{text!r} bukan bulan seperti 2016-03.", field="month")
    return text


def cash_book(
    day: Annotated[datetime, typer.Option("--day", formats=["%Y-%m-%d"], help="Hari, seperti 2016-03-15.")],
    as_json: Json = False,
    operator: As = "operator-1",
    home: HomeOption = None,
) -> None:
    """Buku kas penerimaan satu hari: kas awal, setiap penerimaan dan setoran, kas akhir."""
    with retribution.asking(home, operator) as ask:
        answer = ask(CashBookOf(day=day.date()))
    if as_json:
        print(json.dumps(answer, ensure_ascii=False, indent=1))
    else:
        _show_cash(answer)


def _one_of(month: str, period: str) -> str:
    if bool(month) == bool(period):
        raise Refusal("no_period", "Sebutkan --month 2016-03 atau --period 2016.", field="period")
    try:
        return named_period(month or period).code
    except ValueError:
        said = f"Masa {month or period} tidak dikenal; tulis 2016, 2016-Q1, 2016-03 atau 2016-03-15."
        raise Refusal("unknown_period", said, field="month" if month else "period") from None


def _form(output: Path) -> Literal["pdf", "xlsx"]:
    form = next((form for form in WRITTEN if output.suffix.lower() == f".{form}"), None)
    if form is None:
        raise Refusal("unknown_form", f"{output.name} bukan nama berkas .pdf atau .xlsx.", field="output")
    return form


def _write(answer: dict, output: Path) -> None:
    output.write_bytes(base64.b64decode(answer["content"]))
    signed = "bertanda tangan" if answer["signed"] else "rancangan, belum ditandatangani"
    console().print(Text(f"{output}: {signed}."))


def _show(answer: dict) -> None:
    table = columns("", "SKRD", "Ketetapan", "Diterima", "Bunga", "Dikurangi", "Tidak ditagih", "Sisa")
    for row in [*answer["rows"], answer["total"] | {"name": "Jumlah"}]:
        sums = [
            signed_rupiah(row[of])
            for of in ("assessed", "received", "interest", "reduced", "written_off", "outstanding")
        ]
        table.add_row(Text(row["name"]), str(row["skrd"]), *sums)
    screen = console()
    screen.print(Text(f"Rekapitulasi retribusi {answer['name']}"))
    screen.print(table)


def _show_cash(answer: dict) -> None:
    table = columns("Waktu", "Acuan", "Tunai", "Bank", "Disetor", "Kas")
    for entry in answer["entries"]:
        sums = [_sum(entry[of]) for of in ("cash", "bank", "deposited")]
        named = Text(entry.get("number") or entry["reference"])
        table.add_row(entry["at"][11:16], named, *sums, _sum(entry["balance"]) or "Rp 0")
    screen = console()
    screen.print(Text(f"Buku kas {answer['day']}: kas awal {_sum(answer['opening']) or 'Rp 0'}"))
    screen.print(table)
    sums = ", ".join(f"{name} {signed_rupiah(answer[of])}" for name, of in _TOTALS.items())
    screen.print(Text(f"{sums}; kas akhir {_sum(answer['closing']) or 'Rp 0'}."))


_TOTALS = {"tunai": "cash", "bank": "bank", "disetor": "deposited"}


def _sum(amount: int) -> str:
    return signed_rupiah(amount) if amount else ""
