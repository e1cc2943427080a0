import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import type { ChartArgs } from "./args.ts";

/** What `helm template` prints for a chart. Throws an error with Helm's own reason. */
export async function renderChart(args: ChartArgs): Promise<string> {
  const helm = spawn("helm", commandLineOf(args), { stdio: "pipe" });
  const ended = new Promise<number | null>((resolve, reject) => helm.once("error", reject).once("close", resolve));
  helm.stdin.on("error", () => undefined).end(JSON.stringify(args.values));
  try {
    const [manifest, complaint, code] = await Promise.all([text(helm.stdout), text(helm.stderr), ended]);
    if (code === 0) return manifest;
    throw new Error(reasonOf(complaint));
  } catch (error) {
    throw new Error(`Cannot render the chart ${args.chart}: ${problemOf(error as NodeJS.ErrnoException)}`);
  }
}

/** Values come by standard input: on the command line everybody could read them. */
export function commandLineOf({ chart, repository, version, release, namespace, skipCrds }: ChartArgs): string[] {
  return [
    "template",
    release,
    chart,
    ...["--namespace", namespace],
    ...["--values", "-"],
    ...(repository === undefined ? [] : ["--repo", repository]),
    ...(version === undefined ? [] : ["--version", version]),
    "--no-hooks",
    skipCrds ? "--skip-crds" : "--include-crds",
  ];
}

function problemOf({ code, message }: NodeJS.ErrnoException): string {
  return code === "ENOENT" ? 'there is no program "helm" on PATH; `make build` makes one' : message;
}

// Helm warns about a readable kubeconfig first, and lays out its error over several lines.
function reasonOf(complaint: string): string {
  const lines = complaint.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("WARNING"));
  return lines
    .join(" ")
    .replace(/^Error: /, "")
    .trim();
}
