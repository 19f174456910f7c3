"""Markdown and HTML of a form made safe: nothing but plain text mark-up leaves this module."""

import html
import re

import nh3
from markdown_it import MarkdownIt

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
_INLINE = {"a", "abbr", "b", "br", "code", "em", "i", "kbd", "s", "small", "span", "strong", "sub", "sup", "u"}
_BLOCKS = {"blockquote", "dd", "div", "dl", "dt", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "ul"}
_TABLE = {"caption", "table", "tbody", "td", "tfoot", "th", "thead", "tr"}
_ATTRIBUTES = {"a": {"href", "title"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan", "scope"}}
_SCHEMES = {"http", "https", "mailto", "tel"}
#: The page has its own h1, and the form stands under an h2.
_HEADING = re.compile(r"<(/?)h[12]\b", re.IGNORECASE)
_MARKDOWN_SIGN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~:&=])")
_IMAGE_DATA = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]+")


def from_markdown(text: str) -> str:
    """Safe HTML of the markdown `text`."""
    return from_html(_MARKDOWN.render(text))


def from_html(text: str) -> str:
    """The HTML `text` without scripts, styles, images, and unknown elements, attributes and link schemes."""
    lowered = _HEADING.sub(r"<\1h3", text)
    return nh3.clean(
        lowered,
        tags=_INLINE | _BLOCKS | _TABLE,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer",
    )


def escape_markdown(value: str) -> str:
    """`value` so that markdown shows it as it is, on one line."""
    return _MARKDOWN_SIGN.sub(r"\\\1", " ".join(value.split()))


def escape_html(value: str) -> str:
    """`value` so that HTML shows it as it is."""
    return html.escape(value)


def own_address(address: object) -> str:
    """`address` if it lies on this host, else an empty text."""
    text = str(address or "")
    return text if re.fullmatch(r"/(?![/\\])[^\s\\]*", text) else ""


def image_source(source: object) -> str:
    """`source` if it is an image of this host or one written into the form itself, else an empty text."""
    text = str(source or "")
    return text if _IMAGE_DATA.fullmatch(text) else own_address(text)
