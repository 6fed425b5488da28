"""The score of a credit file: factors from what was furnished, a card of points, reasons, and watching over it.

Order 2021 No. 4 (征信业务管理办法) art. 29 asks for a standard of evaluation that holds nothing but credit, that can be
explained and that was tried before it is offered. So the whole score is a table of whole numbers that an auditor adds
up by hand; docs/algorithms/score.md works one file out.

    layout.py       the columns that the bureau's records fill: accounts by months
    titles.py       the factors there are, with their words; there's no place for any other
    factors.py      every factor of every file, in columns
    by_hand.py      the same for one file, plainly
    scorecard.py    bins, points, scaling, and what must hold of a card
    reading.py      a card from its text, and the text of a card
    scoring.py      points, score and reasons, in columns
    explaining.py   what each factor gave a file, what it could have given, and why, in words
    monitoring.py   discrimination, drift, calibration
    fairness.py     approvals across groups that the score doesn't know
"""
