import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Row',
            fields=[
                ('pk', models.CompositePrimaryKey('extract_id', 'module', 'row_no', blank=True, editable=False, primary_key=True, serialize=False)),
                ('extract_id', models.BigIntegerField()),
                ('module', models.CharField(help_text='Which file or table of the set', max_length=40)),
                ('row_no', models.PositiveIntegerField(help_text='As the spreadsheet shows it')),
                ('local_id', models.TextField()),
                ('hash', models.UUIDField(help_text="md5 of the row's values")),
                ('data', models.JSONField(help_text='Field name to text as it arrived')),
            ],
            options={
                'db_table': 'extracts_row',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='Feed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, unique=True)),
                ('title', models.CharField(max_length=120)),
                ('layout', models.CharField(max_length=40)),
                ('id_scheme', models.CharField(help_text='Local ids are unique within a scheme, not within an agency', max_length=40)),
                ('services', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ('is_full', models.BooleanField(default=True, help_text='Each file lists everyone: who is missing from it has ended')),
                ('priority', models.PositiveSmallIntegerField(default=50, help_text="Whose words win for a child's fields: lowest first")),
                ('max_ended_percent', models.PositiveSmallIntegerField(default=10)),
                ('every_days', models.PositiveSmallIntegerField(default=7)),
                ('active', models.BooleanField(default=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='feeds', to='agencies.agency')),
            ],
            options={
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='Extract',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('as_of', models.DateField()),
                ('sha256', models.CharField(max_length=64)),
                ('files', models.JSONField(default=list, help_text='Stored name, original name and size in bytes of each file')),
                ('state', models.CharField(choices=[('received', 'Received'), ('staged', 'Staged'), ('previewed', 'Previewed'), ('held', 'Held for a person'), ('committed', 'Committed'), ('refused', 'Refused')], default='received', max_length=12)),
                ('reason', models.TextField(blank=True, help_text='One sentence for a held or refused extract')),
                ('received_at', models.DateTimeField(auto_now_add=True)),
                ('received_by', models.BigIntegerField(blank=True, null=True)),
                ('committed_at', models.DateTimeField(blank=True, null=True)),
                ('rows', models.PositiveIntegerField(default=0)),
                ('accepted', models.PositiveIntegerField(default=0)),
                ('rejected', models.PositiveIntegerField(default=0)),
                ('counts', models.JSONField(default=dict, help_text='Records, involvements, sightings, observations, ratings changed')),
                ('feed', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extracts', to='extracts.feed')),
            ],
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('module', models.CharField(blank=True, max_length=40)),
                ('row_no', models.PositiveIntegerField(null=True)),
                ('local_id', models.TextField(blank=True)),
                ('row_hash', models.UUIDField(null=True)),
                ('code', models.CharField(max_length=40)),
                ('severity', models.CharField(choices=[('error', 'The row was not used'), ('warning', 'Used, please check')], max_length=8)),
                ('field', models.CharField(blank=True, max_length=80)),
                ('message', models.TextField(help_text="Never repeats a person's data")),
                ('extract', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='findings', to='extracts.extract')),
            ],
        ),
        migrations.CreateModel(
            name='StagedFact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(help_text="Service code, or measure code of an observation, or 'seen'", max_length=40)),
                ('key', models.TextField(help_text='Tells facts of one code on one record apart, stable from extract to extract')),
                ('start_on', models.DateField(null=True)),
                ('end_on', models.DateField(null=True)),
                ('value', models.DecimalField(decimal_places=3, max_digits=12, null=True)),
                ('text', models.TextField(blank=True, help_text='Observation: words. Sighting: by whom')),
                ('setting_ref', models.TextField(blank=True, help_text="The source's code for the setting")),
                ('worker_ref', models.TextField(blank=True, help_text="The source's id of the worker")),
                ('category', models.TextField(blank=True, help_text='Plan category, legal status, sighting method, enrolment status')),
                ('detail', models.JSONField(default=dict, help_text='Further content, shared at content level only')),
                ('local_id', models.TextField()),
                ('module', models.CharField(max_length=40)),
                ('row_no', models.PositiveIntegerField()),
                ('kind', models.CharField(choices=[('I', 'Involvement'), ('S', 'Sighting'), ('O', 'Observation')], max_length=1)),
                ('extract', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='extracts.extract')),
            ],
        ),
        migrations.CreateModel(
            name='StagedPerson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
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
                ('address', models.TextField(blank=True)),
                ('postcode', models.CharField(blank=True, max_length=10)),
                ('surname_key', models.TextField(blank=True)),
                ('forename_key', models.TextField(blank=True)),
                ('address_key', models.TextField(blank=True)),
                ('postcode_key', models.CharField(blank=True, max_length=8)),
                ('local_id', models.TextField()),
                ('bundle_hash', models.UUIDField()),
                ('module', models.CharField(max_length=40)),
                ('row_no', models.PositiveIntegerField()),
                ('kept', models.BooleanField(default=False)),
                ('restricted', models.BooleanField(default=False, help_text='The source says the address or record must be hidden')),
                ('extract', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='extracts.extract')),
            ],
        ),
        migrations.AddIndex(
            model_name='extract',
            index=models.Index(fields=['feed', '-committed_at'], name='extracts_ex_feed_id_900424_idx'),
        ),
        migrations.AddConstraint(
            model_name='extract',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'committed')), fields=('feed', 'sha256'), name='extract_file_once'),
        ),
        migrations.AddIndex(
            model_name='finding',
            index=models.Index(fields=['extract', 'code'], name='extracts_fi_extract_21c28f_idx'),
        ),
        migrations.AddIndex(
            model_name='stagedfact',
            index=models.Index(fields=['extract', 'local_id'], name='extracts_st_extract_a797aa_idx'),
        ),
        migrations.AddConstraint(
            model_name='stagedperson',
            constraint=models.UniqueConstraint(fields=('extract', 'local_id'), name='staged_person_once'),
        ),
    ]
