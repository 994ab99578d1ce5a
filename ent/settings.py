"""Settings, read from the environment; `docs/settings.md` lists each with its default."""

import os
from datetime import timedelta
from pathlib import Path

from celery.schedules import crontab
from django.utils.csp import CSP

from core.embedded import services
from ent import mailers, storage

BASE_DIR = Path(__file__).resolve().parent.parent


def flag(name: str, default: bool = False) -> bool:
    return os.environ.get(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


CARTABLE_PRODUCTION = flag("CARTABLE_PRODUCTION")
# Its pages show the inside of the site: never in production, whatever was left in the environment.
DEBUG = flag("CARTABLE_DEBUG") and not CARTABLE_PRODUCTION
CARTABLE_DATA = Path(os.environ.get("CARTABLE_DATA", BASE_DIR / "var")).resolve()
CARTABLE_URL = os.environ.get("CARTABLE_URL", "http://localhost:8000")

# Secrets: given in production; elsewhere made once and kept beside the data.
SECRET_KEY = services.secret("CARTABLE_SECRET_KEY", CARTABLE_DATA, required=CARTABLE_PRODUCTION)
CARTABLE_CODE_KEY = services.secret("CARTABLE_CODE_KEY", CARTABLE_DATA, required=CARTABLE_PRODUCTION)

_hosts = os.environ.get("CARTABLE_ALLOWED_HOSTS", "" if CARTABLE_PRODUCTION else "*")
ALLOWED_HOSTS = [host.strip() for host in _hosts.split(",") if host.strip()]
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("CARTABLE_ORIGINS", "").split(",") if o]

INSTALLED_APPS = [
    "core",
    "ui",
    "schools",
    "accounts",
    "directory",
    "timeline",
    "sharing",
    "rollover",
    "documents",
    "feeds",
    "messaging",
    "blog",
    "notebooks",
    "support",
    "admin_console",
    "home",
    *([] if CARTABLE_PRODUCTION else ["demo"]),
    "ent",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "django_htmx",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "blog.middleware.PublicPagesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "ui.middleware.NulMiddleware",
    "accounts.middleware.AuthenticationMiddleware",
    "accounts.middleware.LoginRequiredMiddleware",
    "accounts.middleware.GateMiddleware",
    "directory.middleware.ApplicationsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "ent.urls"
WSGI_APPLICATION = "ent.wsgi.application"
FORM_RENDERER = "ui.forms.FormRenderer"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.messages.context_processors.messages",
                "ui.context.shell",
            ],
        },
    },
]

# Real servers where the environment names them, the embedded ones elsewhere.
DATABASES = {"default": services.database(CARTABLE_DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = services.redis_url(CARTABLE_DATA)
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": services.cache_url(REDIS_URL),
    }
}

CELERY_BROKER_URL = services.broker_url(REDIS_URL)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A message comes back when its worker dies; one that outlasts the timeout would run twice, so it is
# longer than any job. Without the next two, what a killed worker held comes back after minutes.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": int(timedelta(hours=2).total_seconds()),
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_DEFAULT_QUEUE = "cartable"
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "Europe/Paris"
CELERY_BEAT_SCHEDULE_FILENAME = str(CARTABLE_DATA / "schedule")
# What runs by itself; `docs/operate.md` tells why.
CELERY_BEAT_SCHEDULE = {
    "worker-alive": {"task": "core.say_alive", "schedule": timedelta(seconds=10), "options": {"expires": 10}},
    "accounts-sessions": {"task": "accounts.clear_sessions", "schedule": crontab(hour=4, minute=10)},
    "accounts-life": {"task": "accounts.advance_lifecycle", "schedule": crontab(hour=3, minute=30)},
    "accounts-takeouts": {"task": "accounts.forget_takeouts", "schedule": crontab(hour=4, minute=15)},
    "sharing-withdrawals": {"task": "sharing.forget_withdrawals", "schedule": crontab(hour=3, minute=50)},
    "feeds-nightly": {"task": "feeds.nightly", "schedule": crontab(hour=2, minute=30)},
    "messages-due": {"task": "messaging.send_due", "schedule": timedelta(minutes=1)},
    "blog-posts-due": {"task": "blog.publish_due", "schedule": timedelta(minutes=1)},
    "messages-reports": {"task": "messaging.forget_reports", "schedule": crontab(hour=4, minute=20)},
    "turns-counted": {"task": "rollover.count_left", "schedule": timedelta(minutes=10)},
    "notices-due": {"task": "home.tell_notices", "schedule": timedelta(minutes=5)},
    "tickets-old": {"task": "support.forget_tickets", "schedule": crontab(hour=4, minute=25)},
    "news-mails": {"task": "timeline.send_mails", "schedule": timedelta(minutes=5)},
    "news-daily": {"task": "timeline.gather_daily", "schedule": crontab(hour=7, minute=5)},
    "news-weekly": {
        "task": "timeline.gather_weekly",
        "schedule": crontab(hour=7, minute=10, day_of_week="mon"),
    },
    "news-old": {"task": "timeline.forget_old", "schedule": crontab(hour=4, minute=40)},
    "storage": {"task": "core.collect_blobs", "schedule": crontab(hour=5, minute=0)},
    "invariants": {"task": "core.check_invariants", "schedule": crontab(hour=4, minute=30)},
    "jobs-finished": {"task": "core.forget_finished_jobs", "schedule": crontab(hour=4, minute=50)},
    "jobs-forgotten": {"task": "core.resend_forgotten_jobs", "schedule": timedelta(minutes=5)},
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.LoginBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "account:sign_in"
# Where whoever is pre-deleted is led: the one page left to them.
CARTABLE_LEAVING_URL = "account:leaving"
LOGIN_REDIRECT_URL = "/"
# Days an absent account keeps everything, then days before it is deleted: 92 at most together.
CARTABLE_GRACE_DAYS = int(os.environ.get("CARTABLE_GRACE_DAYS", "30"))
CARTABLE_PRE_DELETION_DAYS = int(os.environ.get("CARTABLE_PRE_DELETION_DAYS", "60"))
# Days before the end of the grace on which the person is told, once.
CARTABLE_LEAVING_NOTICE_DAYS = int(os.environ.get("CARTABLE_LEAVING_NOTICE_DAYS", "15"))
# Days for which an archive of somebody's contents waits for them.
CARTABLE_TAKEOUT_DAYS = int(os.environ.get("CARTABLE_TAKEOUT_DAYS", "7"))
SESSION_ENGINE = "accounts.session_store"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = CARTABLE_PRODUCTION
SESSION_COOKIE_AGE = int(timedelta(days=14).total_seconds())
SESSION_COOKIE_HTTPONLY = True

# Who sends the bytes of a download: '' for a bucket by itself, else the application; `stream`,
# `redirect`, `sendfile`, `accel:/prefix/`.
CARTABLE_SEND_FILES = os.environ.get("CARTABLE_SEND_FILES", "")
CARTABLE_STORAGE_URL = os.environ.get("CARTABLE_STORAGE_URL", "")
_SHOWN_FROM = [CSP.SELF, *storage.origins(CARTABLE_STORAGE_URL, CARTABLE_SEND_FILES)]

SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF],
    "img-src": [*_SHOWN_FROM, "data:", "blob:"],
    "media-src": [*_SHOWN_FROM, "blob:"],
    "frame-src": _SHOWN_FROM,
    "connect-src": [CSP.SELF],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "form-action": [CSP.SELF],
}
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = CARTABLE_PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked from inside, without a certificate
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if CARTABLE_PRODUCTION else None
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if CARTABLE_PRODUCTION else 0
# Subdomains and preloading bind a whole domain, which is its owner's to decide, not the site's.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
CARTABLE_TRUSTED_PROXIES = int(os.environ.get("CARTABLE_TRUSTED_PROXIES", "0"))

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = CARTABLE_DATA / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns of a folder that is not there
STORAGES = {
    "default": storage.from_url(CARTABLE_STORAGE_URL, CARTABLE_DATA),
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if CARTABLE_PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
# One file, in bytes; hours that an interrupted upload waits; the pixels of a picture that may be opened.
CARTABLE_UPLOAD_BYTES = int(os.environ.get("CARTABLE_UPLOAD_BYTES", "2000000000"))
CARTABLE_UPLOAD_HOURS = int(os.environ.get("CARTABLE_UPLOAD_HOURS", "24"))
# The space of a person, in bytes, by profile.
CARTABLE_QUOTA_BYTES = {
    "TEACHER": 5_000_000_000,
    "STAFF": 2_000_000_000,
    "PUPIL": 500_000_000,
    "RELATIVE": 200_000_000,
    "GUEST": 200_000_000,
} | {
    profile: int(size)
    for profile, size in (
        told.split("=") for told in os.environ.get("CARTABLE_QUOTA_BYTES", "").split(",") if told
    )
}
CARTABLE_IMAGE_PIXELS = int(os.environ.get("CARTABLE_IMAGE_PIXELS", "120000000"))
WHITENOISE_USE_FINDERS = not CARTABLE_PRODUCTION

MAILERS = mailers.from_url(os.environ.get("CARTABLE_MAIL_URL", ""), CARTABLE_DATA)
DEFAULT_FROM_EMAIL = os.environ.get("CARTABLE_MAIL_FROM", "Cartable <ne-pas-repondre@cartable.invalid>")

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PARSER_CLASSES": [
        "core.api.JSONParser",
        "rest_framework.parsers.FormParser",
        "rest_framework.parsers.MultiPartParser",
    ],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PAGINATION_CLASS": "core.api.CursorPages",
    "PAGE_SIZE": 50,
    "UNAUTHENTICATED_USER": "accounts.anonymous.Anonymous",
    "EXCEPTION_HANDLER": "ent.api.problem",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Cartable",
    "VERSION": "1",
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "ENUM_NAME_OVERRIDES": {
        "BlogCommentStateEnum": "blog.enums.Word",
        "BlogPostStateEnum": "blog.enums.State",
        "DrawingEnum": "accounts.enums.Drawing",
        "ExtentEnum": "directory.enums.Extent",
        "JobStateEnum": "core.models.JobState",
        "MemoDrawingEnum": "notebooks.memo_enums.Drawing",
        "MessageStateEnum": "messaging.enums.State",
        "NoticeStageEnum": "home.enums.Stage",
        "NoticeWeightEnum": "home.enums.Weight",
        "PartyEnum": "directory.enums.Party",
        "ProfileEnum": "accounts.enums.Profile",
        "RunStateEnum": "feeds.enums.RunState",
        "ScopeEnum": "directory.enums.Scope",
        "TicketCategoryEnum": "support.enums.Category",
        "TicketStateEnum": "support.enums.State",
        "TicketUrgencyEnum": "support.enums.Urgency",
        "WordStateEnum": "notebooks.enums.WordState",
    },
}

# Who runs this instance: named by the legal notice and the statements, '' where nobody said.
CARTABLE_PUBLISHER = os.environ.get("CARTABLE_PUBLISHER", "")
CARTABLE_PUBLISHER_ADDRESS = os.environ.get("CARTABLE_PUBLISHER_ADDRESS", "")
CARTABLE_PUBLICATION_DIRECTOR = os.environ.get("CARTABLE_PUBLICATION_DIRECTOR", "")
CARTABLE_HOST = os.environ.get("CARTABLE_HOST", "")
CARTABLE_CONTACT = os.environ.get("CARTABLE_CONTACT", "")
CARTABLE_DATA_OFFICER = os.environ.get("CARTABLE_DATA_OFFICER", "")

# What an administrator may send at once.
CARTABLE_FEED_UPLOAD_BYTES = 20_000_000
# From this day (month, day) a school whose staff nobody feeds is in the new year.
CARTABLE_FIRST_DAY_OF_SCHOOL = (9, 1)
# Which scolarity groups' shares end with the year: `all`, or `class` alone (those of the school stay).
ROLLOVER_PURGED_GROUPS = os.environ.get("ROLLOVER_PURGED_GROUPS", "all")

# Feeds: a school's own mark, that of the first feed of a year, the set's, that of schools that turn over.
# Each is a share and a number of people; both must be passed.
CARTABLE_FEED_SCHOOL_MARK = (0.30, 5)
CARTABLE_FEED_OPENING_MARK = (0.60, 5)
CARTABLE_FEED_SET_MARK = (0.10, 20)
CARTABLE_FEED_TURNING_MARK = (0.35, 20)
