import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0001_initial'),
        ('children', '0001_initial'),
        ('extracts', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Involvement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.TextField(help_text='Tells facts of one code on one record apart, stable from extract to extract')),
                ('extract_id', models.BigIntegerField()),
                ('row_no', models.PositiveIntegerField()),
                ('recorded_from', models.DateTimeField()),
                ('recorded_to', models.DateTimeField(null=True)),
                ('service', models.CharField(max_length=40)),
                ('start_on', models.DateField(null=True)),
                ('end_on', models.DateField(null=True)),
                ('end_inferred', models.BooleanField(default=False, help_text='Ended because a full extract no longer listed it')),
                ('setting_ref', models.TextField(blank=True)),
                ('agency', models.ForeignKey(help_text='Who supplied it', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('feed', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='extracts.feed')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='children.sourcerecord')),
                ('setting', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='enrolments', to='agencies.agency')),
            ],
        ),
        migrations.CreateModel(
            name='Observation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.TextField(help_text='Tells facts of one code on one record apart, stable from extract to extract')),
                ('extract_id', models.BigIntegerField()),
                ('row_no', models.PositiveIntegerField()),
                ('recorded_from', models.DateTimeField()),
                ('recorded_to', models.DateTimeField(null=True)),
                ('measure', models.CharField(max_length=40)),
                ('on', models.DateField(null=True)),
                ('until', models.DateField(null=True)),
                ('value', models.DecimalField(decimal_places=3, max_digits=12, null=True)),
                ('text', models.TextField(blank=True)),
                ('detail', models.JSONField(default=dict)),
                ('agency', models.ForeignKey(help_text='Who supplied it', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('feed', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='extracts.feed')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='children.sourcerecord')),
            ],
        ),
        migrations.CreateModel(
            name='PlannedFact',
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
                ('extract_id', models.BigIntegerField()),
                ('record_id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('I', 'Involvement'), ('S', 'Sighting'), ('O', 'Observation')], max_length=1)),
                ('action', models.CharField(choices=[('open', 'Not known before'), ('change', 'Known, now different'), ('end', 'Was open, now ended')], max_length=8)),
                ('current_id', models.BigIntegerField(null=True)),
                ('new_id', models.BigIntegerField()),
                ('row_no', models.PositiveIntegerField(default=0)),
                ('end_inferred', models.BooleanField(default=False)),
                ('setting_id', models.BigIntegerField(null=True)),
                ('worker_id', models.BigIntegerField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['extract_id', 'record_id'], name='planned_fact_record')],
            },
        ),
        migrations.CreateModel(
            name='Sighting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.TextField(help_text='Tells facts of one code on one record apart, stable from extract to extract')),
                ('extract_id', models.BigIntegerField()),
                ('row_no', models.PositiveIntegerField()),
                ('recorded_from', models.DateTimeField()),
                ('recorded_to', models.DateTimeField(null=True)),
                ('seen_on', models.DateField()),
                ('by', models.TextField(blank=True)),
                ('how', models.TextField(blank=True)),
                ('detail', models.JSONField(default=dict)),
                ('agency', models.ForeignKey(help_text='Who supplied it', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('feed', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='extracts.feed')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='children.sourcerecord')),
            ],
        ),
        migrations.CreateModel(
            name='InvolvementDetail',
            fields=[
                ('involvement', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='content', serialize=False, to='involvements.involvement')),
                ('worker_ref', models.TextField(blank=True)),
                ('category', models.TextField(blank=True)),
                ('detail', models.JSONField(default=dict)),
                ('worker', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='involvements', to='people.professional')),
            ],
        ),
        migrations.AddIndex(
            model_name='involvement',
            index=models.Index(condition=models.Q(('recorded_to__isnull', True), ('end_on__isnull', True)), fields=['feed', 'service'], name='involvement_open'),
        ),
        migrations.AddIndex(
            model_name='involvement',
            index=models.Index(condition=models.Q(('recorded_to__isnull', True), ('end_on__isnull', True)), fields=['setting'], name='involvement_setting'),
        ),
        migrations.AddIndex(
            model_name='involvement',
            index=models.Index(condition=models.Q(('recorded_to__isnull', True), ('setting__isnull', True), models.Q(('setting_ref', ''), _negated=True)), fields=['feed', 'setting_ref'], name='involvement_unmapped'),
        ),
        migrations.AddConstraint(
            model_name='involvement',
            constraint=models.UniqueConstraint(condition=models.Q(('recorded_to__isnull', True)), fields=('record', 'feed', 'service', 'key'), name='involvement_current_once'),
        ),
        migrations.AddConstraint(
            model_name='observation',
            constraint=models.UniqueConstraint(condition=models.Q(('recorded_to__isnull', True)), fields=('record', 'feed', 'measure', 'key'), name='observation_current_once'),
        ),
        migrations.AddConstraint(
            model_name='sighting',
            constraint=models.UniqueConstraint(condition=models.Q(('recorded_to__isnull', True)), fields=('record', 'feed', 'key'), name='sighting_current_once'),
        ),
    ]
