import type { PropertyMap } from "../../values/value.ts";
import { dnsLabelHint, isDnsLabel } from "./dnsLabel.ts";
import { clusterOf, clusterWithHead, groupOf, podOf } from "./examples.ts";
import { autoscalerOf, groupsOf, headOf, rayContainerOf, variablesOf, workersOf } from "./parts.ts";
import type { Place } from "./place.ts";
import type { Rule } from "./rule.ts";

const dashboard = [{ ports: [{ port: 8265 }] }];
const dns = [{ ports: [{ port: 53, protocol: "UDP" }] }];

/** Who reaches Ray's nodes, and what is encrypted: KubeRay 1.7. */
export const networkRules: readonly Rule[] = [
  {
    code: "RJ381",
    refuses: "rules for a direction in which nothing is denied (K22)",
    each: (job) => allowancesOf(job).flatMap((allowance) => Object.keys(open).map((name) => allowance.at(name))),
    path: [],
    broken: (rules, job) => rules.isGiven && policyOf(job).at("mode").text === open[rules.name],
    problem: (rules, job) => `Cannot use "${rules.name}" with the mode "${policyOf(job).at("mode").text}"`,
    hint: (rules) => `Drop "${rules.name}", or set "mode" to "DenyAll"`,
    refused: guarded({ mode: "DenyAllEgress", head: { ingressRules: dashboard, egressRules: dns } }),
    accepted: guarded({ mode: "DenyAll", head: { ingressRules: dashboard, egressRules: dns } }),
  },
  {
    code: "RJ382",
    refuses: "rules for a group that does not exist (K22)",
    each: (job) => policyOf(job).at("workerGroups").items,
    path: ["groupName"],
    broken: (allowance, job) =>
      !workersOf(job).some((group) => group.at("groupName").text === allowance.at("groupName").text),
    problem: (allowance) => `There is no worker group "${allowance.at("groupName").text}"`,
    hint: 'Use the "groupName" of one of "workerGroupSpecs"',
    refused: guarded({ workerGroups: [{ groupName: "gpus" }] }),
    accepted: guarded({ workerGroups: [{ groupName: "gpu" }] }),
  },
  {
    code: "RJ383",
    refuses: "a group's name that a network policy cannot have (K22)",
    each: workersOf,
    path: ["groupName"],
    broken: (group, job) => policyOf(job).isThere && group.at("groupName").fails(isDnsLabel),
    problem: (group) => `Cannot name a network policy after the worker group "${group.at("groupName").text}"`,
    hint: dnsLabelHint,
    refused: guarded({}, { groupName: "GPU" }),
    accepted: guarded({}, { groupName: "gpu" }),
  },
  {
    code: "RJ384",
    // KubeRay allows the submitter and nobody else. Another network policy may let the operator in: hence a warning.
    refuses: "a head that the operator does not reach (E20)",
    severity: "warning",
    path: ["rayClusterSpec", "networkPolicy", "head", "ingressRules"],
    broken: (job) =>
      denies("Ingress", job) &&
      !policyOf(job)
        .at("head", "ingressRules")
        .items.some((rule) => admits(rule, { number: dashboardPortOf(job), protocol: "TCP", name: "dashboard" })),
    problem: (job) =>
      `The operator does not reach the head to ask how the job is: no rule lets anybody in on port ${dashboardPortOf(job)}`,
    hint: (job) => `Allow the pods of the operator's namespace to reach port ${dashboardPortOf(job)}`,
    refused: guarded({ mode: "DenyAll", head: { egressRules: dns, ingressRules: [{ ports: [{ port: 6379 }] }] } }),
    accepted: guarded({ mode: "DenyAll", head: { egressRules: dns, ingressRules: dashboard } }),
  },
  {
    code: "RJ385",
    refuses: "what KubeRay sets itself when it encrypts (K23)",
    each: (job) => [
      ...variablesOf(autoscalerOf(job).at("env"), variables),
      ...autoscalerOf(job).at("volumeMounts").items.filter(isOfTls),
      ...groupsOf(job).flatMap((group) => [
        ...variablesOf(rayContainerOf(group).at("env"), variables),
        ...rayContainerOf(group).at("volumeMounts").items.filter(isOfTls),
      ]),
    ],
    path: ["name"],
    broken: (_, job) => job.at("rayClusterSpec", "tlsOptions", "enabled").flag === true,
    problem: (place) => `Cannot set "${place.at("name").text}" beside "tlsOptions": KubeRay does`,
    hint: "Drop it, or mount it under another name at another path",
    refused: encrypted({ tlsOptions: { enabled: true } }),
    accepted: encrypted({ tlsOptions: { enabled: false } }),
  },
  {
    code: "RJ386",
    // Whether it is installed cannot be seen from here.
    refuses: "encryption without cert-manager, for which a RayJob hangs (K27)",
    severity: "warning",
    path: ["rayClusterSpec", "tlsOptions", "enabled"],
    broken: (job) => job.at("rayClusterSpec", "tlsOptions", "enabled").flag === true,
    problem:
      "KubeRay has the certificates made by cert-manager: where that is not installed, no cluster comes up, and an event of the " +
      "RayCluster alone says why",
    hint: "Make sure that cert-manager is installed before the job is submitted",
    refused: clusterOf({ tlsOptions: { enabled: true } }),
    accepted: clusterOf({ tlsOptions: { enabled: false } }),
  },
  {
    code: "RJ387",
    // KubeRay allows what Ray's nodes send each other, and nothing else. Workers look the head up by the name of its Service.
    refuses: "nodes that cannot look up a name (E20)",
    severity: "warning",
    each: (job) => [policyOf(job).at("head"), ...(workersOf(job).length > 0 ? [policyOf(job).at("worker")] : [])],
    path: ["egressRules"],
    broken: (allowance, job) => denies("Egress", job) && !asksForNames(allowance) && !groupsAskForNames(allowance, job),
    problem: (allowance) =>
      `The ${allowance.name === "head" ? "head" : "workers"} cannot look up names, such as that of the ${allowance.name === "head" ? "object store" : "head's Service"}: no rule lets anything out to port 53`,
    hint: "Allow port 53, by UDP and TCP, to the pods of the cluster's DNS",
    refused: guarded({ worker: {} }),
    accepted: guarded({ mode: "DenyAllIngress", head: { ingressRules: [{}] }, worker: {} }),
  },
];

// In which mode a direction stays open.
const open: Readonly<Record<string, string>> = { ingressRules: "DenyAllEgress", egressRules: "DenyAllIngress" };

const variables = ["RAY_USE_TLS", "RAY_TLS_SERVER_CERT", "RAY_TLS_SERVER_KEY", "RAY_TLS_CA_CERT"];

function policyOf(job: Place): Place {
  return job.at("rayClusterSpec", "networkPolicy");
}

function allowancesOf(job: Place): readonly Place[] {
  const policy = policyOf(job);
  return [policy.at("head"), policy.at("worker"), ...policy.at("workerGroups").items];
}

function denies(direction: "Ingress" | "Egress", job: Place): boolean {
  return (
    policyOf(job).isThere && ["DenyAll", `DenyAll${direction}`].includes(policyOf(job).at("mode").text ?? "DenyAll")
  );
}

function asksForNames(allowance: Place): boolean {
  return allowance.at("egressRules").items.some((rule) => admits(rule, { number: 53, protocol: "UDP", name: "dns" }));
}

/** Whether each group of workers is allowed to by a rule of its own. */
function groupsAskForNames(allowance: Place, job: Place): boolean {
  const names = policyOf(job)
    .at("workerGroups")
    .items.filter(asksForNames)
    .map((group) => group.at("groupName").text);
  return allowance.name === "worker" && workersOf(job).every((group) => names.includes(group.at("groupName").text));
}

interface Port {
  readonly number: number;
  readonly protocol: string;
  readonly name: string;
}

/** Whether a rule of a network policy is about a port: one without ports is about all of them. */
function admits(rule: Place, { number, protocol, name }: Port): boolean {
  return (
    !rule.at("ports").isGiven ||
    rule.at("ports").items.some((ports) => {
      const first = ports.at("port");
      if ((ports.at("protocol").text ?? "TCP") !== protocol) return false;
      if (!first.isThere || first.text === name || first.text === String(number)) return true;
      return (
        first.number !== undefined && first.number <= number && number <= (ports.at("endPort").number ?? first.number)
      );
    })
  );
}

function dashboardPortOf(job: Place): number {
  const ports = rayContainerOf(headOf(job)).at("ports").items;
  return ports.find((port) => port.at("name").text === "dashboard")?.at("containerPort").number ?? 8265;
}

function isOfTls(mount: Place): boolean {
  return mount.at("name").text === "ray-tls" || mount.at("mountPath").text === "/etc/ray/tls";
}

function guarded(networkPolicy: PropertyMap, group: PropertyMap = {}): PropertyMap {
  const usual = { mode: "DenyAllEgress", head: { egressRules: dns }, worker: { egressRules: dns } };
  return clusterOf({
    networkPolicy: { ...usual, ...networkPolicy },
    workerGroupSpecs: [groupOf({ groupName: "gpu", ...group })],
  });
}

function encrypted(fields: PropertyMap): PropertyMap {
  return clusterWithHead({ template: podOf("ray-head", { env: [{ name: "RAY_USE_TLS", value: "1" }] }) }, fields);
}
