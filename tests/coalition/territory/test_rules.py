import pytest

from coalition.territory.rules import Regime, fold, is_nis, regime_of, searchable


@pytest.mark.parametrize(
    ("nis", "regime"),
    [
        ("23098", Regime.PERIPHERY),
        ("23009", Regime.BORDER),
        ("73109", Regime.BORDER),
        ("21004", Regime.BILINGUAL),
        ("23106", Regime.DUTCH),
        ("11002", Regime.DUTCH),
    ],
)
def test_the_code_tells_the_language_regime(nis, regime):
    assert regime_of(nis) == regime


@pytest.mark.parametrize("value", ["", "2303", "230321", "02303", "2303a", "23032\n", "٢٣٠٣٢"])
def test_what_is_not_five_digits_is_no_nis_code(value):
    assert not is_nis(value)


def test_names_fold_to_what_people_type():
    assert fold("Biévène") == "bievene"
    assert fold("St.-Pieters-Leeuw") == fold("SINT PIETERS LEEUW") == "sint pieters leeuw"
    assert fold("' % _ --") == ""
    assert searchable("Bever", "", "Biévène") == " bever bievene"
