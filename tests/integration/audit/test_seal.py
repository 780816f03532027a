"""The audit record cannot be changed, and who changes it all the same is found."""

import json
import logging
import time
from concurrent.futures import ThreadPoolExecutor
from io import StringIO

import psycopg
import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from apps.audit.actions import record, seal
from apps.audit.queries import verify


def execute(sql, *params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall() if cursor.description else cursor.rowcount


def tamper(sql, *params):
    """As the owner of the tables could: with the trigger switched off."""
    for table in ("audit_event", "audit_seal"):
        execute(f"alter table {table} disable trigger user")
    execute(sql, *params)
    for table in ("audit_event", "audit_seal"):
        execute(f"alter table {table} enable trigger user")


def seal_all(number):
    """Seal so many events at once; a transaction of another test worker holds the horizon back for as long as it lasts."""
    over = "select bool_and(xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint) from audit_event"
    until = time.monotonic() + 900
    while not execute(over)[0][0] and time.monotonic() < until:
        time.sleep(0.2)
    return seal() or 0


@pytest.fixture
def sealed(committed):
    """Two sealed batches of three events."""
    for batch in range(2):
        for number in range(3):
            record("child.look", by=batch * 3 + number + 1, children=[7], detail={"n": number})
        assert seal_all(3) == 3
    return [row[0] for row in execute("select id from audit_event order by id")]


def problems():
    return [broken["problem"] for broken in verify().broken]


@pytest.fixture
def elsewhere(sealed):
    """As after a restore into a server that has given out fewer numbers than the one before."""
    tamper("update audit_seal set xid_to = xid_to + 150000 where id = (select max(id) from audit_seal)")
    assert not problems()


def test_restored_elsewhere_new_events_would_lie_in_what_is_sealed(elsewhere):
    record("child.look", by=9, children=[7])
    assert problems() == ["1 inserted"]


def test_restored_elsewhere_the_record_goes_on_once_the_numbers_are_passed(elsewhere):
    told = [StringIO(), StringIO()]
    for out in told:
        call_command("resume_sealing", stdout=out)
    assert "transaction numbers passed" in told[0].getvalue() and "nothing to do" in told[1].getvalue()
    record("child.look", by=9, children=[7])
    assert seal_all(1) == 1
    assert (verify().whole, verify().seals, verify().unsealed) == (True, 3, 0)


def test_an_untouched_record_is_whole(sealed):
    verdict = verify()
    assert verdict.whole
    assert (verdict.seals, verdict.events, verdict.unsealed) == (2, 6, 0)


def test_nothing_new_makes_no_seal(sealed):
    assert seal() is None


@pytest.mark.parametrize(
    "statement",
    [
        "update audit_event set kind = 'x'",
        "delete from audit_event",
        "truncate audit_event",
        "update audit_seal set hash = 'x'",
        "delete from audit_seal",
        "truncate audit_seal",
    ],
)
def test_even_the_owner_is_refused_a_change(sealed, statement):
    with pytest.raises(DatabaseError, match="append-only"):
        execute(statement)
    assert verify().whole


@pytest.mark.parametrize("role", ["vcdb_web", "vcdb_pipeline"])
@pytest.mark.parametrize(
    "statement", ["update audit_event set kind = 'x'", "delete from audit_event", "truncate audit_event"]
)
def test_the_working_roles_have_no_privilege_to_change(sealed, role, statement):
    with transaction.atomic():
        execute(f"set local role {role}")
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            execute(statement)


def test_the_web_role_cannot_read_the_record(sealed):
    for column in ("*", "kind", "children", "detail"):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            execute("set local role vcdb_web")
            execute(f"select {column} from audit_event")


@pytest.mark.parametrize("column, value", [
    ("kind", "'child.edit'"), ("by", "99"), ("at", "at - interval '1 second'"), ("children", "'{}'"), ("detail", "'{}'"),
    ("subject", "'x'"), ("by_label", "'x'"), ("agency", "5"),
])  # fmt: skip
def test_an_edited_column_is_found_and_its_batch_named(sealed, column, value):
    tamper(f'update audit_event set "{column}" = {value} where id = %s', sealed[1])
    (broken,) = verify().broken
    assert broken["problem"] == "edited"
    assert (broken["first_event"], broken["last_event"]) == (sealed[0], sealed[2])


def test_a_removed_event_is_found(sealed):
    tamper("delete from audit_event where id = %s", sealed[4])
    assert problems() == ["1 removed"]


def test_an_event_swapped_for_another_is_found(sealed):
    tamper(
        "with gone as (delete from audit_event where id = %s returning *)"
        " insert into audit_event (kind, children, detail, subject, by_label, by, xid)"
        " select 'child.look', children, detail, subject, by_label, by, xid from gone",
        sealed[0],
    )
    assert problems() == ["edited"]


def test_an_event_slipped_into_a_sealed_batch_is_found(sealed):
    tamper(
        "insert into audit_event (kind, children, detail, subject, by_label, xid)"
        " select 'child.look', '{}', '{}', '', '', min(xid) from audit_event"
    )
    assert problems() == ["1 inserted"]


def test_an_emptied_record_is_found(sealed):
    tamper("truncate audit_event")
    assert problems() == ["3 removed", "3 removed"]


def test_a_batch_sealed_anew_after_an_edit_breaks_the_chain(sealed):
    tamper("update audit_event set kind = 'x' where id = %s", sealed[0])
    tamper(
        "update audit_seal s set hash = encode(sha256(convert_to(previous_hash, 'UTF8') || (select"
        " string_agg(vcdb_event_hash(e), ''::bytea order by e.id) from audit_event e"
        " where e.xid >= s.xid_from and e.xid < s.xid_to)), 'hex')"
        " where id = (select min(id) from audit_seal)"
    )
    assert problems() == ["seal before it is missing or changed"]


def test_a_seal_cut_out_of_the_middle_breaks_the_chain(sealed):
    tamper("delete from audit_seal where id = (select min(id) from audit_seal)")
    assert problems() == ["seal before it is missing or changed"]


def test_the_newest_seal_cut_off_is_found_by_the_logged_head(sealed):
    head = verify().head
    tamper("delete from audit_event where id > %s", sealed[2])
    tamper("delete from audit_seal where id = (select max(id) from audit_seal)")
    assert verify().whole
    assert [broken["problem"] for broken in verify(head=head).broken] == [
        "logged head is missing: seals were cut off"
    ]


def test_an_event_that_commits_late_is_sealed_later_and_not_missed(committed):
    """Its id is lower than those of a batch sealed before it committed: a watermark of ids would pass it by."""
    with psycopg.connect(
        **connection.get_connection_params() | {"cursor_factory": psycopg.ClientCursor, "context": None}
    ) as slow:
        slow.execute(
            "insert into audit_event (kind, by_label, children, subject, detail) values ('slow', '', '{}', '', '{}')"
        )
        record("fast", by=1)
        assert seal() is None
        slow.commit()
    assert seal_all(2) == 2
    assert verify().whole


def test_two_sealers_at_once_make_one_chain(committed):
    for number in range(20):
        record("child.look", by=number)

    def sealing(_):
        try:
            return seal() or 0
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        sealed = sum(pool.map(sealing, range(2)))
    assert sealed + seal_all(20 - sealed) == 20
    assert verify().whole


def test_the_command_prints_one_object_and_fails_when_broken(sealed):
    out = StringIO()
    call_command("verify_audit", json=True, stdout=out)
    assert json.loads(out.getvalue())["ok"] is True
    tamper("delete from audit_event where id = %s", sealed[0])
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("verify_audit", json=True, stdout=out)
    assert json.loads(out.getvalue())["broken"][0]["problem"] == "1 removed"


def test_the_command_says_it_in_words(sealed):
    out = StringIO()
    call_command("verify_audit", stdout=out)
    assert "6 events under 2 seals" in out.getvalue()
    assert "The record is whole." in out.getvalue()


def test_the_head_of_the_chain_goes_to_the_log(committed, caplog):
    caplog.set_level(logging.INFO, logger="vcdb.audit")
    record("x.y", by=1)
    seal_all(1)
    assert [line.msg["head"] for line in caplog.records] == [verify().head]
