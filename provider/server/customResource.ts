import type { PropertyPath } from "../values/path.ts";
import type { PropertyMap } from "../values/value.ts";
import type { EngineLog } from "./engineLog.ts";

/**
 * A custom resource of this provider. The server turns Pulumi's protocol into these calls and back: values arrive
 * without the protocol's wrappers, with UNKNOWN where a preview does not know them yet.
 */
export interface CustomResource {
  /** Validates and completes inputs. Runs offline, at preview and at update alike. */
  check(request: CheckRequest): Promise<CheckResult>;
  /** Compares checked inputs with the state. Runs offline. */
  diff(request: DiffRequest): Promise<DiffResult>;
  /** Creates the resource, or with `preview` foretells its outputs. Throws InitializationError when it exists but failed. */
  create(request: CreateRequest, context: Context): Promise<ResourceState>;
  /** Reads the resource as it is now; `undefined` when it is gone. Also serves `import`. */
  read(request: ReadRequest, context: Context): Promise<ReadResult | undefined>;
  /** Updates the resource in place, or with `preview` foretells its outputs. */
  update(request: UpdateRequest, context: Context): Promise<PropertyMap>;
  /** Deletes the resource. Succeeds when it is gone already. */
  delete(request: DeleteRequest, context: Context): Promise<void>;
}

/** What a call that may reach the outside world is given. */
export interface Context {
  /** The provider's configuration, checked; UNKNOWN where a preview does not know it yet. */
  readonly configuration: PropertyMap;
  /**
   * The ID that the engine has made for the provider: random, in the state before any of its resources is created, and
   * kept from one deployment to the next. Tells one state from another whose stack has the same name.
   */
  readonly providerId: string;
  /** Lines on the resource's row of the engine's display. */
  readonly log: EngineLog;
  /** Aborted when the engine cancels the operation, or when the custom timeout of the call is over. */
  readonly signal: AbortSignal;
  /**
   * Does something when the state holds what the call has answered: at the end of the operation, which waits for it. What it
   * throws is lost.
   */
  readonly afterwards: (work: Work) => void;
  /** After how many seconds the signal is aborted; 0 or undefined when it is not. */
  readonly timeoutSeconds?: number;
}

/** Has to end when the signal is aborted: a few seconds are all there is. */
export type Work = (signal: AbortSignal) => Promise<unknown>;

export interface Subject {
  readonly urn: string;
  /** The name of the resource in the program. */
  readonly name: string;
}

export interface CheckRequest extends Subject {
  /** The checked inputs of the last deployment; empty for a new resource. */
  readonly oldInputs: PropertyMap;
  readonly newInputs: PropertyMap;
  /** Where the new inputs hold secrets. */
  readonly secrets: readonly PropertyPath[];
  /** The provider's configuration; UNKNOWN where a preview does not know it yet. */
  readonly configuration: PropertyMap;
  /** Where the configuration holds secrets; nowhere unless said. */
  readonly configurationSecrets?: readonly PropertyPath[];
}

export interface CheckResult {
  readonly inputs: PropertyMap;
  readonly failures: readonly CheckFailure[];
  /** Shown once on the resource's row; the deployment goes on. */
  readonly warnings?: readonly string[];
  /** What a preview says in words of a resource that is not there yet. */
  readonly announcement?: string;
}

export interface CheckFailure {
  readonly path: PropertyPath;
  readonly reason: string;
}

export interface DiffRequest extends Subject {
  readonly id: string;
  readonly oldInputs: PropertyMap;
  readonly oldOutputs: PropertyMap;
  readonly newInputs: PropertyMap;
  /** As in the context of the calls that have one. */
  readonly providerId?: string;
}

export interface DiffResult {
  readonly changes: readonly PropertyChange[];
  /** When a change replaces the resource, the old one is deleted before the new one is created. */
  readonly deleteBeforeReplace: boolean;
  /** What a preview says in words, by what the engine makes of the changes. */
  readonly announcement?: Readonly<Record<EngineStep, string>>;
}

/** What the engine does about a resource that is there already: options of a program or a deployment replace some, too. */
export type EngineStep = "replaced" | "updated";

export interface PropertyChange {
  readonly path: PropertyPath;
  readonly kind: "add" | "update" | "delete";
  readonly replaces: boolean;
  /** Whether the path is one of the inputs (then old and new inputs are shown) or of the outputs. */
  readonly of: "inputs" | "outputs";
}

export interface CreateRequest extends Subject {
  readonly inputs: PropertyMap;
  readonly preview: boolean;
}

export interface ResourceState {
  /** Empty in a preview. */
  readonly id: string;
  readonly outputs: PropertyMap;
  /** What the state is to hold as the inputs, where it is not what the program gave: after a read. */
  readonly inputs?: PropertyMap;
}

export interface ReadRequest extends Subject {
  readonly id: string;
  /** What the state holds; both empty for an import. */
  readonly inputs: PropertyMap;
  readonly outputs: PropertyMap;
}

export interface ReadResult extends Required<ResourceState> {
  /** Why the resource exists but is not what it should be; keeps it in the state as failed. */
  readonly failure?: readonly string[];
}

export interface UpdateRequest extends DiffRequest {
  readonly preview: boolean;
}

export interface DeleteRequest extends Subject {
  readonly id: string;
  readonly inputs: PropertyMap;
  readonly outputs: PropertyMap;
}

/**
 * The resource exists, but is not what was asked for: a job that failed, or that was still running when the wait for it
 * ended. The engine fails the deployment, keeps the resource in the state as failed and visits it again next time.
 */
export class InitializationError extends Error {
  readonly state: ResourceState;
  /** Each is listed by the engine under the resource, the most important first. */
  readonly reasons: readonly string[];

  constructor(message: string, state: ResourceState, reasons: readonly string[]) {
    super(message);
    this.name = "InitializationError";
    this.state = state;
    this.reasons = reasons;
  }
}
