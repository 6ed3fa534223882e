"""The whole journal as one file, and back without loss: packed, read, and held against what a journal has."""

from mentor.transfer.here import Here
from mentor.transfer.merging import Merge, merge
from mentor.transfer.packing import FORMS, Form, pack
from mentor.transfer.tables import TABLES, as_frame
from mentor.transfer.trades import trades_of
from mentor.transfer.unpacking import unpack

__all__ = ["FORMS", "TABLES", "Form", "Here", "Merge", "as_frame", "merge", "pack", "trades_of", "unpack"]
