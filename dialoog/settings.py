"""All settings, by topic. Values from outside come only through `environment`."""

from datetime import timedelta
from email.utils import parseaddr
from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _
from whitenoise.compress import Compressor

from dialoog.environment import read_environment
from dialoog.kernel.workspaces import provider

BASE_DIR = Path(__file__).resolve().parent.parent
ENVIRONMENT = read_environment(BASE_DIR)

# --- base
DEBUG = ENVIRONMENT.debug
SECRET_KEY = ENVIRONMENT.secret_key
LINK_KEY = b"dialoog.links:" + SECRET_KEY.encode()
BASE_URL = ENVIRONMENT.base_url
EMBEDDED = ENVIRONMENT.embedded
VAR = ENVIRONMENT.var
ALLOWED_HOSTS = sorted({ENVIRONMENT.host, *({"localhost", "127.0.0.1", "[::1]"} if EMBEDDED else set())})
CSRF_TRUSTED_ORIGINS = [BASE_URL]
ROOT_URLCONF = "dialoog.urls"
WSGI_APPLICATION = "dialoog.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "crispy_forms",
    "csp",
    "django_htmx",
    "dialoog.kernel.ui",
    "dialoog.kernel.workspaces",
    "dialoog.kernel.audit",
    "dialoog.kernel.files",
    "dialoog.kernel.outbox",
    "stakeholders",
    "sessions.apps.SessionsConfig",
    "feedback",
    "dialoog.portal",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "dialoog.kernel.workspaces.middleware.LanguageMiddleware",
    "dialoog.kernel.workspaces.private.PrivatePagesMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "dialoog.kernel.workspaces.middleware.ProviderAwayMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["dialoog.kernel.ui.templatetags.ui", "django.templatetags.i18n"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ],
        },
    }
]
FORM_RENDERER = "dialoog.kernel.ui.renderer.Renderer"
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "dialoog"
CRISPY_FAIL_SILENTLY = False

# --- database and files
DATABASES = {"default": ENVIRONMENT.database}
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG
# these fonts are for paper, no browser asks for them: packing them took four seconds of the first start
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "ttf")
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# --- language and time
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("nl", _("Dutch"))]
LOCALE_PATHS = [BASE_DIR / "dialoog" / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"

# --- sign-in
AUTH_USER_MODEL = "workspaces.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "dialoog.kernel.members.adapter.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "dialoog.kernel.members.adapter.SocialAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_SIGNUP_FORM_CLASS = None
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# the page of a lost link counts along with sign-in: a whole office behind one address stays below it
ACCOUNT_RATE_LIMITS = {"lost_link": "40/10m/ip,200/d/ip"}
ACCOUNT_EMAIL_NOTIFICATIONS = True  # in our own words, by the outbox (members.notices)
ACCOUNT_CHANGE_EMAIL = True  # one address per person, changed by a code sent to the new one
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = EMBEDDED
MFA_TOTP_ISSUER = "Dialoog"
MFA_ADAPTER = "dialoog.kernel.members.adapter.MfaAdapter"
MFA_FORMS = {"add_webauthn": "dialoog.kernel.workspaces.passkeys.AddPasskeyForm"}
SOCIALACCOUNT_PROVIDERS = provider.settings_of(ENVIRONMENT.oidc)

# --- cookies and headers
_SECURE = BASE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _SECURE
SESSION_COOKIE_NAME = "dialoog_session"
CSRF_COOKIE_NAME = "dialoog_csrf"
GUEST_COOKIE_NAME = "dialoog_guest"
WORKSPACE_COOKIE_NAME = "dialoog_workspace"
SESSION_COOKIE_AGE = int(timedelta(days=14).total_seconds())
SECURE_HSTS_SECONDS = 31_536_000 if _SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _SECURE else None
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if _SECURE else 0  # limits per address count the visitor, not the proxy
SECURE_REFERRER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "dialoog.portal.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "media-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# --- mail: allauth's own mails go through the outbox (adapter); everything else always does
SMTP = ENVIRONMENT.smtp
MAIL_FROM = ENVIRONMENT.mail_from
DEFAULT_FROM_EMAIL = MAIL_FROM
MAIL_DOMAIN = parseaddr(MAIL_FROM)[1].rpartition("@")[2]
EMAIL_BACKEND = "dialoog.kernel.outbox.backend.OutboxBackend"

# what upper layers do in the transaction that gives a workspace another country, with its other holidays
WHEN_COUNTRY_CHANGES = ("sessions.actions.planned.recompute_all", "feedback.planned.plan_workspace")

# limits and used codes, for all web processes together
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "workspaces_shortmemory",
        "KEY_FUNCTION": "dialoog.kernel.workspaces.short_memory.hidden_key",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}

# --- queue
REDIS_URL = ENVIRONMENT.redis_url
OUTBOX_LEASE_SECONDS = 120
OUTBOX_SMTP_TIMEOUT = 20  # five answers fit into one lease

# --- log: ids, never names or addresses
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_tokens": {"()": "dialoog.kernel.logs.WithoutTokens"}},
    "formatters": {
        "plain": {
            "()": "dialoog.kernel.logs.WithoutValues",
            "format": "%(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["without_tokens"]}
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "fontTools": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
    },
}
