"""The mentor's report: measured facts of a day, and the few sentences that follow from them."""
