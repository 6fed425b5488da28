"""A person's credit report: what the bureau holds, in the structure that people know from the second-generation report.

Order 2021 No. 4 (征信业务管理办法) art. 28: contents are shown objectively, and the terms are explained. Regulation 631
art. 16: negative data are shown for so many years after their end. docs/algorithms/credit-report.md works one out.

    file.py         what is held of a person, as it was read
    showing.py      of it what may still be shown
    sheet.py        the report: the documented form of its JSON
    accounts.py     the units of accounts
    summary.py      what sums them up
    asking.py       who has asked, and who may
    scoring.py      the score of the months that are shown
    composing.py    all put together, for the sections that an answer shows
    forms.py        how days and amounts are written
    words.py        titles and words in Chinese and English
    glossary.py     the terms explained
    markup.py       text as escaped HTML
    page.py         a report as one HTML page
    units.py        its accounts
"""
