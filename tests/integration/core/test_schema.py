"""What the models promise of the database is there: a migration can take an index away that is not its own."""

import pytest
from django.apps import apps
from django.db import connection

pytestmark = pytest.mark.django_db


def test_every_constraint_and_index_that_a_model_names_is_in_the_database() -> None:
    missing = []
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if model._meta.managed:
                there = connection.introspection.get_constraints(cursor, model._meta.db_table)
                named = [*model._meta.constraints, *model._meta.indexes]
                missing += [each.name for each in named if each.name not in there]
    assert missing == []
