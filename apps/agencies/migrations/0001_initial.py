import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Agency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('kind', models.CharField(choices=[('service', 'Council service'), ('health', 'Health service'), ('school', 'School or college'), ('early_years', 'Early years setting'), ('trust', 'Academy trust')], max_length=20)),
                ('phase', models.CharField(blank=True, max_length=40)),
                ('urn', models.CharField(blank=True, max_length=10, null=True, unique=True, verbose_name='URN')),
                ('laestab', models.CharField(blank=True, db_index=True, max_length=10, verbose_name='LAEstab')),
                ('phone', models.CharField(blank=True, max_length=30)),
                ('safeguarding_lead', models.CharField(blank=True, max_length=120)),
                ('address', models.TextField(blank=True)),
                ('postcode', models.CharField(blank=True, max_length=10)),
                ('opened_on', models.DateField(blank=True, null=True)),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('trust', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='schools', to='agencies.agency')),
            ],
            options={
                'verbose_name_plural': 'agencies',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='SettingAlias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scheme', models.CharField(help_text='Feed code the spelling belongs to', max_length=40)),
                ('code', models.CharField(max_length=200)),
                ('first_seen_extract', models.BigIntegerField(blank=True, null=True)),
                ('answered_by', models.BigIntegerField(blank=True, null=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('setting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='aliases', to='agencies.agency')),
            ],
            options={
                'verbose_name_plural': 'setting aliases',
                'constraints': [models.UniqueConstraint(fields=('scheme', 'code'), name='setting_alias_once')],
            },
        ),
        migrations.CreateModel(
            name='SettingLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('linked_urn', models.CharField(db_index=True, max_length=10)),
                ('link_type', models.CharField(max_length=60)),
                ('established_on', models.DateField(blank=True, null=True)),
                ('setting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='agencies.agency')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('setting', 'linked_urn', 'link_type'), name='setting_link_once')],
            },
        ),
        migrations.CreateModel(
            name='SharingAgreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recipient_kind', models.CharField(blank=True, choices=[('service', 'Council service'), ('health', 'Health service'), ('school', 'School or college'), ('early_years', 'Early years setting'), ('trust', 'Academy trust')], help_text='Instead of one recipient: all of a kind', max_length=20)),
                ('services', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), help_text="Service codes, or * for all of the provider's", size=None)),
                ('level', models.CharField(choices=[('existence', 'That the child is known, since when and who to phone'), ('content', 'Also the worker, plan, category and reason')], max_length=10)),
                ('shows_rating', models.BooleanField(default=False, help_text='Whether the recipient sees the rating band')),
                ('reference', models.CharField(blank=True, max_length=80)),
                ('legal_basis', models.CharField(blank=True, max_length=200)),
                ('valid_from', models.DateField()),
                ('valid_until', models.DateField(blank=True, help_text='Last day it holds', null=True)),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements_given', to='agencies.agency')),
                ('recipient', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agreements_held', to='agencies.agency')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('recipient__isnull', False), ('recipient_kind', '')), models.Q(('recipient__isnull', True), models.Q(('recipient_kind', ''), _negated=True)), _connector='OR'), name='agreement_one_recipient')],
            },
        ),
    ]
