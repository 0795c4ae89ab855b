"""Whether a folder can hold batches: asked by a real write, since file systems promise more than they keep."""

from pathlib import Path
from uuid import uuid4

import psutil
from sqlalchemy import text

from govkit.messages import say
from govkit.store.database import file_database
from govkit.store.errors import StoreError, file_errors

# File systems of other machines: there SQLite's locks hold nothing, and two who write destroy each other's work.
_NETWORK = frozenset(
    {
        *("9p", "afpfs", "afs", "ceph", "cifs", "davfs", "fuse.ceph", "fuse.davfs", "fuse.davfs2", "fuse.glusterfs"),
        *("fuse.rclone", "fuse.smbnetfs", "fuse.sshfs", "fuse.vmhgfs-fuse", "gfs2", "glusterfs", "lustre", "ncpfs"),
        *("nfs", "nfs4", "ocfs2", "prl_fs", "smb2", "smb3", "smbfs", "sshfs", "vboxsf", "webdav"),
    }
)
_REMOTE = "remote"  # what psutil says of a network drive on Windows


def check_folder(folder: Path) -> None:
    """Make sure that a folder can hold batches: it is made where it is not there, then written to and read.

    Raises:
        StoreError: it is on a network drive, or SQLite cannot work in it.
    """
    with file_errors(str(folder)):
        folder.mkdir(parents=True, exist_ok=True)
        real = folder.resolve()
    if is_on_network(real):
        raise StoreError(say("store.network", folder=folder))
    path = real / f".{uuid4().hex}.tmp"
    database = file_database(path, new=True)
    try:
        with database.writing() as connection:
            mode = connection.execute(text("PRAGMA journal_mode")).scalar_one()
            connection.execute(text("CREATE TABLE probe (word TEXT)"))
            connection.execute(text("INSERT INTO probe VALUES ('kept')"))
        database.close()  # the next connection sees only what is in the file
        with database.reading() as connection:
            word = connection.execute(text("SELECT word FROM probe")).scalar_one()
    finally:
        database.close()
        path.unlink(missing_ok=True)
    if (mode, word) != ("wal", "kept"):
        raise StoreError(say("store.no_wal", folder=folder))


def is_on_network(folder: Path) -> bool:
    """Whether a folder, its links followed, is on another machine."""
    if is_share(str(folder)):
        return True
    mounts = psutil.disk_partitions(all=True)
    above = [mount for mount in mounts if folder.is_relative_to(mount.mountpoint)]
    # Of mounts on one point, the last one is what is seen.
    nearest = max(enumerate(above), key=lambda pair: (len(pair[1].mountpoint), pair[0]), default=None)
    if nearest is None:
        return False
    mount = nearest[1]
    return mount.fstype.lower() in _NETWORK or _REMOTE in mount.opts.split(",")


def is_share(folder: str) -> bool:
    r"""Whether a path of Windows names a share (\\server\share) and not a drive."""
    path = folder.upper()
    return path.startswith("\\\\?\\UNC\\") or (path.startswith("\\\\") and not path.startswith("\\\\?\\"))
