"""ZIP files that are the same byte for byte whenever they are made of the same parts."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

_BEFORE_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest moment a ZIP can hold
_CHANGED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return a ZIP of named files, in the order given."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, _BEFORE_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, content)
    return made.getvalue()


def settled(office: bytes, day: str) -> bytes:
    """Return an Office file whose times of making are a day (ISO 8601) instead of now."""
    with zipfile.ZipFile(io.BytesIO(office)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    core = "docProps/core.xml"
    files[core] = _CHANGED.sub(rb"\g<1>" + day.encode() + rb"T00:00:00Z\g<3>", files[core])
    return packed(files)
