"""Finds PostgreSQL for the tests of the store, or installs it: `python tests/postgres.py`; starts one of its own.

Looked for: the environment variable POSTGRES (the folder of its programs), the PATH, the usual places.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

PLACES = ("/usr/lib/postgresql", "/usr/pgsql", "/opt/homebrew/opt/postgresql", "/Library/PostgreSQL")
MANAGERS = {
    "apt-get": (
        ["apt-get", "update", "-q"],
        ["apt-get", "install", "-q", "-y", "--no-install-recommends", "postgresql"],
    ),
    "dnf": (["dnf", "install", "-y", "postgresql-server"],),
    "apk": (["apk", "add", "--no-cache", "postgresql"],),
}
ADVICE = """No PostgreSQL was found and none could be installed, so its tests cannot run.
Install it (e.g. `sudo apt-get install postgresql`), or give the folder of its programs:
POSTGRES=/path/to/bin make test"""
ORDINARY = ("postgres", "nobody")  # a server refuses to run as root
FAST = "fsync=on,max_connections=120,shared_buffers=64MB"


def find() -> Path | None:
    """Return the folder with initdb and pg_ctl, or None."""
    asked = os.environ.get("POSTGRES")
    if asked:
        return Path(asked) if (Path(asked) / "initdb").exists() else None
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    found = [path.parent for place in PLACES for path in Path(place).glob("**/bin/initdb")]
    return max(found, key=str, default=None)


def install() -> Path | None:
    """Install PostgreSQL with the system's package manager when root; return the folder of its programs."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        for manager, commands in MANAGERS.items():
            if shutil.which(manager):
                quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
                if all(subprocess.call(command, env=quiet, stdout=sys.stderr) == 0 for command in commands):
                    return find()
    return find()


@dataclass(frozen=True)
class Server:
    """A server of our own."""

    programs: Path
    port: int
    password: str
    owner: str | None
    folder: Path
    settings: str

    def url(self, database: str) -> str:
        """Return the address of a database, without the password."""
        return f"postgresql://workbench@127.0.0.1:{self.port}/{database}"

    def new_database(self, name: str) -> str:
        """Make an empty database and return its address."""
        self.run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "workbench", "-T", "template0", name)
        return self.url(name)

    def sql(self, database: str, command: str) -> str:
        """Run a command with the server's own client and return what it prints."""
        where = ("-h", "127.0.0.1", "-p", str(self.port), "-U", "workbench", "-d", database)
        return self.run("psql", *where, "-qAtX", "-v", "ON_ERROR_STOP=1", "-c", command)

    def start(self) -> None:
        """Start it."""
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder}"
        options += "".join(f" -c {setting}" for setting in self.settings.split(","))
        self._control("-w", "-l", str(self.folder / "log"), "-o", options, "start")

    def start_again(self) -> None:
        """Start it unless it still goes."""
        if subprocess.run(
            [str(self.programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        ).returncode:
            self.start()

    def stop(self) -> None:
        """Stop it at once."""
        self._control("-m", "immediate", "stop")

    def kill(self) -> None:
        """Kill its first process and all others of it, as when the machine loses power but for what the disk holds."""
        lock = self.folder / "data" / "postmaster.pid"
        first = lock.read_text().splitlines()[0]
        processes = [first, *_run(["ps", "-o", "pid=", "--ppid", first], None).split()]
        for process in processes:
            with suppress(ProcessLookupError):
                os.kill(int(process), signal.SIGKILL)
        while any(_is_running(process) for process in processes):
            pass
        # The dead may stay listed until their parent looks after them, and would pass for a server that goes on.
        for left in (lock, *self.folder.glob(".s.PGSQL.*")):
            left.unlink()

    def _control(self, *arguments: str) -> None:
        _run([str(self.programs / "pg_ctl"), "-D", str(self.folder / "data"), *arguments], self.owner)

    def run(self, program: str, *arguments: str) -> str:
        """Run one of the server's programs."""
        return _run([str(self.programs / program), *arguments], None, {"PGPASSWORD": self.password})


@contextmanager
def running(programs: Path, settings: str = FAST, folder: Path | None = None) -> Iterator[Server]:
    """Start a server in a folder of its own on a free port, as an ordinary user, and stop it at the end."""
    owner = _ordinary_user()
    folder = Path(tempfile.mkdtemp(prefix="pcw-pg-", dir=folder))
    password = secrets.token_hex(16)
    try:
        secret = folder / "password"
        secret.write_text(password)
        if owner:
            shutil.chown(folder, owner)
            shutil.chown(secret, owner)
        data, port = folder / "data", _free_port()
        _run(
            [str(programs / "initdb"), "-D", str(data), "-U", "workbench", "-E", "UTF8", "--locale=C",
             "--auth=scram-sha-256", f"--pwfile={secret}", "--no-sync"],
            owner,
        )  # fmt: skip
        server = Server(programs, port, password, owner, folder, settings)
        server.start()
        try:
            yield server
        finally:
            with suppress(RuntimeError):  # a test may have killed it
                server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _ordinary_user() -> str | None:
    """Return whom to run the server as: None for ourselves, somebody else where we are root."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return None
    import pwd

    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ORDINARY if name in known)


def _run(command: list[str], user: str | None, more: dict[str, str] | None = None) -> str:
    # A server started from a root shell must not look at folders that its own user may not enter.
    done = subprocess.run(
        command, env={**os.environ, **(more or {})}, user=user, cwd="/", capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]}: {done.stdout}{done.stderr}")
    return done.stdout


def _is_running(process: str) -> bool:
    found = subprocess.run(["ps", "-o", "stat=", "-p", process], capture_output=True, text=True, check=False)
    return bool(found.stdout.strip()) and not found.stdout.strip().startswith("Z")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def main() -> int:
    """Print the folder of PostgreSQL's programs, installing it where there is none."""
    programs = find() or install()
    if programs is None:
        print(ADVICE, file=sys.stderr)
        return 1
    print(programs)
    return 0


if __name__ == "__main__":
    sys.exit(main())
