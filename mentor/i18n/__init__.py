"""Words, money, dates and percentages as a person reads them; added last, never used as identifiers."""
