import pytest

from bitext.lexicons.inflection import plural, verb_forms


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("restrict", "restricts restricted restricting"),
        ("decline", "declines declined declining"),
        ("deny", "denies denied denying"),
        ("stop", "stops stopped stopping"),
        ("focus", "focuses focused focusing"),
        ("develop", "develops developed developing"),
        ("admit", "admits admitted admitting"),
        ("happen", "happens happened happening"),
        ("agree", "agrees agreed agreeing"),
        ("travel", "travels traveled traveling travelled travelling"),
        ("seek", "seeks sought seeking"),
        ("lie", "lies lay lain lied lying"),
        ("begin", "begins began begun beginning"),
        ("make", "makes made making"),
        ("pay", "pays paid paying"),
        ("stay", "stays stayed staying"),
        ("fix", "fixes fixed fixing"),
        ("show", "shows showed shown showing"),
        ("quit", "quits quit quitting"),
        ("aid", "aids aided aiding"),
        ("sign", "signs signed signing"),
        ("recruit", "recruits recruited recruiting"),
        ("equip", "equips equipped equipping"),
        ("panic", "panics panicked panicking"),
    ],
)
def test_verb_forms(verb: str, forms: str) -> None:
    assert sorted(verb_forms(verb)) == sorted(forms.split())


@pytest.mark.parametrize(
    ("noun", "forms"),
    [
        ("chip", ["chips"]),
        ("policy", ["policies"]),
        ("day", ["days"]),
        ("spokeswoman", ["spokeswomen"]),
        ("strongman", ["strongmen"]),
        ("human", ["humans"]),
        ("human right", ["human rights"]),
        ("analysis", ["analyses"]),
        ("aircraft", ["aircraft"]),
    ],
)
def test_plural(noun: str, forms: list[str]) -> None:
    assert list(plural(noun)) == forms
