import { type CodeEffect, codeEffects, workingDir } from "./code.ts";
import { code, codeList, escaped, withCode } from "./escaped.ts";
import { jobEffects, rayJob, unchangedJobs } from "./jobs.ts";
import type { Preview } from "./preview.ts";

/** The preview as GitHub-flavoured Markdown. It names arguments and files, never values. */
export function markdownOf(preview: Preview): string {
  const { diagnostics } = preview;
  const problems = [
    messages("The preview has failed", "error", diagnostics),
    messages("Warnings", "warning", diagnostics),
  ];
  const sections = [heading(preview), ...problems, jobs(preview), packages(preview), others(preview)];
  return cut(sections.filter((lines) => lines.length > 0).map((lines) => `${lines.join("\n")}\n`));
}

/** Whether the preview that is summed up has failed. */
export function hasFailed({ diagnostics }: Preview): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}

function heading({ stack }: Preview): string[] {
  // All that a name has in Pulumi. Without a > it ends no comment.
  const marker = ["rayjob summary", ...(stack === undefined ? [] : [stack.replace(/[^\w./-]/g, "_")])];
  return [`<!-- ${marker.join(" ")} -->`, `### Ray jobs${stack === undefined ? "" : ` of ${code(stack)}`}`];
}

function messages(title: string, severity: string, diagnostics: Preview["diagnostics"]): string[] {
  const found = diagnostics.filter((each) => each.severity === severity);
  if (found.length === 0) return [];
  const lines = found.map(({ name, message }) => `- ${name === "" ? "" : `${code(name)}: `}${escaped(message)}`);
  return [`**${title}**`, "", ...bounded(lines, mostMessages, (hidden) => `- ${hidden} more`)];
}

function jobs(preview: Preview): string[] {
  const effects = jobEffects(preview);
  const unchanged = unchangedJobs(preview);
  if (effects.length + unchanged.length === 0) return ["No Ray job changes."];
  const rows = effects.map(
    ({ name, effect, cause }) => `| ${code(name)} | **${escaped(effect)}** | ${withCode(cause)} |`,
  );
  const table = ["| Job | What becomes of it | Why |", "| --- | --- | --- |", ...bounded(rows, mostRows, rowOfMore)];
  const rest = `${unchanged.length} unchanged: ${codeList(unchanged, mostNames)}.`;
  return [...(rows.length > 0 ? table : []), ...(unchanged.length > 0 ? [...(rows.length > 0 ? [""] : []), rest] : [])];
}

function packages(preview: Preview): string[] {
  const rows = codeEffects(preview).map((effect) => `| ${code(effect.name)} | ${filesOf(effect)} |`);
  return rows.length === 0 ? [] : ["| Code | Files |", "| --- | --- |", ...bounded(rows, mostRows, rowOfMore)];
}

function filesOf({ effect, files }: CodeEffect): string {
  const lists = Object.entries(files).filter(([, paths]) => paths.length > 0);
  const told = lists.map(([change, paths]) => `${paths.length} ${change}: ${codeList(paths, mostNames)}`);
  return [...told, escaped(effect)].join("<br>");
}

function others({ steps, unlisted }: Preview): string[] {
  const ops = steps.filter(({ type }) => type !== rayJob && type !== workingDir).map(({ op }) => op);
  const counts = [...new Set(ops)].sort().map((op) => {
    const count = ops.filter((each) => each === op).length;
    return op === "same" ? `${count} unchanged` : `${count} to ${escaped(op)}`;
  });
  return [
    ...(ops.length > 0 ? [`Other resources: ${counts.join(", ")}.`] : []),
    ...(unlisted > 0 ? [`Unchanged resources that the preview does not list: ${unlisted}.`] : []),
  ];
}

function bounded(lines: readonly string[], most: number, more: (hidden: number) => string): string[] {
  const hidden = lines.length - most;
  return hidden > 0 ? [...lines.slice(0, most), more(hidden)] : [...lines];
}

function rowOfMore(hidden: number): string {
  return `| ${hidden} more | |`;
}

const mostRows = 50;
const mostNames = 10;
const mostMessages = 10;

/** GitHub takes 65,536 characters: what comes last is left out first. */
function cut(sections: readonly string[]): string {
  const shown = sections.filter((_, index) => sections.slice(0, index + 1).join("\n").length < mostCharacters);
  const note = shown.length < sections.length ? "The rest is too long for a comment: see the preview itself.\n" : "";
  return [...shown, ...(note === "" ? [] : [note])].join("\n");
}

const mostCharacters = 60_000;
