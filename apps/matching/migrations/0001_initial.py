import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('children', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(help_text='linked, new, question or nameless', max_length=10)),
                ('rule', models.CharField(blank=True, max_length=40)),
                ('extract_id', models.BigIntegerField(null=True)),
                ('by', models.BigIntegerField(null=True)),
                ('at', models.DateTimeField()),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='children.child')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='children.sourcerecord')),
            ],
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.CharField(max_length=40)),
                ('extract_id', models.BigIntegerField()),
                ('opened_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
                ('child', models.ForeignKey(help_text='The provisional child', on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='children.child')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='children.sourcerecord')),
            ],
        ),
        migrations.CreateModel(
            name='LinkVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_from', models.DateTimeField()),
                ('recorded_to', models.DateTimeField(null=True)),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='children.child')),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='matching.decision')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='children.sourcerecord')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('recorded_to__isnull', True)), fields=('record',), name='link_current_once')],
            },
        ),
        migrations.CreateModel(
            name='Candidate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='candidacies', to='children.child')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='candidates', to='matching.question')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('question', 'child'), name='candidate_once')],
            },
        ),
    ]
