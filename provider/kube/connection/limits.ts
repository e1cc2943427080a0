/** How long to wait for a connection. */
export const CONNECT_TIMEOUT_MS = 10_000;

/** How long one request may take, from credentials to the end of its answer. Watches are not bound by it. */
export const REQUEST_TIMEOUT_MS = 30_000;

/** How long a request is repeated while the cluster, which has answered before, does not. */
export const RETRY_BUDGET_MS = 60_000;

/** Both for a server that has never answered this process: more likely a wrong address than a hiccup. */
export const FIRST_CONTACT_BUDGET_MS = 10_000;

/**
 * How long whoever follows something bears that credentials fail or are refused, or that a right is gone, after it was
 * granted: an API server that starts, a sign-in that has ended, a role that is written anew.
 */
export const REFUSAL_BUDGET_MS = 300_000;

/** How long the server is asked to keep a watch open; up to a tenth is added so that watches do not end together. */
export const WATCH_SECONDS = 290;

/**
 * A watch that is silent for so long is re-made: the API server sends a bookmark about once a minute,
 * and a connection that a router has forgotten looks just like a quiet one.
 */
export const WATCH_SILENCE_MS = 150_000;

/** A page of a list. */
export const PAGE_SIZE = 500;
