import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("testimonies", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="codinground",
            name="agreement",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="excerpt",
            name="is_pinned",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="excerpttheme",
            name="is_settled",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="markingstep",
            name="testimony",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="marking_steps",
                to="testimonies.testimony",
            ),
        ),
    ]
