"""Proof that a note gives the same rupiah again: pure, from what the note itself keeps."""

from itertools import zip_longest
from typing import NamedTuple

from catalogue.licences import licence_type
from catalogue.nota_lines import Line, again, reckon, recompute
from catalogue.tariff_book import tariff_book
from services.retribution.letter_model import Nota
from services.retribution.letters import demands, standing
from services.retribution.model import Assessment
from values.refusal import Refusal
from values.rupiah import format_rupiah


class Difference(NamedTuple):
    """Where a note does not agree with itself: `stored` and `again` in whole rupiah; `again` is None when it cannot be
    computed any more."""

    where: str
    stored: int
    again: int | None

    @property
    def said(self) -> str:
        if self.again is None:
            return f"{self.where}: {format_rupiah(self.stored)} tidak dapat dihitung lagi"
        by = ("+" if self.again > self.stored else "-") + format_rupiah(abs(self.again - self.stored))
        sums = f"tersimpan {format_rupiah(self.stored)}, dihitung ulang {format_rupiah(self.again)}"
        return f"{self.where}: {sums} (selisih {by})"


class NotaDiffers(Exception):
    """A stored note does not give the same rupiah again: it was changed, or what it was computed from was."""


def differences(assessment: Assessment) -> list[Difference]:
    """Everything in which the notes of a file disagree, those that were replaced among them, in five ways of looking:
    each line from its own figures, each line with its tariff row, all lines from the formula and the inputs the note
    keeps, the note from the declared quantities on its day, and the SKRD with the note."""
    notes = [*assessment.replaced, assessment.nota]
    return [each for nota in notes for each in _of_note(assessment, nota)] + _of_letters(assessment)


def _of_note(assessment: Assessment, nota: Nota) -> list[Difference]:
    found = [each for number, line in enumerate(nota.lines, 1) for each in _of_line(f"baris {number}", line)]
    found += [each for number, line in enumerate(nota.workings, 1) for each in _of_line(f"rincian {number}", line)]
    found += _from_inputs(nota)
    total = sum(line.amount for line in nota.lines)
    declared = _from_quantities(assessment, nota)
    for where, value in (("jumlah baris nota", total), ("nota dari ukuran yang dinyatakan", declared)):
        if value != nota.total:
            found.append(Difference(where, nota.total, value))
    return found


def _of_letters(assessment: Assessment) -> list[Difference]:
    """The letters that stand, summed one after the other, against the note each was drawn from."""
    notes = [*assessment.replaced, assessment.nota]
    found, demanded = [], 0
    for letter in standing(assessment):
        demanded += -letter.amount if letter.kind == "skrdlb" else letter.amount
        note = next((note for note in notes if note.number == letter.nota), notes[0])
        if demanded != (whole := demands(letter, note)):
            found.append(Difference(f"{letter.kind.upper()} terhadap notanya", demanded, whole))
    return found


def _of_line(where: str, line: Line) -> list[Difference]:
    found = []
    if (amount := recompute(line)) != line.amount:
        found.append(Difference(where, line.amount, amount))
    row = tariff_book().rows.get(line.tariff_row or "")
    if line.tariff is not None and (row is None or row.amount != line.tariff):
        where = f"{where}, baris tarif {line.tariff_row}"
        found.append(Difference(where, line.tariff, None if row is None else row.amount))
    return found


def _from_inputs(nota: Nota) -> list[Difference]:
    """The lines once more from what the note keeps; a note of an earlier version keeps no inputs."""
    if nota.formula is None or nota.inputs is None:
        return []
    try:
        made = again(nota.formula, nota.inputs).lines
    except Refusal:
        return [Difference(f"rumus {nota.formula}", nota.total, None)]
    pairs = zip_longest((line.amount for line in nota.lines), (line.amount for line in made))
    return [
        Difference(f"baris {number} dari rumus {nota.formula}", kept or 0, amount)
        for number, (kept, amount) in enumerate(pairs, 1)
        if kept != amount
    ]


def _from_quantities(assessment: Assessment, nota: Nota) -> int | None:
    """By the rule of the type, if the note was made by it: another rule that came since gives another sum, rightly."""
    kind = licence_type(assessment.licence_type, assessment.edition)
    rule = kind.retribution
    if rule is None or rule.formula != nota.lines[0].formula:
        return nota.total
    try:
        rates = [nota.rate] if nota.rate else []
        declared = nota.quantities or assessment.quantities
        made = reckon(kind, assessment.sub_kind, declared, nota.computed_on, rates=rates)
    except Refusal:
        return None
    return nota.total if nota.inputs and nota.inputs.keys() != made.inputs.keys() else made.total
