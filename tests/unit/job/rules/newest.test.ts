import assert from "node:assert/strict";
import { validate } from "../../../../provider/job/rules/validate.ts";
import { formatPath } from "../../../../provider/values/path.ts";
import type { PropertyMap, Value } from "../../../../provider/values/value.ts";
import { aJob } from "../aJob.ts";

const image = "example.com/ray:1";

// No operator of KubeRay 1.7 can be asked here: each branch of these rules has its case.
const networks: readonly Case[] = [
  [{ mode: "DenyAllEgress", head: { egressRules: dns() } }, [], "the head looks up names"],
  [{ mode: "DenyAllEgress" }, ["head.egressRules RJ387"], "the head looks up no name"],
  [{ head: { ingressRules: [{}], egressRules: [{}] } }, [], "a rule without ports is about all of them"],
  [{}, ["head.ingressRules RJ384", "head.egressRules RJ387"], "all is denied where no mode is said"],
  [{ mode: "DenyAllIngress", head: { ingressRules: ports({ port: 8265 }) } }, [], "the operator comes in"],
  [{ mode: "DenyAllIngress", head: { ingressRules: ports({ port: "dashboard" }) } }, [], "ports have names, too"],
  [{ mode: "DenyAllIngress", head: { ingressRules: ports({ port: 8000, endPort: 9000 }) } }, [], "it is among them"],
  [{ mode: "DenyAllIngress", head: { ingressRules: ports({ protocol: "TCP" }) } }, [], "it is one of all ports"],
  [
    { mode: "DenyAllIngress", head: { ingressRules: ports({ port: 8000, endPort: 8264 }) } },
    ["head.ingressRules RJ384"],
    "it comes after them",
  ],
  [
    { mode: "DenyAllIngress", head: { ingressRules: ports({ port: 8265, protocol: "UDP" }) } },
    ["head.ingressRules RJ384"],
    "the dashboard is asked by TCP",
  ],
  [
    { mode: "DenyAllIngress", head: { ingressRules: [{}], egressRules: [{}] } },
    ["head.egressRules RJ381"],
    "nothing is denied on the way out",
  ],
  [
    { mode: "DenyAllIngress", head: { ingressRules: [{}] }, worker: { egressRules: [{}] } },
    ["worker.egressRules RJ381"],
    "nor of the workers",
  ],
  [
    {
      mode: "DenyAllEgress",
      head: { egressRules: dns() },
      worker: { egressRules: dns() },
      workerGroups: [{ groupName: "gpu", ingressRules: [{}] }],
    },
    ["workerGroups[0].ingressRules RJ381", "workerGroups[0].groupName RJ382"],
    "nor of one group, on the way in, be there such a group or not",
  ],
];

const grouped: readonly Case[] = [
  [
    { mode: "DenyAllEgress", head: { egressRules: dns() } },
    ["worker.egressRules RJ387"],
    "the workers do not find the head by its name",
  ],
  [
    { mode: "DenyAllEgress", head: { egressRules: dns() }, workerGroups: [{ groupName: "gpu", egressRules: dns() }] },
    [],
    "each group has a rule of its own",
  ],
];

const stores: readonly Case[] = [
  [{ backend: "rocksdb", redisUsername: { value: "a" } }, ["redisUsername RJ345"], "there is no Redis"],
  [{ backend: "rocksdb", redisPassword: { value: "a" } }, ["redisPassword RJ345"], "nor its password"],
  [{ backend: "rocksdb", externalStorageNamespace: "a" }, ["externalStorageNamespace RJ345"], "nor a part of it"],
  [
    { backend: "rocksdb", storage: { claimName: "a", storageClassName: "b", accessModes: ["ReadWriteOnce"] } },
    ["storage.storageClassName RJ347", "storage.accessModes RJ347"],
    "the claim is there already",
  ],
  [{ backend: "rocksdb", storage: { size: "1Gi", storageClassName: "b" } }, [], "the claim is made"],
];

const collectors: readonly (readonly [options: PropertyMap, found: readonly string[], because: string])[] = [
  [{}, ["RJ391", "RJ393"], "there is no collector"],
  [{ collectorOptions: {} }, ["RJ391", "RJ393"], "it has nothing that it needs"],
  [collector({ STORAGE_BACKEND: "GCS" }), ["RJ394"], "which bucket is not said"],
  [collector({ STORAGE_BACKEND: "gcs", GCS_BUCKET: "a" }), [], "it is, in whatever letters"],
  [collector({ STORAGE_BACKEND: "ALIYUNOSS", OSS_BUCKET: "a", OSS_REGION: "b" }), ["RJ394"], "it has no endpoint"],
  [collector({ STORAGE_BACKEND: "ALIYUNOSS", OSS_BUCKET: "a", OSS_REGION: "b", OSS_ENDPOINT: "c" }), [], "it has all"],
  [collector({ STORAGE_BACKEND: "AZUREBLOB" }), ["RJ394"], "there is neither a connection nor an account"],
  [collector({ STORAGE_BACKEND: "AZUREBLOB", AZURE_STORAGE_ACCOUNT_URL: "a" }), [], "one of them is enough"],
  [
    collector({
      STORAGE_BACKEND: "AZUREBLOB",
      AZURE_STORAGE_AUTH_MODE: "connection_string",
      AZURE_STORAGE_ACCOUNT_URL: "a",
    }),
    ["RJ394"],
    "the connection is missing",
  ],
  [
    collector({
      STORAGE_BACKEND: "AZUREBLOB",
      AZURE_STORAGE_AUTH_MODE: "workload_identity",
      AZURE_STORAGE_ACCOUNT_URL: "a",
    }),
    [],
    "the account is all that it needs",
  ],
];

const ofHead: readonly (readonly [
  cluster: PropertyMap,
  pod: PropertyMap,
  found: readonly string[],
  because: string,
])[] = [
  [
    tls(),
    { volumeMounts: [{ name: "ray-tls", mountPath: "/a" }] },
    ["volumeMounts[0].name RJ385"],
    "KubeRay mounts it",
  ],
  [
    tls(),
    { volumeMounts: [{ name: "a", mountPath: "/etc/ray/tls" }] },
    ["volumeMounts[0].name RJ385"],
    "and does so here",
  ],
  [
    tls(),
    { env: [{ name: "RAY_TLS_CA_CERT", value: "a" }] },
    ["env[0].name RJ385"],
    "it says where the certificate is",
  ],
  [tls(), { volumeMounts: [{ name: "a", mountPath: "/etc/ray" }] }, [], "this is another place"],
  [
    embedded(),
    { volumeMounts: [{ name: "gcs-storage", mountPath: "/a" }] },
    ["volumeMounts[0] RJ348"],
    "it has the name",
  ],
  [
    embedded(),
    { volumeMounts: [{ name: "a", mountPath: "/data/gcs" }] },
    ["volumeMounts[0] RJ348"],
    "it has the place",
  ],
  [embedded(), { env: [{ name: "RAY_gcs_storage_path", value: "a" }] }, ["env[0] RJ348"], "KubeRay says where"],
];

type Case = readonly [said: PropertyMap, found: readonly string[], because: string];

describe("validate, of what KubeRay has since 1.7", () => {
  for (const [networkPolicy, found, because] of networks) {
    it(`finds ${JSON.stringify(found)} in the network policy ${JSON.stringify(networkPolicy)}: ${because}`, () => {
      assert.deepEqual(inCluster({ networkPolicy }, "networkPolicy."), found);
    });
  }

  for (const [networkPolicy, found, because] of grouped) {
    it(`finds ${JSON.stringify(found)} beside a group of workers in ${JSON.stringify(networkPolicy)}: ${because}`, () => {
      const workerGroupSpecs = [{ groupName: "gpu", replicas: 1, template: podOf({}) }];
      assert.deepEqual(inCluster({ networkPolicy, workerGroupSpecs }, "networkPolicy."), found);
    });
  }

  for (const [gcsFaultToleranceOptions, found, because] of stores) {
    it(`finds ${JSON.stringify(found)} in the store ${JSON.stringify(gcsFaultToleranceOptions)}: ${because}`, () => {
      assert.deepEqual(inCluster({ gcsFaultToleranceOptions }, "gcsFaultToleranceOptions."), found);
    });
  }

  for (const [historyServerOptions, found, because] of collectors) {
    it(`finds ${JSON.stringify(found)} in the history server ${JSON.stringify(historyServerOptions)}: ${because}`, () => {
      const codes = inCluster({ historyServerOptions }).map((told) => told.split(" ")[1]);
      assert.deepEqual(codes, found);
    });
  }

  for (const [cluster, container, found, because] of ofHead) {
    it(`finds ${JSON.stringify(found)} of ${JSON.stringify([cluster, container])} in the head: ${because}`, () => {
      const headGroupSpec = { template: podOf(container) };
      const told = inCluster({ ...cluster, headGroupSpec }, "headGroupSpec.template.spec.containers[0].");
      assert.deepEqual(
        told.filter((each) => !each.endsWith("RJ386")),
        found,
      );
    });
  }

  it("finds a volume of the head that has the name of KubeRay's own", () => {
    const template = {
      spec: { containers: [{ name: "ray", image }], volumes: [{ name: "gcs-storage", emptyDir: {} }] },
    };
    assert.deepEqual(inCluster({ ...embedded(), headGroupSpec: { template } }, "headGroupSpec.template.spec."), [
      "volumes[0] RJ348",
    ]);
  });

  it("finds what the autoscaler and the workers say of encryption, too", () => {
    const env = [{ name: "RAY_USE_TLS", value: "1" }];
    const volumeMounts = [{ name: "ray-tls", mountPath: "/a" }];
    const workerGroupSpecs = [{ groupName: "gpu", replicas: 1, template: podOf({ env }) }];
    const told = inCluster({ ...tls(), autoscalerOptions: { env, volumeMounts }, workerGroupSpecs });
    assert.deepEqual(told, [
      "autoscalerOptions.env[0].name RJ385",
      "autoscalerOptions.volumeMounts[0].name RJ385",
      "workerGroupSpecs[0].template.spec.containers[0].env[0].name RJ385",
      "tlsOptions.enabled RJ386",
    ]);
  });
});

function inCluster(fields: PropertyMap, prefix = ""): string[] {
  const rayClusterSpec = { headGroupSpec: { template: podOf({}) }, ...fields };
  return validate(aJob({ rayClusterSpec })).map(
    ({ path, code }) => `${formatPath(path.slice(1)).replace(prefix, "")} ${code}`,
  );
}

function podOf(container: PropertyMap): PropertyMap {
  return { spec: { containers: [{ name: "ray", image, ...container }], volumes: [{ name: "a", emptyDir: {} }] } };
}

function ports(port: PropertyMap): Value {
  return [{ ports: [port] }];
}

function dns(): Value {
  return ports({ port: 53, protocol: "UDP" });
}

function tls(): PropertyMap {
  return { tlsOptions: { enabled: true } };
}

function embedded(): PropertyMap {
  return { gcsFaultToleranceOptions: { backend: "rocksdb" } };
}

function collector(variables: Readonly<Record<string, string>>): PropertyMap {
  const env = Object.entries(variables).map(([name, value]) => ({ name, value }));
  return { collectorOptions: { image, env } };
}
