import type { ClusterError } from "./errors.ts";

/** One call of the Kubernetes API, and the words for what it is about: "Cannot {action} {subject}: …". */
export interface ClusterRequest {
  readonly action: string;
  readonly subject: string;
  readonly method?: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  /** Below the server's address, without the query: `/api/v1/namespaces/kube-system`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
  /** `application/json` unless told. */
  readonly contentType?: string;
  readonly signal?: AbortSignal | undefined;
  /** Whether to try again after 429, 5xx and failed connections; true unless told. The request must bear a repetition. */
  readonly retry?: boolean;
  readonly onFailure?: (error: ClusterError) => void;
}

/** What an error says about the request that failed. */
export interface Attempt {
  readonly action: string;
  readonly subject: string;
  readonly server: string;
  readonly path: string;
}
