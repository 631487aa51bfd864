"""What tests of the workshop share."""

from __future__ import annotations

import pytest

from workbench.store.rooms import RoomFile


@pytest.fixture
def file(tmp_path):
    opened = RoomFile(tmp_path / "room.sqlite")
    yield opened
    opened.close()
