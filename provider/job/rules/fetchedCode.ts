import { isPlace, lastNameOf, placeHint, sourceOf } from "../source.ts";
import { codeOf, isFetchedFrom, isPackage, modulesOf, schemeOf, schemes, zipHint } from "./environment.ts";
import { attached } from "./examples.ts";
import { isAttached } from "./parts.ts";
import type { Place } from "./place.ts";
import type { Rule } from "./rule.ts";

/** Modules, and code that is fetched before Ray starts. */
export const fetchedCodeRules: readonly Rule[] = [
  {
    code: "RJ510",
    refuses: "a URI that names no bucket or claim, or leads out of it",
    each: codeOf,
    path: [],
    broken: (uri) => isFetchedFrom(uri) && !isPlace(uri.text ?? ""),
    problem: (uri) => `Cannot tell where the code is: "${uri.text}"`,
    hint: placeHint,
    refused: { runtimeEnv: { workingDir: "pvc:///code" } },
    accepted: { runtimeEnv: { workingDir: "pvc://code/train" } },
  },
  {
    code: "RJ511",
    refuses: "a module without a name",
    each: (job) => job.at("runtimeEnv", "pyModules").items,
    path: [],
    broken: (uri) => isFetchedFrom(uri) && isPlace(uri.text ?? "") && isNameless(uri),
    problem: (uri) => `Cannot tell how the module in "${uri.text}" is called`,
    hint: "Put it into a folder of that name, and point to the folder",
    refused: { runtimeEnv: { pyModules: ["pvc://library"] } },
    accepted: { runtimeEnv: { pyModules: ["pvc://libraries/library"] } },
  },
  {
    code: "RJ512",
    refuses: "code that has to be fetched to the nodes of a cluster that is there already",
    each: codeOf,
    path: [],
    broken: (uri, job) => isFetchedFrom(uri) && isAttached(job),
    problem: (uri) => `Cannot fetch "${uri.text}" to an existing cluster: Ray itself takes packages only`,
    hint: "Zip the directory, with one directory at the top, and point to the file in S3; or upload it with a WorkingDir",
    refused: { ...attached, runtimeEnv: { workingDir: "s3://ml-jobs/train-job" } },
    accepted: { ...attached, runtimeEnv: { workingDir: "s3://ml-jobs/train.zip" } },
  },
  {
    code: "RJ513",
    refuses: "a module that is not a package by its name",
    each: modulesOf,
    path: [],
    broken: (uri, job) =>
      schemes.includes(schemeOf(uri) ?? "") && !isPackage(uri, "pyModules", job) && !isFetchedFrom(uri),
    problem: (uri) => `Cannot take a module from "${uri.text}": its path ends neither in ".zip" nor in ".whl"`,
    hint: zipHint,
    refused: { runtimeEnv: { pyModules: ["gs://ml-jobs/library"] } },
    accepted: { runtimeEnv: { pyModules: ["gs://ml-jobs/library.whl", "s3://ml-jobs/library"] } },
  },
];

function isNameless(uri: Place): boolean {
  const source = sourceOf(uri.text ?? "");
  return source !== undefined && lastNameOf(source) === "";
}
