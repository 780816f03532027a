"""Whom a short look calls strangers, the whole policy neither links nor asks about."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from apps.matching.compare.accounts import Account
from apps.matching.hearing import join
from apps.matching.judging import weigh
from apps.matching.linkage.model import live
from apps.matching.strangers import strangers

SURNAMES = ("marsh", "marsch", "quill", "marsh quill", "ada", "khan")
FORENAMES = ("ada", "adah", "adelaide", "grace", "marsh", "tobi jo", "jo", "a")
DAYS = (date(2014, 3, 9), date(2014, 9, 3), date(2014, 3, 10), date(2011, 5, 2), date(2014, 1, 1))
HOMES = (
    ("8 stanley street miami", "TS11AA"), ("8 stanly street miami", "TS11AB"), ("8 stanley street miami", ""), ("", "TS11AA"),
    ("4 sable court norton", "TS209ZZ"), ("", "ZZ993VZ"),
)  # fmt: skip


def some(words, most=2):
    return st.sets(st.sampled_from(words), max_size=most)


ACCOUNTS = st.builds(
    Account,
    surnames=some(SURNAMES), former_surnames=some(SURNAMES, 1), once_called=some(SURNAMES, 1), forenames=some(FORENAMES),
    former_forenames=some(FORENAMES, 1), known_as=some(FORENAMES, 1), middles=some(FORENAMES, 1), born=some(DAYS), due=some(DAYS, 1),
    sexes=some("FM", 1), nhs=some(("9990000018", "9990000026"), 1), former_nhs=some(("9990000018", "9990000026"), 1),
    upns=some(("A208000000037", "B208000000074"), 1), former_upns=some(("A208000000037",), 1), homes=some(HOMES),
    mothers=some(("joan marsh", "ines khan"), 1), schemes=some(("health", "school"), 1),
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(
    came=ACCOUNTS,
    rest=st.lists(ACCOUNTS, min_size=1, max_size=3),
    crowded=some(("TS11AA", "8 stanley street miami"), 1),
)
def test_the_policy_says_nothing_of_strangers(came, rest, crowded):
    if strangers(came, rest):
        whole = weigh(came, join(rest), 1, live(), frozenset(crowded))
        assert (whole.link, whole.ask) == ("", "")


def told(**said):
    usual = {"surnames": {"marsh"}, "forenames": {"ada"}, "born": {DAYS[0]}, "homes": {HOMES[0]}}
    return Account(**(usual | said))


def test_most_that_share_a_birthday_and_an_initial_are_strangers():
    assert strangers(told(), [told(forenames={"alfie"}, homes={HOMES[4]})])
    assert strangers(told(), [told(born={DAYS[3]}, homes={HOMES[4]})])


def test_who_shares_a_place_a_number_or_the_words_is_no_stranger():
    other = {"surnames": {"quill"}, "forenames": {"grace"}, "born": {DAYS[3]}}
    assert not strangers(told(), [told(**other)])
    assert not strangers(
        told(nhs={"9990000018"}), [told(**other, homes={HOMES[4]}, former_nhs={"9990000018"})]
    )
    assert not strangers(told(), [told(homes={HOMES[4]})])
    assert not strangers(told(), [told(homes={HOMES[4]}, forenames=set())])
