"""Consumer protection and suitability (measure 5): in the path of every sale, loan, message and complaint."""
