"""Terms and states read from the facts of a batch, by the prefixes of their needs."""

from benyuan.consumer_finance.columns import Ints, names_of
from benyuan.consumer_finance.instalments.state import LoanState, LoanTerms
from benyuan.consumer_finance.revolving.state import AccountState, AccountTerms, Bought
from benyuan.decisions.facts import Facts


def account_terms(facts: Facts, *, prefix: str = "terms") -> AccountTerms:
    """The terms of pay-later accounts."""
    return AccountTerms(**{name: facts[f"{prefix}_{name}"] for name in names_of(AccountTerms)})


def account_state(facts: Facts, *, prefix: str = "step") -> AccountState:
    """What the last steps of accounts left."""
    return AccountState(**{name: facts[f"{prefix}_{name}"] for name in names_of(AccountState)})


def bought(facts: Facts, *, prefix: str = "account") -> Bought:
    """The running totals of purchases of accounts."""
    return Bought(bought_fen=facts[f"{prefix}_bought_fen"], weight=facts[f"{prefix}_bought_weight"])


def loan_terms(facts: Facts, *, rate_ppm: Ints, first_due_on: Ints, prefix: str = "terms") -> LoanTerms:
    """The terms of loans; the rate and the first due day are each loan's own."""
    own = {"rate_ppm": rate_ppm, "first_due_on": first_due_on}
    shared = {name: facts[f"{prefix}_{name}"] for name in names_of(LoanTerms) if name not in own}
    return LoanTerms(**shared, **own)


def loan_state(facts: Facts, *, prefix: str = "step") -> LoanState:
    """What the last steps of loans left."""
    return LoanState(**{name: facts[f"{prefix}_{name}"] for name in names_of(LoanState)})
