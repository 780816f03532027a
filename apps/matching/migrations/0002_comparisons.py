from django.db import migrations

#: Forenames that one child may go by: the same, known as, an initial, a short form, a first part, or one letter apart.
FORENAMES_AGREE = """
create or replace function vcdb_forenames_agree(a text, b text, a_known text, b_known text) returns boolean
language sql immutable parallel safe as $$
    select a <> '' and b <> '' and (
        a = b or a = b_known or b = a_known
        or split_part(a, ' ', 1) = split_part(b, ' ', 1)
        or (length(a) = 1 or length(b) = 1) and left(a, 1) = left(b, 1)
        or least(length(a), length(b)) >= 3 and (starts_with(a, b) or starts_with(b, a))
        or least(length(a), length(b)) >= 4 and levenshtein_less_equal(left(a, 100), left(b, 100), 1) <= 1
    )
$$
"""

#: Birth dates one slip apart: the same, a day apart, day and month swapped, or one of the three parts wrong.
BIRTHS_NEAR = """
create or replace function vcdb_births_near(a date, b date) returns boolean
language sql immutable parallel safe as $$
    select a = b or abs(a - b) <= 1
        or extract(year from a) = extract(year from b) and extract(day from a) = extract(month from b)
           and extract(month from a) = extract(day from b)
        or (extract(year from a) = extract(year from b))::int + (extract(month from a) = extract(month from b))::int
           + (extract(day from a) = extract(day from b))::int = 2
$$
"""


class Migration(migrations.Migration):
    dependencies = [("matching", "0001_initial")]

    operations = [
        migrations.RunSQL(FORENAMES_AGREE, "drop function vcdb_forenames_agree(text, text, text, text)"),
        migrations.RunSQL(BIRTHS_NEAR, "drop function vcdb_births_near(date, date)"),
    ]
