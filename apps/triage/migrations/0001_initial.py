import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('children', '0001_initial'),
        ('ragp', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Item',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('open', 'Waiting'), ('decided', 'Decided'), ('overtaken', 'Overtaken by a newer change'), ('withdrawn', 'Child has died, left the area or is over age')], default='open', max_length=10)),
                ('opened_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('assigned_to', models.BigIntegerField(null=True)),
                ('change', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='item', to='ragp.change')),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='triage_items', to='children.child')),
            ],
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('no_action', 'No further action'), ('contact_school', 'Contact the school'), ('raise_review', 'Raise a review'), ('ask', 'Ask for information'), ('artefact', 'Data artefact: rating should not have moved')], max_length=16)),
                ('reason', models.TextField()),
                ('by', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('undone_by', models.BigIntegerField(null=True)),
                ('undone_at', models.DateTimeField(null=True)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='triage.item')),
            ],
        ),
        migrations.AddIndex(
            model_name='item',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['due_at'], name='item_open'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('child',), name='item_open_once'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(condition=models.Q(('undone_at__isnull', True)), fields=('item',), name='decision_standing_once'),
        ),
    ]
