"""Walls and guards, derived from the models, so that no table can be forgotten.

Walls: on PostgreSQL, row-level security by cooperative. Guards: on both databases, triggers that refuse to change or
delete the rows of models with `is_append_only`; only `access.restoring` may empty them.
"""

from typing import Any

from django.apps import AppConfig, apps
from django.db import connections
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate

SCOPE_FUNCTION = """
CREATE OR REPLACE FUNCTION surelle_scope() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT string_to_array(nullif(nullif(current_setting('surelle.cooperatives', true), ''), '*'), ',')::bigint[]
$$;
CREATE OR REPLACE FUNCTION surelle_sees_all() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce(current_setting('surelle.cooperatives', true), '') = '*'
$$;
CREATE OR REPLACE FUNCTION surelle_person() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT nullif(current_setting('surelle.person', true), '')::bigint
$$;
"""
POLICY = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS cooperative_wall ON {table};
DROP POLICY IF EXISTS cooperative_wall_writes ON {table};
CREATE POLICY cooperative_wall ON {table} FOR SELECT USING ({sees});
CREATE POLICY cooperative_wall_writes ON {table} FOR ALL USING ({owns}) WITH CHECK ({owns});
"""
REFUSAL = "these rows are append-only"
GUARD_FUNCTION = f"""
CREATE OR REPLACE FUNCTION surelle_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('surelle.restoring', true) = 'yes' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation';
END $$
"""
GUARDS = {
    "postgresql": [
        "CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION surelle_append_only()",
    ],
    # SQLite has no settings of a session. A row in surelle_restoring is seen by others only once committed, and
    # `restoring` takes it away before that.
    "sqlite": [
        "CREATE TABLE IF NOT EXISTS surelle_restoring (yes INTEGER NOT NULL)",
        "CREATE TRIGGER IF NOT EXISTS {name}_no_update BEFORE UPDATE ON {table}"
        " BEGIN SELECT RAISE(ABORT, '{refusal}'); END",
        "CREATE TRIGGER IF NOT EXISTS {name}_no_delete BEFORE DELETE ON {table}"
        " WHEN NOT EXISTS (SELECT 1 FROM surelle_restoring) BEGIN SELECT RAISE(ABORT, '{refusal}'); END",
    ],
}
OWNS = "(SELECT surelle_sees_all()) OR cooperative_id = ANY ((SELECT surelle_scope())::bigint[])"


def build_walls(using: str, **_: Any) -> None:
    """Give every table with `cooperative_id` its policy on PostgreSQL; run after each migration, harmless twice."""
    from .models import CooperativeOwned

    connection = connections[using]
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(SCOPE_FUNCTION)
        present = set(connection.introspection.table_names(cursor))
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            owns = OWNS if issubclass(model, CooperativeOwned) else getattr(model, "owned_rows_sql", "")
            if not owns or table not in present:
                continue
            is_open = getattr(model, "open_rows_sql", "")
            open_rows = f" OR ({is_open})" if is_open else ""
            cursor.execute(POLICY.format(table=connection.ops.quote_name(table), owns=owns, sees=owns + open_rows))


def set_guards(using: str, **_: Any) -> None:
    """Give every append-only table the triggers that refuse changes; run after each migration, harmless twice.

    A migration that remakes a table on SQLite drops its triggers: they are back before it ends.
    """
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(GUARD_FUNCTION)
        present = set(connection.introspection.table_names(cursor))
        for model in apps.get_models():
            name = model._meta.db_table
            if getattr(model, "is_append_only", False) and name in present:
                for statement in GUARDS[connection.vendor]:
                    table = connection.ops.quote_name(name)
                    cursor.execute(statement.format(name=name, table=table, refusal=REFUSAL))


def on_new_connection(connection: Any, **_: Any) -> None:
    """Hand the scope of this thread to a connection just opened."""
    from .access import apply_scope

    apply_scope(connection)


class CooperativesConfig(AppConfig):
    name = "surelle.commons.cooperatives"
    label = "cooperatives"

    def ready(self) -> None:
        post_migrate.connect(build_walls, sender=self, dispatch_uid="walls")
        post_migrate.connect(set_guards, sender=self, dispatch_uid="guards")
        connection_created.connect(on_new_connection, dispatch_uid="scope")
