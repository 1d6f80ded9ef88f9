"""Mail and folders: what lies outside of the database."""

import smtplib
import stat
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

from havre.foundation.antivirus import ScannerDown, ping
from havre.foundation.pdf.seal import WrongSeal, seal_from
from havre.project.demo.accounts import accounts_file
from havre.project.doctor.findings import Finding, fine, wrong
from havre.project.embedded.folders import Folders
from havre.project.settings import Settings

_SECONDS = 10
_SEAL_ENDS_SOON = timedelta(days=60)
_PORTS = {"smtps": 465, "smtp": 587, "smtp+plain": 25}


def examine_mail(house: Settings) -> Finding:
    """The folder can be written, or the server lets us in. No mail is sent."""
    if house.MAIL_FOLDER is not None:
        return _writable("mail", house.MAIL_FOLDER)
    url = urlsplit(house.SMTP_URL)
    host, port = url.hostname or "", url.port or _PORTS.get(url.scheme, 25)
    kind = smtplib.SMTP_SSL if url.scheme == "smtps" else smtplib.SMTP
    try:
        with kind(host, port, timeout=_SECONDS) as server:
            if url.scheme == "smtp":
                server.starttls()
            if url.username:
                server.login(unquote(url.username), unquote(url.password or ""))
    except (OSError, smtplib.SMTPException) as error:
        said = f"SMTP_URL: {host}:{port} refuses ({type(error).__name__})"
        return wrong("mail", said, "Check the server's address, its port, the name and password.")
    return fine("mail", f"{host}:{port} lets us in")


def examine_documents(house: Settings) -> Finding:
    """The folder of documents, made at the first one if need be."""
    folder = house.DOCUMENTS_FOLDER
    return _writable("documents", folder if folder.exists() else folder.absolute().parent)


def examine_scanner(house: Settings) -> Finding:
    """Whether clamd answers, where files are scanned."""
    what = "antivirus"
    if not house.CLAMAV_SOCKET:
        return fine(what, "none: files are cleaned and not scanned")
    try:
        ping(address=house.CLAMAV_SOCKET)
    except ScannerDown as down:
        remedy = "Start clamd, or mend CLAMAV_SOCKET: files that are sent wait for it."
        return wrong(what, f"clamd does not answer ({down})", remedy)
    return fine(what, "clamd answers")


def examine_bounces(house: Settings) -> Finding:
    """The folder in which mails that come back are found, where there is one."""
    what, folder = "bounces", house.BOUNCES_FOLDER
    if folder is None:
        return fine(what, "no folder: `havre mails bounced` takes reports")
    return _writable(what, folder / "new")


def examine_seal(house: Settings, *, now: datetime) -> Finding:
    """The seal of certificates: there, its own, and not about to end."""
    what = "seal"
    try:
        seal = seal_from(house.SEAL_KEY_FILE, house.SEAL_CERTIFICATE_FILE)
    except WrongSeal as refusal:
        return wrong(what, str(refusal), "docs/operations.md says which files are expected.")
    if seal is None:
        return fine(what, "none: certificates are issued without a seal")
    ends = f"its certificate ends on {seal.ends:%Y-%m-%d}"
    if not seal.in_force(now=now) or seal.ends - now < _SEAL_ENDS_SOON:
        return wrong(what, ends, "Have a new certificate made: SEAL_CERTIFICATE_FILE.")
    return fine(what, ends)


def examine_home(home: Path) -> Iterator[Finding]:
    """The embedded installation's folder: written, and its secrets read by nobody else."""
    yield _writable("home", home)
    private = (home / "keys.json", accounts_file(home), Folders(home).passwords)
    opened = [path for path in (*private, home / "mailbox") if _is_open(path)]
    if opened:
        names = " ".join(str(path) for path in opened)
        yield wrong("private files", f"others may read {names}", f"chmod go-rwx {names}")
    else:
        yield fine("private files", "read by their owner only")


def _writable(what: str, folder: Path) -> Finding:
    try:
        with tempfile.TemporaryFile(dir=folder):
            return fine(what, f"{folder} can be written")
    except OSError as error:
        remedy = f"Make {folder} a folder that this user may write to."
        return wrong(what, f"{folder}: {error.strerror}", remedy)


def _is_open(path: Path) -> bool:
    return path.exists() and bool(stat.S_IMODE(path.stat().st_mode) & 0o077)
