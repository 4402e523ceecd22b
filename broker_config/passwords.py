"""One password per device: the credential files, and the hashes that mosquitto reads."""

import base64
import hashlib
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

# Mosquitto's own default. Our passwords carry 192 random bits: no number of rounds makes them harder.
_ROUNDS = 101


def credential(directory: Path, device: str) -> str:
    """The password in `directory/device`, made and stored (mode 0600) when there is none.

    Raises OSError when the file can be neither read nor made.
    """
    path = directory / device
    if path.exists() and (kept := path.read_text(encoding="utf-8").strip()):
        path.chmod(0o600)
        return kept
    password = secrets.token_urlsafe(24)
    write_private(path, password + "\n")
    return password


def write_private(path: Path, text: str) -> None:
    """Replace a file in one step and durably, mode 0600 from its first moment."""
    fresh = path.with_name(f".{path.name}.new")
    fresh.unlink(missing_ok=True)
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def render_passwords(site_id: str, passwords: Mapping[str, str]) -> str:
    """The password file: `device:$7$...`, one line each, the same for the same input."""
    return "".join(f"{device}:{_hash(site_id, device, password)}\n" for device, password in passwords.items())


def _hash(site_id: str, device: str, password: str) -> str:
    # A salt need only be different for every user; a fixed one leaves the file unchanged from start to start.
    salt = hashlib.sha256(f"moiso/{site_id}/{device}".encode()).digest()[:12]
    digest = hashlib.pbkdf2_hmac("sha512", password.encode(), salt, _ROUNDS, 64)
    return f"$7${_ROUNDS}${base64.b64encode(salt).decode()}${base64.b64encode(digest).decode()}"
