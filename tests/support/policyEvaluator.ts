import type { PolicyDocument, Statement } from "../../provider/components/workingDirBucket/policies.ts";

/** What somebody asks AWS for. */
export interface Asked {
  readonly action: string;
  /** An ARN; none for the trust policy of a role. */
  readonly resource?: string;
  readonly principal?: { readonly [Kind in "Federated" | "Service"]?: string };
  /** What AWS knows of the request, by the keys of conditions. */
  readonly context?: Readonly<Record<string, string>>;
}

/**
 * Whether a policy allows it, by the rules of IAM: nothing is allowed unless a statement says so, and what one denies is denied.
 * It knows the elements and operators that our policies use, and fails on any other instead of guessing. There is no evaluator
 * of conditions under a licence that this project could take.
 */
export function allows({ Statement: statements }: Pick<PolicyDocument, "Statement">, asked: Asked): boolean {
  const applying = statements.filter((statement) => applies(statement, asked));
  return applying.some(({ Effect }) => Effect === "Allow") && applying.every(({ Effect }) => Effect === "Allow");
}

const elements = ["Sid", "Effect", "Principal", "Action", "Resource", "Condition"];

function applies(statement: Statement, { action, resource, principal, context = {} }: Asked): boolean {
  for (const element of Object.keys(statement)) {
    if (!elements.includes(element)) throw new Error(`Cannot evaluate the element ${element}`);
  }
  const { Principal, Action, Resource, Condition = {} } = statement;
  return (
    listOf(Action).some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase())) &&
    (Resource === undefined || listOf(Resource).some((pattern) => matches(pattern, resource ?? ""))) &&
    (Principal === undefined || isPrincipal(Principal, principal)) &&
    Object.entries(Condition).every(([operator, keys]) => holds(operator, keys, context))
  );
}

function isPrincipal(wanted: NonNullable<Statement["Principal"]>, given: Asked["principal"] = {}): boolean {
  if (wanted === "*") return true;
  return Object.entries(wanted).some(([kind, name]) =>
    Object.entries(given).some(([k, n]) => k === kind && n === name),
  );
}

/** All keys of an operator must hold; of a key's values one must. A key that the request does not have holds for none. */
function holds(
  operator: string,
  keys: Readonly<Record<string, string | readonly string[]>>,
  context: Readonly<Record<string, string>>,
): boolean {
  const compare = operators[operator];
  if (compare === undefined) throw new Error(`Cannot evaluate the operator ${operator}`);
  return Object.entries(keys).every(([key, values]) => {
    if (!isKnownKey(key)) throw new Error(`Cannot evaluate the condition key ${key}`);
    const actual = context[key];
    return actual !== undefined && listOf(values).some((value) => compare(value, actual));
  });
}

const operators: Readonly<Record<string, (wanted: string, actual: string) => boolean>> = {
  StringEquals: (wanted, actual) => wanted === actual,
  StringLike: matches,
  Bool: (wanted, actual) => wanted === actual,
  NumericLessThan: (wanted, actual) => Number(actual) < Number(wanted),
};

function isKnownKey(key: string): boolean {
  const ofServices = /^(s3:prefix|s3:TlsVersion|kms:ViaService|kms:EncryptionContext:aws:s3:arn|aws:SecureTransport)$/;
  return ofServices.test(key) || /^(aws:RequestTag\/[\w-]+|[\w./-]+:(aud|sub))$/.test(key);
}

function matches(pattern: string, text: string): boolean {
  if (pattern.includes("${")) throw new Error(`Cannot evaluate the variable in ${pattern}`);
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${escaped}$`, "s").test(text);
}

function listOf(value: string | readonly string[]): readonly string[] {
  return typeof value === "string" ? [value] : value;
}
