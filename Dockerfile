# Built in one stage, run in another: no compiler, no pip cache and no test tool is left in the image.
FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/venv
COPY requirements-run.txt .
RUN /opt/venv/bin/pip install --require-hashes --only-binary :all: --requirement requirements-run.txt \
    && /opt/venv/bin/pip uninstall --yes pip setuptools

FROM python:3.11-slim-bookworm
# What WeasyPrint draws PDF with, and what backups are made with: pg_dump must be as new as the server (15).
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core \
       postgresql-client \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --create-home --uid 10001 service \
    && install --directory --owner service /srv/service /srv/service/var /srv/service/var/attachments /srv/service/var/backups /srv/service/var/exports
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=pinole_service.settings \
    # Never the one-machine defaults, whatever is forgotten.
    PINOLE_EMBEDDED=0 \
    STATIC_ROOT=/srv/service/static-collected
WORKDIR /srv/service
COPY --from=build /opt/venv /opt/venv
COPY --chown=service . .
# Settings refuse to load without what production needs; these values live for one command.
RUN install --directory --owner service "$STATIC_ROOT" \
    && secret="$(python -c 'import secrets; print(secrets.token_urlsafe(64))')" \
    && SECRET_KEY="$secret" AUDIT_KEY="$secret" ALLOWED_HOSTS=build DATABASE_URL=postgres://build/build \
       BROKER_URL=redis://build EMAIL_URL=smtp://build python manage.py collectstatic --noinput --verbosity 0
USER service
EXPOSE 8000
# The home folder above is writable: gunicorn and celery keep small files there.
CMD ["gunicorn", "pinole_service.wsgi:application", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", \
     "--workers", "2", "--threads", "4", "--timeout", "60", "--graceful-timeout", "25", "--no-control-socket", \
     "--worker-tmp-dir", "/dev/shm"]
