"""The Python processes behind the served pages: which Python they run, and when they end.

Every open page has a kernel of its own. It ends when nobody has looked at it for a while.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager, NoSuchKernel
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from traitlets import Int

NAME = "python3"
# A closed page's long work may finish, but not run for ever.
BUSY_SECONDS = 600
# A page's kernel with its data, and the share of the machine that pages may take.
PAGE_BYTES = 110 * 1024**2
PAGES_SHARE = 0.6
# Where the system does not say how much memory it has.
PEOPLE = 40


def people_at_once() -> int:
    """Return how many open pages the memory of this machine bears."""
    try:
        memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        return PEOPLE
    return max(5, int(memory * PAGES_SHARE / PAGE_BYTES))


class OwnPython(KernelSpecManager):
    """Knows one kernel: the Python this program runs on.

    Kernels that a user has registered elsewhere on the machine under the same name would start a
    Python without the workbench in it.
    """

    launcher: tuple[str, ...] = ("ipykernel_launcher",)

    def find_kernel_specs(self) -> dict[str, str]:
        """Return the one kernel and its folder of icons."""
        import ipykernel.kernelspec

        return {NAME: str(Path(ipykernel.kernelspec.__file__).parent / "resources")}

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return the kernel. Raises `NoSuchKernel` for any other name."""
        if kernel_name != NAME:
            raise NoSuchKernel(kernel_name)
        return KernelSpec(
            argv=[sys.executable, "-m", *self.launcher, "-f", "{connection_file}"],
            display_name="Python",
            language="python",
            resource_dir=self.find_kernel_specs()[NAME],
        )


class LeanPython(OwnPython):
    """Starts that Python without what only people who write code need: debugger and history."""

    launcher = ("workbench.publishing.lean_kernel", "--HistoryManager.enabled=False")


class PageKernels(AsyncMappingKernelManager):
    """Ends the kernels of closed pages, and only those; lets no more pages in than there is room for.

    The usual culling measures from the last message; a preheated kernel, idle for an hour, would be
    ended in the second between handing it to a page and that page's first message.
    """

    most_pages = Int(PEOPLE, help="Open pages at a time; kernels heated for the next ones are not counted.").tag(
        config=True
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._alone_since: dict[str, float] = {}
        self._left: dict[str, float] = {}  # pages that were open and are not; the longest closed first

    def notify_connect(self, kernel_id: str) -> None:
        """A page has come, or come back."""
        super().notify_connect(kernel_id)
        self._left.pop(kernel_id, None)

    def notify_disconnect(self, kernel_id: str) -> None:
        """A page was closed or has lost the network."""
        super().notify_disconnect(kernel_id)
        if not self._kernel_connections.get(kernel_id, 0):
            self._left[kernel_id] = time.monotonic()

    async def has_room(self) -> bool:
        """Return whether one more page may open; a closed page's kernel that idles makes room before its time."""
        heated = sum(len(pool) for pool in getattr(self, "_pools", {}).values())
        if len(self) - heated < self.most_pages:
            return True
        for kernel_id in list(self._left):
            if kernel_id in self and getattr(self._kernels[kernel_id], "execution_state", "") != "busy":
                self._left.pop(kernel_id, None)
                await self.shutdown_kernel(kernel_id)
                return True
        return False

    async def cull_kernel_if_idle(self, kernel_id: str) -> None:
        """End the kernel when it has had no page for `cull_idle_timeout` seconds."""
        if self._kernel_connections.get(kernel_id, 0):
            self._alone_since.pop(kernel_id, None)
            return
        now = time.monotonic()
        alone = now - self._alone_since.setdefault(kernel_id, now)
        is_busy = getattr(self._kernels[kernel_id], "execution_state", "") == "busy"
        if alone >= (BUSY_SECONDS if is_busy else self.cull_idle_timeout):
            self._alone_since.pop(kernel_id, None)
            self._left.pop(kernel_id, None)
            await self.shutdown_kernel(kernel_id)
