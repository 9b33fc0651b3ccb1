"""The paths of the 21 services: the procedures of the decree as steps that lead somewhere, with somebody at each."""

from datetime import date

import pytest

from catalogue.office import organisation
from catalogue.path import APPLICANT, REFUSED, WITHDRAWN, returns
from catalogue.standard import CODES
from catalogue.standards_book import service_standard, service_standards

# The same ways back on the paths: step, outcome, where to.
PATH_BRANCHES = {
    "S-I": [("register", "incomplete", "sender_identity"), ("sender_identity", "answered", "register")],
    "S-II": [("register", "incomplete", "sender_identity"), ("sender_identity", "answered", "register")],
    "S-X": [
        ("subdivision_initial", "returned", "staff_check"),
        ("assistant_initial", "returned", "division_initial"),
    ],
    "S-XI": [
        ("staff_check", "returned", "correct_rka"),
        ("subdivision_approval", "returned", "correct_rka"),
        ("correct_rka", "answered", "staff_check"),
        ("subdivision_approval", "approved", "division_sign"),
    ],
    "S-XIII": [
        ("completeness", "complete", "number"),
        ("completeness", "incomplete", "complete_documents"),
        ("complete_documents", "answered", "completeness"),
    ],
    "S-XV": [
        ("check_elsewhere", "not_registered", "verify"),
        ("check_elsewhere", "registered_elsewhere", "explain_registration"),
        ("verify", "returned", "complete_documents"),
        ("complete_documents", "answered", "completeness"),
    ],
    "S-XVI": [
        ("verify", "returned", "complete_proposal"),
        ("subdivision_approval", "approved", "publish"),
        ("subdivision_approval", "returned", "complete_proposal"),
        ("subdivision_approval", "refused", REFUSED),
    ],
    "S-XVIII": [("deliver", "delivered", "finished"), ("deliver", "refused", REFUSED)],
    "S-XIX": [
        ("legal_drafting", "returned", "draft_text"),
        ("feasibility", "not_recommended", "follow_up_order"),
        ("follow_up_order", "refused", REFUSED),
    ],
    "S-XX": [
        ("verify", "returned", "correct_form"),
        ("assistant_initial", "returned", "division_initial"),
        ("city_secretary_sign", "returned", "assistant_initial"),
    ],
    "S-XXI": [
        ("verify", "returned", "correct_form"),
        ("evaluate", "returned", "verify"),
        ("division_initial", "returned", "prepare_report"),
        ("assistant_initial", "returned", "division_initial"),
        ("city_secretary_sign", "returned", "assistant_initial"),
    ],
}


@pytest.fixture(params=CODES)
def standard(request):
    """Each of the 21 standards."""
    return service_standard(request.param)


def test_a_printed_way_back_is_on_the_path(standard):
    ways = {(step.code, outcome, to) for step in standard.path.steps for outcome, to in step.outcomes.items()}
    assert set(PATH_BRANCHES.get(standard.code, [])) - ways == set()


def test_a_path_begins_with_the_register_and_waits_for_the_applicant_where_the_decree_sends_a_file_back(standard):
    waits = [step for step in standard.path.steps if step.actor == APPLICANT]
    assert standard.path.first.act == "register"
    assert all(step.closes_after == 14 and step.outcomes["expired"] == WITHDRAWN for step in waits)
    back = any(branch.to == "pemohon" for step in standard.steps for branch in step.branches)
    assert waits or not back
    assert {step.outcomes["answered"] for step in waits} <= {to for _, _, to in returns(standard.path.steps)}


def test_a_file_is_refused_only_where_the_decree_knows_a_no():
    refusing = {
        c for c, s in service_standards().items() if any(REFUSED in st.outcomes.values() for st in s.path.steps)
    }
    assert refusing == {"S-III", "S-XVI", "S-XVIII", "S-XIX"}


def test_nobody_is_waited_for_where_nobody_applies():
    waiting = {code for code, standard in service_standards().items() if APPLICANT in standard.path.roles}
    assert set(CODES) - waiting == {"S-VI", "S-XVII"}


def test_a_letter_goes_down_to_one_of_three_leaders_and_out_again():
    path = service_standard("S-I").path
    for leader in path["secretary"].outcomes.values():
        assert path[leader].act == "disposition" and path[leader].outcomes == {"disposed": "deliver"}
    assert {path[leader].actor for leader in path["secretary"].outcomes.values()} == {
        "mayor",
        "vice_mayor",
        "city_secretary",
    }


def test_an_evaluation_is_initialled_upwards_and_signed_by_the_city_secretary():
    for code in ("S-X", "S-XX", "S-XXI"):
        chain = [step.actor for step in service_standard(code).path.steps if step.act in ("initial", "sign")]
        assert chain[-3:] == ["division_head", "assistant", "city_secretary"]


def test_a_problem_of_a_city_company_climbs_the_chain_it_came_down():
    actors = [step.actor for step in service_standard("S-XII").path.steps if step.act == "disposition"]
    assert actors == [
        *["mayor", "city_secretary", "assistant", "division_head"],
        *["division_head", "city_secretary", "assistant", "mayor"],
    ]


def test_the_minutes_of_a_supplier_account_end_with_the_account_and_not_with_the_month():
    standard = service_standard("S-XV")
    assert standard.time.limits[0].until == "deliver"
    codes = [step.code for step in standard.path.steps]
    assert codes.index("deliver") < codes.index("recap")


@pytest.mark.parametrize("on", [date(2020, 3, 6), date(2026, 11, 22)], ids=str)
def test_every_step_of_every_path_has_somebody_to_do_it(standard, on):
    office = organisation()
    for role in standard.path.roles - {APPLICANT}:
        assert office.officers_with(role, standard.unit_of(role), on=on), f"{role} in {standard.unit_of(role)}"


def test_a_role_sits_in_the_unit_of_the_service_unless_the_standard_says_otherwise():
    standard = service_standard("S-XIX")
    assert standard.unit_of("division_head") == "setda_kerja_sama"
    assert standard.unit_of("mayor") == "wali_kota"
    assert standard.unit_of("legal_officer") == "setda_hukum"
    assert standard.unit_of("technical_officer") is None
    with pytest.raises(KeyError):
        standard.unit_of("helpdesk")
