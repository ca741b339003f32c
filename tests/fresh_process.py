"""What code prints in a process of its own."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import attrs
import cattrs

PACKAGE = Path(str(importlib.util.find_spec("nhs_api_catalogue").origin)).parent


def run_fresh(code: str, stdin: bytes = b"") -> str:
    """What the code prints in a new process that has loaded nothing but Python itself.

    No site module runs (-S), so neither a coverage hook nor a .pth file can load what we look for.
    """
    homes = {str(PACKAGE.parent), *(str(Path(m.__file__).parent.parent) for m in (attrs, cattrs))}
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import sys; sys.path += sys.argv[1:]\n{code}", *homes],
        input=stdin,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()
