"""package.py FOLDER BUCKET KEY: the folder as a zip in the bucket, in the form that Ray wants: one top-level folder.

The same files give the same zip, so that a job is not seen as changed when its code is not.
"""

import io
import sys
import zipfile
from pathlib import Path

import boto3


def main(folder, bucket, key):
    client = boto3.client("s3")
    client.create_bucket(Bucket=bucket)
    client.put_object(Bucket=bucket, Key=key, Body=zip_of(Path(folder)))


def zip_of(folder):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(str(path.relative_to(folder.parent)))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes())
    return content.getvalue()


main(*sys.argv[1:])
