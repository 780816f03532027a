"""Every setting comes from the environment; `environment.py` says which of them stop a production start."""

import os
import sys
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from . import databases, environment, logs

BASE_DIR = Path(__file__).resolve().parent.parent
ENV = os.environ

VCDB_ENV = environment.kind(ENV)
PRODUCTION = VCDB_ENV == "production"
DEMO = VCDB_ENV == "demo"
if PRODUCTION and (refusals := environment.refusals(ENV)):
    raise ImproperlyConfigured("\n".join(refusals))

# The service
VCDB_SERVICE_NAME = SERVICE_NAME = "Vulnerable Children Database"
VCDB_COUNCIL_NAME = COUNCIL_NAME = ENV.get(
    "VCDB_COUNCIL_NAME", "Demo Borough Council" if DEMO else "Borough Council"
)
HELP_PHONE = ENV.get("VCDB_HELP_PHONE", "01632 960998" if DEMO else "")
HELP_HOURS = ENV.get("VCDB_HELP_HOURS", "")
#: What only the authority can say in the algorithmic transparency record, by field.
VCDB_TRANSPARENCY = environment.texts(ENV, "VCDB_TRANSPARENCY")
HUB_PHONE = ENV.get("VCDB_HUB_PHONE", "01632 960999" if DEMO else "")
# Where people sign in: what e-mails lead to.
VCDB_URL = ENV.get("VCDB_URL", "") or (
    f"https://{environment.words(ENV, 'ALLOWED_HOSTS', 'localhost')[0].strip('.')}/"
    if PRODUCTION
    else "http://127.0.0.1:8000/"
)
VCDB_HOME = Path(ENV.get("VCDB_HOME", BASE_DIR / ".vcdb")).expanduser().resolve()
VCDB_DATA = Path(ENV.get("VCDB_DATA", VCDB_HOME / "files")).expanduser().resolve()
# What delivered files are encrypted with: the first key writes, all of them read.
VCDB_FILE_KEYS = environment.file_keys(ENV)
# The watched folder; off where it is not set. A file is taken once it has not changed for so many seconds.
VCDB_INBOX = Path(ENV["VCDB_INBOX"]).expanduser().resolve() if ENV.get("VCDB_INBOX") else None
VCDB_INBOX_QUIET = float(ENV.get("VCDB_INBOX_QUIET", "20"))
VCDB_SAMPLES = Path(ENV.get("VCDB_SAMPLES", BASE_DIR.parent / "shared" / "data")).expanduser().resolve()
# Role keys (apps.access.roles) whose holders must have a second factor; "*" means everybody.
VCDB_MFA_ROLES = environment.words(ENV, "VCDB_MFA_ROLES", "*" if PRODUCTION else "")

SECRET_KEY = ENV.get("SECRET_KEY") or environment.kept_secret(VCDB_HOME)
# By which the reporting schema names children; without one it names none. A trial has one of its own.
VCDB_REPORTING_KEY = ENV.get("VCDB_REPORTING_KEY", "" if PRODUCTION else f"reporting {SECRET_KEY}")
DEBUG = not PRODUCTION and environment.flag(ENV, "DEBUG")
ALLOWED_HOSTS = environment.words(ENV, "ALLOWED_HOSTS", "127.0.0.1,localhost,[::1],testserver")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if PRODUCTION]

INSTALLED_APPS = [
    "vcdb",
    "apps.core",
    "apps.audit",
    "apps.accounts",
    "apps.agencies",
    "apps.people",
    "apps.access",
    "apps.extracts",
    "apps.children",
    "apps.matching",
    "apps.involvements",
    "apps.ragp",
    "apps.triage",
    "apps.lists",
    "apps.reviews",
    "apps.profiles",
    "apps.reports",
    "apps.pipeline",
    "apps.access.admin_config.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "guardian",
    "import_export",
    "django_htmx",
]

MIDDLEWARE = [
    "vcdb.health.HealthPage",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "vcdb.headers.PageHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "apps.access.mfa.SecondFactorMiddleware",
    # Innermost: one transaction with the reach set, round view and rendering.
    "apps.access.middleware.ReachMiddleware",
]

ROOT_URLCONF = "vcdb.urls"
WSGI_APPLICATION = "vcdb.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

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
                "apps.core.context_processors.frame",
            ],
        },
    },
]

# The parts
COMMAND = sys.argv[1] if len(sys.argv) > 1 and Path(sys.argv[0]).name == "manage.py" else ""
VCDB_DB_ROLE = databases.role_for(ENV, COMMAND)
DATABASES = {
    "default": databases.database(ENV, VCDB_HOME, VCDB_DB_ROLE, pool=environment.flag(ENV, "VCDB_DB_POOL"))
}
REDIS_URL = databases.queue_url(ENV, VCDB_HOME)
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "vcdb",
    }
}

CELERY_BROKER_URL = databases.broker_url(REDIS_URL)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_ALWAYS_EAGER = VCDB_ENV == "test"
CELERY_TASK_EAGER_PROPAGATES = True
CELERY_TIMEZONE = "Europe/London"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1

# Sign-in
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
    "guardian.backends.ObjectPermissionBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = f"{VCDB_SERVICE_NAME}: "
ACCOUNT_ADAPTER = "apps.accounts.adapter.AccountAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = VCDB_SERVICE_NAME
MFA_ALLOW_UNVERIFIED_EMAIL = True
if PRODUCTION:
    ALLAUTH_TRUSTED_PROXY_COUNT = int(ENV.get("VCDB_PROXIES", "1"))

ANONYMOUS_USER_NAME = None  # guardian: no row for somebody who is nobody
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = int(ENV.get("VCDB_SESSION_SECONDS", 60 * 60))
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_SAVE_EVERY_REQUEST = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
if PRODUCTION:
    SECURE_PROXY_SSL_HEADER = (f"HTTP_{ENV['VCDB_TLS_PROXY'].upper().replace('-', '_')}", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
# What holds for the council's other host names, and for lists that browsers ship, is the council's to say, not ours.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
if VCDB_ENV == "test":
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Language and time
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

# Files
STATIC_URL = "static/"
STATIC_ROOT = Path(ENV.get("VCDB_STATIC", BASE_DIR / "staticfiles"))
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("govuk", BASE_DIR / "node_modules/govuk-frontend/dist/govuk"),
    ("moj", BASE_DIR / "node_modules/@ministryofjustice/frontend/moj"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not PRODUCTION
MEDIA_ROOT = VCDB_DATA
FILE_UPLOAD_HANDLERS = [
    "vcdb.uploads.SizeGuard",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # a return of two thousand children

# Messages
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if PRODUCTION
    else f"django.core.mail.backends.{'console' if DEMO else 'dummy'}.EmailBackend"
)
if VCDB_ENV == "test":
    EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
EMAIL_HOST = ENV.get("EMAIL_HOST", "localhost")
# How people are told that a list is ready: notify, mail (the backend above) or files:FOLDER
VCDB_NOTICES = ENV.get("VCDB_NOTICES", "notify" if ENV.get("VCDB_NOTIFY_KEY") else "mail")
VCDB_NOTIFY_KEY = ENV.get("VCDB_NOTIFY_KEY", "")
VCDB_NOTIFY_URL = ENV.get("VCDB_NOTIFY_URL", "https://api.notifications.service.gov.uk")
VCDB_NOTIFY_TEMPLATES = {
    "ready": ENV.get("VCDB_NOTIFY_TEMPLATE", ""),
    "reminder": ENV.get("VCDB_NOTIFY_TEMPLATE_REMINDER", ENV.get("VCDB_NOTIFY_TEMPLATE", "")),
    "verify": ENV.get("VCDB_NOTIFY_TEMPLATE_VERIFY", ENV.get("VCDB_NOTIFY_TEMPLATE", "")),
}
DEFAULT_FROM_EMAIL = ENV.get("EMAIL_FROM", "vcdb@localhost")
LOGGING = logs.configure(ENV.get("VCDB_LOG_LEVEL", "INFO" if PRODUCTION else "WARNING"))
LOGGING_CONFIG = "logging.config.dictConfig"
if PRODUCTION:
    sys.excepthook = logs.fail_without_words

IMPORT_EXPORT_USE_TRANSACTIONS = True
IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True
