"""Markdown becomes HTML that can't harm a reader."""

from html.parser import HTMLParser

import pytest

from wiki import markup

RENDERED = [
    ("# A\n\n*b* **c** `d`", "<h1>A</h1>\n<p><em>b</em> <strong>c</strong> <code>d</code></p>\n"),
    ("![a](/media/k/p.jpg)", '<p><img src="/media/k/p.jpg" alt="a" loading="lazy"></p>\n'),
    ("~~a~~", "<p><s>a</s></p>\n"),
    ("[a](/wiki/b)", '<p><a href="/wiki/b">a</a></p>\n'),
    ("|a|b|\n|---|--:|\n|1|2|", '<th align="right">b</th>'),
    ("|a|\n|---|\n|1|", '<div class="table" tabindex="0"><table>'),
    ('<div class="site">a</div>', '<p>&lt;div class="site"&gt;a&lt;/div&gt;</p>'),
    ("```python\nx\n```", '<pre><code class="language-python">x\n</code></pre>\n'),
]


@pytest.mark.parametrize(("text", "html"), RENDERED)
def test_markdown_is_rendered(text: str, html: str) -> None:
    assert html in markup.render(text)


HARMFUL = [
    "<script>alert(1)</script>",
    "[a](javascript:alert(1))",
    "[a](data:text/html,<script>alert(1)</script>)",
    "<img src=x onerror=alert(1)>",
    "<a href='java\nscript:alert(1)'>a</a>",
    "<svg onload=alert(1)>",
    "<iframe src='//evil.example'></iframe>",
    "<style>body{display:none}</style>",
    "<p style='position:fixed'>a</p>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<form action='/logout'><button>a</button></form>",
    '<base href="//evil.example">',
    '<meta http-equiv="refresh" content="0;url=//evil.example">',
]


class Seen(HTMLParser):
    """The tags and attributes that a browser would see."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: dict[str, str] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name: value or "" for name, value in attrs}


@pytest.mark.parametrize("text", HARMFUL)
def test_nothing_harmful_comes_through(text: str) -> None:
    seen = Seen(markup.render(text))
    assert seen.tags <= {"p", "a"}
    assert seen.attributes.keys() <= {"href"}
    assert not seen.attributes.get("href", "").lower().startswith(("javascript:", "data:", "java"))


@pytest.mark.parametrize("unit", ["<b title=i>", "<div>", "<p><b>", "[", "![[]()", "_a", "> ", "|a", "`a"])
def test_html_grows_no_faster_than_the_text(unit: str) -> None:
    """20 KB of unclosed tags took 500 MB when HTML was passed through, for they are opened anew in each paragraph."""
    sizes = [len(markup.render(unit * (size // len(unit)) + "<p>x" * 100)) for size in (2_000, 20_000)]
    assert sizes[1] < 15 * sizes[0]


def test_a_deep_nest_is_bounded() -> None:
    assert len(markup.render("> " * 5000 + "a")) < 200_000


@pytest.mark.parametrize(
    ("text", "host", "stored"),
    [
        ("[x](http://a.example/wiki/x)", "a.example", "[x](/wiki/x)"),
        ("![x](<https://A.example/media/k>)", "a.example", "![x](</media/k>)"),
        ("[x]: http://a.example/wiki/x", "a.example", "[x]: /wiki/x"),
        ("[x](http://localhost:8000/wiki/x)", "localhost:8000", "[x](/wiki/x)"),
        ("[x](http://localhost:8000/wiki/x)", "localhost:9000", "[x](http://localhost:8000/wiki/x)"),
        ("[x](http://a.example/other)", "a.example", "[x](http://a.example/other)"),
        ("[x](http://aXexample/wiki/x)", "a.example", "[x](http://aXexample/wiki/x)"),
        ("`curl http://a.example/wiki/x`", "a.example", "`curl http://a.example/wiki/x`"),
        ("[x](http://b.example/http://a.example/wiki/x)", "a.example", "[x](http://b.example/http://a.example/wiki/x)"),
    ],
)
def test_addresses_of_this_wiki_become_relative(text: str, host: str, stored: str) -> None:
    assert markup.relative(text, host) == stored
