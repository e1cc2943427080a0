import type { Code, Finding } from "../findings/finding.ts";
import type { PropertyMap } from "../values/value.ts";
import type { WorkingDirArgs } from "./args.ts";

/** What is wrong with a working directory's arguments by the look of them. Their shape is checked elsewhere. */
export function workingDirFindings(inputs: PropertyMap): Finding[] {
  return rules.flatMap(({ code, name, accepts, problem, hint }) => {
    const value = inputs[name];
    if (typeof value !== "string" || accepts(value)) return [];
    return [{ code, path: [name], severity: "error", problem: problem(value), hint }];
  });
}

interface Rule {
  readonly code: Code;
  readonly name: keyof WorkingDirArgs;
  readonly accepts: (value: string) => boolean;
  readonly problem: (value: string) => string;
  readonly hint: string;
}

const rules: readonly Rule[] = [
  {
    code: "RJ801",
    name: "path",
    accepts: (path) => path !== "" && !/^[a-z][a-z0-9+.-]+:\/\//i.test(path),
    problem: (path) => `Cannot package "${path}": it is no directory of this machine`,
    hint: "Give the path of a directory; what is on a server already goes into the job's `runtimeEnv.workingDir`",
  },
  {
    code: "RJ802",
    name: "bucket",
    accepts: (bucket) => /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket),
    problem: (bucket) => `There is no bucket "${bucket}": S3 does not take such a name`,
    hint: 'Give its name alone, without "s3://" and without a path, which goes into "prefix"',
  },
  {
    code: "RJ803",
    name: "prefix",
    // What Ray takes apart, and what URLs and signatures would have to escape, stays out.
    accepts: (prefix) => prefix === "" || /^[\w.=-]+(\/[\w.=-]+)*$/.test(prefix),
    problem: (prefix) => `Cannot store packages under the prefix "${prefix}"`,
    hint: 'Use letters, digits, "-", "_", ".", "=", and single "/" between names, with none at the start or the end',
  },
];
