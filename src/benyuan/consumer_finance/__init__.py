"""The consumer-finance company (measure 4): what its loans cost, and when they are repaid.

BadInput
├── NoRate               flows that no rate prices to nought (solving.py)
├── SeveralRates         flows that more than one rate prices to nought (solving.py)
└── PaymentBelowInterest an instalment that would not pay its own interest (schedule.py)
"""
