"""What the suite reads from a page: its forms with their fields, and its stylesheets.

https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#constructing-the-form-data-set
"""

from dataclasses import dataclass, field
from html.parser import HTMLParser

# Inputs that a browser sends only when they are pressed, ticked or filled by hand.
UNSENT = {"submit", "button", "reset", "image", "file", "checkbox", "radio"}


@dataclass
class Form:
    """A form: what a browser would send of it untouched, and the names of all that could be filled in.

    `action` may be empty: the page's own address.
    """

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)


@dataclass
class Document:
    forms: list[Form]
    stylesheets: list[str]
    # The values of an admin list's checkboxes.
    selectable: list[str]


def read(text: str) -> Document:
    reader = Reader()
    reader.feed(text)
    reader.close()
    return reader.document


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.document = Document([], [], [])
        self.form: Form | None = None
        self.textarea: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.form = Form(values.get("action", ""))
            self.document.forms.append(self.form)
        elif tag == "input":
            self.read_input(values)
        elif tag == "textarea":
            self.textarea = values.get("name", "")
        elif tag == "link" and values.get("rel") == "stylesheet":
            self.document.stylesheets.append(values["href"])

    def read_input(self, values: dict[str, str]) -> None:
        if values.get("name") == "_selected_action":
            self.document.selectable.append(values["value"])
        if self.form is None or "name" not in values:
            return
        self.form.names.add(values["name"])
        if values.get("type") not in UNSENT:
            self.form.fields[values["name"]] = values.get("value", "")

    def handle_data(self, data: str) -> None:
        if self.form is not None and self.textarea:
            self.form.fields[self.textarea] = self.form.fields.get(self.textarea, "") + data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.end_textarea()
        elif tag == "form":
            self.form = None

    def end_textarea(self) -> None:
        if self.form is not None and self.textarea:
            # A newline right after the tag belongs to the markup, not to the text.
            text = self.form.fields.get(self.textarea, "")
            self.form.fields[self.textarea] = text.removeprefix("\n")
            self.form.names.add(self.textarea)
        self.textarea = None
