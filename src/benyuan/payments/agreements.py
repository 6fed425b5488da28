"""Versions of the agreement with users 支付服务协议, and which version holds for whom.

Sources: State Council Order 768, art. 20; PBoC Announcement [2015] No. 43, arts. 7, 30. A version in force binds a user
from the day on which that user has agreed to it; until then the version agreed to before holds, and nothing stops.
"""

from benyuan.decisions.events import folds
from benyuan.decisions.facts import Table

AGREEMENT = Table(name="agreement", columns=("institution", "from_date", "published_on", "position"))
"""Every version; `position`: that of its publication in the log, where the digest of the text stands."""
AGREEMENT_IN_FORCE = Table(name="agreement_in_force", columns=("owner", "from_date", "version"), dated="from_date")
"""Which version an institution offers from which day on."""
PERSON_AGREEMENT = Table(
    name="person_agreement", columns=("owner", "from_date", "version", "accepted_on"), dated="from_date"
)
"""What a person has agreed to, from the day on which both are so: it is in force, and the person has agreed."""
MERCHANT_AGREEMENT = Table(
    name="merchant_agreement", columns=("owner", "from_date", "version", "accepted_on"), dated="from_date"
)
"""The same of a merchant."""

CONSULTATION = Table(
    name="consultation", columns=("institution", "began_on", "ended_on", "answers", "version", "position")
)
"""That users were asked about a change; `version`: the one that came of it, 0: none yet."""

AGREEMENT_PUBLISHED = folds("agreement_published", table=AGREEMENT, adds=True)
USERS_CONSULTED = folds("users_consulted", table=CONSULTATION, adds=True)
CONSULTATION_USED = folds("consultation_used", table=CONSULTATION, adds=False)
AGREEMENT_BEGINS = folds("agreement_begins", table=AGREEMENT_IN_FORCE, adds=True)
PERSON_AGREED = folds("person_agreed", table=PERSON_AGREEMENT, adds=True)
MERCHANT_AGREED = folds("merchant_agreed", table=MERCHANT_AGREEMENT, adds=True)
