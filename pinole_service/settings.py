"""Every setting of the product, read from the environment, top to bottom.

Three ways to run: production (the default as soon as SECRET_KEY, ALLOWED_HOSTS or DEBUG is set), embedded
(`make run`: one machine, nothing to install, PINOLE_EMBEDDED=1) and debugging (DEBUG=1). Production starts only
when everything it needs is named; README.md lists every variable.
"""

import os
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from pinole_service import __version__, environment, logs

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# --- Which way we run -------------------------------------------------------------------------------------------------
DEBUG: bool = env.bool("DEBUG", default=False)
_UNCONFIGURED = not {"DEBUG", "SECRET_KEY", "ALLOWED_HOSTS"} & set(os.environ)
EMBEDDED: bool = env.bool("PINOLE_EMBEDDED", default=_UNCONFIGURED)
LOCAL = DEBUG or EMBEDDED
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var"))).resolve()

# --- Secrets and hosts ------------------------------------------------------------------------------------------------
SECRET_KEY: str = env.str("SECRET_KEY", default="")
AUDIT_KEY: str = env.str("AUDIT_KEY", default="")
if LOCAL:
    SECRET_KEY = SECRET_KEY or environment.kept_secret(VAR_DIR / "secret-key")
    AUDIT_KEY = AUDIT_KEY or environment.kept_secret(VAR_DIR / "audit-key")
SECRET_KEY = environment.checked_secret("SECRET_KEY", SECRET_KEY)
# Keys used before open what they locked and sign nothing new. AUDIT_KEY is apart: either can be changed alone.
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", default=[])
AUDIT_KEY = environment.checked_secret("AUDIT_KEY", AUDIT_KEY)

ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=[])
if LOCAL:
    ALLOWED_HOSTS = [*ALLOWED_HOSTS, "localhost", "127.0.0.1", "[::1]"]
if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS must name the host names people use, for instance service.city.example.")
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])
_LOCAL_URL = f"http://127.0.0.1:{env.str('PORT', default='8000')}"
PUBLIC_URL: str = env.str("PUBLIC_URL", default=_LOCAL_URL if LOCAL else f"https://{ALLOWED_HOSTS[0]}")

# --- The product ------------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django.forms",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
    "django_structlog",
    "requests_app",
]
MIDDLEWARE = [
    "pinole_service.middleware.RequestReferenceMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "pinole_service.middleware.InstantMiddleware",
    "pinole_service.middleware.NoStoreMiddleware",
    "pinole_service.middleware.PathOnlyLogMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pinole_service.middleware.LockedCounterMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "pinole_service.middleware.SignInMiddleware",
    "pinole_service.middleware.SecondFactorMiddleware",
]
ROOT_URLCONF = "pinole_service.urls"
WSGI_APPLICATION = "pinole_service.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "requests_app.context_processors.navigation",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # our widgets before Django's, which "django.forms" brings
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"

VERSION: str = __version__
# Where the newest version is announced, as JSON: {"version": "0.4.0"}. Empty: nobody looks.
UPDATES_URL: str = env.str("UPDATES_URL", default="")
if UPDATES_URL and not UPDATES_URL.startswith("https://"):
    raise ImproperlyConfigured("UPDATES_URL must begin with https://, so that nobody can put another answer in.")

# --- Database, cache, sessions ----------------------------------------------------------------------------------------
DATABASE_URL: str = env.str("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'pinole.sqlite3'}" if LOCAL else "")
if not DATABASE_URL:
    raise ImproperlyConfigured("DATABASE_URL is not set. Set it to postgres://user:password@host:5432/name.")
ALLOW_SQLITE: bool = env.bool("ALLOW_SQLITE", default=LOCAL)
DATABASES = {"default": environment.database(environ.Env.db_url_config(DATABASE_URL), sqlite_allowed=ALLOW_SQLITE)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# The cache holds sign-in throttles and nothing else, in the database so that nobody needs Redis to sign in. The
# default of 300 entries would let a guesser push out the counts against them.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "throttle_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"

# --- Files ------------------------------------------------------------------------------------------------------------
ATTACHMENTS_ROOT = Path(env.str("ATTACHMENTS_ROOT", default=str(VAR_DIR / "attachments")))
BACKUP_DIR = Path(env.str("BACKUP_DIR", default=str(VAR_DIR / "backups")))
# Where a restore is tried out: a database that may be made and dropped. Without one, it is made beside our own.
RESTORE_DRILL_URL: str = env.str("RESTORE_DRILL_URL", default="")

# What programs that we start ourselves are given: PostgreSQL's own, and our own commands in a restore drill.
PROGRAM_ENVIRONMENT = dict(os.environ)

# --- Celery -----------------------------------------------------------------------------------------------------------
BROKER_URL: str = env.str("BROKER_URL", default=f"filesystem://{VAR_DIR / 'broker'}" if LOCAL else "")
if not BROKER_URL:
    raise ImproperlyConfigured("BROKER_URL is not set. Set it to redis://host:6379/0.")
BROKER_TRANSPORT_OPTIONS = environment.broker_options(BROKER_URL)

# --- Mail -------------------------------------------------------------------------------------------------------------
EMAIL_URL: str = env.str("EMAIL_URL", default=f"file://{VAR_DIR / 'mail'}" if LOCAL else "")
if not EMAIL_URL:
    raise ImproperlyConfigured("EMAIL_URL is not set. Set it to submission://user:password@host or smtp://host.")
_MAIL = environment.email(EMAIL_URL)
EMAIL_BACKEND: str = _MAIL["EMAIL_BACKEND"]
EMAIL_FILE_PATH: str | None = _MAIL.get("EMAIL_FILE_PATH")
EMAIL_HOST: str = _MAIL.get("EMAIL_HOST", "")
EMAIL_PORT: int = _MAIL.get("EMAIL_PORT", 25)
EMAIL_HOST_USER: str = _MAIL.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD: str = _MAIL.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS: bool = _MAIL.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL: bool = _MAIL.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 30  # seconds: a mail server that hangs must not hold a sender longer
DEFAULT_FROM_EMAIL: str = env.str("DEFAULT_FROM_EMAIL", default="Pinole Service <service@pinole.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- Signing in -------------------------------------------------------------------------------------------------------
# Names the sessions that a PIN opened at a counter computer; it checks nothing itself.
COUNTER_PIN_BACKEND = "pinole_service.accounts.CounterPinBackend"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend", COUNTER_PIN_BACKEND]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "requests_app.forms.passwords.GuessableWordsValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/home/"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "pinole_service.accounts.ClosedSignupAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
# Guesses are counted in rows of our own (services/guesses.py); these limits hold for what is no guess.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None, "reset_password": "20/m/ip,3/10m/key"}  # nosec B105
MFA_FORMS = {
    "authenticate": "pinole_service.guessing.CountedAuthenticateForm",
    "reauthenticate": "pinole_service.guessing.CountedReauthenticateForm",
}
MFA_ADAPTER = "pinole_service.accounts.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses come from the directory, not from the visitor
MFA_TOTP_ISSUER = "City of Pinole service desk"
MFA_TOTP_TOLERANCE = 1  # periods of 30 seconds: a phone's clock may be off by that much

# The city's own sign-in page, such as Microsoft Entra: the same people, by the address in the directory.
OIDC_ISSUER: str = env.str("OIDC_ISSUER", default="")
OIDC_NAME: str = env.str("OIDC_NAME", default="Microsoft")
OIDC_HAS_SECOND_FACTOR: bool = env.bool("OIDC_HAS_SECOND_FACTOR", default=False)
SOCIALACCOUNT_ADAPTER = "pinole_service.oidc.DirectoryOnlyAdapter"
SOCIALACCOUNT_PROVIDERS = environment.oidc_providers(
    issuer=OIDC_ISSUER,
    client_id=env.str("OIDC_CLIENT_ID", default=""),
    secret=env.str("OIDC_CLIENT_SECRET", default=""),
    name=OIDC_NAME,
)
# For whoever reads confidential matters or decides what others may do (selectors/second_factors.py).
SECOND_FACTOR_REQUIRED: bool = env.bool("SECOND_FACTOR_REQUIRED", default=not LOCAL)
if not LOCAL and not SECOND_FACTOR_REQUIRED:
    raise ImproperlyConfigured("SECOND_FACTOR_REQUIRED cannot be switched off in production.")

# --- Files that people send -------------------------------------------------------------------------------------------
EXPORT_DIR = VAR_DIR / "exports"
_MB = 1024 * 1024
ATTACHMENT_MAX_BYTES: int = env.int("ATTACHMENT_MAX_MB", default=25) * _MB
UPLOAD_MAX_BYTES: int = env.int("UPLOAD_MAX_MB", default=50) * _MB
REQUEST_FILES_MAX_BYTES: int = env.int("REQUEST_FILES_MAX_MB", default=500) * _MB
FILE_UPLOAD_HANDLERS = [
    "pinole_service.uploads.BoundedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FILES = 50

# --- Browser security -------------------------------------------------------------------------------------------------
_SECURE = not LOCAL
_COOKIE_PREFIX = "__Host-" if _SECURE else ""
SESSION_COOKIE_NAME = f"{_COOKIE_PREFIX}sessionid"
SESSION_COOKIE_SECURE = _SECURE
SESSION_COOKIE_AGE = 12 * 60 * 60  # seconds: a working day
# Tells a registered counter computer; lives as long as browsers let a cookie live, and is renewed at each unlocking.
COUNTER_COOKIE_NAME = f"{_COOKIE_PREFIX}counter"
COUNTER_COOKIE_AGE = 400 * 24 * 60 * 60  # seconds
KNOWN_BROWSER_COOKIE = f"{_COOKIE_PREFIX}knownbrowser"
CSRF_COOKIE_NAME = f"{_COOKIE_PREFIX}csrftoken"
CSRF_COOKIE_SECURE = _SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "requests_app.views.errors.csrf_failure"
LANGUAGE_COOKIE_SECURE = _SECURE
SECURE_SSL_REDIRECT = _SECURE
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS: int = env.int("HSTS_SECONDS", default=31_536_000) if _SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _SECURE
SECURE_HSTS_PRELOAD = _SECURE
BEHIND_PROXY: bool = env.bool("BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Whose guess it is: the last address in X-Forwarded-For, which our proxy wrote, or without one the connection's own.
ALLAUTH_TRUSTED_PROXY_COUNT = int(BEHIND_PROXY)
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        # Not 'none': Firefox before 132 then refuses icons drawn through <use>.
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        # A form's redirect counts: the button that leads to the city's sign-in page is one.
        "form-action": [SELF, *environment.origin_of(OIDC_ISSUER)],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}

# --- Language and time ------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE: str = env.str("TIME_ZONE", default="America/Los_Angeles")
environment.refuse_unknown_time_zone(TIME_ZONE)

# --- Static files -----------------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR_DIR / "static")))
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static"]
_STORAGE = "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _STORAGE if LOCAL else "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = LOCAL
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# --- Logs -------------------------------------------------------------------------------------------------------------
LOG_LEVEL: str = env.str("LOG_LEVEL", default="INFO")
LOGGING = logs.configuration(level=LOG_LEVEL, json=not LOCAL)
