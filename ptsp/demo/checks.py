"""What does not add up, each thing in words. Nothing said means that everything does.

Two kinds of check: the records against each other (every file closed and archived, every fact with its effect, every
number given once, both sites the same), and the records against what the people who acted believe.
"""

from collections import Counter
from collections.abc import Iterator

from plumbing.messaging.account import Account
from ptsp.demo.driver import Run
from ptsp.demo.gather import FileOnRecord, Findings
from ptsp.demo.life import Life
from values.rupiah import format_rupiah

NAMED = 10


def discrepancies(found: Findings, run: Run, before: Account) -> list[str]:
    """Every discrepancy as one Indonesian sentence. `before` is the account of the bus at the start of the run."""
    return [
        *_way(found, run),
        *_bus(found, before),
        *_numbers(found),
        *_sites(found),
        *_letters(found),
        *_belief(found, run),
        *_money(found, run),
    ]


def _way(found: Findings, run: Run) -> Iterator[str]:
    for id, why in list(run.failures.items())[:NAMED]:
        yield f"Permohonan {id} terhenti: {why}"
    if run.standstill:
        hung = [life for life in run.unfinished() if life.id not in run.failures]
        yield f"Tidak ada kemajuan selama dua menit; {len(hung)} permohonan menggantung."
        for life in hung[:NAMED]:
            yield f"Permohonan {life.id} ({life.plan.kind[0]}) menggantung pada langkah: {life.step}."
    if len(found.files) != len(run.lives):
        yield f"Diajukan {len(run.lives)} permohonan, tercatat {len(found.files)}."
    open_ = [file for file in found.files if not file.archived]
    if open_:
        yield f"{len(open_)} permohonan belum terarsip, antara lain {', '.join(f.id for f in open_[:3])}."
    closed = sum(file.outcome is not None for file in found.files)
    if closed != len(found.files):
        yield f"Terbit, ditolak, dan ditarik berjumlah {closed}, bukan {len(found.files)}."
    wanted, there = Counter(life.plan.kind for life in run.lives), Counter(file.kind for file in found.files)
    for kind in sorted(wanted.keys() | there.keys(), key=str):
        if wanted[kind] != there[kind]:
            yield f"Jenis {'/'.join(filter(None, kind))}: diajukan {wanted[kind]}, tercatat {there[kind]}."


def _bus(found: Findings, before: Account) -> Iterator[str]:
    bus = found.account
    for count, what, finding in (
        (bus.lost, "pesan hilang tanpa akibat", "without_effect"),
        (bus.doubled, "akibat terjadi dua kali", "doubled"),
        (bus.parked, "pesan diparkir menunggu operator", "parked"),
        (bus.discarded - before.discarded, "pesan dibuang oleh operator", "discarded"),
        (bus.waiting, "pesan masih menunggu penanganan", "waiting"),
    ):
        if count:
            named = "; ".join(bus.details.get(finding, [])[:3])
            yield f"{count} {what}{': ' + named if named else ''}."


def _numbers(found: Findings) -> Iterator[str]:
    for series in found.series:
        if series.missing:
            yield f"Seri {series.room} {series.name}: nomor {_few(series.missing)} tidak pernah diberikan."
        if series.repeated:
            yield f"Seri {series.room} {series.name}: nomor {_few(series.repeated)} diberikan lebih dari sekali."
    faults = sum(series.faults for series in found.series)
    if found.account.gaps and not faults:
        yield f"Neraca pesan menemukan {found.account.gaps} nomor kosong yang tidak tampak di sini."


def _sites(found: Findings) -> Iterator[str]:
    sites = found.sites
    for count, what, finding in (
        (sites.missing_primary, "dokumen tidak ada di lokasi utama", "missing_primary"),
        (sites.missing_second, "dokumen tidak ada di lokasi kedua", "missing_second"),
        (sites.mismatches, "dokumen berbeda di kedua lokasi", "mismatches"),
        (sites.unbundled, "dokumen berkas tidak termasuk dalam bundel mana pun", "unbundled"),
    ):
        if count:
            yield f"{count} {what}: {'; '.join(sites.named.get(finding, [])[:3])}."


def _letters(found: Findings) -> Iterator[str]:
    """Every address of the demonstration is a good one."""
    if refused := found.letters["refused"]:
        yield f"{refused} surat elektronik ditolak peladen surat."


def _belief(found: Findings, run: Run) -> Iterator[str]:
    on_record = {file.id: file for file in found.files}
    different = [line for life in run.lives for line in _differences(life, on_record.get(life.id))]
    yield from different[:NAMED]
    if len(different) > NAMED:
        yield f"… dan {len(different) - NAMED} perbedaan lain antara pelaku dan catatan."


def _differences(life: Life, file: FileOnRecord | None) -> Iterator[str]:
    if file is None:
        yield f"Permohonan {life.id} tidak tercatat."
        return
    for what, believed, recorded in (
        ("hasil", life.belief.outcome, file.outcome),
        ("penyerahan", life.belief.handed_over, file.handed_over),
        ("putaran pemeriksaan teknis", life.belief.rounds, file.rounds),
    ):
        if believed != recorded:
            yield f"Permohonan {life.id}: {what} menurut pelaku {believed}, menurut catatan {recorded}."


def _money(found: Findings, run: Run) -> Iterator[str]:
    money, beliefs = found.money, [life.belief for life in run.lives]
    assessed = sum(belief.nota or 0 for belief in beliefs)
    if assessed != money.assessed:
        yield f"Ketetapan menurut pelaku {format_rupiah(assessed)}, menurut catatan {format_rupiah(money.assessed)}."
    for life in run.lives:
        recorded = money.paid_by_file.get(life.id, (0, False))
        if (life.belief.paid, life.belief.late) != recorded:
            yield f"Permohonan {life.id}: bayar dan terlambat {life.belief.paid, life.belief.late}, catatan {recorded}."
    said_again = sum(belief.repeats_said for belief in beliefs)
    if said_again != money.repeats_suppressed:
        yield f"Bank mengulang {said_again} pembayaran, yang dikenali sebagai ulangan {money.repeats_suppressed}."
    paying = sum(belief.paid > 0 for belief in beliefs)
    if money.payments != paying:
        yield f"{paying} pembayaran dilakukan, {money.payments} tercatat."
    if money.overpaid:
        yield f"Tercatat lebih bayar {format_rupiah(money.overpaid)}."
    if money.outstanding:
        yield f"Masih terutang {format_rupiah(money.outstanding)}."


def _few(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:5]))
    return f"{shown} …" if len(numbers) > 5 else shown
