"""The Python processes behind the served pages: which Python they run, and when they end.

Every open page has a kernel of its own. It ends when nobody has looked at it for a while.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager, NoSuchKernel
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager

NAME = "python3"
# A closed page's long work may finish, but not run for ever.
BUSY_SECONDS = 600


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
    """Ends the kernels of closed pages, and only those.

    The usual culling measures from the last message; a preheated kernel, idle for an hour, would be
    ended in the second between handing it to a page and that page's first message.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._alone_since: dict[str, float] = {}

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
            await self.shutdown_kernel(kernel_id)
