"""Let the database itself refuse to change or delete what the trail holds. See docs/decisions.

On SQLite, a later migration that remakes the table (AlterField…) loses its triggers: run `guard` again after it.
surelle/commons/audit/tests/test_append_only.py fails if that was forgotten.
"""

from django.db import migrations

REFUSAL = "the audit trail is append-only"

POSTGRESQL = [
    f"""
    CREATE OR REPLACE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' AND current_setting('surelle.restoring', true) = 'yes' THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation';
    END $$
    """,
    """
    CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit_auditevent
    FOR EACH ROW EXECUTE FUNCTION audit_append_only()
    """,
]
# SQLite has no settings of a session. A row in this table is seen by others only once committed, and `restoring`
# takes it away before that.
SQLITE = [
    "CREATE TABLE IF NOT EXISTS audit_restoring (yes INTEGER NOT NULL)",
    f"""
    CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit_auditevent
    BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
    """,
    f"""
    CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit_auditevent
    WHEN NOT EXISTS (SELECT 1 FROM audit_restoring)
    BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
    """,
]


def guard(apps, schema_editor):
    statements = {"postgresql": POSTGRESQL, "sqlite": SQLITE}[schema_editor.connection.vendor]
    for statement in statements:
        schema_editor.execute(statement)


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER audit_append_only ON audit_auditevent")
        schema_editor.execute("DROP FUNCTION audit_append_only()")
    else:
        schema_editor.execute("DROP TRIGGER audit_no_update")
        schema_editor.execute("DROP TRIGGER audit_no_delete")
        schema_editor.execute("DROP TABLE audit_restoring")


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunPython(guard, unguard)]
