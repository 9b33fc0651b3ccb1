"""The pages on which one applies, and what counts as an answer on each. Pure: an offering, answers, typed texts."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from pydantic import ValidationError

from catalogue.licence_type import Requirement
from catalogue.offering import Offering
from catalogue.office import organisation
from catalogue.transactions import Transaction, transactions
from contracts import intake
from portal.words import N_
from values.refusal import Refusal

KIND, EARLIER, APPLICANT, PLACE, QUANTITIES = "jenis", "izin-lama", "pemohon", "tempat", "besaran"
ASKED, PARENT = "untuk", "induk"  # answers without a page: what is asked for, and the file this one depends on
TITLES = {
    KIND: N_("Jenis permohonan"),
    EARLIER: N_("Izin yang sudah ada"),
    APPLICANT: N_("Pemohon"),
    PLACE: N_("Tempat"),
    QUANTITIES: N_("Besaran"),
}
ONLY_DIGITS = ("nik", "phone", "npwp")


class Field(NamedTuple):
    """One question. `choices` are (code, words) to choose from; `data`: label and choices are the catalogue's words;
    `default` is what counts when nothing is said."""

    id: str
    label: str
    hint: str = ""
    fault: str = ""
    required: bool = True
    choices: tuple[tuple[str, str], ...] = ()
    inputmode: str = ""
    autocomplete: str = "off"
    maxlength: int = 200
    data: bool = False
    default: str = ""


OF_APPLICANT = (
    Field(
        "name",
        N_("Nama lengkap"),
        N_("Seperti pada KTP."),
        N_("Tulis nama lengkap dengan huruf Latin"),
        autocomplete="name",
        maxlength=120,
    ),
    Field(
        "nik", N_("NIK"), N_("16 angka pada KTP."), N_("NIK terdiri atas 16 angka"), inputmode="numeric", maxlength=30
    ),
    Field(
        "address",
        N_("Alamat"),
        "",
        N_("Tulis alamat lengkap, paling sedikit 5 huruf"),
        autocomplete="street-address",
        maxlength=300,
    ),
    Field(
        "phone",
        N_("Nomor telepon"),
        N_("Untuk pertanyaan tentang berkas ini."),
        N_("Nomor telepon terdiri atas 8 sampai 15 angka"),
        inputmode="tel",
        autocomplete="tel",
        maxlength=30,
    ),
    Field(
        "email",
        N_("E-mail"),
        N_("Boleh kosong. Ke sini surat kami dikirim."),
        N_("Tulis seperti nama@contoh.id, atau kosongkan"),
        required=False,
        autocomplete="email",
    ),
    Field(
        "npwp",
        N_("NPWP"),
        N_("Boleh kosong."),
        N_("NPWP terdiri atas 15 atau 16 angka; boleh kosong"),
        required=False,
        inputmode="numeric",
        maxlength=30,
    ),
)


def of_place(service: bool = False) -> tuple[Field, ...]:
    """What is asked about the place, or for a service about who sends the letter; the kecamatan are those of the
    city."""
    names = sorted(unit.name for unit in organisation().units.values() if unit.kind == "kecamatan")
    kecamatan = tuple((name.removeprefix("Kecamatan "),) * 2 for name in names)
    return (
        Field(
            "name",
            N_("Nama instansi, organisasi atau kegiatan") if service else N_("Nama usaha, bangunan atau benda"),
            "" if service else N_("Misalnya nama toko; untuk rumah cukup Rumah tinggal."),
            N_("Tulis namanya dengan huruf Latin"),
            maxlength=160,
        ),
        Field("address", N_("Alamatnya"), "", N_("Tulis alamat lengkap, paling sedikit 5 huruf"), maxlength=300),
        Field("kecamatan", N_("Kecamatan"), "", N_("Pilih salah satu kecamatan"), choices=kecamatan),
        Field(
            "kelurahan",
            N_("Kelurahan"),
            N_("Boleh kosong."),
            N_("Tulis nama kelurahan, atau kosongkan"),
            required=False,
            maxlength=60,
        ),
    )


def on_a_licence(kind: Offering) -> list[Transaction]:
    """What may be asked for about a licence of this type that exists. Where the type has a sub-kind for renewal or
    re-registration, these go by their sub-kinds only."""
    if kind.by_hand or kind.revokes:
        return []
    lines = set(kind.sub_kinds)
    by_line = any(each.sub_kinds & lines for each in transactions().values())
    found = [transactions()[code] for code in transactions() if code in kind.ways]
    return [each for each in found if not (by_line and each.sub_kinds and not each.sub_kinds & lines)]


def begin_with(kind: Offering, asked: str, number: str) -> dict[str, Any]:
    """The first answers of who asks for something about the licence with that number. KeyError for what may not be
    asked for."""
    found = {each.code: each for each in on_a_licence(kind)}[asked]
    answers: dict[str, Any] = {ASKED: {"transaction": found.code}, EARLIER: {"licence_number": number}}
    if line := sorted(found.sub_kinds & set(kind.sub_kinds)):
        answers[KIND] = {"sub_kind": line[0]}
    return answers


def known_from(kind: Offering, earlier: Mapping[str, Any], answers: Mapping[str, Any]) -> dict[str, Any]:
    """What an earlier application for the same type said, as far as it holds for this one too."""
    asked = transaction(kind, answers)
    known = {page: earlier[page] for page in pages(kind, answers) if page in earlier and page not in answers}
    if asked.holder == "another":
        known.pop(APPLICANT, None)
    if KIND in known and known[KIND].get("sub_kind") not in dict(fields(kind, KIND, answers)[0].choices):
        del known[KIND]
    return known


def transaction(kind: Offering, answers: Mapping[str, Any]) -> Transaction:
    """What is asked for: as chosen at the beginning, or by the sub-kind chosen so far."""
    return kind.transaction(answers.get(ASKED, {}).get("transaction"), answers.get(KIND, {}).get("sub_kind"))


def pages(kind: Offering, answers: Mapping[str, Any]) -> list[str]:
    """The pages of this application in their order, without those of the papers."""
    asked = transaction(kind, answers)
    if kind.by_hand:
        return [APPLICANT, PLACE]
    found = [KIND] if kind.sub_kinds and asked.particulars != "not_needed" else []
    found += [EARLIER] if asked.about_a_licence else []
    found += [APPLICANT, PLACE]
    return found + ([QUANTITIES] if kind.quantities and asked.particulars == "stated" else [])


def papers(kind: Offering, answers: Mapping[str, Any]) -> list[Requirement]:
    """The papers this application asks for."""
    sub_kind = answers.get(KIND, {}).get("sub_kind")
    return kind.required(sub_kind=sub_kind, transaction=transaction(kind, answers).code)


def fields(kind: Offering, page: str, answers: Mapping[str, Any]) -> tuple[Field, ...]:
    """The questions of a page."""
    if page == KIND:
        asked = answers.get(ASKED, {}).get("transaction")
        others = {code for each in transactions().values() if asked not in (None, each.code) for code in each.sub_kinds}
        lines = tuple((line.code, line.name) for line in kind.lines if line.offered and line.code not in others)
        return (Field("sub_kind", N_("Yang diajukan"), "", N_("Pilih salah satu"), choices=lines),)
    if page == EARLIER:
        return (
            Field(
                "licence_number",
                N_("Nomor izin yang ada"),
                N_("Persis seperti tercetak pada izin."),
                N_("Tulis nomor izin yang sudah ada"),
                maxlength=80,
            ),
        )
    if page == APPLICANT:
        return OF_APPLICANT
    if page == PLACE:
        return of_place(service=kind.by_hand)
    return tuple(_of_quantity(quantity) for quantity in kind.quantities)


def fields_of_cost(kind: Offering) -> tuple[Field, ...]:
    """The questions whose answers decide what a licence of this type costs."""
    chosen = fields(kind, KIND, {}) if kind.sub_kinds else ()
    return (*chosen, *fields(kind, QUANTITIES, {}))


def read(
    kind: Offering, page: str, typed: Mapping[str, str], answers: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, str]]:
    """(the answer of a page, what is wrong by field). The answer is kept only when nothing is wrong."""
    asked = fields(kind, page, answers)
    given = {field.id: typed.get(field.id, "").strip() for field in asked}
    faults = {field.id: field.fault for field in asked if field.required and not given[field.id]}
    faults |= {f.id: f.fault for f in asked if f.choices and given[f.id] and given[f.id] not in dict(f.choices)}
    if page == QUANTITIES:
        return _quantities(kind, given, faults)
    plain = {name: _tidy(name, text) or None for name, text in given.items()}
    shape = {APPLICANT: intake.Applicant, PLACE: intake.Place}.get(page)
    if shape is not None:
        try:
            shape.model_validate(plain)
        except ValidationError as error:
            wrong = {str(each["loc"][0]) for each in error.errors()}
            faults |= {field.id: field.fault for field in asked if field.id in wrong}
    return plain, {field.id: faults[field.id] for field in asked if field.id in faults}


def names_of(field: Field) -> dict[str, str]:
    """What may be chosen, by its code."""
    return dict(field.choices)


def missing(kind: Offering, answers: Mapping[str, Any], handed_in: Mapping[str, Any]) -> list[str]:
    """What is still to be answered, as addresses below that of the draft: pages, then papers."""
    open_pages = [page for page in pages(kind, answers) if page not in answers]
    return open_pages + [f"berkas/{r.code}" for r in papers(kind, answers) if r.code not in handed_in]


def progress(kind: Offering, answers: Mapping[str, Any], here: str) -> tuple[int, int | None]:
    """(which step of the application the page at `here` is, of how many): pages, then papers. How many papers there
    are is not known before the sub-kind was chosen: None."""
    steps = [*pages(kind, answers), *(f"berkas/{paper.code}" for paper in papers(kind, answers))]
    return steps.index(here) + 1, None if KIND in steps and KIND not in answers else len(steps)


def _of_quantity(quantity: Any) -> Field:
    unit = f" ({quantity.unit})" if quantity.unit else ""
    choices = tuple((code, choice.name) for code, choice in quantity.choices.items())
    mode = {"integer": "numeric", "decimal": "decimal"}.get(quantity.kind, "")
    fault = N_("Pilih salah satu") if choices else N_("Tulis angkanya")
    return Field(
        quantity.code,
        quantity.name + unit,
        "",
        fault,
        choices=choices,
        inputmode=mode,
        maxlength=20,
        data=True,
        required=quantity.default is None,
        default="" if quantity.default is None else str(quantity.default),
    )


def _quantities(kind: Offering, given: dict[str, str], faults: dict[str, str]) -> tuple[dict, dict]:
    answer: dict[str, Any] = {}
    for quantity in kind.quantities:
        text = given[quantity.code]
        if quantity.code in faults or (not text and quantity.default is not None):
            continue
        value: Any = text.replace(",", ".") if quantity.kind == "decimal" else text
        if quantity.kind == "integer" and re.fullmatch(r"-?[0-9]{1,15}", text, re.ASCII):
            value = int(text)
        try:
            quantity.read(value)
        except Refusal as no:
            faults[quantity.code] = no.message
        answer[quantity.code] = value
    return answer, faults


def _tidy(name: str, text: str) -> str:
    return re.sub(r"[\s.-]", "", text) if name in ONLY_DIGITS else text
