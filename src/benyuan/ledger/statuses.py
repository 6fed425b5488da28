"""What the ledger answers for each leg and each account, in documented order of precedence.

The names are TigerBeetle's (release 0.17) where they mean the same; `docs/reference/ledger.md` lists every
departure. The number of a status is its precedence: of all that apply, the lowest number above `created` is
answered, save that `linked_event_failed` is only given to the healthy members of a failed chain.
"""

from enum import IntEnum


class LegStatus(IntEnum):
    """The answer for one leg, in order of precedence."""

    created = 0
    linked_event_failed = 1
    linked_event_chain_open = 2
    reserved_flag = 3
    flags_are_mutually_exclusive = 4
    debit_account_id_must_not_be_zero = 5
    credit_account_id_must_not_be_zero = 6
    accounts_must_be_different = 7
    pending_id_must_be_zero = 8
    pending_id_must_not_be_zero = 9
    timeout_reserved_for_pending_transfer = 10
    closing_transfer_must_be_pending = 11
    followed_leg_not_in_chain = 12
    amount_must_not_be_negative = 13
    code_must_not_be_zero = 14
    debit_account_not_found = 15
    credit_account_not_found = 16
    accounts_must_have_the_same_ledger = 17
    pending_transfer_not_found = 18
    pending_transfer_not_pending = 19
    pending_transfer_has_different_debit_account_id = 20
    pending_transfer_has_different_credit_account_id = 21
    pending_transfer_has_different_code = 22
    exceeds_pending_transfer_amount = 23
    pending_transfer_has_different_amount = 24
    pending_transfer_already_posted = 25
    pending_transfer_already_voided = 26
    pending_transfer_expired = 27
    debit_account_already_closed = 28
    credit_account_already_closed = 29
    overflows_debits_pending = 30
    overflows_credits_pending = 31
    overflows_debits_posted = 32
    overflows_credits_posted = 33
    overflows_debits = 34
    overflows_credits = 35
    exceeds_credits = 36
    exceeds_debits = 37
    exceeds_ceiling = 38


class AccountStatus(IntEnum):
    """The answer for one account, in order of precedence."""

    created = 0
    linked_event_failed = 1
    linked_event_chain_open = 2
    reserved_flag = 3
    flags_are_mutually_exclusive = 4
    book_must_not_be_zero = 5
    unit_must_not_be_zero = 6
    code_must_not_be_zero = 7
    window_must_be_known = 8
    window_account_not_found = 9
    accounts_must_have_the_same_ledger = 10
    window_account_must_not_turn = 11
