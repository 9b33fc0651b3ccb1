"""Where officers can go, by role, and what they can do with a file where it stands. Each page is named once, here."""

from typing import NamedTuple

from catalogue.offering import Offering
from catalogue.path import Step
from portal.words import N_


class Road(NamedTuple):
    """A page in the head of the officers' part. Without roles: for everyone who works here."""

    address: str
    name: str
    roles: tuple[str, ...] = ()


class Act(NamedTuple):
    """Something that may be done with a file: by whom, at which acts of its path (none: at any), on which page; only
    where its type `carries` that."""

    roles: tuple[str, ...]
    at: tuple[str, ...]
    address: str  # `{id}` stands for the file
    name: str
    carries: str = ""


INITIALLING, SIGNING = ("bidang_head", "administration_head", "tata_usaha_head"), ("head", "camat")
FINANCE = ("treasurer", "administration_officer", "administration_head", "tata_usaha_head", "head")
LEADERS = ("head", "tata_usaha_head", "administration_head", "mayor", "vice_mayor", "city_secretary", "assistant")

TAXING = ("bidang_officer", "bidang_head")

ROADS: tuple[Road, ...] = (
    Road("/petugas", N_("Meja kerja")),
    Road("/petugas/tanda-tangan", N_("Paraf"), INITIALLING),
    Road("/petugas/tanda-tangan", N_("Tanda tangan"), SIGNING),
    Road("/petugas/kas", N_("Buku kas"), FINANCE),
    Road("/petugas/rekap", N_("Rekapitulasi"), FINANCE),
    Road("/petugas/pimpinan", N_("Kinerja"), LEADERS),
)

ACTS: tuple[Act, ...] = (
    Act(TAXING, (), "/petugas/berkas/{id}/pajak", N_("Nota perhitungan pajak daerah"), "tax"),
    Act((*INITIALLING, *SIGNING), ("initial", "sign"), "/petugas/konsep/{id}", N_("Lihat konsep suratnya")),
)


def roads_of(role: str) -> list[Road]:
    """The pages of a role."""
    return [road for road in ROADS if not road.roles or role in road.roles]


def acts_of(role: str, step: Step | None, id: str, kind: Offering | None = None) -> list[tuple[str, str]]:
    """(address, name) of what that role may do with the file at that step. The room decides; this only shows."""
    here = step.act if step else ""
    found = [act for act in ACTS if role in act.roles and (not act.at or here in act.at)]
    found = [act for act in found if not act.carries or getattr(kind, act.carries, None)]
    return [(act.address.format(id=id), act.name) for act in found]
