"""Where an instance keeps what its servers need: one folder of data, one of sockets."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from core.embedded.errors import DataNotOurs

# sockaddr_un.sun_path holds 108 bytes on Linux, 104 on macOS, the closing zero included.
SOCKET_PATH_BYTES = 103
LONGEST_SOCKET_NAME = ".s.PGSQL.5432.lock"


@dataclass(frozen=True)
class Places:
    """The folders of one instance, all derived from `data`."""

    data: Path

    @property
    def cluster(self) -> Path:
        return self.data / "postgres"

    @property
    def valkey(self) -> Path:
        return self.data / "valkey"

    @property
    def logs(self) -> Path:
        return self.data / "logs"

    @property
    def mutex(self) -> Path:
        """Held for the time of a start or a stop."""
        return self.data / "servers.mutex"

    @property
    def presence(self) -> Path:
        """Held, shared, by every process that uses the servers."""
        return self.data / "servers.presence"

    @property
    def sockets(self) -> Path:
        """Beside the data where the path is short enough, else under the temporary folder."""
        beside = self.data / "run"
        if len(os.fsencode(beside / LONGEST_SOCKET_NAME)) <= SOCKET_PATH_BYTES:
            return beside
        digest = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:12]
        short = Path("/tmp") if Path("/tmp").is_dir() else Path(tempfile.gettempdir())  # noqa: S108
        return short / f"cartable-{os.geteuid()}-{digest}"

    def make(self) -> None:
        """Makes the folders. Raises `DataNotOurs` where they cannot be written."""
        try:
            for folder in (self.data, self.logs, self.valkey):
                folder.mkdir(parents=True, exist_ok=True)
            self.sockets.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise self._not_ours() from error
        writable = os.access(self.data, os.W_OK) and os.access(self.logs, os.W_OK)
        # A folder of that name under /tmp may be anyone's: only root and we may own it.
        ours = os.geteuid() == 0 or self.sockets.stat().st_uid == os.geteuid()
        if not (writable and ours):
            raise self._not_ours()

    def _not_ours(self) -> DataNotOurs:
        return DataNotOurs(
            f"Le dossier de données {self.data} ne peut pas être utilisé par cet utilisateur.",
            remedy="Donnez-lui ce dossier (chown -R), ou indiquez-en un autre par CARTABLE_DATA.",
            path=str(self.data),
        )
