import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0001_initial'),
        ('children', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='WeeklyList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('week', models.DateField(help_text='Monday of the week')),
                ('version', models.PositiveSmallIntegerField(default=1)),
                ('as_at', models.DateTimeField(help_text='What was known at this moment')),
                ('published_by', models.BigIntegerField(null=True)),
                ('entry_count', models.PositiveIntegerField(default=0)),
                ('setting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lists', to='agencies.agency')),
            ],
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField()),
                ('surname', models.TextField(blank=True)),
                ('forename', models.TextField(blank=True)),
                ('known_as', models.TextField(blank=True)),
                ('dob', models.DateField(null=True)),
                ('year_group', models.CharField(blank=True, max_length=4)),
                ('upn', models.CharField(blank=True, max_length=20)),
                ('subsidiary', models.BooleanField(default=False, help_text='Dual registration or alternative provision: main list is elsewhere')),
                ('band', models.CharField(blank=True, help_text='Empty where the agreement does not let the setting see it', max_length=20)),
                ('previous_band', models.CharField(blank=True, max_length=20)),
                ('mark', models.CharField(choices=[('joined', 'Joined list'), ('up', 'Rating up'), ('down', 'Rating down'), ('changed', 'Services changed'), ('same', 'No change')], default='same', max_length=8)),
                ('services', models.JSONField(default=list, help_text='What the agreement shares: [{service, name, since, who, phone}]')),
                ('why', models.JSONField(default=list, help_text='Sentences of the contributions the setting may see')),
                ('last_seen_on', models.DateField(null=True)),
                ('last_seen_by', models.TextField(blank=True)),
                ('lead', models.TextField(blank=True)),
                ('lead_phone', models.CharField(blank=True, max_length=30)),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='children.child')),
                ('list', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='lists.weeklylist')),
            ],
            options={
                'verbose_name_plural': 'entries',
            },
        ),
        migrations.CreateModel(
            name='Departure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('surname', models.TextField(blank=True)),
                ('forename', models.TextField(blank=True)),
                ('why', models.CharField(choices=[('moved', 'No longer on your roll'), ('left', 'No longer on the list')], max_length=8)),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='departures', to='children.child')),
                ('list', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='departures', to='lists.weeklylist')),
            ],
        ),
        migrations.AddIndex(
            model_name='weeklylist',
            index=models.Index(fields=['week'], name='list_week'),
        ),
        migrations.AddConstraint(
            model_name='weeklylist',
            constraint=models.UniqueConstraint(fields=('setting', 'week', 'version'), name='list_version_once'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.UniqueConstraint(fields=('list', 'child'), name='entry_once'),
        ),
    ]
