"""The words of consumer protection that commands and records share, and the numbers that stand for them."""

from enum import IntEnum


class DutyKind(IntEnum):
    """What is owed to a customer, to a supervisor, or to the public.

    4 was for telling of an extension and never raised: `extend_complaint` is refused where the customer isn't told.
    """

    answer_complaint = 1
    answer_passed_on = 2
    review_complaint = 3
    answer_objection = 5
    answer_hardship = 6
    take_in_objection = 7
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
    publish_complaints = 42
    disclose_complaints = 43
    plan_teaching = 44
    report_major = 45
    audit = 46
    audit_cycle = 47
    end_consent = 50
    tell_authority = 51
    feed_back = 52
    pay_redress = 53
    erase_data = 54
    follow_up_sale = 31
    tell_of_level = 32
    pay_redemption = 33
