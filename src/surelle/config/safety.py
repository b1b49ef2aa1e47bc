"""What must hold before Surelle serves for real: a table of dangers, each with how to mend it."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from surelle.kernel.terminal import in_words

SHORTEST_SECRET = 50


@dataclass(frozen=True)
class Danger:
    """A setting, when it is unsafe, and what to say then, in French and in English."""

    setting: str
    is_met: Callable[[], bool]
    french: str
    english: str

    def __str__(self) -> str:
        return f"{self.setting} : {in_words(self.french, self.english)}"


def is_sqlite() -> bool:
    return connection.vendor == "sqlite"


def secret_is_weak() -> bool:
    try:
        key = settings.SECRET_KEY
    except ImproperlyConfigured:  # Django's word for an empty one
        return True
    return len(key) < SHORTEST_SECRET or len(set(key)) < 10 or key.startswith(("django-insecure", "only-for-tests"))


def public_url_is_unsafe() -> bool:
    url = urlsplit(settings.PUBLIC_URL)
    return url.scheme != "https" or not url.hostname or url.path not in ("", "/")


def role_bypasses_walls() -> bool:
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        return bool(cursor.fetchone()[0])


def database_is_away() -> bool:
    try:
        connection.ensure_connection()
    except DatabaseError:
        return True
    return False


def migrations_are_missing() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def walls_are_missing() -> bool:
    """Say whether a table of a cooperative stands without forced row-level security."""
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
            " WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace"
            " AND a.attname = 'cooperative_id' AND NOT a.attisdropped"
            " AND NOT (c.relrowsecurity AND c.relforcerowsecurity)"
        )
        return bool(cursor.fetchone()[0])


SETTINGS_TABLE = [
    Danger(
        "SURELLE_MODE",
        lambda: settings.IS_DEMO,
        "le mode démonstration ne sert jamais pour de vrai. Donnez DATABASE_URL, ou SURELLE_MODE=production.",
        "the demo mode never serves for real. Give DATABASE_URL, or SURELLE_MODE=production.",
    ),
    Danger(
        "DEBUG",
        lambda: settings.DEBUG,
        "le mode de mise au point montre les secrets ; il doit être éteint.",
        "debugging shows secrets; it must be off.",
    ),
    Danger(
        "SECRET_KEY",
        secret_is_weak,
        f"absente, trop courte (moins de {SHORTEST_SECRET} caractères) ou devinable. Pour en faire une : "
        "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'",
        f"missing, too short (under {SHORTEST_SECRET} characters) or easily guessed. To make one: "
        "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'",
    ),
    Danger(
        "ALLOWED_HOSTS",
        lambda: not settings.ALLOWED_HOSTS or any(host.strip() in ("*", ".") for host in settings.ALLOWED_HOSTS),
        "vide ou ouvert à tous. Donnez le nom public du site, par exemple ALLOWED_HOSTS=surelle.ma-cooperative.fr",
        "empty or open to all. Give the public name of the site, such as ALLOWED_HOSTS=surelle.my-cooperative.example",
    ),
    Danger(
        "PUBLIC_URL",
        public_url_is_unsafe,
        "doit être l'adresse publique en https, sans chemin, par exemple https://surelle.ma-cooperative.fr",
        "must be the public https address without a path, such as https://surelle.my-cooperative.example",
    ),
    Danger(
        "MAIL_HOST",
        lambda: not getattr(settings, "EMAIL_HOST", "") or settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"),
        "absent : invitations et mots de passe oubliés n'arriveraient jamais. Donnez le serveur d'envoi de courriels.",
        "missing: invitations and forgotten passwords would never arrive. Give the server that sends mail.",
    ),
    Danger(
        "DATABASE_URL",
        lambda: is_sqlite() and os.environ.get("SURELLE_ALLOW_SQLITE") != "yes",
        "SQLite n'a pas de murs entre coopératives et n'écrit qu'un à la fois. Prenez PostgreSQL, ou acceptez-le par "
        "SURELLE_ALLOW_SQLITE=yes (une seule coopérative, peu de monde, un seul serveur).",
        "SQLite has no walls between cooperatives and one writer at a time. Take PostgreSQL, or accept it by "
        "SURELLE_ALLOW_SQLITE=yes (one cooperative, few people, one server).",
    ),
]
DATABASE_AWAY = Danger(
    "DATABASE_URL",
    database_is_away,
    "la base de données ne répond pas à cette adresse avec ce nom et ce mot de passe.",
    "the database does not answer at this address with this name and password.",
)
DATABASE_TABLE = [
    Danger(
        "DATABASE_URL",
        role_bypasses_walls,
        "ce rôle PostgreSQL est superutilisateur ou a BYPASSRLS : les murs entre coopératives ne tiendraient pas. "
        "ALTER ROLE … NOSUPERUSER NOBYPASSRLS, ou un rôle à part (docs/guides/operating.md).",
        "this PostgreSQL role is a superuser or has BYPASSRLS: the walls between cooperatives would not hold. "
        "ALTER ROLE … NOSUPERUSER NOBYPASSRLS, or a role of its own (docs/guides/operating.md).",
    ),
    Danger(
        "migrate",
        migrations_are_missing,
        "la base n'est pas à jour. Sauvegardez, puis : ./surelle manage migrate",
        "the database is not up to date. Make a backup, then: ./surelle manage migrate",
    ),
    Danger(
        "migrate",
        walls_are_missing,
        "des tables de coopératives sont sans murs (row-level security). Lancez : ./surelle manage migrate",
        "tables of cooperatives stand without walls (row-level security). Run: ./surelle manage migrate",
    ),
]


def dangers() -> list[Danger]:
    """Return what makes it unsafe to serve with these settings and this database; empty when all is well."""
    met = [danger for danger in SETTINGS_TABLE if danger.is_met()]
    if any(danger.setting == "SURELLE_MODE" for danger in met):
        return met
    if DATABASE_AWAY.is_met():
        return [*met, DATABASE_AWAY]
    return met + [danger for danger in DATABASE_TABLE if danger.is_met()]
