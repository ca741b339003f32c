"""What a strict reader finds in a piece of HTML; shares no code with what writes it."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

# HTML, "Void elements"; we write none of the others.
VOID = {"br", "img"}


@dataclass
class Element:
    tag: str
    attributes: dict
    texts: list = field(default_factory=list)
    children: list = field(default_factory=list)

    def all(self, *tags):
        """The elements of these tags inside, in order."""
        for child in self.children:
            if child.tag in tags:
                yield child
            yield from child.all(*tags)

    @property
    def text(self):
        """All text inside, with a space between blocks."""
        return " ".join(" ".join(self.pieces()).split())

    def pieces(self):
        for part in self.texts:
            if isinstance(part, str):
                yield part
            else:
                yield from part.pieces()

    @property
    def style(self):
        pairs = (part.split(":", 1) for part in self.attributes.get("style", "").split(";") if part)
        return dict(pairs)


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.root = Element("root", {})
        self.open = [self.root]

    def handle_starttag(self, tag, attrs):
        assert len({name for name, _ in attrs}) == len(attrs), f"an attribute twice in {tag}"
        element = Element(tag, dict(attrs))
        self.open[-1].children.append(element)
        self.open[-1].texts.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag):
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data):
        self.open[-1].texts.append(data)

    def handle_comment(self, data):
        raise AssertionError(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def read_html(text):
    """The elements of a piece of HTML, all of which are closed in order."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    assert len(reader.open) == 1, f"<{reader.open[-1].tag}> is not closed"
    return reader.root
