"""Fair competition (measure 6): shares of markets, dominance, concentration, mergers, fines, conduct, early warnings.

Everything is computed from figures and dates that the caller gives, exactly, by the rules of the day; what the law
leaves to people (whether a reason is a good one, at what rate a fine is set) is asked for and never guessed.

    BadInput     a field that is wrong, or outside what a rule allows or covers; the rule is named (ruling.py)

Worked number: 4% of 455,712,000,000.00 yuan are 18,228,480,000.00, which the decision of 2021-04-10 prints as 18.228
billion (decided.py).
"""

from benyuan.governance.competition.breaches import Bounds, Breach, bounds_of
from benyuan.governance.competition.concentration import Concentration, Index, concentration_of, hhi
from benyuan.governance.competition.conduct import Conduct, Flag, Looked, flags_of
from benyuan.governance.competition.decided import Reckoned, reckoned_again
from benyuan.governance.competition.fines import Case, Factor, Fine, Sales, fine_of
from benyuan.governance.competition.markets import Figure, Market, MarketDefinition, Share, shares_of
from benyuan.governance.competition.mergers import Notification, Party, ThresholdTest, notification_of
from benyuan.governance.competition.platforms import EarlyWarning, Line, Platform, warnings_of
from benyuan.governance.competition.presumption import Presumption, ShareTest, presumption_of
from benyuan.governance.competition.review_clock import Step, Stop, review_of
from benyuan.governance.competition.sources import INVENTED, Source
from benyuan.rules.places import Place

__all__ = [
    "INVENTED",
    "Bounds",
    "Breach",
    "Case",
    "Concentration",
    "Conduct",
    "EarlyWarning",
    "Factor",
    "Figure",
    "Fine",
    "Flag",
    "Index",
    "Line",
    "Looked",
    "Market",
    "MarketDefinition",
    "Notification",
    "Party",
    "Place",
    "Platform",
    "Presumption",
    "Reckoned",
    "Sales",
    "Share",
    "ShareTest",
    "Source",
    "Step",
    "Stop",
    "ThresholdTest",
    "bounds_of",
    "concentration_of",
    "fine_of",
    "flags_of",
    "hhi",
    "notification_of",
    "presumption_of",
    "reckoned_again",
    "review_of",
    "shares_of",
    "warnings_of",
]
