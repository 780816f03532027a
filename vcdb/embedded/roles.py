"""Roles, database, extensions: they belong to the cluster, so set-up makes them and migrations only grant."""

import psycopg
from psycopg import sql

OWNER, WEB, PIPELINE = "vcdb_owner", "vcdb_web", "vcdb_pipeline"
#: For reporting tools of others: it reads the views of the schema "reporting" and nothing else.
REPORTING = "vcdb_reporting"
ALL = (OWNER, WEB, PIPELINE, REPORTING)
EXTENSIONS = ("pg_trgm", "unaccent", "fuzzystrmatch", "btree_gist")


def prepare(admin_dsn: str, database: str, passwords: dict[str, str] | None = None) -> None:
    """Make what is absent of the roles, the database and its extensions; safe to run again."""
    with psycopg.connect(admin_dsn, autocommit=True) as connection:
        # Two starts at once: the second waits here, then finds everything made.
        connection.execute("SELECT pg_advisory_lock(hashtext('vcdb set-up'))")
        for role in ALL:
            _make_role(connection, role, (passwords or {}).get(role))
        connection.execute(sql.SQL("GRANT {}, {} TO {}").format(*map(sql.Identifier, (WEB, PIPELINE, OWNER))))
        connection.execute(f"ALTER ROLE {REPORTING} SET default_transaction_read_only = on")
        connection.execute(f"ALTER ROLE {REPORTING} SET statement_timeout = '10min'")
        _make_database(connection, database)
        with psycopg.connect(admin_dsn, dbname=database, autocommit=True) as inside:
            _make_extensions(inside)


def prepare_template(admin_dsn: str) -> None:
    """Let every new database (those of the tests) have the extensions from its birth."""
    with psycopg.connect(admin_dsn, dbname="template1", autocommit=True) as connection:
        _make_extensions(connection)
    with psycopg.connect(admin_dsn, autocommit=True) as connection:
        connection.execute(sql.SQL("ALTER ROLE {} CREATEDB").format(sql.Identifier(OWNER)))


def _make_role(connection: psycopg.Connection, role: str, password: str | None) -> None:
    if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
    if password:
        connection.execute(
            sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), sql.Literal(password))
        )


def _make_database(connection: psycopg.Connection, database: str) -> None:
    name, owner = sql.Identifier(database), sql.Identifier(OWNER)
    if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, owner))
    connection.execute(sql.SQL("ALTER DATABASE {} OWNER TO {}").format(name, owner))
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
    connection.execute(
        sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}, {}").format(
            name, sql.Identifier(WEB), sql.Identifier(PIPELINE)
        )
    )
    connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(name, sql.Identifier(REPORTING)))


def _make_extensions(connection: psycopg.Connection) -> None:
    for extension in EXTENSIONS:
        connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))
