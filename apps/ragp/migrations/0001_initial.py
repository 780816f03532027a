import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('children', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Scheme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.CharField(max_length=20, unique=True)),
                ('title', models.CharField(max_length=120)),
                ('live_from', models.DateField()),
                ('watched_from', models.DateTimeField(blank=True, help_text="From when a change of rating is somebody's work", null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Assessment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('as_of', models.DateField()),
                ('band', models.CharField(max_length=20)),
                ('points', models.PositiveSmallIntegerField()),
                ('contributions', models.JSONField(help_text='List of {rule, sentence, points, service, agency, feed, since, until, fact}, most points first')),
                ('holds_until', models.DateField(help_text='The first day it may differ with time alone', null=True)),
                ('assessed_at', models.DateTimeField()),
                ('superseded_at', models.DateTimeField(null=True)),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='children.child')),
                ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='ragp.scheme')),
            ],
        ),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_band', models.CharField(max_length=20)),
                ('to_band', models.CharField(max_length=20)),
                ('nature', models.CharField(choices=[('real', 'Real change'), ('artefact', 'Data artefact')], max_length=10)),
                ('why', models.CharField(blank=True, help_text='For an artefact: what makes it one', max_length=200)),
                ('gained', models.JSONField(default=list)),
                ('lost', models.JSONField(default=list)),
                ('at', models.DateTimeField()),
                ('after', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='change', to='ragp.assessment')),
                ('before', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ragp.assessment')),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='children.child')),
            ],
            options={
                'indexes': [models.Index(fields=['-at'], name='change_newest'), models.Index(fields=['child', '-at'], name='change_child')],
            },
        ),
        migrations.CreateModel(
            name='Rule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40)),
                ('sentence', models.CharField(max_length=200)),
                ('kind', models.CharField(choices=[('open', 'The service is involved today'), ('measure', 'The latest value of a measure is past a threshold'), ('count', 'So many facts of a service or measure within a window')], max_length=10)),
                ('subject', models.CharField(help_text='Service or measure code', max_length=40)),
                ('categories', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ('below', models.DecimalField(decimal_places=2, max_digits=8, null=True)),
                ('at_least', models.DecimalField(decimal_places=2, max_digits=8, null=True)),
                ('window_days', models.PositiveSmallIntegerField(help_text='Facts older than this have lapsed', null=True)),
                ('points', models.PositiveSmallIntegerField()),
                ('floor', models.CharField(blank=True, help_text='Band the rating cannot be below while this rule holds', max_length=20)),
                ('policy', models.CharField(blank=True, max_length=200)),
                ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rules', to='ragp.scheme')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('scheme', 'code'), name='rule_once')],
            },
        ),
        migrations.CreateModel(
            name='Band',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20)),
                ('label', models.CharField(max_length=40)),
                ('colour', models.CharField(max_length=20)),
                ('shape', models.CharField(max_length=20)),
                ('rank', models.PositiveSmallIntegerField()),
                ('from_points', models.PositiveSmallIntegerField(null=True)),
                ('definition', models.TextField()),
                ('respond_within_hours', models.PositiveSmallIntegerField(help_text='How soon a change to this band is looked at')),
                ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bands', to='ragp.scheme')),
            ],
            options={
                'ordering': ['-rank'],
                'constraints': [models.UniqueConstraint(fields=('scheme', 'code'), name='band_once')],
            },
        ),
        migrations.AddIndex(
            model_name='assessment',
            index=models.Index(condition=models.Q(('superseded_at__isnull', True)), fields=['holds_until'], name='assessment_due'),
        ),
        migrations.AddIndex(
            model_name='assessment',
            index=models.Index(condition=models.Q(('superseded_at__isnull', True)), fields=['band'], name='assessment_band'),
        ),
        migrations.AddIndex(
            model_name='assessment',
            index=models.Index(fields=['child', 'assessed_at'], name='assessment_history'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.UniqueConstraint(condition=models.Q(('superseded_at__isnull', True)), fields=('child',), name='assessment_current_once'),
        ),
    ]
