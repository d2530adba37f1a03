"""Word 97 and RTF files: converted to DOCX by LibreOffice, where it is installed."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.errors import UnreadableFile
from corpus.layout import Document
from corpus.readers import docx

PATIENCE = 180  # seconds
_PROGRAMS = ("soffice", "libreoffice")
_INSTALL = "Install LibreOffice (apt install libreoffice-writer) or save the file as DOCX or PDF."
_RESAVE = "Save the file as DOCX or PDF and try that."


def read(path: Path) -> Document:
    """The document as its DOCX conversion reads.

    Raises `UnreadableFile` when LibreOffice is missing, fails, or takes longer than `PATIENCE`.
    """
    program = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        raise UnreadableFile(path.name, "it is a Word 97 or RTF document", _INSTALL)
    with TemporaryDirectory(prefix="juewen-doc-") as folder:
        document = docx.read(_converted(program, path, Path(folder)))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return replace(document, name=path.name, format="doc", digest=digest)


def _converted(program: str, path: Path, folder: Path) -> Path:
    """The DOCX that LibreOffice makes of the file, in a profile of its own.

    A shared profile would let a running office or a second conversion refuse the work.
    """
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    target = folder / "out"
    command = [program, profile, "--headless", "--norestore", "--convert-to", "docx",
               "--outdir", str(target), str(path.resolve())]  # fmt: skip
    try:
        subprocess.run(
            command, check=True, timeout=PATIENCE, capture_output=True,
            env={**os.environ, "HOME": str(folder)},
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        problem = f"its conversion took longer than {PATIENCE} seconds"
        raise UnreadableFile(path.name, problem, _RESAVE) from error
    except subprocess.CalledProcessError as error:
        raise UnreadableFile(path.name, "LibreOffice cannot convert it", _RESAVE) from error
    made = list(target.glob("*.docx"))
    if not made:
        raise UnreadableFile(path.name, "LibreOffice cannot convert it", _RESAVE)
    return made[0]
