"""The words of crossings: between whom, what crosses, on what ground.

Sources: PBoC Order [2020] No. 4, arts. 23, 34; PIPL, arts. 13, 23. Worked: a report that a bureau shows to a lender
crosses as `report`, on the person's `consent`.
"""

from enum import StrEnum

from benyuan.decisions.words import numbers_of


class Side(StrEnum):
    """Who gives or receives; a partner lends or guarantees together with a lender."""

    institution = "institution"
    lender = "lender"
    bureau = "bureau"
    partner = "partner"


class Crossed(StrEnum):
    """What crosses. `payer`: whose wallet or card repays a loan; `shared`: what a customer let be handed on."""

    report = "report"
    account = "account"
    records = "records"
    joint_loan = "joint_loan"
    payer = "payer"
    shared = "shared"
    guaranteed_loan = "guaranteed_loan"


class Ground(StrEnum):
    """Why it may. `own_account`: the receiver's own customer, for a purpose that needs no consent.

    `each_consent`: each record's own; `contract`: what the customer's contract needs; `agreement`: the command itself.
    """

    consent = "consent"
    own_account = "own_account"
    each_consent = "each_consent"
    choice = "choice"
    contract = "contract"
    agreement = "agreement"


SIDE_NUMBER, CROSSED_NUMBER, GROUND_NUMBER = (numbers_of(words, first=1) for words in (Side, Crossed, Ground))
