import type { RayJob } from "../../job/rayJob.ts";
import type { Connection } from "../connection/connection.ts";
import { isClusterError } from "../connection/errors.ts";
import { PAGE_SIZE } from "../connection/limits.ts";
import { requestJson } from "../connection/request.ts";
import { rayJobPath } from "../paths.ts";
import { rayJobSubject } from "../subject.ts";

export interface SnapshotOptions {
  readonly labelSelector?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** See `ClusterRequest.retry`; of the first page: those that follow on it are always tried again. */
  readonly retry?: boolean;
  /** Which ones to keep, asked page by page; all unless told. */
  readonly isWanted?: (rayJob: RayJob) => boolean;
}

/** The RayJobs of a namespace as they all were at one moment. */
export interface Snapshot {
  readonly rayJobs: readonly RayJob[];
  /** That moment: what a watch continues from. */
  readonly resourceVersion: string;
}

/** Lists the RayJobs of a namespace, page by page. Throws a `ClusterError`. */
export async function snapshotRayJobs(
  connection: Connection,
  namespace: string,
  options: SnapshotOptions = {},
): Promise<Snapshot> {
  const { isWanted = () => true } = options;
  const read = async (paging: Paging) => {
    const { metadata, items } = await readPage(connection, namespace, options, paging);
    return { metadata, items: items.filter(isWanted) };
  };
  try {
    return await inPages(read);
  } catch (error) {
    // The moment that the first page showed may be forgotten before the last page is asked for.
    if (isClusterError(error, "gone")) return await atOnce(read);
    throw error;
  }
}

interface Paging {
  readonly limit?: number;
  readonly continue?: string | undefined;
}

interface Page {
  readonly metadata: { readonly resourceVersion: string; readonly continue?: string };
  readonly items: readonly RayJob[];
}

async function inPages(read: (paging: Paging) => Promise<Page>): Promise<Snapshot> {
  const rayJobs: RayJob[] = [];
  let next: string | undefined;
  for (;;) {
    const page = await read({ limit: PAGE_SIZE, continue: next });
    rayJobs.push(...page.items);
    next = page.metadata.continue || undefined;
    if (!next) return { rayJobs, resourceVersion: page.metadata.resourceVersion };
  }
}

async function atOnce(read: (paging: Paging) => Promise<Page>): Promise<Snapshot> {
  const { items, metadata } = await read({});
  return { rayJobs: items, resourceVersion: metadata.resourceVersion };
}

async function readPage(
  connection: Connection,
  namespace: string,
  { labelSelector, signal, retry = true }: SnapshotOptions,
  paging: Paging,
): Promise<Page> {
  return await requestJson<Page>(connection, {
    action: "list",
    subject: rayJobSubject({ namespace }),
    path: rayJobPath({ namespace }),
    query: { labelSelector, ...paging },
    signal,
    retry: retry || paging.continue !== undefined,
  });
}
