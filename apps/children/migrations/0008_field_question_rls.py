from django.db import migrations

from apps.access.rls import child, protect


class Migration(migrations.Migration):
    dependencies = [("children", "0007_field_question"), ("access", "0002_reach")]

    # The question is the child's; what each agency says stays behind the policy of its own words.
    operations = [migrations.RunSQL(*protect("children_fieldquestion", child(), writes="update"))]
