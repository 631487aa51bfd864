"""XML read safely: no entities, no network, no document type, no oversized trees."""

from __future__ import annotations

from typing import Any, TypeAlias

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] - lxml ships no types

Element: TypeAlias = Any  # lxml.etree._Element


def parse(data: bytes) -> Element:
    """Return the root element. Raises `ValueError` when the bytes are no well-formed XML."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, SyntaxError) as error:
        raise ValueError("not well-formed XML") from error
    if root is None:
        raise ValueError("no root element")
    return root


def local(element: Element) -> str:
    """Return an element's name without its namespace, "" for comments and entities."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str | None:
    """Return an attribute by its local name, whatever its namespace."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def child(element: Element | None, *path: str) -> Element | None:
    """Return the first child along a path of local names, None when a step is missing."""
    for name in path:
        if element is None:
            return None
        element = next((one for one in element if local(one) == name), None)
    return element
