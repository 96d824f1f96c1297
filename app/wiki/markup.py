"""Markdown to the HTML that is stored: CommonMark by markdown-it-py, cleaned by nh3. Pure: text in, HTML out.

https://spec.commonmark.org/0.31.2/
"""

import re
from functools import cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML

TAGS = {
    "a", "abbr", "b", "blockquote", "br", "code", "dd", "del", "div", "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5",
    "h6", "hr", "i", "img", "kbd", "li", "ol", "p", "pre", "q", "s", "samp", "small", "span", "strong", "sub", "sup",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip

ATTRIBUTES = {
    "a": {"href", "title"},
    "code": {"class"},
    "div": {"tabindex"},
    "img": {"src", "alt", "title", "width", "height", "loading"},
    "ol": {"start"},
    "td": {"align"},
    "th": {"align"},
}


def render(text: str) -> str:
    """The HTML of an article's text, safe to put into a page."""
    return nh3.clean(
        parser().render(text),
        tags=TAGS,
        attributes=ATTRIBUTES,
        allowed_classes={"div": {"table"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )


@cache
def parser() -> MarkdownIt:
    # HTML in a text is shown as text: nh3 repairs what is left open by opening it anew in each paragraph, and 20 KB of
    # such tags took 500 MB.
    markdown = MarkdownIt("commonmark", {"html": False}, renderer_cls=Renderer)
    return markdown.enable(["table", "strikethrough"])


class Renderer(RendererHTML):
    """markdown-it's own, with photos that load when a reader scrolls to them and columns aligned by attribute."""

    def image(self, tokens, idx, options, env) -> str:  # type: ignore[no-untyped-def]
        tokens[idx].attrSet("loading", "lazy")
        return super().image(tokens, idx, options, env)

    def table_open(self, tokens, idx, options, env) -> str:  # type: ignore[no-untyped-def]
        # A wide table scrolls in a frame of its own, which the keyboard must reach.
        return '<div class="table" tabindex="0"><table>\n'

    def table_close(self, tokens, idx, options, env) -> str:  # type: ignore[no-untyped-def]
        return "</table></div>\n"

    def th_open(self, tokens, idx, options, env) -> str:  # type: ignore[no-untyped-def]
        return self.cell(tokens, idx, options, env)

    def td_open(self, tokens, idx, options, env) -> str:  # type: ignore[no-untyped-def]
        return self.cell(tokens, idx, options, env)

    def cell(self, tokens, idx, options, env) -> str:  # type: ignore[no-untyped-def]
        style = str(tokens[idx].attrs.pop("style", ""))
        if style.startswith("text-align:"):
            # The page's policy allows no style in an attribute.
            tokens[idx].attrSet("align", style.removeprefix("text-align:"))
        return self.renderToken(tokens, idx, options, env)


def relative(text: str, host: str) -> str:
    """`text` with the links and photos of this very wiki made relative, so that it holds no host name.

    `host` is as in a request's Host header. Only destinations of links below /wiki/ and /media/ are touched.
    """
    here = rf"https?://{re.escape(host)}(?=/(?:wiki|media)/)"
    return re.sub(rf"(\]\(\s*<?|^\s*\[[^\]]+\]:\s*<?){here}", r"\1", text, flags=re.IGNORECASE | re.MULTILINE)


def media_keys(text: str) -> list[str]:
    """The keys of the photos that `text` shows or links to."""
    return re.findall(r"/media/([0-9a-f]{16}/[a-z0-9_-]+\.[a-z]+)", text)
