"""Every kind of page that the wiki has, and how a person comes to see it."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.acceptance.belongings import Belongings
from tests.acceptance.visitor import Site, Visitor
from tests.browser import photo

ARTICLE = """A lead that says what this page is about, in a line or two, so that a reader knows whether to go on.

{photo}

## What an article may hold

Text with **weight**, *stress*, ~~second thoughts~~, `code` and [a link](/wiki/welcome). A word that never ends:
Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsvorsitzender.

- One thing
- Another
    1. First
    2. Then

### A table

| Home | Database | Bucket | Rows |
|---|---|:-:|--:|
| laptop | Postgres in a container | MinIO | 1,024 |
| Heroku | an add-on | Bucketeer | 65,536 |

> Whatever is said in a quotation was said by somebody else.

```
heroku config:set A_LONG_LINE_OF_CODE=that-goes-on-and-on-and-on-until-it-leaves-every-screen-behind --app dynowiki
```

---

#### The smallest heading

The end.
"""


@dataclass
class Scene:
    """A wiki with one article of several revisions, and somebody in front of a tab."""

    tab: Page
    site: Site
    belongings: Belongings
    path: str

    def log_in(self) -> None:
        self.tab.goto("/login")
        self.tab.get_by_label("Username").fill(self.site.username)
        self.tab.get_by_label("Password").fill(self.site.password)
        self.tab.get_by_role("button", name="Log in").click()

    def press(self, name: str) -> None:
        self.tab.get_by_role("button", name=name, exact=True).click()

    def lose_cookie(self, name: str) -> None:
        self.tab.context.clear_cookies(name=name)

    def choose(self, name: str) -> None:
        self.tab.get_by_label("photo").set_input_files(photo.payload(self.belongings.photo_name(name)))


def make_article(editor: Visitor, belongings: Belongings, name: str = "showcase") -> str:
    """The path of an article with a photo and three revisions."""
    path = belongings.path(name)
    picture = (belongings.photo_name("two colours.jpg"), photo.picture(), "image/jpeg")
    form = editor.form("/new", holding="title")
    form.form.fields.update(title="An article with everything on it", path=path, text="First words.")
    editor.send(form, action="save")
    stored = editor.send(editor.form(f"/edit/{path}", holding="base"), action="photo", text="", photo=picture)
    line = editor.form_of(stored, holding="base").form.fields["text"].strip()
    for comment in (
        "A photo, and the rest",
        "A full stop at the end of a long explanation of what was changed, and why",
    ):
        text = ARTICLE.format(photo=line) + comment
        editor.send(editor.form(f"/edit/{path}", holding="base"), action="save", text=text, comment=comment)
    return path


def home(scene: Scene) -> None:
    scene.tab.goto("/")


def article(scene: Scene) -> None:
    scene.tab.goto(f"/wiki/{scene.path}")


def article_as_editor(scene: Scene) -> None:
    scene.log_in()
    scene.tab.goto(f"/wiki/{scene.path}")


def missing(scene: Scene) -> None:
    scene.tab.goto("/wiki/acceptance/never-written")


def history(scene: Scene) -> None:
    scene.tab.goto(f"/history/{scene.path}")


def revision(scene: Scene) -> None:
    scene.tab.goto(f"/revision/2/{scene.path}")
    scene.tab.get_by_text("Its markdown").click()


def log_in(scene: Scene) -> None:
    scene.tab.goto("/login")


def log_in_refused(scene: Scene) -> None:
    scene.tab.goto("/login")
    scene.tab.get_by_label("Username").fill("nobody")
    scene.tab.get_by_label("Password").fill("nothing")
    scene.press("Log in")


def new(scene: Scene) -> None:
    scene.log_in()
    scene.tab.goto("/new")


def new_refused(scene: Scene) -> None:
    scene.log_in()
    scene.tab.goto("/new")
    scene.tab.get_by_label("Title").fill("Refused")
    scene.tab.get_by_label("Path").fill("../etc/passwd")
    scene.tab.get_by_label("Text").fill("Typed for a long time.")
    scene.press("Save")


def edit(scene: Scene) -> None:
    scene.log_in()
    scene.tab.goto(f"/edit/{scene.path}")


def preview(scene: Scene) -> None:
    edit(scene)
    scene.press("Preview")


def photo_added(scene: Scene) -> None:
    edit(scene)
    scene.choose("added.jpg")
    scene.press("Add to the text")


def photo_refused(scene: Scene) -> None:
    edit(scene)
    scene.press("Add to the text")


def conflict(scene: Scene) -> None:
    edit(scene)
    other = scene.site.editor()
    other.send(other.form(f"/edit/{scene.path}", holding="base"), action="save", text=ARTICLE.format(photo="Theirs."))
    scene.tab.get_by_label("Text", exact=True).fill("Mine came second.")
    scene.press("Save")
    scene.tab.get_by_text("The text of revision").first.click()


def upload(scene: Scene) -> None:
    scene.log_in()
    scene.tab.goto("/upload")


def uploaded(scene: Scene) -> None:
    upload(scene)
    scene.choose("by itself.jpg")
    scene.press("Upload")


def log_in_again(scene: Scene) -> None:
    edit(scene)
    scene.lose_cookie("sessionid")
    scene.press("Save")


def forbidden(scene: Scene) -> None:
    edit(scene)
    scene.lose_cookie("csrftoken")
    scene.press("Save")


def not_found(scene: Scene) -> None:
    scene.tab.goto("/there/is/nothing")


# What can be read there, so that no test looks at another page than it thinks.
PLACES: dict[Callable[[Scene], None], str] = {
    home: "Welcome to Dynowiki",
    article: "What an article may hold",
    article_as_editor: "What an article may hold",
    missing: "There is no article at",
    history: "History of",
    revision: "Revision 2 of",
    log_in: "Password",
    log_in_refused: "Please enter a correct username and password.",
    new: "The page's address below /wiki/",
    new_refused: "A path can't hold two dots in a row.",
    edit: "What did you change?",
    preview: "Nothing is saved yet.",
    photo_added: "The photo is at the end of the text.",
    photo_refused: "Choose a photo first.",
    conflict: "while you wrote. Your text is below",
    upload: "10 MB at most",
    uploaded: "The photo is stored.",
    log_in_again: "You were logged out while you wrote.",
    forbidden: "The form was too old",
    not_found: "There is nothing at this address.",
}
