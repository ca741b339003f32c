"""The rules of the house that no other tool keeps: who imports whom, and what an import costs."""

import ast
import importlib.metadata
import importlib.util
import os
import pickle
from collections import defaultdict
from pathlib import Path

import pytest

import nhs_api_catalogue
from fresh_process import run_fresh

ROOT = "nhs_api_catalogue"
PACKAGE = Path(str(importlib.util.find_spec(ROOT).origin)).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
SUBMODULES = {path.stem for path in PACKAGE.iterdir()} - {"__init__", "__pycache__"}
PUBLIC = list(nhs_api_catalogue.__all__)


def root_imports(source: str) -> list[int]:
    """The lines on which a module of the package imports the package itself."""
    found = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                # `import package.room` binds the package; `import package.room as room` does not.
                guilty = any(
                    alias.name == ROOT or (alias.name.startswith(f"{ROOT}.") and not alias.asname)
                    for alias in names
                )
            case ast.ImportFrom(module=None, names=names):
                guilty = any(alias.name not in SUBMODULES for alias in names)
            case ast.ImportFrom(module=module, level=0):
                guilty = module == ROOT
            case _:
                continue
        if guilty:
            found.append(node.lineno)
    return found


class TestImportsOfTheRoot:
    """Rooms import each other's modules; only the command line imports the package."""

    def test_the_command_line_alone_imports_the_package_root(self):
        found = {path for path in MODULES if root_imports(path.read_text(encoding="utf-8"))}
        rooms = {path.relative_to(PACKAGE).parts[0] for path in found}
        assert rooms == {"__main__.py", "shell"}

    @pytest.mark.parametrize(
        ("source", "guilty"),
        [
            ("import nhs_api_catalogue", True),
            ("import nhs_api_catalogue as n", True),
            ("import nhs_api_catalogue.errors", True),
            ("import nhs_api_catalogue.errors as errors", False),
            ("def f():\n    from nhs_api_catalogue import Duration", True),
            ("from . import Duration", True),
            ("from . import errors", False),
            ("from .errors import CatalogueError", False),
            ("from nhs_api_catalogue.errors import CatalogueError", False),
            ("import json\nfrom attrs import frozen", False),
        ],
    )
    def test_the_rule_tells_the_root_from_its_rooms(self, source, guilty):
        assert bool(root_imports(source)) is guilty


class TestCostOfImporting:
    """Importing the package loads next to nothing; the first record loads no more than it needs."""

    def test_the_bare_import_loads_nothing_else(self):
        code = "before = set(sys.modules)\nimport nhs_api_catalogue\n"
        loaded = run_fresh(f"{code}print(*sorted(set(sys.modules) - before))")
        assert loaded == "nhs_api_catalogue\n"

    def test_the_first_record_loads_no_extra_and_no_slow_module(self):
        slow = {"cattrs", "difflib", "hypothesis", "importlib.metadata"}
        slow |= {"pandas", "polars", "pyarrow", f"{ROOT}.working_days"}
        code = f"slow = {slow}; assert not slow & set(sys.modules)\n"
        code += "from nhs_api_catalogue import catalogue\nassert catalogue['eRS'].name\n"
        assert run_fresh(f"{code}print(sorted(slow & set(sys.modules)))") == "[]\n"

    @pytest.mark.parametrize(
        ("asked", "rooms"),
        [
            ("technical", set()),
            ("differences", {"differences"}),
            ("prerequisites", {"needs"}),
            ("timescales", {"timescales"}),
            ("official", {"entries", "product_words"}),
        ],
    )
    def test_what_official_sources_say_loads_the_rooms_of_what_is_asked_for(self, asked, rooms):
        statements = {"differences", "entries", "needs", "product_words", "timescales"}
        code = f"from nhs_api_catalogue import catalogue\nassert catalogue['BaRS'].{asked}\n"
        code += "print(*(name for name in sys.modules if '.official.' in name))"
        loaded = {name.rpartition(".")[2] for name in run_fresh(code).split()}
        assert loaded & statements == rooms

    def test_a_plan_warns_and_shows_itself_without_the_classes_of_statements(self):
        code = "from nhs_api_catalogue import catalogue, plan\n"
        code += "p = plan(catalogue, start='2026-01-05', allow_unavailable=True)\n"
        code += "assert 'blocks plan' in p._repr_html_()\n"
        code += "print(*(name for name in sys.modules if '.official.' in name))"
        loaded = {name.rpartition(".")[2] for name in run_fresh(code).split()}
        assert loaded == {"bundled", "cautions", "wording"}


class TestPublicNames:
    """The public names are few, listed, and the same in every order of imports."""

    def test_all_is_sorted_and_without_doubles(self):
        assert sorted(set(PUBLIC)) == PUBLIC

    def test_all_is_what_dir_shows(self):
        assert [name for name in dir(nhs_api_catalogue) if not name.startswith("_")] == PUBLIC

    def test_no_submodule_shares_a_name_with_a_public_attribute(self):
        assert not SUBMODULES & set(PUBLIC)

    def test_the_version_is_the_installed_one(self):
        assert nhs_api_catalogue.__version__ == importlib.metadata.version("nhs-api-catalogue")

    def test_an_unknown_name_is_an_attribute_error(self):
        with pytest.raises(AttributeError, match=r"nhs_api_catalogue.*nothing_of_ours"):
            _ = nhs_api_catalogue.nothing_of_ours


KINDS = {name: type(getattr(nhs_api_catalogue, name)).__qualname__ for name in PUBLIC}
FORKS = f"""
import gc, os, pickle, traceback
# What is not ours is loaded once, before the forks.
import attrs, cattrs, difflib, fractions, json

gc.disable()
gc.freeze()
public, kinds = {PUBLIC!r}, {KINDS!r}
shared = pickle.loads(sys.stdin.buffer.read())
failures = 0

# Where nothing can fork, each check begins with the package not loaded instead.
def forget():
    for name in [name for name in sys.modules if name.partition(".")[0] == "nhs_api_catalogue"]:
        del sys.modules[name]

def in_turn(check, *arguments):
    global package
    forget()
    if check.__name__ == "check_seconds":
        # It begins where the first name is loaded.
        import nhs_api_catalogue as package
        first, _, seconds = arguments
        arguments = (first, getattr(package, first), seconds)
    try:
        return min(check(*arguments), 100)
    except Exception:
        sys.stderr.write(f"{{arguments}}: {{traceback.format_exc()}}")
        return 1

def in_child(check, *arguments):
    if not hasattr(os, "fork"):
        return in_turn(check, *arguments)
    pid = os.fork()
    if pid:
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    status = 1
    try:
        status = min(check(*arguments), 100)
    except BaseException:
        sys.stderr.write(f"{{arguments}}: {{traceback.format_exc()}}")
        sys.stderr.flush()
    finally:
        os._exit(status)

def check_value(name, value):
    import nhs_api_catalogue as package
    assert getattr(package, name) is value, name
    assert type(value).__qualname__ == kinds[name], name
    if callable(value):
        assert getattr(sys.modules[value.__module__], name) is value, name
"""

PAIRS = """
def check_seconds(first, first_value, seconds):
    for second in seconds:
        check_value(second, getattr(package, second))
        check_value(first, first_value)
    return 0

def check_first(first):
    global package
    import nhs_api_catalogue as package
    value = getattr(package, first)
    check_value(first, value)
    return sum(in_child(check_seconds, first, value, seconds) != 0 for seconds in shared)

firsts, shared = shared
for first in firsts:
    failures += in_child(check_first, first)
assert not failures, failures
print(len(firsts) * sum(len(seconds) for seconds in shared))
"""

PICKLES = """
def check_unpickled(name):
    value = pickle.loads(shared[name])
    import nhs_api_catalogue as package
    mine = getattr(package, name)
    assert mine is value if callable(value) else mine == value, name
    return 0

for name in shared:
    failures += in_child(check_unpickled, name)
assert not failures, failures
print(len(shared))
"""


class TestOrderOfImports:
    """A public name is the same object whatever was imported, or unpickled, before it."""

    def test_every_pair_of_names_imports_in_both_orders(self):
        # Whichever name of a room comes first, or second, loads that same room. So the second names
        # of a room share a process, and the first name represents its room, except in CI; the deep
        # profile gives each pair a process of its own.
        profile = os.environ.get("HYPOTHESIS_PROFILE")
        rooms = defaultdict(list)
        for name, room in nhs_api_catalogue._HOME.items():
            rooms[name if profile == "deep" else room].append(name)
        seconds = list(rooms.values())
        firsts = PUBLIC if profile in {"ci", "deep"} else [names[0] for names in seconds]
        printed = run_fresh(FORKS + PAIRS, pickle.dumps((firsts, seconds)))
        assert int(printed) == len(firsts) * len(PUBLIC)

    def test_where_nothing_can_fork_the_same_is_tried_in_turn(self):
        firsts, seconds = ["plan", "Table"], [["catalogue"], ["Duration", "Window"]]
        code = f"import os; os.__dict__.pop('fork', None)\n{FORKS}{PAIRS}"
        assert int(run_fresh(code, pickle.dumps((firsts, seconds)))) == 6

    def test_unpickling_first_gives_the_same_objects(self):
        values = {name: pickle.dumps(getattr(nhs_api_catalogue, name)) for name in PUBLIC}
        assert int(run_fresh(FORKS + PICKLES, pickle.dumps(values))) == len(PUBLIC)
