"""Hypothesis profiles, chosen by HYPOTHESIS_PROFILE.

`dev` is the default, `ci` tries the same examples every run, `short` a few of them (for one more
Python, where the question is whether it differs), `deep` tries many.
"""

import os

from hypothesis import settings

settings.register_profile("dev", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None)
settings.register_profile("short", deadline=None, derandomize=True, database=None, max_examples=15)
settings.register_profile("deep", deadline=None, max_examples=5_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))
