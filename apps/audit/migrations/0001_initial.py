import django.contrib.postgres.fields
from django.db import migrations, models

# The full 64 bits with the epoch: what pg_snapshot_xmin answers in, so that a seal can name a range of transactions.
CURRENT_XID = """
create function vcdb_current_xid() returns bigint language sql volatile as
$$ select pg_current_xact_id()::text::bigint $$
"""

# Append-only whoever asks, the owner included: privilege stops the web, this stops a slip.
APPEND_ONLY = """
create function vcdb_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'The audit record is append-only: % refused on %', tg_op, tg_table_name
        using errcode = 'insufficient_privilege';
end $$;
create trigger append_only_row before update or delete on audit_event for each row execute function vcdb_append_only();
create trigger append_only_all before truncate on audit_event for each statement execute function vcdb_append_only();
create trigger append_only_row before update or delete on audit_seal for each row execute function vcdb_append_only();
create trigger append_only_all before truncate on audit_seal for each statement execute function vcdb_append_only();
"""

# Every column in a form that no session setting changes.
EVENT_HASH = """
create function vcdb_event_hash(e audit_event) returns bytea language sql stable as $$
    select sha256(convert_to(jsonb_build_array(
        e.id, extract(epoch from e.at), e.kind, e.by, e.by_label, e.agency, to_jsonb(e.children), e.subject, e.detail, e.xid
    )::text, 'UTF8'))
$$
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.RunSQL(CURRENT_XID, "drop function vcdb_current_xid()"),
        migrations.CreateModel(
            name='Seal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sealed_at', models.DateTimeField(db_default=models.Func(function='clock_timestamp'))),
                ('events', models.PositiveIntegerField()),
                ('first_event', models.BigIntegerField(null=True)),
                ('last_event', models.BigIntegerField(null=True)),
                ('xid_from', models.BigIntegerField(unique=True)),
                ('xid_to', models.BigIntegerField()),
                ('previous_hash', models.CharField(max_length=64)),
                ('hash', models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='SearchTerms',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event', models.BigIntegerField(unique=True)),
                ('terms', models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_default=models.Func(function='clock_timestamp'))),
                ('kind', models.CharField(max_length=60)),
                ('by', models.BigIntegerField(help_text='User id; empty for the system itself', null=True)),
                ('by_label', models.CharField(blank=True, help_text='Process name where there is no user', max_length=60)),
                ('agency', models.BigIntegerField(null=True)),
                ('children', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, size=None)),
                ('subject', models.CharField(blank=True, help_text='Model and id the event is about', max_length=80)),
                ('detail', models.JSONField(blank=True, default=dict)),
                ('xid', models.BigIntegerField(db_default=models.Func(function='vcdb_current_xid'))),
            ],
            options={
                'indexes': [models.Index(fields=['kind', 'at'], name='audit_event_kind_ec28c4_idx'), models.Index(fields=['by', 'at'], name='audit_event_by_450741_idx'), models.Index(fields=['xid'], name='event_xid')],
            },
        ),
        migrations.RunSQL(
            APPEND_ONLY,
            "drop trigger append_only_row on audit_event; drop trigger append_only_all on audit_event;"
            "drop trigger append_only_row on audit_seal; drop trigger append_only_all on audit_seal;"
            "drop function vcdb_append_only()",
        ),
        migrations.RunSQL(EVENT_HASH, "drop function vcdb_event_hash(audit_event)"),
    ]
