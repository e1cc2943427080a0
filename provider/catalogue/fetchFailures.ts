import { type Facts, fetchFailureKinds, fetchFailureOf } from "../fetch/fetchFailures.ts";
import { type FailureExample, failure } from "./failureExample.ts";

/** What an init container of `stage`, or of code that Ray cannot fetch, cannot do. The sentences are those of its script. */
export function fetchFailures(): readonly FailureExample[] {
  return fetchFailureKinds().map((kind) => {
    const [when, source, facts] = examples[kind] ?? [];
    if (when === undefined || source === undefined) throw new Error(`There is no example of the failure "${kind}"`);
    return failure(when, fetchFailureOf(kind, source, facts));
  });
}

const folder = "s3://ml-data/set";
const web = "https://example.com/set.csv";
const claim = "pvc://data/set";

const examples: Readonly<Record<string, readonly [when: string, source: string, facts?: Facts]>> = {
  outside: ["the name of an object is no path", folder, { name: "a//b.csv" }],
  unzipped: ["a file is called like a zip file, and is none", "s3://ml-code/train.zip"],
  boto3: ["the image cannot read S3", folder],
  "no object": ["there is nothing at an `s3://` URI", folder],
  "no path": ["there is nothing at a `pvc://` URI", claim],
  empty: ["a folder of a claim is empty", claim],
  loop: ["a link on a claim leads to a folder that it lies in", claim, { path: "/var/lib/rayjob/claims/data/set/all" }],
  dangling: ["a link on a claim leads to nothing", claim, { path: "/var/lib/rayjob/claims/data/set/latest" }],
  redirected: ["a server sends to another without TLS", web],
  denied: ["the pods may not read it", web, { said: "403 Forbidden" }],
  missing: ["a server does not have it", web, { said: "404 Not Found" }],
  busy: ["a server is overloaded, for five tries", web, { said: "503 Service Unavailable" }],
  untrusted: ["a server's certificate is not accepted", web, { said: untrusted() }],
  full: ["there is no room in the pod", folder, { said: "No space left on device" }],
  locked: ["the container's user may not write there", folder, { said: "Permission denied: /data/set" }],
  misplaced: ["something else is where a file is to be", folder, { said: "File exists: /data/set" }],
  unreachable: ["a server cannot be reached, for five tries", web, { said: "<urlopen error timed out>" }],
};

function untrusted(): string {
  return "<urlopen error [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate (_ssl.c:1000)>";
}
