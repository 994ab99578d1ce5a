from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [
        migrations.AddField("user", "charter_accepted_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("user", "session_epoch", models.PositiveIntegerField(db_default=0, default=0)),
    ]
