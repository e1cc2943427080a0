import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fc from "fast-check";
import {
  dashboardUrlOf,
  inquiriesOf,
  logsCommandOf,
  portForwardCommandOf,
  quoted,
} from "../../../provider/job/commands.ts";
import type { RayJobStatus } from "../../../provider/job/rayJob.ts";
import { type PropertyMap, UNKNOWN } from "../../../provider/values/value.ts";
import { aJob } from "./aJob.ts";

const job = "train-7f3a9c21";
const attached = { rayClusterSpec: null, existingCluster: "shared" };

const logs: { said: PropertyMap; command: string | typeof UNKNOWN; because: string }[] = [
  { said: {}, command: `kubectl -n ml logs job/${job}`, because: "the submitting Job prints what the driver does" },
  { said: attached, command: `kubectl -n ml logs job/${job}`, because: "on an existing cluster, too" },
  {
    said: { submissionMode: "SidecarMode" },
    command:
      `kubectl -n ml logs -l ray.io/node-type=head,ray.io/cluster="$(kubectl -n ml get rayjob ${job} ` +
      `-o jsonpath='{.status.rayClusterName}')" -c ray-job-submitter --tail=-1`,
    because: "the submitter is a container of the head, whose cluster KubeRay names",
  },
  {
    said: { submissionMode: "HTTPMode" },
    command:
      `kubectl -n ml exec svc/${job}-head-svc -- ray job logs --address http://127.0.0.1:8265 ` +
      `"$(kubectl -n ml get rayjob ${job} -o jsonpath='{.status.jobId}')"`,
    because: "only Ray has the log",
  },
  {
    said: { submissionMode: "InteractiveMode", ...attached },
    command:
      "kubectl -n ml exec svc/shared-head-svc -- ray job logs --address http://127.0.0.1:8265 " +
      `"$(kubectl -n ml get rayjob ${job} -o jsonpath='{.status.jobId}')"`,
    because: "only Ray has the log, on the cluster that is there",
  },
  { said: { submissionMode: UNKNOWN }, command: UNKNOWN, because: "the mode decides who has the log" },
  { said: { name: UNKNOWN }, command: UNKNOWN, because: "the Job has the RayJob's name" },
];

const describeJob = `kubectl -n ml describe rayjob ${job}`;
const describePods = "kubectl -n ml describe pods -l ray.io/cluster=train-abc";

const inquiries: { status: RayJobStatus | undefined; commands: string[]; because: string }[] = [
  { status: undefined, commands: [describeJob], because: "the operator has not looked at it" },
  {
    status: { jobDeploymentStatus: "ValidationFailed" },
    commands: [describeJob],
    because: "what is refused never gets a cluster",
  },
  {
    status: { jobDeploymentStatus: "ValidationFailed", rayClusterName: "train-abc" },
    commands: [describeJob],
    because: "a spec that is spoilt while KubeRay names its cluster never gets pods",
  },
  {
    status: { jobDeploymentStatus: "Initializing", rayClusterName: "train-abc" },
    commands: [describePods, describeJob],
    because: "a job is submitted, and has a log, only when its cluster is up",
  },
  {
    status: { jobDeploymentStatus: "Failed", rayClusterName: "train-abc", dashboardURL: "train-abc:8265" },
    commands: [`kubectl -n ml logs job/${job}`, describePods, describeJob],
    because: "a submission that fails says so in its log",
  },
  {
    status: {
      jobDeploymentStatus: "Failed",
      jobStatus: "FAILED",
      rayClusterName: "train-abc",
      dashboardURL: "train-abc:8265",
    },
    commands: [`kubectl -n ml logs job/${job}`, describeJob],
    because: "where the driver has run, the pods were all right",
  },
];

const ports = (...named: PropertyMap[]): PropertyMap => ({
  rayClusterSpec: { headGroupSpec: { template: { spec: { containers: [{ name: "ray-head", ports: named }] } } } },
});

const dashboards: { said: PropertyMap; url: string | typeof UNKNOWN; because: string }[] = [
  {
    said: {},
    url: `http://${job}-head-svc.ml.svc.cluster.local:8265`,
    because: "KubeRay keeps this service pointed at the job",
  },
  {
    said: attached,
    url: "http://shared-head-svc.ml.svc.cluster.local:8265",
    because: "the cluster has a service of its own",
  },
  {
    said: { rayClusterSpec: null, clusterSelector: { "ray.io/cluster": "shared" } },
    url: "http://shared-head-svc.ml.svc.cluster.local:8265",
    because: "a selector says the same",
  },
  {
    said: ports({ name: "gcs", containerPort: 1 }, { name: "dashboard", containerPort: 9000 }),
    url: `http://${job}-head-svc.ml.svc.cluster.local:9000`,
    because: "the service takes the head's named ports",
  },
  {
    said: ports(),
    url: `http://${job}-head-svc.ml.svc.cluster.local:8265`,
    because: "without any, KubeRay adds its own",
  },
  { said: { ...attached, existingCluster: UNKNOWN }, url: UNKNOWN, because: "it may be any cluster" },
  { said: { namespace: UNKNOWN }, url: UNKNOWN, because: "it may be any namespace" },
];

describe("logsCommandOf", () => {
  for (const { said, command, because } of logs) {
    it(`is ${String(command)}: ${because}`, () => assert.equal(logsCommandOf(aJob(said)), command));
  }
});

describe("inquiriesOf", () => {
  for (const { status, commands, because } of inquiries) {
    it(`are ${commands.length} for ${JSON.stringify(status)}: ${because}`, () => {
      const metadata = { namespace: "ml", name: job, uid: "1", resourceVersion: "1", creationTimestamp: "" };
      assert.deepEqual(inquiriesOf(aJob(), status ? { metadata, status } : { metadata }), commands);
    });
  }
});

describe("dashboardUrlOf and portForwardCommandOf", () => {
  for (const { said, url, because } of dashboards) {
    it(`lead to ${String(url)}: ${because}`, () => {
      assert.equal(dashboardUrlOf(aJob(said)), url);
      const [, service, port] = typeof url === "string" ? (/\/\/([^.]+).*:(\d+)$/.exec(url) ?? []) : [];
      const command = service === undefined ? UNKNOWN : `kubectl -n ml port-forward svc/${service} ${port}:${port}`;
      assert.equal(portForwardCommandOf(aJob(said)), command);
    });
  }
});

describe("quoted", () => {
  it("is read back by a shell as the one word that it was", () => {
    const texts = fc.array(
      fc.oneof(fc.string({ unit: "grapheme" }), fc.constantFrom("$(id)", "`id`", "a'b", "-n", "*", "~", "")),
      {
        minLength: 1,
      },
    );
    const posix = texts.filter((all) => all.every((text) => !text.includes("\0")));
    fc.assert(
      fc.property(posix, (words) => {
        const printed = execFileSync("sh", ["-c", `printf '%s\\0' ${words.map(quoted).join(" ")}`], {
          encoding: "utf8",
        });
        assert.deepEqual(printed.split("\0").slice(0, -1), words);
      }),
      { numRuns: 50 },
    );
  });
});
