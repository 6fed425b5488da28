"""What the fields of the commands of staff, checks, risk and losses mean, for the reference pages and `benyuan run`."""

MEANINGS = {
    "act": "Whether the role is to make or to check.",
    "area": "Which part of the entity's work the role is for.",
    "checker": "The member of staff who has checked it; the command's client is that member's login.",
    "entity": "Its number: of the institution, lender, bureau or body that `sort` says.",
    "login": "The client's name under which this member's commands come. It stands in the log.",
    "maker": "The member of staff who proposes it; the command's client is that member's login.",
    "role": "The role's number, as assign_role answered it.",
    "verdict": "Whether it may pass.",
}
OF_ONE_KIND = {
    **{(kind, "sort"): "What the entity is." for kind in ("register_staff", "require_checks")},
    ("propose_command", "command"): "The kind of command that is proposed.",
    ("propose_command", "body"): "Its fields as JSON, as they will be sent. Sealed, never in the log.",
    ("check_command", "words"): "Why. Personal: sealed, never in the log.",
    ("assign_role", "staff"): "The member's number, as register_staff answered it.",
    ("assign_role", "from_date"): "The first day, as yyyymmdd; not before today.",
    ("require_checks", "from_date"): "The first day, as yyyymmdd; not before today. It never ends.",
    ("check_command", "proposal"): "The proposal's number, as propose_command answered it.",
}
