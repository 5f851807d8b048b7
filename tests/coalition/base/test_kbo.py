import pytest

from coalition.base.errors import Refusal
from coalition.base.kbo import clean_kbo, show_kbo


@pytest.mark.parametrize("number", ["0403019261", "0428759497", "0417497106", "0314595348"])
def test_numbers_that_exist_are_numbers(number):
    assert clean_kbo(number) == number


@pytest.mark.parametrize("text", ["BE 0403.019.261", "be0403019261", " 0403 019 261 ", "403019261", "403.019.261"])
def test_people_write_it_in_many_ways(text):
    assert clean_kbo(text) == "0403019261"


@pytest.mark.parametrize("text", ["", "0431150351", "2403019261", "OVO002949", "040301926", "04030192611", "x" * 5000])
def test_what_cannot_be_a_number_is_refused(text):
    with pytest.raises(Refusal) as refusal:
        clean_kbo(text)

    assert refusal.value.field == "number"
    assert len(str(refusal.value)) < 150


def test_on_paper_it_has_dots():
    assert show_kbo("0403019261") == "0403.019.261"
    assert show_kbo("OVO002949") == "OVO002949"
