"""The product's own settings in the tests' environment; only password hashing is made cheap."""

import os

from tests import environment

environment.prepare()
# For what tests start as processes of their own: the real settings, in the environment prepared above.
os.environ["DJANGO_SETTINGS_MODULE"] = "pinole_service.settings"

from pinole_service.settings import *  # noqa: E402, F403  # the environment has to be ready first

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
