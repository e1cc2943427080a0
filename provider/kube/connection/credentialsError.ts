import type { User } from "@kubernetes/client-node/dist/config_types.js";
import { messageOf } from "../../values/messageOf.ts";
import type { Attempt } from "./clusterRequest.ts";
import { ClusterError } from "./errors.ts";
import { REQUEST_TIMEOUT_MS } from "./limits.ts";

/**
 * The error for credentials that could not be had: an exec plug-in that fails, a token or key file that is gone.
 * What a plug-in printed instead of JSON is never repeated: it may be a token.
 */
export function credentialsError(attempt: Attempt, error: unknown, user: User | null): ClusterError {
  const command = user?.exec?.command;
  const problem = `Cannot ${attempt.action} ${attempt.subject}: ${reasonOf(error, command)}`;
  const kind = isNotInstalled(error, command) ? "configuration" : "unauthorized";
  return new ClusterError(kind, problem, { hint: hintOf(error, command) });
}

function reasonOf(error: unknown, command: unknown): string {
  const source = typeof command === "string" ? `"${command}"` : "the authentication";
  const said = firstLineOf(error);
  if (error instanceof SyntaxError) return `cannot get credentials (${source} did not give valid JSON)`;
  if (isTimeout(error))
    return `cannot get credentials (${source} did not finish within ${REQUEST_TIMEOUT_MS / 1000} s)`;
  if (typeof command !== "string") return `cannot get credentials (${said})`;
  if (isNotInstalled(error, command)) return `cannot get credentials (${source} is not installed)`;
  return `cannot get credentials (${source} failed${said ? `: ${said}` : ""})`;
}

function hintOf(error: unknown, command: unknown): string {
  if (typeof command !== "string") return "Correct what the kubeconfig says of its user";
  if (isNotInstalled(error, command)) return "Install it, or correct the kubeconfig";
  return "Try it in a shell, and sign in again if it asks for that";
}

function isNotInstalled(error: unknown, command: unknown): boolean {
  return typeof command === "string" && Object(error).code === "ENOENT";
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.name === "TimeoutError";
}

const LONGEST = 300;

function firstLineOf(error: unknown): string {
  const line =
    messageOf(error)
      .split("\n")
      .find((candidate) => candidate.trim()) ?? "";
  return line.trim().slice(0, LONGEST);
}
