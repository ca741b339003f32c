"""The first display of a plan and of a catalogue in a notebook, in fresh processes.

    python benchmarks/displays.py [--before FOLDER] [--quick]

FOLDER is the `src` of another checkout, which is measured in turns with this one, so that both run
under the same conditions. What is loaded, compiled or worked out for the first picture counts; what
the value itself needs does not.
"""

import argparse
import compileall
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parents[1] / "src"
CODE = """
import sys, time
sys.path.insert(0, sys.argv[1])
from nhs_api_catalogue import catalogue, plan
names = "PDS FHIR (Patient Access)", "eRS", "GP Connect - Access Record", "MESH"
product = catalogue.select(*names)
value = catalogue if sys.argv[2] == "catalogue" else plan(product, start="2026-01-05")
begin = time.perf_counter()
value._repr_html_()
print(time.perf_counter() - begin)
"""


def first(source: Path, what: str) -> float:
    """The seconds of one first picture."""
    command = [sys.executable, "-c", CODE, str(source), what]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    return float(done.stdout)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--before", type=Path, help="the src of another checkout")
    parser.add_argument("--quick", action="store_true", help="a few processes only")
    options = parser.parse_args()
    sources = {"now": HERE} if options.before is None else {"before": options.before, "now": HERE}
    for source in sources.values():
        # Otherwise each process would compile the source that was edited last.
        compileall.compile_dir(source, quiet=2)
    rounds = 3 if options.quick else 25
    print("the first _repr_html_, milliseconds, the least of", rounds, "fresh processes each")
    for what in ("catalogue", "plan"):
        times = {name: [] for name in sources}
        for _ in range(rounds):
            for name, source in sources.items():
                times[name].append(first(source, what))
        least = {name: 1000 * min(found) for name, found in times.items()}
        text = ", ".join(f"{name} {value:.2f}" for name, value in least.items())
        if "before" in least:
            text += f", {least['now'] / least['before']:.2f} x"
        print(f"{what:10} {text}")


if __name__ == "__main__":
    main()
