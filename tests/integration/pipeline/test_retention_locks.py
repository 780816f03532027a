"""Rows that are being read when their day is over: left for another night, and nobody waits."""

import threading

from django.db import connection, transaction

from apps.extracts.models import StagedPerson
from apps.extracts.reference import install_reference
from apps.pipeline import actions
from apps.pipeline.actions import forgetting
from tests.integration.pipeline.test_retention import KEEP_ROWS, aged, load


def test_rows_that_somebody_reads_are_left_for_another_night(committed, monkeypatch, caplog):
    install_reference(by=None)
    extract = aged(load(), KEEP_ROWS + 1)
    reading, done = threading.Event(), threading.Event()

    def read():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"lock table extracts_row_{extract.pk} in access share mode")
            reading.set()
            done.wait(30)
        connection.close()

    other = threading.Thread(target=read)
    other.start()
    assert reading.wait(10)
    monkeypatch.setattr(forgetting, "LOCK_SECONDS", 1)
    try:
        assert actions.forget()["rows"] == 0
    finally:
        done.set()
        other.join()
    assert "not forgotten" in caplog.text
    assert StagedPerson.objects.filter(extract=extract).exists()
    assert actions.forget()["rows"] == 1
