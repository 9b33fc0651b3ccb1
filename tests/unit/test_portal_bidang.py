"""The Bidang's lists: how many wait on each, and which one the page opens on."""

import pytest

from portal.pages.bidang import counted, first_with_work


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ({"work": [], "more": False}, "0"),
        ({"work": [{}, {}], "more": False}, "2"),
        ({"work": [{}] * 50, "more": True}, "50+"),
        (None, ""),
    ],
)
def test_a_list_says_how_many_wait_and_nothing_while_its_room_is_away(found, said):
    assert counted(found) == said


def test_the_page_opens_on_the_first_list_that_has_something():
    lists = ("to_verify", "nota_to_sign", "late")
    assert first_with_work(lists, {"to_verify": "0", "nota_to_sign": "1", "late": "3"}) == "nota_to_sign"
    assert first_with_work(lists, {"to_verify": "", "nota_to_sign": "0", "late": "3"}) == "late"
    assert first_with_work(lists, {"to_verify": "0", "nota_to_sign": "0", "late": "0"}) == "to_verify"
