"""Row-level security, derived from the models: no table of a cooperative can be forgotten."""

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
            open_rows = f" OR ({model.open_rows_sql})" if model.open_rows_sql else ""
            cursor.execute(POLICY.format(table=connection.ops.quote_name(table), owns=owns, sees=owns + open_rows))


def on_new_connection(connection: Any, **_: Any) -> None:
    """Hand the scope of this thread to a connection just opened."""
    from .access import apply_scope

    apply_scope(connection)


class CooperativesConfig(AppConfig):
    name = "surelle.commons.cooperatives"
    label = "cooperatives"

    def ready(self) -> None:
        post_migrate.connect(build_walls, sender=self, dispatch_uid="walls")
        connection_created.connect(on_new_connection, dispatch_uid="scope")
