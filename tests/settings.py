"""The product's own settings in the tests' environment: cheap password hashing, static files sought when asked for."""

import os

from tests import environment

environment.prepare()
# For what tests start as processes of their own: the real settings, in the environment prepared above.
os.environ["DJANGO_SETTINGS_MODULE"] = "pinole_service.settings"

from pinole_service.settings import *  # noqa: E402, F403  # the environment has to be ready first

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Every test client builds the middleware anew, and reading all static files for that took a tenth of the suite.
WHITENOISE_AUTOREFRESH = True
