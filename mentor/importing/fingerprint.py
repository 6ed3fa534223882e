"""A stable 128-bit fingerprint of what a file says about a trade, the same on every machine and in every release.

It covers account, symbol, side, size, both times as the file's own clock shows them, both prices and the stated profit:
neither the time zone the times are read in nor the way numbers and dates are written changes it. The first byte is the
*shape*: which format and which of those fields the file has. Fingerprints of different shape cannot be compared.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Words = npt.NDArray[np.uint64]

SEEDS = (0x9E3779B97F4A7C15, 0xD1B54A32D192ED03)
_HEX = np.frombuffer(b"0123456789abcdef", dtype=np.uint8)
WIDTH = 32
#: Rows written at a time.
BLOCK = 1 << 16


def fingerprints(format_id: str, fields: Sequence[tuple[str, pa.Array | npt.NDArray[np.generic] | None]]) -> pa.Array:
    """One hex string a row; a field is text (Arrow), float64 or int64 values, or `None` when the file lacks it."""
    present = [(name, values) for name, values in fields if values is not None]
    rows = len(present[0][1])
    lanes = [np.full(rows, seed, dtype=np.uint64) for seed in SEEDS]
    for name, values in present:
        words = _words(values) ^ np.uint64(_hash(name))
        lanes = [_mix(lane ^ _mix(words + np.uint64(seed))) for lane, seed in zip(lanes, SEEDS, strict=True)]
    shape = _hash("\n".join([format_id, *(name for name, _ in present)])) & 0xFF
    return _hex(np.uint8(shape), lanes)


def _words(values: pa.Array | npt.NDArray[np.generic]) -> Words:
    if isinstance(values, np.ndarray):
        if values.dtype == np.float64:
            canonical = np.where(np.isnan(values), np.nan, values.astype(np.float64) + 0.0)  # one NaN, no negative zero
            return canonical.view(np.uint64)
        return values.astype(np.int64).view(np.uint64)
    coded = values.dictionary_encode()
    table = np.array([*(_hash(str(text)) for text in coded.dictionary.to_pylist()), 0], dtype=np.uint64)
    indices = coded.indices.fill_null(len(table) - 1).to_numpy(zero_copy_only=False)
    words: Words = table[indices]
    return words


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8"), digest_size=8).digest(), "little")


def _mix(words: Words) -> Words:
    """The finaliser of splitmix64 (Steele, Lea, Flood 2014)."""
    words = (words ^ (words >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    words = (words ^ (words >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return words ^ (words >> np.uint64(31))


def _hex(shape: np.uint8, lanes: Sequence[Words]) -> pa.Array:
    """Both lanes as text, big end first, the first byte replaced by the shape."""
    rows = len(lanes[0])
    text = np.empty((rows, WIDTH), dtype=np.uint8)
    for start in range(0, rows, BLOCK):
        part = np.stack([lane[start : start + BLOCK].astype(">u8") for lane in lanes], axis=1)
        raw = part.view(np.uint8).reshape(len(part), WIDTH // 2)
        raw[:, 0] = shape
        text[start : start + BLOCK, 0::2] = _HEX[raw >> 4]
        text[start : start + BLOCK, 1::2] = _HEX[raw & 15]
    offsets = np.arange(0, (rows + 1) * WIDTH, WIDTH, dtype=np.int64)
    return pa.LargeStringArray.from_buffers(rows, pa.py_buffer(offsets), pa.py_buffer(text))
