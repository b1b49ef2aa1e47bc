"""What may not stand in a page: anything that a strict Content-Security-Policy would refuse."""

from lxml import html

DATA_BLOCKS = {"application/json", "application/ld+json", "text/plain"}


def inline_code_in(page: str) -> list[str]:
    """Return a short description of each inline script, style, event handler and `javascript:` link of an HTML page."""
    if not page.strip():
        return []
    found = []
    # A processing prolog or a lone text node is no element: wrap, so that fragments are read like pages.
    tree = html.fromstring(f"<div>{page}</div>".encode(), parser=html.HTMLParser(encoding="utf-8"))
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag == "script" and "src" not in element.attrib and element.get("type") not in DATA_BLOCKS:
            found.append(f"<script> {(element.text or '').strip()[:60]!r}")
        if element.tag == "style":
            found.append(f"<style> {(element.text or '').strip()[:60]!r}")
        for name, value in element.attrib.items():
            if name == "style" or (name.startswith("on") and name.isalpha()):
                found.append(f"<{element.tag} {name}={value[:60]!r}>")
            if value.strip().lower().startswith("javascript:"):
                found.append(f"<{element.tag} {name}={value[:60]!r}>")
    return found
