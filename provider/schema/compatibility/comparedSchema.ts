import type { EnumSpec, ObjectSpec } from "../interfaces.ts";
import type { Properties } from "../uses.ts";

/** A package's schema, as far as programs depend on it. */
export interface ComparedSchema {
  readonly name: string;
  readonly version: string;
  readonly config?: { readonly variables?: Properties };
  readonly provider?: { readonly inputProperties?: Properties };
  readonly resources?: Readonly<Record<string, ComparedResource>>;
  readonly types?: Readonly<Record<string, ObjectSpec | EnumSpec>>;
  readonly language?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface ComparedResource {
  readonly isComponent?: boolean;
  readonly inputProperties?: Properties;
  readonly requiredInputs?: readonly string[];
  readonly properties?: Properties;
  readonly required?: readonly string[];
}
