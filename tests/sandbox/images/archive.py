#!/usr/bin/env python3
"""archive.py OUTPUT NAME LAYER...: an OCI image archive of plain layer tars, with the image's configuration on stdin.

Import it with: ctr --namespace k8s.io images import OUTPUT
"""

import hashlib
import io
import json
import os
import sys
import tarfile

LAYER = "application/vnd.oci.image.layer.v1.tar"
CONFIG = "application/vnd.oci.image.config.v1+json"
MANIFEST = "application/vnd.oci.image.manifest.v1+json"


def main(output, name, *layers):
    blobs = {}
    described = [describe_file(layer, blobs) for layer in layers]
    config = {
        "architecture": "amd64",
        "os": "linux",
        "created": "1970-01-01T00:00:00Z",
        "config": json.load(sys.stdin),
        "rootfs": {"type": "layers", "diff_ids": [layer["digest"] for layer in described]},
        "history": [{"created_by": "archive.py"} for _ in described],
    }
    manifest = {
        "schemaVersion": 2,
        "mediaType": MANIFEST,
        "config": describe_json(config, CONFIG, blobs),
        "layers": described,
    }
    entry = describe_json(manifest, MANIFEST, blobs)
    entry["annotations"] = {
        "io.containerd.image.name": name,
        "org.opencontainers.image.ref.name": name.rsplit(":", 1)[-1],
    }
    write(output + ".new", entry, blobs)
    os.rename(output + ".new", output)


def describe_file(path, blobs):
    with open(path, "rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    blobs[digest] = path
    return {"mediaType": LAYER, "digest": f"sha256:{digest}", "size": os.path.getsize(path)}


def describe_json(value, media_type, blobs):
    content = json.dumps(value, sort_keys=True).encode()
    digest = hashlib.sha256(content).hexdigest()
    blobs[digest] = content
    return {"mediaType": media_type, "digest": f"sha256:{digest}", "size": len(content)}


def write(output, entry, blobs):
    with tarfile.open(output, "w") as archive:
        add(archive, "oci-layout", b'{"imageLayoutVersion":"1.0.0"}')
        add(archive, "index.json", json.dumps({"schemaVersion": 2, "manifests": [entry]}).encode())
        for digest, content in blobs.items():
            add(archive, f"blobs/sha256/{digest}", content)


def add(archive, name, content):
    entry = tarfile.TarInfo(name)
    if isinstance(content, bytes):
        entry.size = len(content)
        archive.addfile(entry, io.BytesIO(content))
    else:
        entry.size = os.path.getsize(content)
        with open(content, "rb") as file:
            archive.addfile(entry, file)


main(*sys.argv[1:])
