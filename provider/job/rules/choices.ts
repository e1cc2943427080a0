import { suggestionOf } from "../../findings/closest.ts";
import { controllers } from "../args.ts";
import { clusterOf } from "./examples.ts";
import type { Rule } from "./rule.ts";

/** A field of the cluster that takes one of a few words, which its CRD does not list; ../spec/choices.ts has those of all others. */
export const choiceRules: readonly Rule[] = [
  {
    code: "RJ371",
    refuses: "a controller of the cluster that the API server does not take (K24)",
    each: (job) => [job.at("rayClusterSpec", "managedBy")],
    path: [],
    broken: ({ text }) => text !== undefined && !managers.includes(text),
    problem: ({ text }) => `Cannot take "${text}" for "managedBy"`,
    hint: ({ text }) => suggestionOf(text ?? "", managers),
    refused: clusterOf({ managedBy: "ray.io/kuberay" }),
    accepted: clusterOf({ managedBy: "ray.io/kuberay-operator" }),
  },
];

const managers: readonly string[] = controllers;
