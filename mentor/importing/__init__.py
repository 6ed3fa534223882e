"""Import a broker's file: detect the format, read it, normalise it, mark what a journal already has, and plan."""

from mentor.importing.detect import document_of, read_file
from mentor.importing.duplicates import mark
from mentor.importing.formats import TITLES
from mentor.importing.mapping import FIELDS, Columns, likeliest, numbered
from mentor.importing.plan import ImportPlan, refused_json
from mentor.importing.reading import TRADE_COLUMNS, DayRule, Reading
from mentor.importing.refused_rows import refused_csv, refused_name, save_refused

__all__ = [
    "FIELDS",
    "TITLES",
    "TRADE_COLUMNS",
    "Columns",
    "DayRule",
    "ImportPlan",
    "Reading",
    "document_of",
    "likeliest",
    "mark",
    "numbered",
    "read_file",
    "refused_csv",
    "refused_json",
    "refused_name",
    "save_refused",
]
