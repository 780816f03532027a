import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('extracts', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Run',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('running', 'Running'), ('done', 'Done'), ('failed', 'Failed')], default='waiting', max_length=8)),
                ('step', models.CharField(blank=True, max_length=20)),
                ('commit', models.BooleanField(default=True, help_text='Whether to go on from the plan to the commit')),
                ('requested_by', models.BigIntegerField(null=True)),
                ('requested_at', models.DateTimeField(auto_now_add=True)),
                ('lease_until', models.DateTimeField(help_text='A worker that stops renewing it has died', null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('finished_at', models.DateTimeField(null=True)),
                ('error', models.TextField(blank=True, help_text="One sentence, never a person's data")),
                ('extract', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='run', to='extracts.extract')),
                ('feed', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='extracts.feed')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'running')), fields=('feed',), name='run_one_a_feed')],
            },
        ),
    ]
