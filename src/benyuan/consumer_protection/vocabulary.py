"""The words of consumer protection that commands and records share, and the numbers that stand for them."""

from enum import IntEnum


class DutyKind(IntEnum):
    """What is owed to a customer, or to a supervisor about one."""

    answer_complaint = 1
    answer_passed_on = 2
    review_complaint = 3
    tell_of_extension = 4
    answer_objection = 5
    answer_hardship = 6
    give_data = 10
    correct_data = 11
    delete_data = 12
    explain_decision = 13
    decide_again = 14
    report_incident = 15
    tell_of_incident = 16
    review_partner = 20
    review_hardship = 21
    confirm_level = 30
    self_review = 40
    train = 41
    end_consent = 50
    tell_authority = 51
    feed_back = 52
    pay_redress = 53
    follow_up_sale = 31
    tell_of_level = 32
    pay_redemption = 33
