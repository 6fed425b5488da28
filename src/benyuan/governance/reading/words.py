"""The words of reading: what is read, what for, why somebody works at two entities, and why a reading is refused.

Worked: who answers complaints at institution 1 has `identity` for `complaint` there, and reads nobody for `control`.
"""

from enum import IntEnum, StrEnum

from benyuan.decisions.words import numbers_of


class Kept(StrEnum):
    """What is read. `credit`: what a bureau answers to a lender; `file`: a bureau's own file of a person.

    `copy`: all that a firm holds about one customer; `ownership`: names, documents and codes of the bodies of a group.
    """

    identity = "identity"
    credit = "credit"
    file = "file"
    copy = "copy"
    ownership = "ownership"


class Task(StrEnum):
    """What it is read for. `unsaid` is what no role is for."""

    unsaid = ""
    service = "service"
    lending = "lending"
    complaint = "complaint"
    authority = "authority"
    request = "request"
    control = "control"


class Footing(StrEnum):
    """Why an individual is staff of two entities."""

    secondment = "secondment"
    shared_post = "shared-post"


class Reading(IntEnum):
    """How a command stands that reads personal data; `allowed` alone lets it through. The first that holds counts.

    `unnamed`: no member of staff is named; `another`: it comes under another's login; `elsewhere`: a member of another
    entity; `administers`: who gives roles; `two`: staff of another entity too, and no footing for it on record.
    """

    allowed = 0
    unnamed = 1
    unknown = 2
    another = 3
    elsewhere = 4
    left = 5
    no_role = 6
    not_begun = 7
    over = 8
    administers = 9
    two = 10
    own = 11


KEPT_NUMBER = numbers_of(Kept, first=1)
TASK_NUMBER = numbers_of(Task)
FOOTING_NUMBER = numbers_of(Footing, first=1)
