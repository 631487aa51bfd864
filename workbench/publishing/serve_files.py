"""The files that browsers keep: pages' scripts and styles, packed once and sent packed to everybody."""

from __future__ import annotations

import asyncio
import gzip
from pathlib import Path
from typing import Any, ClassVar

from tornado.web import HTTPError
from voila.static_file_handler import MultiStaticFileHandler

YEAR = 365 * 24 * 3600
# Fonts and pictures are packed already.
PACKED = {".js", ".css", ".json", ".svg", ".map", ".txt"}
# Smaller ones gain nothing.
LEAST_BYTES = 1024


class LastingFiles(MultiStaticFileHandler):
    """Serves files whose address changes with their version, so that browsers keep them.

    Voilà's scripts are 5 MB; packing them anew for every visitor would hold up everybody else's clicks.
    """

    packed: ClassVar[dict[str, bytes]] = {}

    def get_cache_time(self, path: str, modified: Any, mime_type: str) -> int:
        """Keep it a year."""
        return YEAR

    def set_extra_headers(self, path: str) -> None:
        """Say that it need never be asked for again."""
        self.set_header("Cache-Control", f"public, max-age={YEAR}, immutable")

    async def get(self, path: str, include_body: bool = True) -> None:
        """Send the packed file to browsers that take it, else the file itself."""
        accepted = self.request.headers.get("Accept-Encoding", "")
        asks_a_part = "Range" in self.request.headers
        if not include_body or asks_a_part or "gzip" not in accepted or Path(path).suffix not in PACKED:
            await super().get(path, include_body)
            return
        self.path = self.parse_url_path(path)
        place = self.get_absolute_path(self.root, self.path)  # it also says which root holds it
        found = self.validate_absolute_path(self.root, place)
        if found is None:
            raise HTTPError(404)
        self.absolute_path = found
        self.modified = self.get_modified_time()
        self.set_headers()
        if self.get_content_size() < LEAST_BYTES:
            self.finish(Path(found).read_bytes())
            return
        if found not in self.packed:
            self.packed[found] = await asyncio.to_thread(_pack, found)
        self.set_header("Content-Encoding", "gzip")
        self.set_header("Vary", "Accept-Encoding")
        if self.should_return_304():
            self.set_status(304)
            self.finish()
            return
        self.finish(self.packed[found])


def _pack(file: str) -> bytes:
    return gzip.compress(Path(file).read_bytes(), 9, mtime=0)
