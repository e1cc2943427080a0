import { clusterFailures } from "./clusterFailures.ts";
import type { FailureExample } from "./failureExample.ts";
import { fetchFailures } from "./fetchFailures.ts";
import { packageFileFailures } from "./packageFileFailures.ts";
import {
  archiveFailures,
  directoryFailures,
  outputFailures,
  packagingWarnings,
  readyFileFailures,
} from "./packagingFailures.ts";
import { storageFailures, storageWarnings } from "./storageFailures.ts";

export interface FailureChapter {
  readonly title: string;
  /** Whether a deployment goes on. */
  readonly isOfWarnings?: true;
  readonly failures: readonly FailureExample[];
}

/** All that has no code, by where it is seen. */
export function failureChapters(): readonly FailureChapter[] {
  return [
    { title: "A directory of code", failures: directoryFailures() },
    { title: "A zip file or a wheel", failures: readyFileFailures() },
    { title: "One of Pulumi's archives", failures: archiveFailures() },
    { title: "Warnings of what is in a package", isOfWarnings: true, failures: packagingWarnings() },
    { title: "What `rayjob package` writes", failures: outputFailures() },
    { title: "Requirements and conda files", failures: packageFileFailures() },
    { title: "What the pods fetch before Ray starts", failures: fetchFailures() },
    { title: "The cluster", failures: clusterFailures() },
    { title: "The bucket and what is in it", failures: storageFailures() },
    { title: "Warnings about the bucket", isOfWarnings: true, failures: storageWarnings() },
  ];
}
