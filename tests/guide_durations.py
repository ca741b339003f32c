"""What users plan with: the times that the guide states, their ends, and sums of two stages."""

import itertools

from nhs_api_catalogue.durations import months, weeks

#: The technical and the assurance times that the guide states.
TECHNICAL = [(weeks(4), weeks(6)), (months(2), months(4)), (months(3), months(6))]
ASSURANCE = [(months(1), months(2)), (months(2), months(4)), (months(4), months(8))]
STAGES = sorted({*TECHNICAL, *ASSURANCE}, key=str)
BOUNDS = {end for stage in STAGES for end in stage}
SUMS = {a + b for one, other in itertools.product(TECHNICAL, ASSURANCE) for a in one for b in other}
GUIDE = sorted(BOUNDS | SUMS, key=lambda duration: (duration.months, duration.days))
