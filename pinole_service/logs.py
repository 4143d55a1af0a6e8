"""Structured logs: JSON lines in production, readable lines on one machine."""

import re
from typing import Any

import structlog
from structlog.types import EventDict, Processor, WrappedLogger

# What opens a survey, typed in capitals too; whatever line it would stand in (docs/decisions/0039).
_SURVEY = re.compile(r"/survey/[a-z2-7]{24}", re.IGNORECASE)


def without_links(text: str) -> str:
    """Take out of a text what opens a survey."""
    return _SURVEY.sub("/survey/…", text)


def _drop_links(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Leave no link to a survey in a line, whoever wrote it: refusals of Django's name the path they refuse."""
    return {name: without_links(value) if isinstance(value, str) else value for name, value in event.items()}


_SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.stdlib.PositionalArgumentsFormatter(),
    _drop_links,
]


def configuration(*, level: str, json: bool) -> dict[str, Any]:
    """Configure structlog and return the LOGGING that sends every line to standard output."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            _drop_request_starts,
            *_SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "lines": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": _rendering(json=json),
                "foreign_pre_chain": _SHARED,
            },
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.server": {"handlers": [], "level": level, "propagate": True},
            # Expected answers (403, 404) are in the request line already.
            "django.request": {"level": "ERROR"},
            # One line for each tick and one for each task would drown the rest; tasks log what they did.
            "celery.beat": {"level": "WARNING"},
            "celery.worker.strategy": {"level": "WARNING"},
            "celery.app.trace": {"level": "WARNING"},
            # A dozen lines for each page of a PDF.
            "weasyprint": {"level": "WARNING"},
            "fontTools": {"level": "WARNING"},
            # It warns that a folder has no host name.
            "kombu.connection": {"level": "ERROR"},
        },
    }


def _rendering(*, json: bool) -> list[Processor]:
    remove_meta = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    if json:
        return [remove_meta, structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    return [remove_meta, structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)]


def _drop_request_starts(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Leave one line for each request: the one written when it is answered."""
    if event.get("event") == "request_started":
        raise structlog.DropEvent
    return event
