"""A log line is JSON and says nothing about a person."""

import io
import json
import logging
import logging.config

import pytest
import structlog

from havre.project import logs


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    stream = io.StringIO()
    formatter = logs.CONFIGURATION["formatters"]["json"]
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        formatter["()"](
            foreign_pre_chain=formatter["foreign_pre_chain"], processors=formatter["processors"]
        )
    )
    logger = logging.getLogger("havre.tests.logs")
    monkeypatch.setattr(logger, "handlers", [handler])
    monkeypatch.setattr(logger, "propagate", False)
    logger.setLevel(logging.INFO)
    logs.configure()
    return stream


def test_an_event_is_one_json_object_a_line(written: io.StringIO) -> None:
    structlog.get_logger("havre.tests.logs").info("mail_not_sent", mail="0198", kind="code")
    line = json.loads(written.getvalue())
    assert (line["event"], line["mail"], line["level"]) == ("mail_not_sent", "0198", "info")


def test_an_exceptions_message_is_left_out(written: io.StringIO) -> None:
    try:
        raise ValueError("Key (email)=(claire@example.org) already exists")
    except ValueError:
        logging.getLogger("havre.tests.logs").exception("it failed")
    assert "claire" not in written.getvalue()
    line = json.loads(written.getvalue())
    assert line["exception"] == "ValueError"
    assert line["where"][-1].endswith("test_an_exceptions_message_is_left_out")
