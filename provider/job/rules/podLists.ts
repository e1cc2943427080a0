import { clusterWithHead, podOf } from "./examples.ts";
import { podsOf } from "./parts.ts";
import type { Place } from "./place.ts";
import type { Rule } from "./rule.ts";

/** The lists in pod templates whose elements have names, or something like it. */
export const podListRules: readonly Rule[] = [
  {
    code: "RJ356",
    refuses: "two elements that are known by the same: the API server takes no such RayJob",
    each: (job) => listsOf(job).flatMap(repeatedIn),
    path: [],
    broken: () => true,
    problem: (element) => `There is another element of "${element.path.at(-2)}" like this one`,
    hint: "Keep one of them, or give them different names",
    refused: clusterWithHead({ template: podOf("ray-head", { env: [{ name: "A" }, { name: "A" }] }) }),
    accepted: clusterWithHead({ template: podOf("ray-head", { env: [{ name: "A" }, { name: "B" }] }) }),
  },
];

/** A list, and what its elements are told apart by (x-kubernetes-list-map-keys in the CRD). */
interface NamedList {
  readonly list: Place;
  readonly identity: readonly string[];
}

function listsOf(job: Place): readonly NamedList[] {
  const pods = [...podsOf(job), job.at("submitterPodTemplate", "spec")];
  return pods.flatMap((pod) => [
    named(pod.at("volumes")),
    ...[pod.at("containers"), pod.at("initContainers")].flatMap((list) => [
      named(list),
      ...list.knownItems.flatMap((container) => [
        named(container.at("env")),
        { list: container.at("ports"), identity: ["containerPort", "protocol"] },
        { list: container.at("volumeMounts"), identity: ["mountPath"] },
      ]),
    ]),
  ]);
}

function named(list: Place): NamedList {
  return { list, identity: ["name"] };
}

function repeatedIn({ list, identity }: NamedList): readonly Place[] {
  const seen = new Set<string>();
  return list.knownItems.filter((element) => {
    const values = identity.map((name) => element.at(name));
    if (!values.every((value) => value.isKnown)) return false;
    // A port's protocol, which is left out more often than not, is TCP.
    const known = JSON.stringify(values.map(({ value = "TCP" }) => value));
    return seen.size === seen.add(known).size;
  });
}
