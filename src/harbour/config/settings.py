"""Settings, read from the environment that the command line prepares.

Nothing here starts anything.
"""

import os
from pathlib import Path
from typing import Any

from django.utils.csp import CSP

from harbour.config import providers, static_files
from harbour.config.database import APP_ROLE, CONTEXT_KEY_ID, OWNER_ROLE, django_database
from harbour.config.mail import mailer

BASE_DIR = Path(__file__).resolve().parents[3]
HARBOUR_HOME = Path(os.environ.get("HARBOUR_HOME", BASE_DIR / ".harbour"))
HARBOUR_DEMO = os.environ.get("HARBOUR_DEMO") == "1"
# Loopback without TLS: the demo and the tests. In production the edge speaks TLS and cookies say
# so.
HARBOUR_PLAIN_HTTP = HARBOUR_DEMO or os.environ.get("HARBOUR_PLAIN_HTTP") == "1"
DEBUG = os.environ.get("HARBOUR_DEBUG") == "1"

SECRET_KEY = os.environ.get("HARBOUR_SECRET_KEY", "")
HARBOUR_CONTEXT_KEY = bytes.fromhex(os.environ.get("HARBOUR_CONTEXT_KEY", ""))
HARBOUR_CONTEXT_KEY_ID = CONTEXT_KEY_ID
# Wraps the keys that files are encrypted with. Without it no file is taken in.
HARBOUR_FILE_KEY = bytes.fromhex(os.environ.get("HARBOUR_FILE_KEY", ""))
# Where clamd listens: a socket's path, or host:port. Empty: files are kept, marked not scanned.
HARBOUR_CLAMD = os.environ.get("HARBOUR_CLAMD", "")
# Signs the roots of the ledger: the worker has it, the web server and the database do not.
HARBOUR_LEDGER_KEY = os.environ.get("HARBOUR_LEDGER_KEY", "")
HARBOUR_LEDGER_KEY_BEFORE = os.environ.get("HARBOUR_LEDGER_KEY_BEFORE", "")
# Where witness files lie, best on another host; the authority that signed the certificates of
# agencies' endpoints, if it is their own; and hosts that may lie in an inner network.
HARBOUR_WITNESS_FOLDER = os.environ.get("HARBOUR_WITNESS_FOLDER") or HARBOUR_HOME / "witnesses"
HARBOUR_WITNESS_CA = os.environ.get("HARBOUR_WITNESS_CA", "")
HARBOUR_WITNESS_INNER_HOSTS = frozenset(
    filter(None, os.environ.get("HARBOUR_WITNESS_INNER_HOSTS", "").split(","))
)
ALLOWED_HOSTS = os.environ.get("HARBOUR_HOSTS", "127.0.0.1,localhost").split(",")
CSRF_TRUSTED_ORIGINS = [each for each in os.environ.get("HARBOUR_ORIGINS", "").split(",") if each]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    # Before the sign-in library, whose templates it replaces.
    "harbour.foundation.entrance",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "procrastinate.contrib.django",
    "harbour.foundation.kernel",
    "harbour.foundation.agencies",
    "harbour.foundation.access",
    "harbour.foundation.audit",
    "harbour.foundation.approvals",
    "harbour.foundation.documents",
    "harbour.foundation.ui",
    "harbour.record.places",
    "harbour.record.people",
    "harbour.record.sharing",
    "harbour.record.providers",
    "harbour.record.attachments",
    "harbour.record.restrictions",
    "harbour.record.emergency",
    "harbour.record.linkage",
    "harbour.work.referrals",
    "harbour.work.assessments",
    "harbour.work.cases",
    "harbour.work.missing",
    "harbour.work.returns",
    "harbour.work.hosting",
    "harbour.work.discussions",
    "harbour.work.awareness",
    "harbour.insight.network",
    "harbour.insight.reporting",
    "harbour.hub.home",
    "harbour.hub.meetings",
    "harbour.hub.retention",
    "harbour.hub.subject_access",
    "harbour.hub.oversight",
    "harbour.hub.staff",
    "harbour.hub.witnesses",
    "harbour.exchange.ssda903",
    "harbour.exchange.police_missing",
    "harbour.exchange.statutory_returns",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "harbour.foundation.entrance.middleware.Discretion",
    "harbour.foundation.access.middleware.SessionLimits",
    "harbour.foundation.entrance.middleware.SameBrowser",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "harbour.foundation.access.middleware.HubContext",
    "harbour.foundation.access.middleware.SecondFactor",
    "harbour.foundation.access.middleware.DenyByDefault",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "harbour.foundation.ui.middleware.Answers",
    "harbour.record.people.views.reasons.AskWhy",
]
# Messages live with the session: no second cookie.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# The sign-in library and static files carry their own rules.
HARBOUR_UNMARKED_VIEWS = ("allauth.", "django.views.", "django.contrib.staticfiles", "whitenoise.")

ROOT_URLCONF = "harbour.config.urls"
WSGI_APPLICATION = "harbour.config.wsgi.application"
HARBOUR_NAVIGATION = "harbour.config.navigation.NAVIGATION"
HARBOUR_PURPOSES = "harbour.config.purposes.PURPOSES"
HARBOUR_CHILD_OF = "harbour.config.purposes.CHILD_OF"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "src/harbour/foundation/ui/templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "harbour.foundation.ui.context.frame",
            ],
        },
    },
]
FORM_RENDERER = "harbour.foundation.ui.renderer.GovukRenderer"


def _database() -> dict[str, Any]:
    if os.environ.get("HARBOUR_DATABASE_AS") == "migrate":
        return django_database(os.environ["HARBOUR_MIGRATE_DATABASE_URL"], role=OWNER_ROLE)
    if os.environ.get("HARBOUR_DATABASE_AS") == "test":
        # The tests' login may take the other roles on for set-up and checks; it starts as the
        # application.
        database = django_database(os.environ["HARBOUR_TEST_LOGIN_DATABASE_URL"], role=APP_ROLE)
        database["OPTIONS"] |= {"server_side_binding": True}
        return database
    url = os.environ.get("HARBOUR_APP_DATABASE_URL")
    if not url:
        return {"ENGINE": "django.db.backends.dummy"}
    database = django_database(url)
    # Personal data stays out of the text of statements, and no cursor outlives its transaction.
    database["OPTIONS"] |= {"server_side_binding": True, "pool": {"min_size": 1, "max_size": 8}}
    database["DISABLE_SERVER_SIDE_CURSORS"] = True
    # Policies make plans longer to find than to run: a statement asked a third time keeps its plan.
    database["OPTIONS"] |= {"prepare_threshold": 2}
    # A page's statement that runs longer is stopped, and the page says that something went wrong.
    if seconds := int(os.environ.get("HARBOUR_STATEMENT_SECONDS", "0")):
        database["OPTIONS"] |= {"options": f"-c statement_timeout={seconds * 1000}"}
    return database


DATABASES = {"default": _database()}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "harbour_cache",
    },
}

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "harbour.foundation.entrance.passwords.NotOfObviousWords"},
    {"NAME": "harbour.foundation.entrance.breaches.NotEverybodysFirst"},
]
# A file of breached passwords, ordered by SHA-1; empty: only the common ones are known.
HARBOUR_BREACHED_PASSWORDS = os.environ.get("HARBOUR_BREACHED_PASSWORDS", "")
ACCOUNT_ADAPTER = "harbour.foundation.entrance.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# Guesses are counted per address, and per account and address together: nobody locks another out.
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "20/m/ip,5/300s/key"}
ACCOUNT_RATE_LIMITS |= {"activate": "20/m/ip,5/300s/key", "report": "20/m/ip"}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
MFA_ADAPTER = "harbour.foundation.entrance.adapter.FactorAdapter"
# In the order in which they are offered. No message to a phone: numbers are taken over.
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = HARBOUR_PLAIN_HTTP
MFA_RECOVERY_CODE_DIGITS = 12
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Harbour"
# Agencies' own sign-in (OpenID Connect). Nobody signs up: an account exists, or a group gives one.
SOCIALACCOUNT_ADAPTER = "harbour.foundation.entrance.adapter.IdentityAdapter"
SOCIALACCOUNT_PROVIDERS = {
    "oidc": {
        "APPS": providers.load(HARBOUR_HOME, os.environ, plain_http=HARBOUR_PLAIN_HTTP),
    },
}
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10
# With a provider, passwords are for these accounts only: they open the door when it fails.
HARBOUR_BREAK_GLASS = [
    each.strip().lower() for each in os.environ.get("HARBOUR_BREAK_GLASS", "").split(",") if each
]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/accounts/login/"

# Signed out after 30 minutes without a click, and after 12 hours (a long shift) whatever happens.
HARBOUR_SESSION_IDLE = 30 * 60
HARBOUR_SESSION_ABSOLUTE = 12 * 60 * 60
# How long a proof of who somebody is counts for acts that would do harm in other hands.
HARBOUR_PROOF_FRESH = 5 * 60
SESSION_COOKIE_AGE = HARBOUR_SESSION_ABSOLUTE
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "harbour_session" if HARBOUR_PLAIN_HTTP else "__Host-harbour_session"
SESSION_COOKIE_SECURE = not HARBOUR_PLAIN_HTTP
CSRF_COOKIE_NAME = "harbour_csrf" if HARBOUR_PLAIN_HTTP else "__Host-harbour_csrf"
CSRF_COOKIE_SECURE = not HARBOUR_PLAIN_HTTP
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = False
SECURE_PROXY_SSL_HEADER = None if HARBOUR_PLAIN_HTTP else ("HTTP_X_FORWARDED_PROTO", "https")
# How many proxies of the installation stand before it: whose address a rate limit counts.
ALLAUTH_TRUSTED_PROXY_COUNT = int(
    os.environ.get("HARBOUR_PROXIES", "0" if HARBOUR_PLAIN_HTTP else "1")
)
SECURE_HSTS_SECONDS = 0 if HARBOUR_PLAIN_HTTP else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
# Nothing leaves the site. Not "no-referrer": browsers then send a null origin with every form,
# which fails the forgery check.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF, CSP.NONCE],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [
        CSP.SELF,
        *providers.origins(SOCIALACCOUNT_PROVIDERS["oidc"]["APPS"]),
    ],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "report-uri": ["/policy/report/"],
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
# A file that is sent stays in memory until it is encrypted: no web host keeps one on its disk.
FILE_UPLOAD_HANDLERS = ["harbour.foundation.documents.uploads.InMemory"]

# The number the public form gives beside 999; in the demo an invented one.
HARBOUR_FRONT_DOOR_PHONE = os.environ.get(
    "HARBOUR_FRONT_DOOR_PHONE", "07700 900111" if HARBOUR_DEMO else ""
)

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

# Nothing is collected: WhiteNoise serves the files out of the packages.
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_ADD_HEADERS_FUNCTION = static_files.say
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_AUTOREFRESH = DEBUG

MAILERS = {"default": mailer(os.environ)}
DEFAULT_FROM_EMAIL = os.environ.get("HARBOUR_MAIL_FROM", "harbour@localhost")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "harbour.config.logs.Lines"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # What was tried and did not pass; docs/security-design.md says what stands in which log.
    "loggers": {"harbour.security": {"level": "INFO"}},
}
