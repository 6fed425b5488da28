"""What the fields of the commands of staff, checks, risk and losses mean, for the reference pages and `benyuan run`."""

MEANINGS = {
    "act": "Whether the role is to make or to check.",
    "area": "Which part of the entity's work the role is for.",
    "category": "What sort of loss it is.",
    "cause": "What it came from.",
    "event": "The loss's number, as record_loss_event answered it.",
    "direction": "Whether the limit is a least or a most.",
    "found_on": "The day on which it was found, as yyyymmdd.",
    "gross_fen": "What was lost, before anything was made good, in fen; of a near miss what might have been.",
    "happened": "Whether money was lost, or nearly.",
    "happened_on": "The day on which it happened, as yyyymmdd.",
    "limit_ppm": "The limit, in parts per million; no looser than the law's, where the law limits the same ratio.",
    "ratio": "Which ratio is limited.",
    "warning_ppm": "The level from which it warns, in parts per million.",
    "checker": "The member of staff who has checked it; the command's client is that member's login.",
    "entity": "Its number: of the institution, lender, bureau or body that `sort` says.",
    "login": "The client's name under which this member's commands come. It stands in the log.",
    "maker": "The member of staff who proposes it; the command's client is that member's login.",
    "role": "The role's number, as assign_role answered it.",
    "verdict": "Whether it may pass.",
}
LOSSES = ("record_loss_event", "update_loss_event")
AT_ENTITY = ("register_staff", "require_checks", "set_risk_limit", "record_risk_reading", "record_loss_event")
OF_ONE_KIND = {
    **{(kind, "sort"): "What the entity is." for kind in AT_ENTITY},
    **{(kind, "words"): "What happened. Personal: sealed, never in the log." for kind in LOSSES},
    ("set_risk_limit", "owner"): "The member of staff who answers for it.",
    ("set_risk_limit", "minutes"): "The board's decision, by the number or name of its minutes.",
    ("set_risk_limit", "from_date"): "The first day, as yyyymmdd; not before today.",
    ("recover_loss_event", "source"): "Who made it good.",
    ("recover_loss_event", "amount_fen"): "What was made good, in fen.",
    ("propose_command", "command"): "The kind of command that is proposed.",
    ("propose_command", "body"): "Its fields as JSON, as they will be sent. Sealed, never in the log.",
    ("check_command", "words"): "Why. Personal: sealed, never in the log.",
    ("disclose_proposal", "proposal"): "The proposal's number, as propose_command answered it.",
    ("disclose_proposal", "staff"): "The member who is to check it; the command's client is that member's login.",
    ("disclose_proposal", "purpose"): "Why. It stands in the log.",
    ("assign_role", "staff"): "The member's number, as register_staff answered it.",
    ("assign_role", "from_date"): "The first day, as yyyymmdd; not before today.",
    ("require_checks", "from_date"): "The first day, as yyyymmdd; not before today. It never ends.",
    ("check_command", "proposal"): "The proposal's number, as propose_command answered it.",
}
