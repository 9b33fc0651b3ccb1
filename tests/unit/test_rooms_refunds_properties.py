"""Any sequence of payments, assignments and refunds, in any order and repetition, ends in the same balance."""

from collections import Counter
from datetime import timedelta
from functools import partial

from hypothesis import given, settings
from hypothesis import strategies as st

from services.retribution import ledger
from services.retribution.posting import received
from tests.assessed import Assessed
from tests.builders import Drawers, on
from tests.moved import YEAR, assign, decide, propose, total
from values.refusal import Refusal

WHERE = st.sampled_from([0, 1, None])  # which file, or nobody
MONEY = st.lists(
    st.tuples(WHERE, st.integers(2, 300_000), st.integers(0, 60), st.sampled_from(["bank", "treasurer"])), max_size=5
)


@settings(max_examples=40, deadline=None)
@given(money=MONEY, order=st.randoms(use_true_random=False), halves=st.booleans(), granted=st.booleans())
def test_any_order_and_repetition_of_payments_assignments_and_refunds_ends_in_the_same_balance(
    money, order, halves, granted
):
    """Half or all of what came under an unknown code goes to a file, the rest is given back; every step is tried, in
    any order and again, until nothing changes."""
    ends = []
    for shuffle in (False, True):
        drawers = Drawers()
        files = [Assessed(file=f"file-{n}", drawers=drawers).demanded() for n in range(2)]
        steps, goes = [], Counter()
        for n, (where, amount, days, channel) in enumerate(money):
            reference, at = f"BJB-{n:04d}", on(3, 10) + timedelta(days=days, minutes=n)
            code = files[where].record.skrd.payment_code if where is not None else "123456"
            steps.append(partial(files[0].pay, amount, reference, at=at, code=code, channel=channel))
            if where is None:
                part = amount // 2 if halves else amount
                target = files[n % 2]
                give = partial(assign, drawers, reference, part, target.record.skrd.payment_code, acted_at=on(6, 1))
                steps.append(_once(give))
                if amount - part:
                    steps.append(_once(partial(_given_back, drawers, reference, amount - part, granted)))
                    goes["promised"] += granted * (amount - part)
        again = [step for step in steps for _ in range(2)]
        if shuffle:
            order.shuffle(again)
        while [step for step in again if _refused(step)]:
            pass
        ends.append((total(drawers), ledger.days(drawers, *YEAR), [f.record.account.as_dict()["parts"] for f in files]))
        sums = ends[-1][0]
        assert sums["received"] == sum(amount for _, amount, _, _ in money)
        assert sums["promised"] == goes["promised"]
        by_day = {day: sum(map(received, of.values())) for day, of in ends[-1][1].items()}
        assert sum(by_day.values()) == sums["received"]
    assert ends[0] == ends[1]


def _once(step):
    """A command with one id is one command: the desk answers its repeats from what it keeps."""
    answers = []

    def act():
        if not answers:
            answers.append(step())
        return answers[0]

    return act


def _given_back(drawers: Drawers, reference: str, amount: int, granted: bool) -> None:
    number = propose(drawers, reference, amount, acted_at=on(6, 2))
    decide(drawers, number, granted, at=on(6, 3))


def _refused(step) -> bool:
    """Whether it has to be tried again, since what it is about is not there yet."""
    try:
        step()
    except Refusal as no:
        assert no.code == "unknown_reference"
        return True
    return False
