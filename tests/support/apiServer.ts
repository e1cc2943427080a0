import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { RayJob, RayJobStatus } from "../../provider/job/rayJob.ts";
import { mergedBy } from "../../provider/values/mergePatch.ts";
import type { PropertyMap, Value } from "../../provider/values/value.ts";

/** An answer with its body as JSON or text, or what happens next of all RayJobs. */
export type Answer = { readonly status: number; readonly body: object | string } | { readonly watchFrom: number };

/** What becomes of a request instead of the usual: another answer, none at all, or, with undefined, the usual one afterwards. */
export type Turn = (response: ServerResponse) => Promise<Turned> | Turned;
type Turned = Answer | "silence" | undefined;

/**
 * An API server that keeps RayJobs in memory, on loopback: for tests of what is done when in which order, which a real one
 * would be too slow for. Preconditions, finalizers, strict fields and errors are as Kubernetes 1.34 has them.
 */
export class ApiServer {
  /** What was asked, oldest first: `GET /api/v1/namespaces/kube-system`. */
  readonly requests: string[] = [];
  readonly rayJobs = new Map<string, RayJob>();
  pods: readonly {
    readonly spec?: object;
    readonly status?: object;
    readonly metadata: { readonly labels?: Readonly<Record<string, string>> };
  }[] = [];
  events: readonly object[] = [];
  /** The Deployments that may be operators; undefined where it is forbidden to list them. */
  operators: readonly object[] | undefined = [];
  log = "";
  clusterUid = "cluster-1";
  /** Whether KubeRay's CRDs are installed. */
  hasCrds = true;
  /** Fields of the spec that the CRD does not know. */
  unknownFields: readonly string[] = [];
  /** What holds up the deletion of a RayJob that is created from now on. */
  finalizers: readonly string[] = [];
  readonly #answers: { readonly pattern: RegExp; readonly answer: Turn }[] = [];
  readonly #watches = new Set<ServerResponse>();
  readonly #history: { readonly version: number; readonly line: string }[] = [];
  readonly #server: Server;
  // What a test puts in by itself is of version 1.
  #version = 1;

  private constructor() {
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch((error: unknown) => response.destroy(error as Error));
    });
  }

  static async start(): Promise<ApiServer> {
    const server = new ApiServer();
    server.#server.listen(0, "127.0.0.1");
    await once(server.#server, "listening");
    return server;
  }

  async stop(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  get kubeconfig(): string {
    const { port } = this.#server.address() as AddressInfo;
    return JSON.stringify({
      clusters: [{ name: "it", cluster: { server: `http://127.0.0.1:${port}` } }],
      users: [{ name: "it", user: {} }],
      contexts: [{ name: "it", context: { cluster: "it", user: "it" } }],
      "current-context": "it",
    });
  }

  /** The next request that matches takes this turn. */
  next(pattern: RegExp, answer: Turn): void {
    this.#answers.push({ pattern, answer });
  }

  count(pattern: RegExp): number {
    return this.requests.filter((request) => pattern.test(request)).length;
  }

  /** Plays the operator: says what has become of the RayJob. */
  report(name: string, status: RayJobStatus): void {
    this.#store({ ...this.rayJob(name), status }, "MODIFIED");
  }

  /** Changes it as somebody does with kubectl: a JSON merge patch. */
  edit(name: string, patch: PropertyMap): void {
    this.#store(mergedBy(this.rayJob(name) as unknown as Value, patch) as unknown as RayJob, "MODIFIED");
  }

  rayJob(name: string): RayJob {
    const rayJob = this.rayJobs.get(name);
    if (rayJob === undefined) throw new Error(`There is no RayJob ${name}`);
    return rayJob;
  }

  /** Takes the finalizers off and deletes. */
  delete(name: string): void {
    const rayJob = this.rayJob(name);
    this.rayJobs.delete(name);
    this.#version += 1;
    const metadata = { ...rayJob.metadata, resourceVersion: String(this.#version) };
    this.#tell("DELETED", { ...rayJob, metadata });
  }

  /** Ends all watches, as a server does that is restarted. */
  cutWatches(): void {
    for (const watch of this.#watches) watch.destroy();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const line = `${request.method} ${decodeURIComponent((request.url ?? "").replaceAll("+", " "))}`;
    this.requests.push(line);
    const body = JSON.parse((await text(request)) || "{}") as PropertyMap;
    const index = this.#answers.findIndex(({ pattern }) => pattern.test(line));
    const [other] = index < 0 ? [] : this.#answers.splice(index, 1);
    const answer = (await other?.answer(response)) ?? this.#answerOf(line, body);
    if (answer === "silence") return;
    if ("watchFrom" in answer) this.#watch(answer.watchFrom, response);
    else send(response, answer);
  }

  #answerOf(line: string, body: PropertyMap): Answer {
    const url = new URL(line.slice(line.indexOf(" ") + 1), "http://it");
    const { pathname } = url;
    const { hasCrds } = this;
    if (pathname === "/apis") return ok({ groups: hasCrds ? [{ name: "ray.io" }] : [] });
    if (pathname.startsWith("/apis/ray.io") && !hasCrds) return { status: 404, body: "404 page not found\n" };
    if (pathname === "/apis/ray.io/v1") return ok({ resources: [{ name: "rayjobs" }] });
    if (pathname.endsWith("/kube-system")) return ok({ metadata: { uid: this.clusterUid } });
    if (pathname.endsWith("/pods")) return ok({ items: this.pods.filter(selectedBy(url)) });
    if (pathname.endsWith("/deployments")) {
      return this.operators
        ? ok({ items: this.operators })
        : refusal(403, "Forbidden", "deployments.apps is forbidden");
    }
    if (pathname.endsWith("/events")) return ok({ items: this.events });
    if (pathname.endsWith("/log")) return ok(this.log);
    return this.#rayJobAnswerOf(line, url, body);
  }

  #rayJobAnswerOf(line: string, { pathname, searchParams }: URL, body: PropertyMap): Answer {
    const [, namespace = "", name] = /\/namespaces\/([^/]+)\/rayjobs(?:\/([^/]+))?$/.exec(pathname) ?? [];
    if (searchParams.has("watch")) return { watchFrom: Number(searchParams.get("resourceVersion")) };
    if (line.startsWith("POST")) return this.#create(namespace, body as unknown as RayJob);
    if (name === undefined) return this.#list(selectedBy({ searchParams }));
    const rayJob = this.rayJobs.get(name);
    if (rayJob === undefined) {
      return refusal(404, "NotFound", `rayjobs.ray.io "${name}" not found`, { name, kind: "rayjobs" });
    }
    if (line.startsWith("PATCH")) return this.#patch(rayJob, body);
    return line.startsWith("DELETE") ? this.#remove(rayJob, body) : ok(rayJob);
  }

  #list(isWanted: (rayJob: RayJob) => boolean): Answer {
    const items = [...this.rayJobs.values()].filter(isWanted);
    return ok({ metadata: { resourceVersion: String(this.#version) }, items });
  }

  #watch(version: number, response: ServerResponse): void {
    response.writeHead(200, { "content-type": "application/json" }).flushHeaders();
    for (const event of this.#history) if (event.version > version) response.write(event.line);
    this.#watches.add(response);
    response.once("close", () => this.#watches.delete(response));
  }

  #create(namespace: string, manifest: RayJob): Answer {
    const { name } = manifest.metadata;
    const strangers = this.unknownFields.filter((field) => manifest.spec[field] !== undefined);
    if (strangers.length > 0) {
      const unknown = strangers.map((field) => `unknown field "spec.${field}"`).join(", ");
      const cannot = 'RayJob in version "v1" cannot be handled as a RayJob';
      return refusal(400, "BadRequest", `${cannot}: strict decoding error: ${unknown}`);
    }
    if (this.rayJobs.has(name))
      return refusal(409, "AlreadyExists", `rayjobs.ray.io "${name}" already exists`, { name });
    const metadata = {
      ...manifest.metadata,
      namespace,
      uid: `uid-${this.#version}`,
      creationTimestamp: new Date().toISOString(),
      ...(this.finalizers.length > 0 ? { finalizers: this.finalizers } : {}),
    };
    return { status: 201, body: this.#store({ ...manifest, metadata }, "ADDED") };
  }

  #patch(rayJob: RayJob, patch: PropertyMap): Answer {
    const { uid, resourceVersion = rayJob.metadata.resourceVersion } = patch.metadata as PropertyMap;
    if (uid !== rayJob.metadata.uid) {
      const invalid = `metadata.uid: Invalid value: "${String(uid)}": field is immutable`;
      return refusal(422, "Invalid", `RayJob.ray.io "${rayJob.metadata.name}" is invalid: ${invalid}`);
    }
    if (resourceVersion !== rayJob.metadata.resourceVersion) {
      const modified = `Operation cannot be fulfilled on rayjobs.ray.io "${rayJob.metadata.name}": the object has been modified`;
      return refusal(409, "Conflict", modified);
    }
    const patched = mergedBy(rayJob as unknown as Value, patch) as unknown as RayJob;
    return ok(this.#store(patched, "MODIFIED"));
  }

  #remove(rayJob: RayJob, options: PropertyMap): Answer {
    const { name, uid } = rayJob.metadata;
    const wanted = (options.preconditions as PropertyMap | undefined)?.uid ?? uid;
    if (wanted !== uid) {
      const failed = `Precondition failed: UID in precondition: ${String(wanted)}, UID in object meta: ${uid}`;
      return refusal(409, "Conflict", `Operation cannot be fulfilled on rayjobs.ray.io "${name}": ${failed}`);
    }
    if ("finalizers" in rayJob.metadata) {
      const metadata = { ...rayJob.metadata, deletionTimestamp: new Date().toISOString() };
      return ok(this.#store({ ...rayJob, metadata }, "MODIFIED"));
    }
    this.delete(name);
    return ok({ kind: "Status", status: "Success" });
  }

  #store(rayJob: RayJob, type: string): RayJob {
    this.#version += 1;
    const stored = { ...rayJob, metadata: { ...rayJob.metadata, resourceVersion: String(this.#version) } };
    this.rayJobs.set(stored.metadata.name, stored);
    this.#tell(type, stored);
    return stored;
  }

  #tell(type: string, object: RayJob): void {
    const line = `${JSON.stringify({ type, object })}\n`;
    this.#history.push({ version: this.#version, line });
    for (const watch of this.#watches) watch.write(line);
  }
}

/** The API server's answer when it refuses something. */
export function refusal(code: number, reason: string, message: string, details?: object): Answer {
  return { status: code, body: { kind: "Status", status: "Failure", code, reason, message, details } };
}

function ok(body: object | string): Answer {
  return { status: 200, body };
}

function send(response: ServerResponse, { status, body }: Extract<Answer, { readonly status: number }>): void {
  const isText = typeof body === "string";
  response.writeHead(status, { "content-type": isText ? "text/plain" : "application/json" });
  response.end(isText ? body : JSON.stringify(body));
}

// The forms that this package writes: `name=value`, `name in (value,value)`, `name`, and several with commas.
function selectedBy({ searchParams }: Pick<URL, "searchParams">) {
  const requirements = (searchParams.get("labelSelector") ?? "").match(/[^,(]+(\([^)]*\))?/g) ?? [];
  const wanted = requirements.map((requirement) => {
    const [, name = "", one, several] = /^(.+?)(?:=(.*)| in \((.*)\))?$/.exec(requirement) ?? [];
    return { name, values: one === undefined ? several?.split(",") : [one] };
  });
  return ({
    metadata: { labels = {} },
  }: {
    readonly metadata: { readonly labels?: Readonly<Record<string, string>> };
  }) =>
    wanted.every(({ name, values }) => {
      const value = labels[name];
      return value !== undefined && (values?.includes(value) ?? true);
    });
}
