"""Ray's own packaging, asked by JSON lines: {"root": …, "excludes": […]} or {"zip": …} gives what Ray makes of it."""
import hashlib
import json
import logging
import os
import sys
import tempfile
from pathlib import Path

from ray._private import ray_constants
from ray._private.runtime_env import packaging
from ray._private.thirdparty.pathspec import PathSpec
from zipfile import ZipFile

logging.disable(logging.CRITICAL)

own_dir_travel, own_match_file = packaging._dir_travel, PathSpec.match_file
visited = None
differs = set()


def dir_travel(path, *args, **kwargs):
    global visited
    visited = path
    own_dir_travel(path, *args, **kwargs)


def match_file(self, file, separators=None):
    """Notes where we do not follow Ray on purpose; see otherCases in tests/unit/packaging/rayCases.ts."""
    matches = own_match_file(self, file, separators)
    if file == "." and matches:
        differs.add("a pattern matches the directory of its own list")
    if not matches and visited.is_dir() and any(p.include and p.regex.match(file) for p in self.patterns):
        differs.add("a directory is taken back")
    return matches


packaging._dir_travel, PathSpec.match_file = dir_travel, match_file


def packaged(root, excludes):
    differs.clear()
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "package.zip"
        all_excludes = ray_constants.get_runtime_env_default_excludes() + excludes
        packaging.create_package(root, target, include_gitignore=True, excludes=all_excludes)
        with ZipFile(target) as package:
            # Empty directories are left out of ours, as git leaves them out of a clone.
            members = [name for name in package.namelist() if not name.endswith("/")]
    return {"members": members, "differs": sorted(differs)}


def unpacked(package):
    with tempfile.TemporaryDirectory() as folder:
        packaging.unzip_package(package, folder, remove_top_level_directory=True, unlink_zip=False)
        files = [Path(at) / name for at, _, names in os.walk(folder) for name in names]
        return {"files": [described(file, folder) for file in files]}


def described(file, folder):
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    return {"path": str(file.relative_to(folder)), "mode": file.stat().st_mode & 0o777, "digest": digest}


def answer(question):
    if "zip" in question:
        return unpacked(question["zip"])
    try:
        return packaged(question["root"], question["excludes"])
    except IndexError:
        # Ray stumbles over a line that is but "!" or a backslash.
        return {"members": [], "differs": ["Ray fails"]}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
