"""Fetches files before Ray starts, in an init container of its pod: python3 -c THIS MODE FROM TO CLAIMS

MODE copy puts the files into the folder TO, pack makes of them the zip file TO, with one folder at its top, and module
likewise, with the module's own folder in that. FROM is an s3://, https:// or pvc:// URI; claims are mounted in CLAIMS.
"""
import contextlib
import errno
import os
import shutil
import signal
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from concurrent.futures import ThreadPoolExecutor, as_completed

PAUSES = (1, 2, 4, 8)
PARTS = set()
# Why, and what to do. The page of errors has them from here: each is a line of JSON.
SAYS = {
    "failed": "cannot fetch {source}: {why}",
    "outside": "the object \"{name}\" has no place in a folder. Rename it",
    "unzipped": "it is not a zip file. Upload it anew, or name a folder",
    "boto3": "s3:// needs boto3, which this image does not have. Use an image that has it",
    "no object": "there is no such object, and none below it. Correct the URI",
    "no path": "there is no such file or folder on the claim. Correct the path",
    "empty": "there is no file in the folder. Put one there, or correct the path",
    "loop": "{path} leads back to a folder that it is in. Remove the link",
    "dangling": "{path} is a symbolic link to nothing. Remove it, or put there what it leads to",
    "redirected": "it is redirected to an address that is not https. Name an address that is",
    "denied": "{said}. Let the pods read it, or give them other credentials",
    "missing": "{said}. Correct the URI",
    "busy": "{said}. Try again a little later",
    "untrusted": "{said}. Set SSL_CERT_FILE or AWS_CA_BUNDLE to its authority's certificates",
    "full": "{said}. Give the pods more room",
    "locked": "{said}. Let the container's user read and write it",
    "misplaced": "{said}. Choose another path",
    "unreachable": "{said}. Check the URI, and what the pods' network lets through",
}
HOPELESS = ("denied", "missing", "untrusted", "full", "locked", "misplaced")
KINDS = {
    "full": ("ENOSPC", "EDQUOT", "EFBIG"),
    "locked": ("EROFS", "EACCES", "EPERM"),
    "misplaced": ("ENOENT", "EEXIST", "EISDIR", "ENOTDIR", "ENAMETOOLONG"),
}


class Failure(Exception):
    """What another try would not change."""

    def __init__(self, kind, **facts):
        super().__init__(SAYS[kind].format(**facts))


def main(mode, source, target, claims):
    signal.signal(signal.SIGTERM, lambda *_: leave(143))
    try:
        files = persistently(lambda: files_of(source, claims))
        if mode == "copy":
            copy(files, target)
        else:
            pack(source, files, target, last_name(source) if mode == "module" else "")
        print(f"fetched {len(files)} file(s) from {shown(source)}")
    except Exception as error:
        print(SAYS["failed"].format(source=shown(source), why=words_of(error)), file=sys.stderr, flush=True)
        leave(1)


def copy(files, folder):
    """Several at a time: of small ones each takes little more than the way to the server and back."""
    for name, _ in files:
        if not {"", ".."}.isdisjoint(name.split("/")):
            raise Failure("outside", name=name)
    submit = ThreadPoolExecutor(8).submit
    tasks = [submit(replace, os.path.join(folder, name), write, number) for number, (name, write) in enumerate(files)]
    for task in as_completed(tasks):
        task.result()


def pack(source, files, archive, module):
    if source.endswith((".zip", ".whl")):
        replace(archive, files[0][1])
        if not zipfile.is_zipfile(archive):
            os.remove(archive)
            raise Failure("unzipped")
        return
    folder = archive + ".files"
    shutil.rmtree(folder, ignore_errors=True)
    copy(files, os.path.join(folder, "" if module.endswith(".py") else module))
    replace(archive, lambda file: zip_folder(folder, file))
    shutil.rmtree(folder)


def zip_folder(folder, file):
    with zipfile.ZipFile(file, "w", strict_timestamps=False) as archive:
        for parent, _, names in os.walk(folder):
            for name in names:
                path = os.path.join(parent, name)
                archive.write(path, os.path.join("code", os.path.relpath(path, folder)))


def replace(path, write, number=0):
    """A file is there whole or not at all. Other pods may write it, too: half a file has the name of its pod."""
    folder = os.path.dirname(path)
    part = os.path.join(folder, f".{os.environ.get('RAYJOB_POD_UID', 'rayjob')}-{number}.part")
    os.makedirs(folder, exist_ok=True)
    PARTS.add(part)
    persistently(lambda: write_anew(part, write))
    os.replace(part, path)
    PARTS.discard(part)


def leave(code):
    """At once, whatever the threads are at, and without half a file."""
    for part in list(PARTS):
        with contextlib.suppress(OSError):
            os.remove(part)
    os._exit(code)


def write_anew(path, write):
    with open(path, "wb") as file:
        mode = write(file)
    if mode is not None:
        os.chmod(path, mode)


def files_of(source, claims):
    """The files, each as its path below the folder and a function that writes it into an open file."""
    scheme, rest = source.split("://", 1)
    if scheme == "s3":
        return s3_files(*rest.partition("/")[::2])
    if scheme == "pvc":
        return claim_files(os.path.normpath(os.path.join(claims, rest)))
    return [(last_name(source), lambda file: download(source, file))]


def s3_files(bucket, key):
    try:
        import boto3
        from boto3.s3.transfer import TransferConfig
        from botocore import UNSIGNED
        from botocore.config import Config
        from botocore.exceptions import ClientError
    except ImportError:
        raise Failure("boto3")
    unsigned = {} if boto3.Session().get_credentials() else {"signature_version": UNSIGNED}
    endpoint = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL") or None
    config = Config(retries={"mode": "standard"}, max_pool_connections=50, **unsigned)
    client = boto3.client("s3", endpoint_url=endpoint, config=config)

    def writer(key):
        return lambda file: client.download_fileobj(bucket, key, file, Config=TransferConfig(max_concurrency=5))

    refusal = Failure("no object")
    if key and not key.endswith("/"):
        try:
            client.head_object(Bucket=bucket, Key=key)
            return [(last_name(key), writer(key))]
        except ClientError as error:
            if status_of(error) not in (403, 404):
                raise
            # Without the right to list, what is not there is forbidden.
            refusal = error if status_of(error) == 403 else refusal
    prefix = key.rstrip("/") + "/" if key.rstrip("/") else ""
    pages = client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
    keys = [found["Key"] for page in pages for found in page.get("Contents", [])]
    files = [(key[len(prefix):], writer(key)) for key in keys if not key.endswith("/")]
    if not files:
        raise refusal
    return files


def claim_files(path):
    if os.path.isfile(path):
        return [(os.path.basename(path), lambda file: read(path, file))]
    if not os.path.isdir(path):
        raise Failure("no path")
    files = [(os.path.relpath(found, path), lambda file, found=found: read(found, file)) for found in walk(path, ())]
    if not files:
        raise Failure("empty")
    return files


def walk(folder, parents):
    """Follows symbolic links, as reading does, but not back to where it came from."""
    real = os.path.realpath(folder)
    if real in parents:
        raise Failure("loop", path=folder)
    for entry in sorted(os.listdir(folder)):
        path = os.path.join(folder, entry)
        if os.path.isfile(path):
            yield path
        elif entry == "lost+found":
            continue  # of a file system, and root's
        elif os.path.isdir(path):
            yield from walk(path, (*parents, real))
        elif not os.path.exists(path):
            raise Failure("dangling", path=path)


def read(path, file):
    with open(path, "rb") as found:
        shutil.copyfileobj(found, file, 1 << 20)
    return os.stat(path).st_mode & 0o777


def download(url, file):
    with urllib.request.build_opener(Redirects).open(url, timeout=60) as answer:
        shutil.copyfileobj(answer, file, 1 << 20)
        length = answer.headers.get("Content-Length")
    if length is not None and file.tell() != int(length):
        raise ConnectionError(f"the connection was closed after {file.tell()} of {length} bytes")


class Redirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, request, answer, code, message, headers, url):
        if not url.startswith("https://"):
            raise Failure("redirected")
        return super().redirect_request(request, answer, code, message, headers, url)


def persistently(action):
    for pause in PAUSES:
        try:
            return action()
        except Exception as error:
            if is_hopeless(error):
                raise
        time.sleep(pause)
    return action()


def is_hopeless(error):
    return isinstance(error, Failure) or kind_of(error) in HOPELESS


def kind_of(error):
    status = status_of(error)
    if status is not None:
        if status >= 500 or status in (408, 429):
            return "busy"
        return "denied" if status in (400, 401, 403) else "missing"
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        return "untrusted"
    name = errno.errorcode.get(getattr(getattr(error, "reason", error), "errno", None))
    return next((kind for kind, names in KINDS.items() if name in names), "unreachable")


def status_of(error):
    """Of an answer by HTTP, from boto3 or from urllib."""
    if isinstance(error, urllib.error.HTTPError):
        return error.code
    answer = getattr(error, "response", None)
    return answer.get("ResponseMetadata", {}).get("HTTPStatusCode") if isinstance(answer, dict) else None


def words_of(error):
    """Why, and what to do about it, in one line."""
    said = " ".join(str(error).split()) or type(error).__name__
    if isinstance(error, Failure):
        return said
    if isinstance(error, urllib.error.HTTPError):
        said = f"{error.code} {error.reason}"
    elif isinstance(error, OSError) and error.strerror:
        said = f"{error.strerror}: {error.filename}" if error.filename else error.strerror
    return SAYS[kind_of(error)].format(said=said.rstrip("."))


def last_name(source):
    path = urllib.parse.unquote(urllib.parse.urlsplit(source).path) if source.startswith("https://") else source
    return path.rstrip("/").split("/")[-1]


def shown(source):
    """Without the query, which may be a signature."""
    return source.split("?")[0]


main(*sys.argv[1:])
