import { basename, dirname, extname } from "node:path";
import { apartFrom } from "../../findings/apart.ts";
import { type Finding, sentenceOf } from "../../findings/finding.ts";
import { isRayJob } from "../../job/manifestFindings.ts";
import { manifestText } from "../../job/yaml.ts";
import { withPackages } from "../../resources/rayJob/packageFiles.ts";
import { rayJobKnowledge } from "../../schema/packageSchema.ts";
import type { PropertyPath } from "../../values/path.ts";
import { isKnown, mapOf, type PropertyMap } from "../../values/value.ts";
import { documentsOf, type ReadDocument } from "../documents.ts";
import type { ExitCode } from "../exit.ts";
import { findingLine } from "../findingLine.ts";
import { readSource, UnreadableError } from "../source.ts";
import { componentFindings } from "./component.ts";
import { judgedOf, Placeholders } from "./interpolations.ts";
import type { Job } from "./job.ts";
import { jobsIn } from "./jobs.ts";
import { componentsIn, languageOf } from "./program.ts";
import { type Overrides, render } from "./render.ts";

/** Prints the RayJobs that the arguments in a file make, unless something is wrong with one of them. */
export async function runRender(file: string, overrides: Overrides): Promise<ExitCode> {
  try {
    const source = await readSource(file);
    const stem = overrides.name ?? (file === "-" ? "job" : basename(file, extname(file)));
    const documents = documentsOf(source, "pulumi").map((document) => ({
      document,
      jobs: jobsOf(document, source.name, stem),
    }));
    const count = documents.flatMap(({ jobs }) => jobs).length;
    if (count === 0) throw new UnreadableError(`There is no RayJob in ${source.name}`);
    if (count > 1 && overrides.name !== undefined) {
      throw new UnreadableError(`${source.name} has ${count} jobs: they cannot all have the name "${overrides.name}"`);
    }
    return await rendered(source.name, file === "-" ? "." : dirname(file), documents, overrides);
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

interface DocumentOfJobs {
  readonly document: ReadDocument;
  readonly jobs: readonly Job[];
}

function jobsOf({ value }: ReadDocument, file: string, stem: string): Job[] {
  const language = languageOf(value);
  if (language !== undefined && language !== "yaml") {
    const instead = "`pulumi preview --json --show-sames | rayjob render -` prints its jobs";
    throw new UnreadableError(`${file} belongs to a program in ${language}, which is not read. ${instead}`);
  }
  if (isRayJob(value)) throw new UnreadableError(`${file} holds a RayJob as it is, which \`rayjob validate\` judges`);
  return jobsIn(value, stem);
}

async function rendered(
  file: string,
  base: string,
  documents: readonly DocumentOfJobs[],
  overrides: Overrides,
): Promise<ExitCode> {
  const knowledge = await rayJobKnowledge();
  const texts: string[] = [];
  const unknown: string[] = [];
  let refused = false;
  for (const { document, jobs } of documents) {
    const wrong = componentsIn(document.value).flatMap((each) => componentFindings(each, knowledge.schema).map(said));
    for (const job of jobs) {
      const { inputs, failures } = await withPackages(job.inputs, unreadIn(job.inputs), base);
      const placeholders = new Placeholders();
      const { manifest, findings } = render({ ...job, inputs }, overrides, knowledge, placeholders);
      const placed = findings.map((finding) => said({ ...finding, path: job.placeOf(finding.path) }));
      const unread = failures.map(
        ({ path, reason }) => ({ path: job.placeOf(path), severity: "error", text: reason }) as const,
      );
      wrong.push(...apartFrom(wrong, [...placed, ...unread]));
      texts.push(manifestText(manifest));
      unknown.push(...placeholders.texts);
    }
    process.stderr.write(linesOf(file, document, wrong));
    refused ||= wrong.some(({ severity }) => severity === "error");
  }
  if (refused) return 1;
  if (unknown.length > 0) process.stderr.write(`Known only when it is deployed: ${[...new Set(unknown)].join(", ")}\n`);
  process.stdout.write(texts.join("---\n"));
  return 0;
}

/** What is wrong at a place of a document. */
interface Wrong extends Pick<Finding, "path" | "severity"> {
  readonly text: string;
}

function said(finding: Finding): Wrong {
  return { path: finding.path, severity: finding.severity, text: sentenceOf(finding) };
}

/** In the order of the file. */
function linesOf(file: string, document: ReadDocument, wrong: readonly Wrong[]): string {
  const spots = wrong.map((each) => ({ ...each, file, ...document.placeOf(each.path) }));
  spots.sort((a, b) => a.line - b.line || a.column - b.column);
  return spots.map((spot) => findingLine(spot, spot.path, spot.severity, spot.text)).join("");
}

/** What installs packages whose file only a deployment knows. */
function unreadIn({ runtimeEnv }: PropertyMap): PropertyPath[] {
  const names = ["pip", "uv", "conda"].filter((name) => !isKnown(judgedOf(mapOf(runtimeEnv)[name] ?? null)));
  return names.map((name) => ["runtimeEnv", name]);
}
