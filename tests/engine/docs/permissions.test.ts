import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { releasedCrds } from "../../support/crds.ts";
import { documentsIn, Page } from "../../support/page.ts";
import { newRig, type Program, type Rig } from "../../support/rig.ts";
import type { Run } from "../../support/run.ts";
import { until } from "../../support/until.ts";
import { componentJob, jobProperties } from "../programs.ts";
import { Deployer, type Manifest } from "./deployer.ts";

const page = await Page.read("docs/permissions.md");
const [jobs = [], seen = [], parts = [], namespaces = [], platform = []] = page
  .blocks("yaml")
  .map(documentsIn) as Manifest[][];
const lacks = page.rowsBelow("A stack with jobs, on Kubernetes").slice(1);

describe("the roles of the page on permissions", () => {
  let deployer: Deployer;
  let folder: string;
  let rig: Rig;

  before(async () => {
    deployer = await Deployer.start();
    for (const manifest of jobs) await deployer.apply(manifest);
    folder = await mkdtemp(join(tmpdir(), "rayjob-permissions-"));
    await writeFile(join(folder, "kubeconfig"), await deployer.kubeconfig());
  });

  after(async () => {
    await deployer.dispose();
    await rm(folder, { recursive: true });
  });

  beforeEach(async () => {
    rig = await newRig(jobProgram(), { KUBECONFIG: join(folder, "kubeconfig") });
  });

  afterEach(async () => {
    await rig.dispose();
    await deployer.clear();
  });

  it("let a job be submitted, waited for, updated and deleted, without a warning", async () => {
    await succeeded(rig.up());
    await rig.write(jobProgram({ backoffLimit: 1 }));
    await succeeded(rig.up());
    await succeeded(rig.destroy());
  });

  it("name each right that is needed, and what is said without it", () => {
    assert.equal(lacks.length, 7);
  });

  for (const [right = "", moment = "", said = ""] of lacks) {
    it(`without ${right}: ${moment} fails as the page says`, async () => {
      const run = await runWithout(right, moment);
      assert(!run.succeeded, run.text);
      const [before = "", middle = "", after = ""] = said.replaceAll("`", "").split("…");
      assert(run.text.includes(`${before}User "system:serviceaccount:ml:deployer"${middle.trimEnd()}`), run.text);
      assert(run.text.includes(after), run.text);
    });
  }

  it("let a component have a service account and Secrets, with those of its parts", async () => {
    for (const role of [...seen, ...parts]) await allow(role);
    await rig.write(componentProgram());
    await succeeded(rig.up());
    await succeeded(rig.destroy());
  });

  it("let a component make its namespace, with those of namespaces and the others for the whole cluster", async () => {
    await rig.write(componentProgram({ namespace: "made", createNamespace: true }));
    const refused = await rig.up();
    assert.match(refused.text, /cannot [a-z]+ resource "namespaces" in API group ""/);
    const roles = jobs.filter(({ kind }) => kind === "Role");
    const widened = [...roles, ...seen, ...parts].map(({ rules, metadata: { name } }) => {
      return { kind: "ClusterRole", metadata: { name }, ...(rules && { rules }) };
    });
    const ofMade = JSON.parse(JSON.stringify(namespaces).replace('"resourceNames":["ml"]', '"resourceNames":["made"]'));
    try {
      for (const role of [...widened, ...ofMade]) await allow(role);
      await succeeded(rig.up());
    } finally {
      for (const role of [...widened, ...ofMade]) await deployer.setRules(role, []);
      await untilAllowed(false, "create", "namespaces");
    }
  });

  it("let a platform have CRDs, and an operator with rights that nobody has yet", async () => {
    const [role] = platform as [Manifest];
    const operator = ["create", "clusterrole", "kuberay-operator", "--verb=*", "--resource=pods"];
    assert.throws(() => kubectl(...operator), /cannot create resource "clusterroles"/);
    await allow(role);
    kubectl(...operator);
    kubectl("create", "clusterrolebinding", "kuberay-operator", "--clusterrole=kuberay-operator", "--group=operators");
    const properties = { source: releasedCrds("1.6.2"), operatorNamespace: "kuberay-system" };
    await rig.write({ resources: { crds: { type: "rayjob:KubeRayCrds", properties } } });
    await succeeded(rig.up());
  });

  /** Runs the program, without the right in the moment that is spoken of. */
  async function runWithout(right: string, moment: string): Promise<Run> {
    const [, verb = "", resource = ""] = /^`(\w+)` on `(\w+)`/.exec(right) ?? [];
    const role = jobs.find(({ rules }) => rules?.some(({ resources }) => resources.includes(resource)));
    assert(role?.rules, right);
    const isEarly = !/update|destroy/.test(moment);
    if (!isEarly) await succeeded(rig.up());
    const lacking = role.rules.map((rule) => ({ ...rule, verbs: rule.verbs.filter((each) => each !== verb) }));
    await deployer.setRules(role, lacking[0]?.verbs.length === 0 ? [] : lacking);
    const subject = resource === "namespaces" ? "namespaces/kube-system" : `${resource}.ray.io`;
    await untilAllowed(false, verb, subject);
    try {
      if (moment.includes("destroy")) return await rig.destroy();
      await rig.write(jobProgram(isEarly ? { timeoutSeconds: 10 } : { backoffLimit: 1 }));
      return await rig.up();
    } finally {
      await deployer.setRules(role, role.rules);
      await untilAllowed(true, verb, subject);
    }
  }

  async function allow(role: Manifest): Promise<void> {
    const { name, namespace } = role.metadata;
    const roleRef = { apiGroup: "rbac.authorization.k8s.io", kind: role.kind, name };
    const subjects = [{ kind: "ServiceAccount", name: "deployer", namespace: "ml" }];
    const metadata = { name, ...(namespace && { namespace }) };
    await deployer.apply(role);
    const binding = { kind: `${role.kind}Binding`, metadata, roleRef, subjects };
    await deployer.apply(binding);
    const [rule] = role.rules ?? [];
    await untilAllowed(true, rule?.verbs[0] ?? "", rule?.resources[0] ?? "");
  }

  // The API server learns of other rules a moment later.
  async function untilAllowed(isAllowed: boolean, verb: string, subject: string): Promise<void> {
    const answer = () => kubectlSays("auth", "can-i", verb, subject, "--namespace", "ml");
    await until(`${verb} ${subject} to be ${isAllowed}`, async () => answer().startsWith(isAllowed ? "yes" : "no"));
  }

  function kubectl(...args: string[]): void {
    const { status, stderr } = runKubectl(args);
    if (status !== 0) throw new Error(stderr);
  }

  function kubectlSays(...args: string[]): string {
    return runKubectl(args).stdout;
  }

  function runKubectl(args: readonly string[]) {
    return spawnSync("kubectl", ["--kubeconfig", join(folder, "kubeconfig"), ...args], { encoding: "utf8" });
  }
});

async function succeeded(running: Promise<Run>): Promise<void> {
  const run = await running;
  assert(run.succeeded, run.text);
  assert.deepEqual(
    run.diagnostics.filter(({ severity }) => severity === "warning").map(({ message }) => message),
    [],
  );
}

function jobProgram(more: Readonly<Record<string, unknown>> = {}): Program {
  return { resources: { train: { type: "rayjob:RayJob", properties: jobProperties("ml", more) } } };
}

function componentProgram(more: Readonly<Record<string, unknown>> = {}): Program {
  const runtimeEnv = { envVars: { TOKEN: { "fn::secret": "hush" } } };
  const train = componentJob({ runtimeEnv, waitFor: "none" });
  const withoutOthers = { namespace: "ml", createNamespace: false, operator: { install: false } };
  const properties = { ...withoutOthers, serviceAccount: {}, jobs: { train }, ...more };
  return { resources: { training: { type: "rayjob:RayJobComponent", properties } } };
}
