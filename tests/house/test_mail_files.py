"""Mail as files: whole messages, one for each Message-ID, whatever the id holds."""

from email import message_from_bytes, policy
from pathlib import Path

from django.core.mail import EmailMessage

from requests_app.mail.eml_backend import EmailBackend


def send(folder: Path, message_id: str, body: str = "Answer by Wednesday – por favor.") -> list[Path]:
    message = EmailMessage("Due today", body, "service@pinole.example", ["staff@pinole.example"])
    message.extra_headers["Message-ID"] = message_id
    assert EmailBackend(file_path=str(folder)).send_messages([message]) == 1
    return sorted(folder.iterdir())


def test_a_message_becomes_a_file_that_mail_programs_open(tmp_path: Path) -> None:
    (path,) = send(tmp_path / "mail", "<notice-7@pinole.example>")
    assert path.name == "notice-7@pinole.example.eml"
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert (message["Subject"], message["To"]) == ("Due today", "staff@pinole.example")
    assert "Answer by Wednesday – por favor." in message.get_content()


def test_sending_again_leaves_one_file(tmp_path: Path) -> None:
    send(tmp_path, "<notice-7@pinole.example>")
    assert len(send(tmp_path, "<notice-7@pinole.example>")) == 1


def test_an_id_cannot_leave_the_folder(tmp_path: Path) -> None:
    (path,) = send(tmp_path / "mail", "<../../outside@pinole.example>")
    assert path.parent == tmp_path / "mail"
    assert list(tmp_path.glob("*.eml")) == []
