"""What the fields of complaints, requests about own data and data incidents mean, for the reference pages and `run`."""

MEANINGS = {
    "borrower": "The borrower's id.",
    "complainants": "How many people complain together; 1: one alone.",
    "representatives": "How many of them speak for all; 0: nobody needs to.",
    "against_partner": "Whether it is about a partner of the firm's.",
    "passed_on": "The day on which the firm got it from the authority, as yyyymmdd; 0: it was made to the firm.",
    "issue": "What the customer complains of.",
    "cause": "The root cause; not-known until it is found.",
    "party": "Who brings the evidence.",
    "new_facts": "Whether the customer brings facts and reasons that are new, which lets a lender's days begin anew.",
    "approved": "Whether those approved who have to.",
    "told": "Who has been told.",
    "answered_by": "The number of the staff member who decided.",
    "reviewed_by": "The number of the staff member who reviewed: another than who decided.",
    "redress_fen": "What was paid or forgiven, in fen.",
    "findings": "Whether the answer says what was found.",
    "ways_of_redress": "Whether the answer says where the customer can go next.",
    "wants": "What the customer wants.",
    "request": "The request's number.",
    "data_incident": "The data incident's number.",
    "mishap": "What happened to the data.",
    "harm": "What it may do to people: danger to person or property, other harm, or none.",
    "people": "How many people's data.",
    "found_at": "When it was confirmed, in microseconds since 1970 UTC.",
}

OF_ONE_KIND = {
    **{
        (kind, "complaint"): "The complaint's number."
        for kind in ("extend_complaint", "add_evidence", "answer_customer_complaint", "withdraw_customer_complaint")
    },
    ("take_customer_complaint", "channel"): "By which channel it came; visit: in person.",
    ("take_customer_complaint", "product"): "What it is about: something that a customer of the firm has.",
    ("take_customer_complaint", "received_on"): "The day on which it was made, as yyyymmdd; not to come.",
    ("take_customer_complaint", "subject"): "The number of the file at the credit bureau.",
    ("take_customer_complaint", "way"): "Whether it was made to the firm, or passed on, and by whom.",
    ("ask_own_data", "subject"): "The number of the file at the credit bureau.",
    ("ask_own_data", "channel"): "By which channel it came.",
    ("extend_complaint", "reason"): "Why more time is taken.",
    ("extend_complaint", "until"): "The new last day, as yyyymmdd; 0: as long as the text allows.",
    ("extend_complaint", "told"): "Whether the customer has been told, and why.",
    ("answer_customer_complaint", "outcome"): "What was decided.",
    ("answer_customer_complaint", "grounds"): "Whether the answer says why.",
    ("decide_complaint_review", "outcome"): "What the review came to.",
    ("decide_complaint_review", "redress_fen"): "What was paid or forgiven in all, with what was before, in fen.",
    ("answer_own_data", "outcome"): "What became of the request.",
    ("answer_own_data", "ground"): "Why it is not met in full; none where it is.",
    ("hand_out_data", "operator"): "Who hands the data out.",
    ("climb_duties", "date"): "The day as of which duties are looked at, as yyyymmdd; not to come.",
    ("record_data_incident", "incident"): "The payment institution's own record of it; 0 at other firms.",
    ("record_data_incident", "lender"): "The lender's id; 0: another firm's.",
}
