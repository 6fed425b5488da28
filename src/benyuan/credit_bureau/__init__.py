"""The personal credit bureau (measure 3): furnishing, consent, purpose-bound inquiry, report, objection, retention."""
