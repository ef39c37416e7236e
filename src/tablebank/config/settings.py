"""Django's settings. Nothing here reads a file or opens a connection when it is imported.

From the environment: `DATABASE_URL`, `DATABASE_APP_URL`, `TABLEBANK_HOME` (see
`store.database`), `TABLEBANK_SECRET_KEY`, `TABLEBANK_HOSTS` and `TABLEBANK_ORIGINS` (separated by
commas), `TABLEBANK_HTTPS=1` where the pages are served over TLS.
"""

import os
from importlib.util import find_spec

import structlog
from csp.constants import NONE, SELF
from django.utils.functional import lazy

from tablebank.config.secret import secret_key
from tablebank.store.database import databases
from tablebank.store.embedded.place import default_home


def _listed(name: str) -> list[str]:
    return [entry.strip() for entry in os.environ.get(name, "").split(",") if entry.strip()]


HOME = default_home()
HTTPS = os.environ.get("TABLEBANK_HTTPS") == "1"

SECRET_KEY = lazy(lambda: secret_key(environment=os.environ, home=HOME), str)()
DEBUG = False
ALLOWED_HOSTS = _listed("TABLEBANK_HOSTS") or ["localhost", "127.0.0.1", "[::1]", "testserver"]
CSRF_TRUSTED_ORIGINS = _listed("TABLEBANK_ORIGINS")

INSTALLED_APPS = [
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "ninja",
    "csp",
    "tablebank.store",
    *(face for face in ("tablebank.web", "tablebank.api") if find_spec(face)),
]
MIDDLEWARE = [
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "tablebank.web.language.LanguageOfPages",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "tablebank.api.urls.problems",
]
ROOT_URLCONF = "tablebank.config.urls"
WSGI_APPLICATION = "tablebank.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
APPEND_SLASH = False

# -- the database ----------------------------------------------------------------------------------

DATABASES = databases(environment=os.environ, home=HOME)
DATABASE_ROUTERS = ["tablebank.store.database.OwnerMigrates"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- time and language -----------------------------------------------------------------------------

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
LANGUAGE_COOKIE_NAME = "tb_language"

# -- what a browser is told ------------------------------------------------------------------------

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "tablebank.web.pages.entrance.csrf_failed"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
        "img-src": [SELF, "data:"],
    }
}

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True

# -- what is logged, to stderr ---------------------------------------------------------------------

_STEPS: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]
structlog.configure(
    processors=[*_STEPS, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
    cache_logger_on_first_use=True,
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "lines": {
            "()": structlog.stdlib.ProcessorFormatter,
            "foreign_pre_chain": _STEPS,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                structlog.processors.LogfmtRenderer(sort_keys=False, bool_as_flag=False),
            ],
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("TABLEBANK_LOG", "WARNING")},
}
