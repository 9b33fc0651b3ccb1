"""Which letter the notas of a file call for: the SKRD, or one that brings its demand up or down to a corrected nota."""

from typing import Literal, NamedTuple

from services.retribution.letter_model import Drawn, Nota, Skrd
from services.retribution.model import Assessment

NAMES = {
    "skrd": "Surat Ketetapan Retribusi Daerah",
    "skrdkb": "Surat Ketetapan Retribusi Daerah Kurang Bayar",
    "skrdlb": "Surat Ketetapan Retribusi Daerah Lebih Bayar",
}


class CalledFor(NamedTuple):
    """A letter that is to be issued: what it is, and by how much it raises or lowers the demand, whole rupiah."""

    kind: Literal["skrd", "skrdkb", "skrdlb"]
    amount: int


def called_for(assessment: Assessment) -> CalledFor | None:
    """The letter that the signed nota calls for and nobody has issued; None when what stands agrees with it."""
    nota = assessment.nota
    if assessment.closed or assessment.nothing_due or assessment.joined_to or nota is None or nota.signed_at is None:
        return None
    total = sum(each.total for each in drawn_from(assessment))
    difference = total - demanded(assessment)
    if difference == 0:
        return None
    if assessment.skrd is None:
        return CalledFor("skrd", total)
    return CalledFor("skrdkb", difference) if difference > 0 else CalledFor("skrdlb", -difference)


def drawn_from(assessment: Assessment) -> list[Drawn]:
    """The signed notas that count in the SKRD of a file: its own and those of the files joined to it, without those of
    files that ended."""
    own = [] if assessment.left else [(assessment.id, assessment.resi, assessment.nota)]
    others = [(each.application_id, each.resi, each.nota) for each in assessment.joined if not each.left]
    return [Drawn(application_id=id, resi=resi, nota=nota.number, total=nota.total) for id, resi, nota in own + others]


def demands(letter: Skrd, nota: Nota) -> int:
    """What the whole demand comes to after this letter, by the notas it was drawn from. Whole rupiah."""
    return sum(each.total for each in letter.drawn_from) if letter.drawn_from else nota.total


def standing(assessment: Assessment) -> list[Skrd]:
    """The letters that were not cancelled, signed or not, in the order in which they were issued."""
    return [*([assessment.skrd] if assessment.skrd else []), *assessment.supplements]


def demanded(assessment: Assessment) -> int:
    """What the letters that stand come to together; relief and the like not taken off. Whole rupiah."""
    return sum(-letter.amount if letter.kind == "skrdlb" else letter.amount for letter in standing(assessment))


def unsigned(assessment: Assessment) -> Skrd | None:
    """The letter that waits for the Head's signature."""
    return next((letter for letter in standing(assessment) if letter.signed_at is None), None)


def take_its_place(assessment: Assessment) -> None:
    """The correction, signed, takes the place of the nota it names, which stays as it was with its quantities. Letters
    that nobody signed go with the nota they were drawn from; their numbers stay taken."""
    old, new = assessment.nota, assessment.correction
    old.quantities = assessment.quantities
    assessment.quantities = new.quantities or assessment.quantities
    assessment.replaced.append(old)
    assessment.nota, assessment.correction = new, None
    for letter in standing(assessment):
        if letter.signed_at is None:
            set_aside(assessment, letter)


def set_aside(assessment: Assessment, letter: Skrd) -> None:
    """A letter stands no longer. It is kept."""
    assessment.cancelled.append(letter)
    assessment.supplements = [each for each in assessment.supplements if each is not letter]
    if assessment.skrd is letter:
        assessment.skrd = None
