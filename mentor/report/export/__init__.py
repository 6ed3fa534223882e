"""A report to take along: one page of HTML that stands alone, or Markdown."""
