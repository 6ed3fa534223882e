"""Import a broker's file: detect the format, read it, normalise it, mark what a journal already has, and plan."""

from mentor.importing.detect import read_file
from mentor.importing.duplicates import mark
from mentor.importing.plan import ImportPlan, refused_json
from mentor.importing.reading import TRADE_COLUMNS, DayRule, Reading

__all__ = ["TRADE_COLUMNS", "DayRule", "ImportPlan", "Reading", "mark", "read_file", "refused_json"]
