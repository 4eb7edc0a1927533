"""Pictures as parts of pages of HTML."""

from __future__ import annotations

import html
import re

# How themes with a switch say what their page is.
DARK_PAGE = ':is([data-theme="dark"],[data-bs-theme="dark"],[data-md-color-scheme="slate"],html.dark)'
LIGHT_PAGE = ':is([data-theme="light"],[data-bs-theme="light"],[data-md-color-scheme="default"],html.light)'


def inline(svg, taken, width=None, height=None, alt=None, is_marked=False):
    """A picture as part of a page: with ids of its own, no wider than the page, dark where it is.

    ``taken`` counts the pictures of the page by the beginning of their ids. Where every page that can be dark is
    marked as such, ``is_marked``, one without a mark is light whatever its reader prefers.
    """
    prefix = re.search(r'\bid="([^"]+)"', svg)[1]
    taken[prefix] = taken.get(prefix, 0) + 1
    own = prefix if taken[prefix] == 1 else f"{prefix}_{taken[prefix]}"
    opening, rest = svg.split(">", 1)
    sizes = [f"width:{length(width)}"] if width else []
    sizes.append("max-width:100%")
    sizes.append(f"height:{length(height) if height else 'auto'}")
    opening = opening.replace(' style="', f' style="{";".join(sizes)};', 1)
    svg = f"{opening}>{rest}"
    if alt:
        alt = html.escape(alt, quote=False)
        svg = re.sub(r"(<desc\b[^>]*>).*?(</desc>)", lambda m: m[1] + alt + m[2], svg, count=1, flags=re.S)
    if own != prefix:
        name = re.compile(rf'(?<=["# ]){re.escape(prefix)}(?=[_" ])')
        svg = re.sub(r"<style>.*?</style>|<[^>]*>", lambda m: name.sub(own, m[0]), svg, flags=re.S)
    return re.sub(
        r"<style>@media \(prefers-color-scheme:dark\)\{(.*?\})\}</style>",
        lambda m: "<style>" + themed(m[1], own, is_marked) + "</style>", svg, count=1, flags=re.S)


def length(text):
    """A length of a style sheet; a number alone is in pixels."""
    return text + "px" if re.fullmatch(r"[\d.]+", text) else text


def themed(rules, prefix, is_marked):
    """The rules of a dark page, for readers who prefer it unless they switched the page, and for those
    who did."""
    switched = "@media screen{" + rules.replace(f"#{prefix} ", f"{DARK_PAGE} #{prefix} ") + "}"
    if is_marked:
        return switched
    unless = f":root:not({LIGHT_PAGE}) body:not({LIGHT_PAGE}) #{prefix} "
    preferred = rules.replace(f"#{prefix} ", unless)
    return f"@media screen and (prefers-color-scheme:dark){{{preferred}}}{switched}"
