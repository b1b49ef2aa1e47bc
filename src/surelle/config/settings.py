"""Settings, read from the environment. Every variable is described in docs/guides/operating.md, and a test holds that.

Two modes: `demo` (SQLite under var/, no other service, never for real data) and `production` (what is unsafe is refused
by `surelle.config.safety`, by name).
"""

import os
import secrets
from pathlib import Path

import dj_database_url
import font_source_sans_pro
import font_source_serif_pro
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

ROOT = Path(__file__).resolve().parents[3]
SOURCE = ROOT / "src" / "surelle"


def from_environment(name: str, default: str = "") -> str:
    """Return the variable `name`, or the content of the file that `name`_FILE points at, or `default`."""
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text(encoding="utf-8").strip()
    return os.environ.get(name, default)


MODE = from_environment("SURELLE_MODE", "production" if from_environment("DATABASE_URL") else "demo")
IS_DEMO = MODE == "demo"
VAR = Path(from_environment("SURELLE_VAR", str(ROOT / "var")))

# --- security ---------------------------------------------------------------------------------------------------------
DEBUG = False


def demo_secret() -> str:
    """Return the demo's own secret, made at its first start; it never leaves this machine."""
    path = VAR / "demo-secret"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(secrets.token_urlsafe(50), encoding="utf-8")
        path.chmod(0o600)
    return path.read_text(encoding="utf-8")


SECRET_KEY = from_environment("SECRET_KEY") or (demo_secret() if IS_DEMO else "")
SECRET_KEY_FALLBACKS = [key for key in from_environment("SECRET_KEY_FALLBACKS").split(",") if key]
ALLOWED_HOSTS = [
    h for h in from_environment("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]" if IS_DEMO else "").split(",") if h
]
PUBLIC_URL = from_environment("PUBLIC_URL", "http://localhost:8000" if IS_DEMO else "")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL.startswith("https://") else []
IS_HTTPS = not IS_DEMO
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if from_environment("BEHIND_PROXY") == "yes" else None
SECURE_REDIRECT_EXEMPT = [r"^sante/$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_HSTS_PRELOAD = IS_HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_NAME = "surelle_session"
CSRF_COOKIE_NAME = "surelle_csrf"
OIDC_ORIGIN = "/".join(from_environment("OIDC_SERVER").split("/")[:3])
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        # Signing in through a provider is a form of ours redirected to theirs, and browsers hold redirects to this too.
        "form-action": [SELF, *([OIDC_ORIGIN] if OIDC_ORIGIN else [])],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

# --- what Surelle is made of ------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "surelle.home",
    "surelle.collective.testimonies",
    "surelle.collective.groups",
    "surelle.activity.ledger",
    "surelle.commons.notifications",
    "surelle.commons.search",
    "surelle.commons.audit",
    "surelle.commons.files",
    "surelle.commons.members",
    "surelle.commons.cooperatives",
    "surelle.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "heroicons",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "surelle.config.middleware.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "surelle.config.middleware.ScopeMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "surelle.config.middleware.LanguageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "surelle.config.middleware.MemberMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "surelle.config.urls"
WSGI_APPLICATION = "surelle.config.wsgi.application"
TEMPLATE_LOADERS = [
    "django_cotton.cotton_loader.Loader",
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SOURCE / "web" / "templates"],
        "OPTIONS": {
            "loaders": [("django.template.loaders.cached.Loader", TEMPLATE_LOADERS)],
            "builtins": ["django_cotton.templatetags.cotton", "django.templatetags.i18n", "django.templatetags.static"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "surelle.home.context.shell",
            ],
        },
    }
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# What each app gives to the stem, so that the stem knows nobody: dotted paths, read by surelle.commons.
PERSONAL_DATA = [
    "surelle.collective.testimonies.queries.personal_data",
    "surelle.collective.groups.queries.personal_data",
]
FORGET_PERSON = [
    "surelle.collective.testimonies.actions.forget_person",
    "surelle.collective.groups.actions.forget_person",
    "surelle.commons.notifications.actions.forget_person",
]
# What the page of a member shows beside their own facts: see members.rules.Panel.
MEMBER_PANELS = ["surelle.collective.groups.queries.member_panel"]
SEARCH_DOORS = {
    "testimony": "surelle.collective.testimonies.access.searchable_testimonies",
    "collection": "surelle.collective.testimonies.access.searchable_collections",
    "group": "surelle.collective.groups.access.searchable_groups",
    "member": "surelle.commons.members.access.searchable_members",
}
SEARCH_FACES = {
    "testimony": "surelle.collective.testimonies.queries.testimony_faces",
    "collection": "surelle.collective.testimonies.queries.collection_faces",
    "group": "surelle.collective.groups.queries.group_faces",
    "member": "surelle.home.queries.member_faces",
}
SEARCH_MATCHERS = {"member": "surelle.home.queries.matching_members"}  # who find without the index of words

# --- data -------------------------------------------------------------------------------------------------------------
DATABASES = {
    "default": dj_database_url.parse(
        from_environment("DATABASE_URL") or f"sqlite:///{VAR / 'demo.sqlite3'}",
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
        " PRAGMA temp_store=MEMORY; PRAGMA cache_size=-32000; PRAGMA mmap_size=268435456;",
    }
MEDIA_ROOT = Path(from_environment("MEDIA_ROOT", str(VAR / "media")))
MOST_FILE_BYTES = int(from_environment("MOST_FILE_BYTES", "500000000"))
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "web_cache",
        # Rate limits live here: culling after Django's 300 entries would forget who knocks too often.
        "OPTIONS": {"MAX_ENTRIES": 100_000, "CULL_FREQUENCY": 10},
    }
}
TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend" if IS_DEMO else "django_tasks_db.DatabaseBackend",
        "ENQUEUE_ON_COMMIT": not IS_DEMO,
    }
}

# --- static files: our own, and those of packages; nothing is vendored ------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
FONT_FOLDERS = [Path(p.__path__[0]) / "files" for p in (font_source_sans_pro, font_source_serif_pro)]
STATICFILES_DIRS = [("fonts", str(folder)) for folder in FONT_FOLDERS]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if IS_DEMO
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = IS_DEMO

# --- people -----------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "members.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start:start"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "surelle.commons.members.adapters.InvitedOnly"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",  # key: the address tried
    "request_login_code": "20/m/ip,3/m/key",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
    "manage_email": "10/m/user",
    "confirm_email": "1/3m/key",
    "signup": "20/m/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if SECURE_PROXY_SSL_HEADER else 0  # whose X-Forwarded-For is believed
SOCIALACCOUNT_ADAPTER = "surelle.commons.members.adapters.KnownPeopleOnly"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": []}}
if from_environment("OIDC_SERVER"):
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"] = [
        {
            "provider_id": "house",
            "name": from_environment("OIDC_NAME", "OpenID Connect"),
            "client_id": from_environment("OIDC_CLIENT_ID"),
            "secret": from_environment("OIDC_CLIENT_SECRET"),
            "settings": {"server_url": from_environment("OIDC_SERVER"), "token_auth_method": "client_secret_basic"},
        }
    ]
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Surelle"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = IS_DEMO
USERSESSIONS_TRACK_ACTIVITY = True

# --- mail -------------------------------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = SERVER_EMAIL = from_environment("MAIL_FROM", "Surelle <surelle@localhost>")
if from_environment("MAIL_HOST"):
    EMAIL_HOST = from_environment("MAIL_HOST")
    EMAIL_PORT = int(from_environment("MAIL_PORT", "587"))
    EMAIL_HOST_USER = from_environment("MAIL_USER")
    EMAIL_HOST_PASSWORD = from_environment("MAIL_PASSWORD")
    EMAIL_USE_TLS = from_environment("MAIL_SECURITY", "starttls") == "starttls"
    EMAIL_USE_SSL = from_environment("MAIL_SECURITY", "starttls") == "tls"
    EMAIL_TIMEOUT = 20
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR / "mail"

# --- language and time ------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("Français")), ("en", _("Anglais"))]
USE_I18N = USE_TZ = True
TIME_ZONE = "Europe/Paris"
LOCALE_PATHS: list[str] = []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "INFO" if not IS_DEMO else "WARNING"},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
