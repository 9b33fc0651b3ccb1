"""What changes from one edition of the catalogue to another, in words for the people it concerns."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal

from catalogue.cost import cost_words
from catalogue.difference_path import path_changes
from catalogue.editions import Edition, edition, editions
from catalogue.licence_type import LicenceType, Requirement
from catalogue.licences import licence_types
from catalogue.office import Organisation, organisation
from catalogue.reading import Entry
from catalogue.wording import listed
from values.dates import long_date
from values.refusal import Refusal

About = Literal[
    "type", "sub_kind", "requirement", "cost", "path", "time", "validity", "skpd", "initials", "signature", "other"
]
KINDS = {"administrative": "administrasi", "technical": "teknis"}
BIDANG = {"jasa_usaha": "Jasa Usaha", "tertentu": "Perizinan Tertentu", "non_perizinan": "Non Perizinan"}
VISITS = {"meeting": "rapat", "visit": "kunjungan lapangan", None: "tanpa verifikasi teknis"}
NAMES = {
    "bidang": BIDANG,
    "group": {"perizinan": "perizinan", "non_perizinan": "non perizinan"},
    "verification": VISITS,
}
OTHER = {
    "name": "Nama",
    "abbreviation": "Singkatan",
    "product": "Produk layanan",
    "bidang": "Bidang yang menangani",
    "group": "Golongan",
    "classification": "Kode klasifikasi",
    "verification": "Cara verifikasi teknis",
}
SAID = {
    *("effective_from", "ended", "lines", "requirements", "retribution", "quantities", "path", "working_days"),
    *("validity_years", "skpd", "initials", "signed_by", "legal_basis"),
    *OTHER,
}
UNSAID = {
    *("edition", "number", "code", "note", "sources"),  # who it is, and what explains it
    *("counts", "printed_total", "printed_name", "counted", "counted_reason", "header"),  # history of the table
    "tax",  # it is assessed elsewhere
    "stretches",  # `path` is made of them
    *("ways", "revokes"),  # transactions belong to no edition
}


class Change(Entry):
    """One thing that is different for one type. `sub_kinds` names those concerned, none means all.

    `since` is the day of the edition that brought it; `for_whom` says whose files follow it and whose do not.
    """

    type_code: str
    type_name: str
    about: About
    text: str
    sub_kinds: tuple[str, ...] = ()
    since: date
    for_whom: str


Said = tuple[About, str, tuple[str, ...]]


def difference(older: str, newer: str) -> list[Change]:
    """What changes for whom from the edition `older` to the edition `newer`, in the order of the table.

    `Refusal` for an edition there is none of, and for editions handed in the wrong way round. Empty: nothing changes.
    """
    first, last = edition(older), edition(newer)
    if last.published < first.published:
        raise Refusal(
            "editions_out_of_order",
            f"Edisi {newer} terbit sebelum edisi {older}.",
            field="newer",
            remedy=f"Sebutkan edisi lama dahulu: {newer} {older}.",
        )
    way = [each for each in editions().values() if first.published <= each.published <= last.published]
    told = [list(changes(licence_types(older), licence_types(each.code), first, each)) for each in way]
    return [
        Change(
            type_code=kind.code,
            type_name=kind.name,
            about=about,
            text=text,
            sub_kinds=sub_kinds,
            since=begun.published,
            for_whom=for_whom(before, begun, sub_kinds),
        )
        for kind, (about, text, sub_kinds) in told[-1]
        for before, begun in [_begun(way, told, (kind.code, text))]
    ]


def for_whom(before: Edition, begun: Edition, sub_kinds: tuple[str, ...] = ()) -> str:
    """Whose files follow a change that `begun` brought, and which edition the others keep."""
    who = f"pemohon baru ({listed(list(sub_kinds))})" if sub_kinds else "pemohon baru"
    return (
        f"{who} sejak {long_date(begun.published)}; "
        f"berkas yang terdaftar sebelumnya tetap mengikuti edisi {before.code}"
    )


def changes(
    older: Mapping[str, LicenceType],
    newer: Mapping[str, LicenceType],
    was: Edition,
    now: Edition,
    office: Organisation | None = None,
) -> Iterator[tuple[LicenceType, Said]]:
    """Every difference between two sets of types, as (type, what it is about, words, sub-kinds concerned).

    The tariffs named are those of the days on which `was` and `now` were published.
    """
    office = office or organisation()
    for code, after in newer.items():
        before = older.get(code)
        if before is None:
            opens = after.effective_from or now.published
            yield after, ("type", f"Layanan baru, dibuka sejak {long_date(opens)}", ())
            continue
        for said in (
            *_life(before, after),
            *_requirements(before, after),
            *_cost(before, after, was, now),
            *(("path", text, ()) for text in path_changes(before.path, after.path, office)),
            *_decisions(before, after, office),
        ):
            yield after, said
    for code in (code for code in older if code not in newer):
        yield older[code], ("type", "Layanan tidak ada lagi dalam katalog", ())


def _begun(
    way: list[Edition], told: list[list[tuple[LicenceType, Said]]], what: tuple[str, str]
) -> tuple[Edition, Edition]:
    """The edition since which that has held without a break, and the one before it."""
    holds = [what in {(kind.code, text) for kind, (_, text, _) in each} for each in told]
    place = len(way) - 1
    while place > 1 and holds[place - 1]:
        place -= 1
    return way[place - 1], way[place]


def _life(before: LicenceType, after: LicenceType) -> Iterator[Said]:
    if before.ended != after.ended:
        if after.ended is None:
            yield "type", "Layanan dibuka kembali dan tidak berakhir lagi", ()
        else:
            yield "type", f"Layanan berakhir; permohonan terakhir diterima {long_date(after.ended)}", ()
    if before.effective_from != after.effective_from and after.effective_from is not None:
        yield "type", f"Layanan dibuka sejak {long_date(after.effective_from)}", ()
    was = {line.code: line for line in before.lines if line.offered}
    now = {line.code: line for line in after.lines if line.offered}
    for code in (code for code in now if code not in was):
        yield "sub_kind", f"Jenis permohonan baru: {now[code].name}", (now[code].name,)
    for code in (code for code in was if code not in now):
        yield "sub_kind", f"Jenis permohonan tidak dilayani lagi: {was[code].name}", (was[code].name,)
    for code in (code for code in was if code in now):
        if was[code].name != now[code].name:
            yield "sub_kind", f"Jenis permohonan {was[code].name} kini bernama {now[code].name}", (now[code].name,)


def _requirements(before: LicenceType, after: LicenceType) -> Iterator[Said]:
    was = {each.code: each for each in before.requirements}
    now = {each.code: each for each in after.requirements}
    for code, each in now.items():
        names = _sub_kinds(after, each)
        if code not in was:
            yield "requirement", f"Persyaratan {KINDS[each.kind]} baru: {each.name}", names
        elif was[code].only_for != each.only_for:
            old = listed(list(_sub_kinds(before, was[code]))) or "semua jenis permohonan"
            new = listed(list(names)) or "semua jenis permohonan"
            yield "requirement", f"Persyaratan “{each.name}” kini untuk {new} (sebelumnya {old})", names
        elif (was[code].kind, was[code].name) != (each.kind, each.name):
            words = f"“{each.name}”, {KINDS[each.kind]} (sebelumnya “{was[code].name}”, {KINDS[was[code].kind]})"
            yield "requirement", f"Persyaratan kini {words}", names
    for code, each in was.items():
        if code not in now:
            text = f"Persyaratan {KINDS[each.kind]} tidak diminta lagi: {each.name}"
            yield "requirement", text, _sub_kinds(before, each)


def _sub_kinds(kind: LicenceType, requirement: Requirement) -> tuple[str, ...]:
    return tuple(line.name for line in kind.lines if line.code in requirement.only_for)


def _cost(before: LicenceType, after: LicenceType, was: Edition, now: Edition) -> Iterator[Said]:
    if before.retribution != after.retribution:
        old, new = cost_words(before, was.published), cost_words(after, now.published)
        if old == new:
            yield "cost", f"Dasar atau cara menghitung biaya berubah; kini {_small(new)}", ()
        else:
            yield "cost", f"Biaya: {_small(new)} (sebelumnya {_small(old)})", ()
    if before.quantities != after.quantities:
        names = listed([each.name for each in after.quantities]) or "tidak ada"
        yield "cost", f"Isian untuk menghitung retribusi berubah; kini {names}", ()


def _small(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]


def _decisions(before: LicenceType, after: LicenceType, office: Organisation) -> Iterator[Said]:
    if before.working_days != after.working_days:
        yield "time", f"Waktu: {after.working_days} hari kerja (sebelumnya {before.working_days} hari kerja)", ()
    if before.validity_years != after.validity_years:
        yield "validity", f"Masa berlaku: {_years(after)} (sebelumnya {_years(before)})", ()
    for word, units in (
        ("turut menangani", [code for code in after.skpd if code not in before.skpd]),
        ("tidak lagi menangani", [code for code in before.skpd if code not in after.skpd]),
    ):
        if units:
            yield "skpd", f"SKPD yang {word}: {listed([office.units[code].name for code in units])}", ()
    if before.initials != after.initials:
        old, new = (" → ".join(office.roles[role].name for role in kind.initials) for kind in (before, after))
        yield "initials", f"Paraf: {new} (sebelumnya {old})", ()
    if before.signed_by != after.signed_by:
        old, new = office.roles[before.signed_by].name, office.roles[after.signed_by].name
        yield "signature", f"Ditandatangani oleh {new} (sebelumnya {old})", ()
    if before.legal_basis != after.legal_basis:
        yield "other", f"Dasar hukum kini: {'; '.join(after.legal_basis)}", ()
    for field, label in OTHER.items():
        old, new = (NAMES.get(field, {}).get(value, value) for value in (getattr(before, field), getattr(after, field)))
        if old != new:
            yield "other", f"{label}: {new or 'tidak ada'} (sebelumnya {old or 'tidak ada'})", ()


def _years(kind: LicenceType) -> str:
    return f"{kind.validity_years} tahun" if kind.validity_years else "tidak dibatasi"
