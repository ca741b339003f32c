"""Files written whole or not at all, whatever ends the process."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from os import PathLike, fspath
from secrets import token_hex
from stat import S_IMODE, S_ISDIR, S_ISREG
from typing import Any, Final

# How the name of a file ends that is whole, and about to take the place of another.
_WHOLE: Final = ".whole.tmp"

# Where Linux names the files that a process has open (proc(5)).
_DESCRIPTORS: Final = "/proc/self/fd"


def write(path: Any, data: bytes) -> None:
    """Write a whole file or nothing: a new file is written beside it and then replaces it.

    A link stays, and leads to the new file. If the system has nameless files, the new one gets its
    name only when it is complete: if the process is killed before, nothing is left. If it is killed
    between the two names, the next writer removes what is left. Anything else there, such as
    `/dev/stdout` or a named pipe, is written to and stays what it is.

    Raises:
        OSError: The file cannot be written; what was there stays.
        TypeError: The path is not a path.
    """
    if not isinstance(path, (str, PathLike)):
        message = f"expected the path of a file, got {path!r}: write dumps(...) to an open file"
        raise TypeError(message)
    real: str = fspath(path)
    is_stream = _is_stream(real)
    if not is_stream:
        real = os.path.realpath(real)
    beside = f"{real}.{token_hex(8)}.tmp"
    try:
        if is_stream:
            with open(real, "wb") as stream:  # noqa: PTH123  as below
                stream.write(data)
            return
        nameless = _nameless(os.path.dirname(real))  # noqa: PTH120  as below
        if nameless is not None:
            beside = f"{real}.{token_hex(8)}{_WHOLE}"
        # It is new, so nobody else uses it, and it has the process's permissions for new files.
        place, mode = (beside, "xb") if nameless is None else (nameless, "wb")
        with open(place, mode) as file:  # noqa: PTH123  os.replace and os.chmod are not in pathlib
            file.write(data)
            file.flush()
            with suppress(FileNotFoundError):
                os.chmod(place, S_IMODE(os.stat(real).st_mode))  # noqa: PTH101, PTH116  as above
            os.fsync(file.fileno())
            if nameless is not None:
                # Python follows the link of /proc only if a folder is given for the source.
                os.link(f"{_DESCRIPTORS}/{nameless}", beside, src_dir_fd=nameless)
                os.replace(beside, real)  # noqa: PTH105  as above
        if nameless is None:
            os.replace(beside, real)  # noqa: PTH105  as above
        else:
            # The file is written, whatever becomes of this.
            with suppress(OSError):
                _sweep(real)
    except OSError as fault:
        # Nobody knows the name of the new file.
        raise OSError(fault.errno, fault.strerror, real) from None
    finally:
        # It is still there only if it did not replace the old one.
        with suppress(OSError):
            os.unlink(beside)  # noqa: PTH108  as above


def _is_stream(path: str) -> bool:
    """Whether a device, a pipe or the like is there, which no file may replace."""
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116  as above
    except (OSError, ValueError):
        return False
    return not (S_ISREG(mode) or S_ISDIR(mode))


def _nameless(folder: str) -> int | None:
    """A new file without a name, open for writing and locked; None where there is none such."""
    flag: int | None = getattr(os, "O_TMPFILE", None)
    if flag is None or not os.path.isdir(_DESCRIPTORS):  # noqa: PTH112  as above
        return None
    try:
        descriptor = os.open(folder, flag | os.O_WRONLY, 0o666)
    except OSError:
        # Not every file system has them; writing with a name reports anything else that is wrong.
        return None
    # Where there are no locks, nobody gets this one, so nobody takes the file away.
    with suppress(OSError):
        _lock(descriptor)
    return descriptor


def _sweep(real: str) -> None:
    """Remove what killed processes left beside a file: whole files that nobody has locked."""
    folder, name = os.path.split(real)
    left = re.compile(re.escape(name) + r"\.[0-9a-f]{16}" + re.escape(_WHOLE))
    for path in (f"{folder}/{entry}" for entry in os.listdir(folder) if left.fullmatch(entry)):  # noqa: PTH208  as above
        with suppress(OSError):
            # What a name of this kind leads to is not opened, and a pipe is not waited for.
            descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
            try:
                _lock(descriptor)
                os.unlink(path)  # noqa: PTH108  as above
            finally:
                os.close(descriptor)


def _lock(descriptor: int) -> None:
    """Lock an open file until it is closed, or its process ends.

    Raises:
        OSError: Another has locked it.
    """
    # Windows has neither this nor files without a name.
    import fcntl  # noqa: PLC0415

    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
