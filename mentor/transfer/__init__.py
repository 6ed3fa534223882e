"""The whole journal as one file, and back without loss: packed, read, and held against what a journal has."""

from mentor.transfer.merge import Here, Merge, merge
from mentor.transfer.pack import FORMS, Form, pack
from mentor.transfer.tables import TABLES, as_frame
from mentor.transfer.unpack import unpack

__all__ = ["FORMS", "TABLES", "Form", "Here", "Merge", "as_frame", "merge", "pack", "unpack"]
