"""The plain, slow, readable reference: one loan or account at a time, night by night, in exact fractions."""
