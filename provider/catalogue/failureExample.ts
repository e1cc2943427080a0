/** What has no code, since only files, pods, the cluster or the bucket show it, with the message of an example. */
export interface FailureExample {
  /** As the end of a sentence. */
  readonly when: string;
  readonly message: string;
}

export function failure(when: string, message: string): FailureExample {
  return { when, message };
}
