"""The same request many times at once: one extract, and everybody gets its answer."""

import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import connection
from django.test import Client

from apps.extracts.models import Extract, Feed, Via
from apps.extracts.reference import install_reference
from apps.pipeline.api import actions
from apps.pipeline.models import Answer, Scope
from tests.integration.pipeline.files import early_help, upload

TIMES = 5


def test_a_key_that_comes_many_times_at_once_makes_one_extract(committed, monkeypatch):
    install_reference(by=None)
    feed = Feed.objects.get(code="early_help")
    _, secret = actions.make_token(title="x", feed=feed, scopes=Scope.values, by=None)
    monkeypatch.setattr("apps.pipeline.tasks.run_extract.delay_on_commit", lambda pk: None)
    together = threading.Barrier(TIMES)

    def send():
        try:
            together.wait()
            fields = {"feed": "early_help", "files": [upload(early_help(("H3", "Cleo")))]}
            headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": "once"}
            answer = Client().post("/api/v1/extracts", fields, headers=headers)
            return answer.status_code, answer.json()["id"], "Idempotent-Replayed" in answer.headers
        finally:
            connection.close()

    with ThreadPoolExecutor(TIMES) as pool:
        answers = [job.result() for job in [pool.submit(send) for _ in range(TIMES)]]
    extract = Extract.objects.get(via=Via.API)
    assert {answer[:2] for answer in answers} == {(202, extract.pk)}
    assert sorted(answer[2] for answer in answers) == [False] + [True] * (TIMES - 1)
    assert Answer.objects.count() == 1
