"""On whose desk a file lies, and who of the office may look into it. Pure: the path, the role, the unit."""

from catalogue.offering import Offering
from catalogue.path import APPLICANT, Step

TO_COLLECT = "to_collect"  # of the counters: a licence is signed and nobody has come for it yet
BIDANG_ROLES = ("bidang_officer", "bidang_head")
TEAM = "technical_officer"
# Whose work concerns every file of the office: they see each one.
EVERYWHERE = (
    "counter",
    "administration_officer",
    "administration_head",
    "tata_usaha_head",
    "head",
    "treasurer",
    "archivist",
    "operator",
)


def desk(role: str, unit: str | None = None) -> str:
    """The name of a desk: `bidang_head.jasa_usaha`, or `counter` where a role has one desk in the whole office."""
    return f"{role}.{unit}" if unit else role


def desks_of(kind: Offering, step: Step | None) -> list[str]:
    """The desks on which a file of that kind lies while it is at that step; none while the applicant has it.

    A team's desk is that of its SKPD; while a team or the retribution is at work, the Bidang of the type has the file.
    """
    if step is None or step.actor == APPLICANT:
        return []
    if kind.by_hand:
        return [desk(step.actor, kind.unit_of(step.actor))]
    if step.act == "technical_verification":
        return [*(desk(TEAM, code) for code in kind.skpd), *(desk(role, kind.bidang) for role in BIDANG_ROLES)]
    if step.act == "retribution":
        return [desk(role, kind.bidang) for role in BIDANG_ROLES]
    return [desk(step.actor, kind.bidang if step.actor in BIDANG_ROLES else None)]


def desks_at(role: str, unit: str) -> list[str]:
    """The desks of who acts in that role and unit."""
    return [desk(role), desk(role, unit)]


def may_see(kind: Offering, role: str, unit: str | None) -> bool:
    """Whether a file of that kind is that seat's business: the Bidang of the type, the SKPD of its team, every role on
    the path of a service, and those whose work concerns all files."""
    if kind.by_hand:
        on_path = role in kind.path.roles - {APPLICANT}
        return role in ("operator", "archivist") or (on_path and kind.unit_of(role) in (None, unit))
    if role in BIDANG_ROLES:
        return unit == kind.bidang
    if role == TEAM:
        return unit in kind.skpd
    return role in EVERYWHERE
