"""A project in a PostgreSQL database of its own: the same promises as the file's, kept by locks of the server."""

from __future__ import annotations

import os
import socket
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

from sqlalchemy import ClauseElement, Connection, create_engine, event, inspect
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, InvalidatePoolError

from workbench.errors import ForeignProject, NewerProject, StoreError
from workbench.store.adding import Addition, explain
from workbench.store.engine import Database
from workbench.store.recognising import BUSY_SECONDS, HEAD, REVISIONS
from workbench.store.tables import metadata, plain_json

# Held while a project is written to: whoever reads, checks and writes meets nobody in between.
_LOCK = 0x50434F57
_ANSWER_SECONDS = 10
_FROM = "PGPASSWORD"  # the variable that PostgreSQL's own programs read a password from
_WHOLE = f"SELECT pg_advisory_xact_lock({_LOCK})"
# Writers of single items share the project and hold their item; one who writes to the whole waits for all of them.
_ITEM = f"SELECT pg_advisory_xact_lock_shared({_LOCK}), pg_advisory_xact_lock(1, $1::integer)"
# What the server says, by its own code (SQLSTATE), and what we make of it.
_TROUBLES = {
    "55P03": "store.busy",
    "57014": "store.busy",
    "53100": "store.full",
    "25006": "store.readonly",
    "42501": "store.readonly",
    "28000": "store.password",
    "28P01": "store.password",
    "3D000": "store.no_database",
}


def is_server(url: object) -> bool:
    """Tell whether an address names a database server."""
    return str(url).partition("://")[0].partition("+")[0] in ("postgresql", "postgres") and "://" in str(url)


class ServerDatabase(Database):
    """A project in a PostgreSQL database."""

    def __init__(self, url: str) -> None:
        address = _address(url)
        shown = address._replace(drivername="postgresql", password=None).render_as_string()
        try:
            engine = create_engine(
                address,
                json_serializer=plain_json,
                connect_args={"application_name": "policy-coherence-workbench"},
            )
        except ModuleNotFoundError as error:
            raise StoreError("store.no_driver", where=shown) from error
        reader = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        super().__init__(shown, reader, engine)
        # Statements with their values numbered ($1, $2 …), as they go to the server past the driver's own rewriting.
        dialect: Any = make_url("postgresql+pg8000://").get_dialect()
        self._numbering = dialect(paramstyle="numeric_dollar")
        self._compiled: dict[int, Any] = {}
        self._driver: Any = engine.dialect.loaded_dbapi

        @event.listens_for(engine, "do_connect")
        def connecting(_dialect: object, _record: object, plain: list[Any], named: dict[str, Any]) -> Any:
            from workbench.store.line import Line

            # A limit for answering the door alone: the driver's own would also end a long question.
            door = (named.get("host", "localhost"), named.get("port", 5432))
            line = socket.create_connection(door, timeout=_ANSWER_SECONDS)
            try:
                made = Line(*plain, **named, sock=line)
            except BaseException:
                line.close()
                raise
            line.settimeout(None)
            return made

        @event.listens_for(engine, "connect")
        def connected(raw: Any, _record: object) -> None:
            # Reading keeps no time limit: a large project may take a while on a slow line.
            cursor = raw.cursor()
            cursor.execute(f"SET lock_timeout = '{BUSY_SECONDS}s'")
            # What is asked at every save looks up single rows: the same plan fits all values, and planning costs more.
            cursor.execute("SET plan_cache_mode = force_generic_plan")
            cursor.close()
            raw.commit()

        @event.listens_for(engine, "checkout")
        def taken(raw: Any, _record: object, _proxy: object) -> None:
            # Instead of a question and its answer before every save.
            if raw.is_cut():
                raise InvalidatePoolError

    def add(self, addition: Addition, values: Mapping[str, Any]) -> int:
        """Add what a person says of an item: the whole transaction is one message."""
        written = {**values, "data": plain_json(values["data"]), "carried_by": plain_json(values["carried_by"])}
        lock = (_ITEM, [zlib.crc32(values["item"].encode()) - 2**31])
        with self._translated():
            proxy = self._writer.raw_connection()
            try:
                line: Any = proxy.driver_connection
                statements = (self._written(one, written) for one in (addition.insert, addition.facts))
                _, added, facts = line.transact([lock, *statements])
            finally:
                proxy.close()
        if added.rows:
            return added.rows[0][0]
        names = [column["name"] for column in facts.columns]
        return explain(addition, SimpleNamespace(**dict(zip(names, facts.rows[0], strict=True))), values)

    def _written(self, statement: ClauseElement, values: Mapping[str, Any]) -> tuple[str, list[Any]]:
        """Return a statement as the server takes it, with the values in their order."""
        compiled: Any = self._compiled.get(id(statement))
        if compiled is None:
            compiled = self._compiled[id(statement)] = statement.compile(dialect=self._numbering)
        given = compiled.construct_params(values)
        return compiled.string, [given[name] for name in compiled.positiontup]

    @contextmanager
    def settled(self) -> Iterator[Connection]:
        """Yield a connection that reads what everybody has finished writing: numbers are given before they are kept."""
        with self.writing() as connection:
            yield connection

    def _begin_alone(self, connection: Connection) -> None:
        connection.exec_driver_sql(_WHOLE)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            with super()._translated():
                yield
        except self._driver.DatabaseError as error:  # of a message that went past SQLAlchemy
            raise self._trouble(error) from error
        except (OSError, EOFError, self._driver.Error) as error:  # the line broke where nobody was listening
            self._reader.dispose()
            raise StoreError("store.server_gone", where=self.where, reason=str(error)) from error

    def _trouble(self, error: BaseException | None) -> StoreError:
        said: dict[str, str] = error.args[0] if error and error.args and isinstance(error.args[0], dict) else {}
        key = _TROUBLES.get(said.get("C", ""))
        reason = said.get("M", "") or str(error)
        if key is not None:
            return StoreError(key, where=self.where)
        return StoreError("store.refused" if said else "store.server_gone", where=self.where, reason=reason)


def create(url: str) -> ServerDatabase:
    """Make the tables of a new project in an empty database.

    Raises `StoreError` (a project is there, the server does not answer or refuses), `ForeignProject` (other tables).
    """
    database = ServerDatabase(url)
    try:
        with database.writing() as connection:
            there = set(inspect(connection).get_table_names())
            if there & {"alembic_version", "project"}:
                raise StoreError("store.exists", where=database.where)
            if there:
                raise ForeignProject("store.foreign", where=database.where)
            _upgrade(connection)
    except BaseException:
        database.close()
        raise
    return database


def open_existing(url: str) -> ServerDatabase:
    """Open the project in a database; one of an earlier version is copied into a schema aside, then brought up to date.

    Raises `StoreError`, `ForeignProject` (no project there), `NewerProject`.
    """
    database = ServerDatabase(url)
    try:
        with database.reading() as connection:
            revision = _revision(connection, database.where)
        if revision != HEAD:
            with database.writing() as connection:
                # Somebody else may have done it in the meantime.
                revision = _revision(connection, database.where)
                if revision != HEAD:
                    _copy_aside(connection, f"was_{revision}")
                    _upgrade(connection)
    except BaseException:
        database.close()
        raise
    return database


def _revision(connection: Connection, where: str) -> str:
    if not {"alembic_version", "project"} <= set(inspect(connection).get_table_names()):
        raise ForeignProject("store.foreign", where=where)
    row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").first()
    revision = "" if row is None else str(row[0])
    if revision not in REVISIONS:
        raise NewerProject("store.newer", where=where, revision=revision, known=HEAD)
    return revision


def _copy_aside(connection: Connection, schema: str) -> None:
    """Keep all tables as they are in a schema of the same database; an earlier copy of that name stays beside it."""
    quoted = connection.dialect.identifier_preparer.quote
    free, number = schema, 2
    while free in inspect(connection).get_schema_names():
        free, number = f"{schema}_{number}", number + 1
    names = inspect(connection).get_table_names()
    connection.exec_driver_sql(f"CREATE SCHEMA {quoted(free)}")
    for name in names:
        connection.exec_driver_sql(f"CREATE TABLE {quoted(free)}.{quoted(name)} AS TABLE {quoted(name)}")


def _upgrade(connection: Connection) -> None:
    from workbench.store.migrating import upgrade

    upgrade(connection, HEAD)


def drop(database: Database) -> None:
    """Take the tables of a project that was just made away again."""
    with database.writing() as connection:
        metadata.drop_all(connection)
        connection.exec_driver_sql("DROP TABLE IF EXISTS alembic_version")
        connection.exec_driver_sql("DROP FUNCTION IF EXISTS events_refuse")


def settle_counters(connection: Connection) -> None:
    """Let the numbering of every table go on after its last row: rows that bring their number do not move it."""
    for table in metadata.sorted_tables:
        for column in table.primary_key.columns:
            if column.type.python_type is int and len(table.primary_key.columns) == 1:
                connection.exec_driver_sql(
                    f"SELECT setval(pg_get_serial_sequence('{table.name}', '{column.name}'), "
                    f"coalesce(max({column.name}), 0) + 1, false) FROM {table.name}"
                )


def _address(url: str) -> URL:
    try:
        address = make_url(url.replace("postgres://", "postgresql://", 1))
    except ArgumentError:
        raise StoreError("store.backend", where=url.partition("://")[0]) from None
    if not address.database:
        raise StoreError("store.backend", where=address.render_as_string(hide_password=True))
    password = address.password or os.environ.get(_FROM)
    return address.set(drivername="postgresql+pg8000", password=password, query={})
