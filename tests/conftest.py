"""Hypothesis profiles, chosen by HYPOTHESIS_PROFILE.

`dev` is the default; `ci` tries the same examples in every run; `short` tries a few of them, on a
further Python that may differ; `deep` tries many.

`mutants` and `survivors` are for tests/mutation/run.py. It runs a test many times in one process,
on a busy machine; a failed health check would count as a killed mutant.
"""

import os

from hypothesis import HealthCheck, Phase, settings

settings.register_profile("dev", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None)
settings.register_profile("short", deadline=None, derandomize=True, database=None, max_examples=15)
# No health checks, and no search for the smallest example: one example is enough.
AT_ONCE = {
    "deadline": None,
    "derandomize": True,
    "database": None,
    "suppress_health_check": list(HealthCheck),
    "phases": (Phase.explicit, Phase.generate),
}
settings.register_profile("mutants", **AT_ONCE, max_examples=8)
settings.register_profile("survivors", **AT_ONCE, max_examples=40)
settings.register_profile("deep", deadline=None, max_examples=5_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))
