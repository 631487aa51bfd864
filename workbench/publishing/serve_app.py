"""The server: Voilà with our own template, addresses and limits, and nothing else reachable."""

from __future__ import annotations

import hashlib
import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import voila
import voila.app
from jupyter_server.services.kernels.handlers import KernelHandler
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from traitlets import Any as Anything
from traitlets import Unicode
from traitlets.config import Config
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from workbench import messages
from workbench.publishing import serve_handlers as answers
from workbench.publishing import serve_kernels as kernels
from workbench.publishing import serve_map
from workbench.publishing.serve_files import LastingFiles
from workbench.publishing.serve_ports import bind

TEMPLATE = Path(__file__).resolve().parent / "template"
FIRST_PAGE = "start"
# What the output of a guided page is marked with; its widgets are drawn by the template's own short scripts.
GUIDED = "application/vnd.policy-coherence-workbench.guided+json"
# Seconds: the first page gets the machine for itself, then the kernels of the others are heated one by one.
HEAT_AFTER = 4
HEAT_EVERY = 2
MEGABYTE = 1024**2
# Uploaded files travel over the socket, a third larger than they are.
MESSAGE_BYTES = 64 * MEGABYTE
# No page posts a form.
BODY_BYTES = MEGABYTE
# Of all JupyterLab extensions on the machine, the pages load these; the middle one holds the widgets' base.
EXTENSIONS = ["@voila-dashboards/widgets-manager8", "@jupyter-widgets/jupyterlab-manager", "anywidget"]
# Sockets in a private folder where the system has them; other users of the machine cannot read along.
TRANSPORT = "tcp" if sys.platform == "win32" else "ipc"
LOCAL = ("127.0.0.1", "localhost", "::1")
_KERNEL = r"(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)"


def settings(folder: Path, *, host: str, port: int, preheat: bool, lonely_seconds: int, people: int) -> Config:
    """Return the settings of Voilà and its kernels; nothing from files on the machine enters them."""
    return Config(
        {
            "Voila": {
                "root_dir": str(folder.resolve()),
                "ip": host,
                "port": port,
                "open_browser": False,
                "log_level": "ERROR",  # a warning for every notebook that nobody has signed helps nobody
                "config_file_paths": [],
                "identity_provider_class": answers.Visitors,
            },
            "VoilaConfiguration": {
                "template": "base",
                "allow_template_override": "NO",
                "allow_theme_override": "NO",
                "strip_sources": True,
                "show_tracebacks": False,
                "file_allowlist": [],
                "extension_allowlist": EXTENSIONS,
                "extension_denylist": [],
                "preheat_kernel": preheat,
                "default_pool_size": 1,
                "multi_kernel_manager_class": kernels.PageKernels,
                "kernel_spec_manager_class": kernels.LeanPython,
            },
            "VoilaKernelManager": {
                # The next kernel is heated when the page that took the last one has had time to appear.
                "fill_delay": 3.0,
                # The first page's at once; those of the others follow one by one, see AppServer._heat.
                "kernel_pools_config": {f"{FIRST_PAGE}.ipynb": {"pool_size": 1}, "default": {"pool_size": 0}},
            },
            # A kernel started anew would lack the page's widgets: the page offers to be opened again instead.
            "KernelManager": {"transport": TRANSPORT, "autorestart": False},
            "PageKernels": {
                "cull_idle_timeout": lonely_seconds,
                "cull_interval": max(1, lonely_seconds // 4),
                "most_pages": people or kernels.people_at_once(),
            },
            "VoilaExecutor": {"timeout": 120},
        }
    )


class AppServer(voila.app.Voila):
    """Voilà serving a closed list of pages by short names."""

    language = Unicode("en")
    country_map = Anything(None)  # the file of a map to send, for the page of a whole country

    def setup_template_dirs(self) -> None:
        """Put our template before Voilà's, and point the pages to the addresses that browsers may keep."""
        super().setup_template_dirs()
        self.template_paths = [str(TEMPLATE), *self.template_paths]
        self.voila_configuration.page_config_hook = self._page_settings
        self.voila_configuration.config.VoilaConfiguration.resources = {
            "static": self.lasting("page"),
            "language": self.language,
            "texts": {code: messages.section("serving.page.", code) for code in messages.LANGUAGES},
            "guided": GUIDED,
            "product": messages.text("serving.product", self.language),
        }

    def lasting(self, kind: str) -> str:
        """Return the address of a folder of files; it changes when their content may have."""
        mark = hashlib.sha256(voila.__version__.encode())
        for file in sorted((TEMPLATE / "static").iterdir()):
            mark.update(file.read_bytes())
        return f"/static/{mark.hexdigest()[:12]}/{kind}"

    def _page_settings(self, page_config: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {
            **page_config,
            "fullStaticUrl": self.lasting("voila"),
            "fullLabextensionsUrl": self.lasting("extensions"),
            "fullMathjaxUrl": f"{self.lasting('page')}/formulas.js",
            "mathjaxConfig": "none",
        }

    def init_settings(self) -> Any:
        """Add limits and compression; a local server answers to local names only."""
        return {
            **cast("dict[str, Any]", super().init_settings()),
            "allow_remote_access": self.ip not in LOCAL,
            "compress_response": True,
            "websocket_max_message_size": MESSAGE_BYTES,
            # What a page shows is mostly text: a tenth of it travels.
            "websocket_compression_options": {"compression_level": 3},
            "workbench_static": self.lasting("page"),
        }

    def init_handlers(self) -> Any:
        """Return the few addresses that are answered; whatever is not listed does not exist."""
        page = {
            "names": frozenset(_notebooks(self.root_dir)),
            "language": self.language,
            "template_paths": self.template_paths,
            "config": self.config,
            "voila_configuration": self.voila_configuration,
        }
        folders = {
            "page": [str(TEMPLATE / "static")],
            "voila": self.static_paths,
            "extensions": self.labextensions_path,
        }
        return [
            (r"/", answers.Home, {"first": FIRST_PAGE}),
            (rf"/api/kernels/{_KERNEL}", KernelHandler),
            (rf"/api/kernels/{_KERNEL}/channels", VoilaKernelWebsocketHandler),
            (rf"/alive/{_KERNEL}", answers.Alive),
            *((rf"{self.lasting(kind)}/(.*)", LastingFiles, {"paths": paths}) for kind, paths in folders.items()),
            *serve_map.handlers(self.country_map),
            (r"/([\w-]+)", answers.Page, page),
            (r"/.*", answers.NotFound, {"language": self.language}),
        ]

    def _heat(self, notebook: str) -> None:
        """Keep a kernel ready for a page from now on."""
        manager: Any = self.kernel_manager
        manager.kernel_pools_config = {**manager.kernel_pools_config, notebook: {"pool_size": 1}}
        manager.fill_if_needed(delay=0, notebook_name=notebook)

    def serve(self, ready: Callable[[str], None]) -> None:
        """Listen, call `ready` with the address, and run until a signal comes."""
        self.ready = ready
        self.start()

    def listen(self) -> None:
        """Take the first free port from the one asked for. Raises `UsageError` when none is free."""
        self.app.transforms.append(answers.SafeHeaders)
        # Tornado warns of the ping times that jupyter-server sets, at every connection.
        logging.getLogger("tornado.general").setLevel(logging.ERROR)
        logging.getLogger("tornado.application").setLevel(logging.ERROR)
        http = HTTPServer(self.app, max_body_size=BODY_BYTES)
        self.port = bind(http, self.ip, self.port)
        self.ready(f"http://{'localhost' if self.ip in LOCAL else self.ip}:{self.port}/")
        self.ioloop = IOLoop.current()
        if self.voila_configuration.preheat_kernel:
            others = sorted(set(_notebooks(self.root_dir)) - {FIRST_PAGE})
            for turn, name in enumerate(others):
                self.ioloop.call_later(HEAT_AFTER + turn * HEAT_EVERY, self._heat, f"{name}.ipynb")
        try:
            self.ioloop.start()
        except KeyboardInterrupt:
            pass
        finally:
            self.stop()


def _notebooks(folder: str) -> list[str]:
    return [file.stem for file in Path(folder).glob("*.ipynb")]
