"""benyuan 本源: the core system of a regulated finance group.

Every limit the law sets is booked: a usage account, and a ceiling on the leg that uses it. A breach cannot be posted.
"""

__version__ = "0.1.0"
