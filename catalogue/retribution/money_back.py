"""Interest that the city owes on money it gives back: for what an objection freed, and for a refund paid late. Pure."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from catalogue.change_rules import Compensation
from catalogue.retribution.late_interest import started_months
from catalogue.retribution.note import product
from values.rupiah import round_half_up


def rule_on(rules: Sequence[Compensation], day: date) -> Compensation | None:
    """The rule in force on a day; None before the first."""
    return next((rule for rule in sorted(rules, key=lambda r: r.since, reverse=True) if rule.since <= day), None)


def interest(amount: int, since: date, on: date, rules: Sequence[Compensation]) -> int:
    """What is owed on the day `on`, whole rupiah, rounded once, half up: by started months since a day, under the rule
    in force when it is asked."""
    rule, months = rule_on(rules, on), started_months(since, on)
    if rule is None or amount <= 0 or not months:
        return 0
    counted = months if rule.most_months is None else min(months, rule.most_months)
    return round_half_up(product([Decimal(amount), rule.percent_per_month, Decimal(counted)], divided_by=100))
