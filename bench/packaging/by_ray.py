"""Times Ray's own packaging, asked by JSON lines: {"root": …} gives the seconds of its hash and of its zip, and the zip's bytes."""
import json
import logging
import sys
import tempfile
import time
from pathlib import Path

from ray._private import ray_constants
from ray._private.runtime_env import packaging

logging.disable(logging.CRITICAL)
excludes = ray_constants.get_runtime_env_default_excludes()


def measured(root):
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "package.zip"
        start = time.perf_counter()
        packaging.get_uri_for_directory(root, include_gitignore=True, excludes=excludes)
        hashed = time.perf_counter()
        packaging.create_package(root, target, include_gitignore=True, excludes=excludes)
        zipped = time.perf_counter()
        return {"hash": hashed - start, "zip": zipped - hashed, "bytes": target.stat().st_size}


print(json.dumps({"sources": str(Path(packaging.__file__).parents[2])}), flush=True)
for line in sys.stdin:
    print(json.dumps(measured(json.loads(line)["root"])), flush=True)
