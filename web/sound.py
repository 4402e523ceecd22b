"""The end of a growing WAV file as a WAV of its own."""

import struct
from pathlib import Path

_HEADER = 44
#: Most bytes of sound that are given at once: what came last.
LONGEST = 2_000_000


def sound_from(path: Path, begin: int) -> bytes:
    """The sound behind byte `begin` of the file (the last 2 MB of it at most), with a header of its own.

    The file has a plain 44-byte header and 16-bit samples. Raises OSError when it cannot be read.
    """
    with path.open("rb") as file:
        header = file.read(_HEADER)
        size = file.seek(0, 2)
        start = max(_HEADER, size - LONGEST, min(begin, size))
        file.seek(start - start % 2)
        sound = file.read()
    return header[:4] + struct.pack("<I", 36 + len(sound)) + header[8:40] + struct.pack("<I", len(sound)) + sound
