"""Installs a lock file into `.venv`, once: `python .ci/install.py requirements.lock`.

Quick through uv where it can be had (its own small `.bootstrap`), by pip where not. Several may run
at once: one works, the others wait, then find the work done.
"""

import fcntl
import hashlib
import json
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV, BOOTSTRAP = ROOT / ".venv", ROOT / ".bootstrap"
STATE = VENV / ".installed.json"
RUN, DEV = "requirements.lock", "requirements-dev.lock"
UV = Path(__file__).with_name("uv.lock")


def main(lock: str) -> None:
    with (ROOT / ".setup.lock").open("w") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        if not usable(VENV):
            say(f"Environnement : {VENV} (Python {sys.version.split()[0]})")
            make(VENV)
        if satisfied(lock):
            return
        say(f"Installation de {lock} …")
        install(lock)
        STATE.write_text(json.dumps(digests(lock)))


def usable(folder: Path) -> bool:
    python = folder / "bin" / "python"
    if not python.exists():
        return False
    probe = "import sys; sys.exit(sys.version_info < (3, 12))"
    return subprocess.run([python, "-c", probe], capture_output=True, check=False).returncode == 0


def make(folder: Path) -> None:
    try:
        venv.create(folder, clear=folder.exists(), with_pip=True, symlinks=True)
    except (subprocess.CalledProcessError, ImportError):
        sys.exit(
            "Ce Python ne sait pas créer d’environnement virtuel. Sous Debian ou Ubuntu : "
            f"apt install python{sys.version_info.major}.{sys.version_info.minor}-venv"
        )


def digests(lock: str) -> dict[str, str]:
    """What an installation of `lock` brings: the development one brings the other too."""
    names = [RUN, DEV] if lock == DEV else [RUN]
    return {name: hashlib.sha256((ROOT / name).read_bytes()).hexdigest() for name in names}


def satisfied(lock: str) -> bool:
    if not STATE.exists():
        return False
    known = json.loads(STATE.read_text())
    return all(known.get(name) == digest for name, digest in digests(lock).items() if name == lock)


def install(lock: str) -> None:
    uv = quick()
    if uv is not None:
        command = [
            uv,
            "pip",
            "install",
            "--quiet",
            "--python",
            VENV / "bin" / "python",
            "--require-hashes",
            "-r",
            lock,
        ]
        if subprocess.run(command, cwd=ROOT, env=uv_environment(), check=False).returncode == 0:
            return
        say("uv n’y parvient pas ; pip prend la suite.")
    if subprocess.run(
        [VENV / "bin" / "python", "-m", "pip", "--version"], capture_output=True, check=False
    ).returncode:
        subprocess.run([VENV / "bin" / "python", "-m", "ensurepip"], check=True)
    command = [VENV / "bin" / "python", "-m", "pip", "install", "--quiet", "--require-hashes", "-r", lock]
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        sys.exit(
            "L’installation a échoué : lisez plus haut ce qui manque (réseau, disque), puis recommencez."
        )


def quick() -> Path | None:
    """uv, in a small environment of its own; None where it cannot be had."""
    uv = BOOTSTRAP / "bin" / "uv"
    if not uv.exists():
        if not usable(BOOTSTRAP):
            make(BOOTSTRAP)
        pip = [BOOTSTRAP / "bin" / "python", "-m", "pip", "install", "--quiet", "--require-hashes", "-r", UV]
        subprocess.run(pip, capture_output=True, check=False)
    return uv if uv.exists() else None


def uv_environment() -> dict[str, str]:
    """uv reads its own variables only: it is told what pip was."""
    told = dict(os.environ)
    for theirs, ours in (
        ("PIP_INDEX_URL", "UV_INDEX_URL"),
        ("PIP_EXTRA_INDEX_URL", "UV_EXTRA_INDEX_URL"),
        ("PIP_CERT", "SSL_CERT_FILE"),
    ):
        if theirs in told:
            told.setdefault(ours, told[theirs])
    if (found := told.get("PIP_FIND_LINKS")) and Path(found).exists():
        told.setdefault("UV_FIND_LINKS", found)
    return told


def say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else RUN)
