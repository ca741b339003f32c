"""The places and texts of a JSON document, for tests that change one."""

Path = tuple[str | int, ...]


def places(value: object, path: Path = ()) -> list[Path]:
    """Every place in a document, but not the whole document."""
    found = [path] if path else []
    if isinstance(value, (dict, list)):
        for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
            found += places(inner, (*path, step))
    return found


def texts(value: object) -> set[str]:
    """Every text of a document: words, ids and dates that fit in one place and not in another."""
    if isinstance(value, dict):
        return set().union(*map(texts, value.values()))
    if isinstance(value, list):
        return set().union(*map(texts, value))
    return {value} if isinstance(value, str) else set()
