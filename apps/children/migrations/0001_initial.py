import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0001_initial'),
        ('extracts', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Child',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('surname', models.TextField(blank=True)),
                ('forename', models.TextField(blank=True)),
                ('middle_names', models.TextField(blank=True)),
                ('known_as', models.TextField(blank=True)),
                ('dob', models.DateField(null=True)),
                ('sex', models.CharField(blank=True, max_length=1)),
                ('ethnicity', models.CharField(blank=True, max_length=10)),
                ('nhs_number', models.CharField(blank=True, max_length=10)),
                ('upn', models.CharField(blank=True, max_length=20)),
                ('died_on', models.DateField(null=True)),
                ('left_area_on', models.DateField(null=True)),
                ('surname_key', models.TextField(blank=True)),
                ('forename_key', models.TextField(blank=True)),
                ('sources', models.JSONField(default=dict, help_text='Field name to [record version id, feed code]')),
                ('provisional', models.BooleanField(default=False)),
                ('provisional_because', models.CharField(blank=True, help_text='nameless or question', max_length=40)),
                ('restricted', models.BooleanField(default=False, help_text='Cached: a Restriction hides the child from whole-borough reach')),
                ('address_hidden', models.BooleanField(default=False, help_text='Cached: a Restriction hides every address')),
                ('reach', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), default=list, help_text='Agencies that hold a current record or have the child on roll', size=None)),
                ('year_group', models.CharField(blank=True, help_text='Cached from the main enrolment', max_length=4)),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='children.child')),
                ('setting', models.ForeignKey(blank=True, help_text='Cached: main setting', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='pupils', to='agencies.agency')),
            ],
            options={
                'verbose_name_plural': 'children',
            },
        ),
        migrations.CreateModel(
            name='SurnameKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.TextField(unique=True)),
                ('sounds', models.TextField(db_index=True, help_text='Double metaphone of the key')),
            ],
        ),
        migrations.CreateModel(
            name='Stale',
            fields=[
                ('child', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='stale', serialize=False, to='children.child')),
                ('since', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='PlannedRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('extract_id', models.BigIntegerField()),
                ('local_id', models.TextField()),
                ('action', models.CharField(choices=[('new', 'A record not seen before'), ('changed', 'Known, sent differently'), ('gone', 'No longer in a full extract')], max_length=8)),
                ('record_id', models.BigIntegerField()),
                ('child_id', models.BigIntegerField(null=True)),
                ('old_child_id', models.BigIntegerField(help_text='A nameless provisional child this record leaves', null=True)),
                ('match', models.CharField(blank=True, choices=[('kept', 'Stays with its child'), ('linked', 'Linked to a child by a pass'), ('new', 'A new child'), ('question', 'A provisional child beside a question'), ('nameless', 'A provisional child without a name')], max_length=8)),
                ('rule', models.CharField(blank=True, max_length=40)),
                ('candidates', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('extract_id', 'local_id'), name='planned_record_once')],
            },
        ),
        migrations.CreateModel(
            name='Restriction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hides', models.CharField(choices=[('child', 'The child and every address'), ('address', 'Every address')], max_length=8)),
                ('reason', models.TextField()),
                ('placed_by', models.BigIntegerField(null=True)),
                ('placed_at', models.DateTimeField()),
                ('lifted_by', models.BigIntegerField(null=True)),
                ('lifted_at', models.DateTimeField(null=True)),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='restrictions', to='children.child')),
                ('feed', models.ForeignKey(blank=True, help_text='Where a source asked for it', null=True, on_delete=django.db.models.deletion.PROTECT, to='extracts.feed')),
            ],
        ),
        migrations.CreateModel(
            name='SourceRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('id_scheme', models.CharField(max_length=40)),
                ('local_id', models.TextField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='agencies.agency')),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='records', to='children.child')),
            ],
        ),
        migrations.CreateModel(
            name='RecordVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('bundle_hash', models.UUIDField(help_text='Of all rows behind this version: unchanged rows are not read again')),
                ('surname', models.TextField(blank=True)),
                ('forename', models.TextField(blank=True)),
                ('middle_names', models.TextField(blank=True)),
                ('known_as', models.TextField(blank=True)),
                ('former_surname', models.TextField(blank=True)),
                ('dob', models.DateField(null=True)),
                ('sex', models.CharField(blank=True, max_length=1)),
                ('ethnicity', models.CharField(blank=True, max_length=10)),
                ('nhs_number', models.CharField(blank=True, max_length=10)),
                ('upn', models.CharField(blank=True, max_length=20)),
                ('former_upn', models.CharField(blank=True, max_length=20)),
                ('uln', models.CharField(blank=True, max_length=20)),
                ('died_on', models.DateField(null=True)),
                ('left_area_on', models.DateField(null=True)),
                ('surname_key', models.TextField(blank=True)),
                ('forename_key', models.TextField(blank=True)),
                ('extract_id', models.BigIntegerField()),
                ('row_no', models.PositiveIntegerField()),
                ('recorded_from', models.DateTimeField()),
                ('recorded_to', models.DateTimeField(null=True)),
                ('feed', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='extracts.feed')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='children.sourcerecord')),
            ],
        ),
        migrations.CreateModel(
            name='RecordAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.TextField(blank=True)),
                ('postcode', models.CharField(blank=True, max_length=10)),
                ('address_key', models.TextField(blank=True)),
                ('postcode_key', models.CharField(blank=True, max_length=8)),
                ('extract_id', models.BigIntegerField()),
                ('row_no', models.PositiveIntegerField()),
                ('recorded_from', models.DateTimeField()),
                ('recorded_to', models.DateTimeField(null=True)),
                ('feed', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='extracts.feed')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='addresses', to='children.sourcerecord')),
            ],
        ),
        migrations.AddIndex(
            model_name='child',
            index=models.Index(fields=['surname_key', 'forename_key'], name='child_name', opclasses=['text_pattern_ops', 'text_pattern_ops']),
        ),
        migrations.AddIndex(
            model_name='child',
            index=models.Index(fields=['dob', 'surname_key'], name='child_dob'),
        ),
        migrations.AddIndex(
            model_name='child',
            index=models.Index(condition=models.Q(('nhs_number', ''), _negated=True), fields=['nhs_number'], name='child_nhs'),
        ),
        migrations.AddIndex(
            model_name='child',
            index=models.Index(condition=models.Q(('upn', ''), _negated=True), fields=['upn'], name='child_upn'),
        ),
        migrations.AddIndex(
            model_name='child',
            index=models.Index(fields=['setting'], name='child_setting'),
        ),
        migrations.AddConstraint(
            model_name='sourcerecord',
            constraint=models.UniqueConstraint(fields=('id_scheme', 'local_id'), name='record_once'),
        ),
        migrations.AddIndex(
            model_name='recordversion',
            index=models.Index(condition=models.Q(('recorded_to__isnull', True)), fields=['feed'], name='version_feed'),
        ),
        migrations.AddIndex(
            model_name='recordversion',
            index=models.Index(condition=models.Q(('recorded_to__isnull', True), models.Q(('nhs_number', ''), _negated=True)), fields=['nhs_number'], name='version_nhs'),
        ),
        migrations.AddIndex(
            model_name='recordversion',
            index=models.Index(condition=models.Q(('recorded_to__isnull', True), models.Q(('upn', ''), _negated=True)), fields=['upn'], name='version_upn'),
        ),
        migrations.AddIndex(
            model_name='recordversion',
            index=models.Index(condition=models.Q(('recorded_to__isnull', True), models.Q(('former_upn', ''), _negated=True)), fields=['former_upn'], name='version_former_upn'),
        ),
        migrations.AddIndex(
            model_name='recordversion',
            index=models.Index(condition=models.Q(('recorded_to__isnull', True), models.Q(('uln', ''), _negated=True)), fields=['uln'], name='version_uln'),
        ),
        migrations.AddIndex(
            model_name='recordversion',
            index=models.Index(condition=models.Q(('recorded_to__isnull', True)), fields=['dob', 'surname_key'], name='version_dob'),
        ),
        migrations.AddConstraint(
            model_name='recordversion',
            constraint=models.UniqueConstraint(condition=models.Q(('recorded_to__isnull', True)), fields=('record', 'feed'), name='version_current_once'),
        ),
        migrations.AddIndex(
            model_name='recordaddress',
            index=models.Index(condition=models.Q(('recorded_to__isnull', True), models.Q(('postcode_key', ''), _negated=True)), fields=['postcode_key'], name='address_postcode'),
        ),
        migrations.AddIndex(
            model_name='recordaddress',
            index=models.Index(condition=models.Q(('recorded_to__isnull', True), models.Q(('address_key', ''), _negated=True)), fields=['address_key'], name='address_whole'),
        ),
        migrations.AddConstraint(
            model_name='recordaddress',
            constraint=models.UniqueConstraint(condition=models.Q(('recorded_to__isnull', True)), fields=('record', 'feed'), name='address_current_once'),
        ),
    ]
