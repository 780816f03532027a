"""Row-level security for a table, as SQL for a migration: who reads it, what the web may write, and that the pipeline sees all."""

# True, or an error where nobody is signed in. The first half is asked once a statement, when the first row is looked at;
# the second never runs, but the planner works its value out to estimate it, so that even a search that finds no row raises.
REACH_IS_SET = "((select vcdb_reach_is_set()) or {key} <> -1 - vcdb_user_id())"
OWN = "any((select vcdb_own_agencies())::int[])"
OPENED = "any((select vcdb_opened())::bigint[])"
#: At the end of an exists(): asked row by row by key. Without it the planner may read every child of the borough first
#: (0.7 ms became 30 ms for the newest change, and worse on the first page of 100,000 children).
BY_KEY = "offset 0"


def child(column: str = "child_id") -> str:
    """The row's child is one the person reaches: asked of the child's own policy."""
    return f"exists (select 1 from children_child c where c.id = {column} {BY_KEY})"  # noqa: S608


def record(column: str = "record_id") -> str:
    """The row's source record is one the person may know of."""
    return f"exists (select 1 from children_sourcerecord r where r.id = {column} {BY_KEY})"  # noqa: S608


def shared(agency: str, service: str, level: str) -> str:
    """The row is the person's own agency's, or an agreement in force shares its service at this level."""
    return f"({agency} = {OWN} or vcdb_is_shared({agency}, {service}, (select vcdb_shared('{level}'))))"


def protect(table: str, sees: str, writes: str = "", key: str = "id") -> tuple[str, str]:
    """SQL and its reverse: ``sees`` is a condition every statement of the web role is held to; ``writes`` its grants beyond select."""
    grants = ", ".join(["select", *writes.split()])
    on = (
        f"alter table {table} enable row level security;"
        f"create policy {table}_web on {table} to vcdb_web using ({REACH_IS_SET.format(key=key)} and ({sees}));"
        f"create policy {table}_pipeline on {table} to vcdb_pipeline using (true) with check (true);"
        f"grant {grants} on {table} to vcdb_web"
    )
    off = (
        f"revoke all on {table} from vcdb_web;"
        f"drop policy {table}_pipeline on {table};"
        f"drop policy {table}_web on {table};"
        f"alter table {table} disable row level security"
    )
    return on, off


def closed(table: str) -> tuple[str, str]:
    """SQL and its reverse for a table the web has no business with: no grant, and no row even with one."""
    on = (
        f"alter table {table} enable row level security;"
        f"create policy {table}_pipeline on {table} to vcdb_pipeline using (true) with check (true)"
    )
    return on, f"drop policy {table}_pipeline on {table}; alter table {table} disable row level security"
