import type { Code, Finding } from "../findings/finding.ts";
import type { PropertyMap, Value } from "../values/value.ts";
import type { WorkingDirArgs } from "./args.ts";

/** What is wrong with a working directory's arguments by the look of them. Their shape is checked elsewhere. */
export function workingDirFindings(inputs: PropertyMap): Finding[] {
  return workingDirRules.flatMap(({ code, argument, accepts, problem, hint }) => {
    const value = inputs[argument];
    if (typeof value !== "string" || accepts(value)) return [];
    return [{ code, path: [argument], severity: "error", problem: problem(value), hint }];
  });
}

/** There is exactly one thing to package. */
export function sourceFindings({ path, archive }: PropertyMap): Finding[] {
  if (isGiven(path) && isGiven(archive)) return [twoSources];
  return isGiven(path) || isGiven(archive) ? [] : [noSource];
}

function isGiven(value: Value | undefined): boolean {
  return value !== undefined && value !== null;
}

const twoSources: Finding = {
  code: "RJ825",
  path: ["archive"],
  severity: "error",
  problem: 'Cannot package both "path" and "archive"',
  hint: "Drop one of them, or name the directory among the assets of an AssetArchive",
};

const noSource: Finding = {
  code: "RJ824",
  path: ["path"],
  severity: "error",
  problem: "There is nothing to package",
  hint: 'Set "path" to a directory or a .zip file, or "archive" to one of Pulumi\'s archives',
};

/** One thing that is refused about one argument, with its evidence. */
export interface WorkingDirRule {
  readonly code: Code;
  readonly argument: keyof WorkingDirArgs;
  readonly accepts: (value: string) => boolean;
  readonly problem: (value: string) => string;
  readonly hint: string;
  readonly refused: readonly string[];
  readonly accepted: readonly string[];
}

export const workingDirRules: readonly WorkingDirRule[] = [
  {
    code: "RJ821",
    argument: "path",
    accepts: (path) => path !== "" && !/^[a-z][a-z0-9+.-]+:\/\//i.test(path),
    problem: (path) => `Cannot package "${path}": it is no directory or file of this machine`,
    hint: "Give the path of a directory or a .zip file; what is on a server already goes into the job's `runtimeEnv.workingDir`",
    refused: ["", "s3://code/train.zip", "https://example.com/train.zip"],
    accepted: [".", "train", "../train", "/srv/train"],
  },
  {
    code: "RJ822",
    argument: "bucket",
    accepts: (bucket) => /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket),
    problem: (bucket) => `There is no bucket "${bucket}": S3 does not take such a name`,
    hint: 'Give its name alone, without "s3://" and without a path, which goes into "prefix"',
    refused: ["s3://code", "code/train", "Code", "ab", "-code", "code_1", "arn:aws:s3:::code"],
    accepted: ["code", "my.code-2", "abc"],
  },
  {
    code: "RJ823",
    argument: "prefix",
    // What Ray takes apart, and what URLs would have to escape, stays out.
    accepts: (prefix) => prefix === "" || /^[\w.=-]+(\/[\w.=-]+)*$/.test(prefix),
    problem: (prefix) => `Cannot store packages under the prefix "${prefix}"`,
    hint: 'Use letters, digits, "-", "_", ".", "=", and single "/" between names, with none at the start or the end',
    refused: ["/", "/a", "a/", "a//b", "a b", "a?b", "a#b", "ä", "a:b", "a@b"],
    accepted: ["", "a", "team/vision", "team=vision/v1.2_3"],
  },
];
