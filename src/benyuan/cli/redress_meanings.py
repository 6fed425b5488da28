"""What the fields of the commands of redress mean, for the reference pages and the help of `benyuan run`."""

MEANINGS = {
    "bureau": "The bureau's id.",
    "objection": "The objection's number.",
    "complaint": "The complaint's number.",
    "review": "The number of what was asked about a score.",
    "inquiry": "The number of the answer that showed the score.",
    "words": "What was said, in words. Personal: sealed, never in the log.",
    "evidence": "SHA-256 digests of the pieces, one space between two. Personal: sealed, never in the log.",
    "pieces": "How many pieces of evidence there are.",
    "reviewer": "The person who looked at it. Personal: sealed, never in the log.",
    "fault": "What is said to be wrong.",
    "statement": "What the person says. Personal: sealed, never in the log.",
    "door": "By which way it came in.",
    "received_by": "The member at whose door it came in; 0: the bureau's own.",
    "says": "What the furnisher found.",
    "correction": "The log position of the command that put the data right; 0: nothing was corrected.",
    "answered": "Whether the person has the answer in writing.",
    "into": "The number of the file into which the records go.",
    "handed_in_on": "The day on which the branch got the papers, as yyyymmdd; 0: not told.",
    "accepted_on": "The day on which the branch took the complaint up, as yyyymmdd; 0: not told.",
}

OF_ONE_KIND = {
    ("open_objection", "account"): "The account that it is about; 0: none.",
    ("open_objection", "member"): "Whose data it is about; 0: that of the account, or nobody's.",
    ("open_objection", "month"): "The month that it is about, as yyyymm; 0: the whole account, or something else.",
    ("open_objection", "received_on"): "The day on which it came in, as yyyymmdd; 0: today.",
    ("decide_objection", "outcome"): "What the check came to.",
    ("tell_member", "duty"): "The number of the duty to tell.",
    ("file_bureau_duty", "duty"): "The number of the duty to report.",
    ("split_subject", "subject"): "The number of the mixed file.",
    ("split_subject", "accounts"): "Ids of accounts that go over, with commas between.",
    ("split_subject", "consents"): "Ids of consents that go over, with commas between.",
    ("split_subject", "inquiries"): "Ids of inquiries that go over, with commas between.",
    ("split_subject", "objection"): "The objection that led to it; 0: none.",
    **{
        (kind, field): words
        for kind in ("move_public", "move_inquiries")
        for field, words in {
            "member": "The member that furnished the records.",
            "subject": "The number of the file from which the records go.",
            "content": "A digest of the records. Personal: sealed, never in the log.",
        }.items()
    },
    ("take_complaint", "subject"): "The number of the file of whom it is about; 0: not known.",
    ("take_complaint", "reference"): "The branch's reference. Personal: sealed, never in the log.",
    ("take_complaint", "received_on"): "The day on which the copies came, as yyyymmdd.",
    ("take_complaint", "due_on"): "The day that the branch set for the explanation, as yyyymmdd; 0: none.",
    ("conclude_complaint", "outcome"): "How the branch ended it.",
    ("decide_review", "outcome"): "What becomes of the score.",
    ("raise_bureau_duties", "date"): "A day of the year, as yyyymmdd, not to come.",
}
