"""What the reference pages need and griffe lacks, as it reads the source without running it.

The examples of a docstring are in its text, where Markdown takes `>>>` for a quotation; here they
become blocks of code. The `__init__` that attrs makes is in no source, and a word of official
statements has its meaning as a value; here both are taken from the class itself.
"""

import importlib
import inspect
import re
from typing import Any

import attrs
import griffe

# An example begins with a prompt and ends with its paragraph.
EXAMPLE = re.compile(r"^( *)>>> (?:.+\n?)+", re.MULTILINE)
KINDS = {
    inspect.Parameter.POSITIONAL_OR_KEYWORD: griffe.ParameterKind.positional_or_keyword,
    inspect.Parameter.KEYWORD_ONLY: griffe.ParameterKind.keyword_only,
}


def fenced(example: re.Match[str]) -> str:
    """The example as a block of code."""
    indent, text = example[1], example[0].rstrip("\n")
    return f"{indent}```pycon\n{text}\n{indent}```\n"


def loaded(cls: griffe.Class) -> Any:
    """The class itself."""
    return getattr(importlib.import_module(cls.module.path), cls.name)


class ForReaders(griffe.Extension):
    """Code blocks for examples, signatures for attrs classes."""

    def on_object(self, *, obj: griffe.Object, **_: Any) -> None:
        """Show its examples as code."""
        if obj.docstring:
            obj.docstring.value = EXAMPLE.sub(fenced, obj.docstring.value)

    def on_class(self, *, cls: griffe.Class, **_: Any) -> None:
        """Show what its constructor takes, and what its words mean."""
        if any("attrs." in str(one.value) for one in cls.decorators):
            found = loaded(cls)
            needs = [field.name for field in attrs.fields(found) if field.default is attrs.NOTHING]
            # Only functions make a class that needs a private value; its docstring names them.
            made_by_users = not any(name.startswith("_") for name in needs)
            if made_by_users and "__init__" not in cls.members:
                cls.set_member("__init__", self.constructor(cls, found))
        elif any(str(base) == "Word" for base in cls.bases):
            words = [f"    {word.name}: {word.meaning}." for word in loaded(cls)]
            if cls.docstring:
                cls.docstring.value += "\n\nAttributes:\n" + "\n".join(words)

    def constructor(self, cls: griffe.Class, found: type) -> griffe.Function:
        """The `__init__` of a class."""
        given = inspect.signature(found).parameters.values()
        parameters = [griffe.Parameter("self", kind=griffe.ParameterKind.positional_or_keyword)]
        parameters += [self.parameter(cls, one) for one in given]
        return griffe.Function("__init__", parameters=griffe.Parameters(*parameters))

    def parameter(self, cls: griffe.Class, given: inspect.Parameter) -> griffe.Parameter:
        """A field as an argument, with the annotation from the source."""
        field = cls.members.get(given.name)
        annotation = field.annotation if isinstance(field, griffe.Attribute) else None
        default = given.default
        if default is inspect.Parameter.empty:
            text = None
        else:
            text = "..." if repr(default) == "NOTHING" else repr(default)
        return griffe.Parameter(
            given.name, annotation=annotation, kind=KINDS[given.kind], default=text
        )
