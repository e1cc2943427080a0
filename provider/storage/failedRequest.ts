import type { Place } from "./place.ts";
import type { StorageConfiguration } from "./storageConfiguration.ts";

/** What a request that failed is known by. */
export interface FailedRequest {
  readonly error: SdkError;
  readonly attempt: Attempt;
  readonly configuration: StorageConfiguration;
  /** The URL of another server than AWS's, else `AWS`. */
  readonly server: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** What was tried, in the words of its error. */
export interface Attempt {
  /** A verb that goes with the object's URI: `upload`. */
  readonly action: string;
  readonly place: Place;
  /** The permissions that it takes. */
  readonly permission: string;
}

/** What the SDK's errors have in common. */
export interface SdkError {
  readonly name?: string;
  readonly code?: string;
  readonly message?: string;
  /** Of a proxy. */
  readonly statusCode?: number;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly attempts?: number };
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
}
