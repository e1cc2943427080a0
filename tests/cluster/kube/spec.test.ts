import assert from "node:assert/strict";
import fc from "fast-check";
import { compareVersions } from "../../../provider/crds/release.ts";
import { manifestOf } from "../../../provider/job/manifest.ts";
import { ownerOf } from "../../../provider/job/owner.ts";
import type { RayJob, RayJobManifest } from "../../../provider/job/rayJob.ts";
import { type KubeRayFields, sinceOf, typeOf } from "../../../provider/job/spec/fields.ts";
import { rayJobPath } from "../../../provider/kube/paths.ts";
import { kubeRayFields } from "../../../provider/schema/packageSchema.ts";
import { isList, type PropertyMap, type Value } from "../../../provider/values/value.ts";
import { TestNamespace } from "../../support/cluster.ts";
import { Crds } from "../../support/crds.ts";
import { EmptyApiServer } from "../../support/emptyApiServer.ts";

const runs = 300;
const owner = ownerOf("urn:pulumi:test::spec::rayjob:index:RayJob::train", "provider");

for (const version of ["1.6.2", "1.5.1"] as const) {
  describe(`any spec that the CRD of KubeRay ${version} allows`, () => {
    let server: Server;

    before(async () => {
      server = await (version === "1.6.2" ? sandbox() : serverWith(version));
    });

    after(() => server.dispose());

    it(`comes to the API server as it was written, ${runs} times`, async () => {
      const fields = await kubeRayFields();
      await fc.assert(
        fc.asyncProperty(someSpec(fields, version), async (spec) => {
          const ofJob = { name: "train", namespace: server.namespace, entrypoint: "python a.py" };
          const manifest = manifestOf({ kubeRayVersion: version, ...spec, ...ofJob }, owner);
          const answered = await server.dryRun(manifest);
          assertWithin(spec.rayClusterSpec, (answered.spec as PropertyMap).rayClusterSpec, "rayClusterSpec");
          assertWithin(manifest.spec, answered.spec as PropertyMap, "spec");
        }),
        { numRuns: runs, seed: 7 },
      );
    });
  });
}

/** An API server that has the CRDs of a version. */
interface Server {
  readonly namespace: string;
  dryRun(manifest: RayJobManifest): Promise<RayJob>;
  dispose(): Promise<void>;
}

async function sandbox(): Promise<Server> {
  const namespace = await TestNamespace.create("spec");
  return {
    namespace: namespace.name,
    dryRun: (manifest) => namespace.dryRun(manifest),
    dispose: () => namespace.dispose(),
  };
}

async function serverWith(version: "1.5.1"): Promise<Server> {
  const server = await EmptyApiServer.start();
  await new Crds(server).create(version, "kubectl");
  const query = { dryRun: "All", fieldValidation: "Strict" };
  return {
    namespace: "default",
    dryRun: (manifest) => server.send<RayJob>("POST", rayJobPath({ namespace: "default" }), manifest, { query }),
    dispose: () => server.dispose(),
  };
}

/** What was written is there; what else is there the API server has filled in. */
function assertWithin(written: Value | undefined, found: Value | undefined, at: string): void {
  if (typeof written !== "object" || written === null) {
    assert.deepEqual(found, written, at);
    return;
  }
  assert(typeof found === "object" && found !== null, `${at} is ${JSON.stringify(found)}`);
  if (isList(written)) assert.equal(isList(found) ? found.length : undefined, written.length, at);
  for (const [name, each] of Object.entries(written)) assertWithin(each, (found as PropertyMap)[name], `${at}.${name}`);
}

/** Objects of KubeRay's, with a few of all the fields that the version has. */
function someSpec(fields: KubeRayFields, version: string): fc.Arbitrary<PropertyMap> {
  const spec = fields.types[fields.root]?.fields ?? {};
  const anyOfField = (name: string) => anyOf(spec[name] === undefined ? -1 : typeOf(spec[name]), "", fields, version);
  return fc.record(
    {
      rayClusterSpec: anyOfField("rayClusterSpec"),
      submitterPodTemplate: anyOfField("submitterPodTemplate"),
      submitterConfig: anyOfField("submitterConfig"),
      deletionStrategy: fc.record({ deletionRules: fc.tuple(deletionRuleOf(version)) }),
    },
    { requiredKeys: ["rayClusterSpec"] },
  ) as fc.Arbitrary<PropertyMap>;
}

function deletionRuleOf(version: string) {
  const onStatus = fc.record({ jobStatus: fc.constantFrom("SUCCEEDED", "FAILED"), ttlSeconds: fc.nat() });
  const onFailure = fc.record({ jobDeploymentStatus: fc.constant("Failed") });
  return fc.record({
    policy: fc.constantFrom("DeleteCluster", "DeleteWorkers", "DeleteSelf", "DeleteNone"),
    condition: version === "1.5.1" ? onStatus : fc.oneof(onStatus, onFailure),
  });
}

function anyOf(index: number, name: string, fields: KubeRayFields, version: string): fc.Arbitrary<unknown> {
  const type = fields.types[index];
  if (type === undefined) return fc.constant({});
  // A rule of the CRD that is no part of the field's type.
  if (name === "managedBy") return fc.constantFrom("ray.io/kuberay-operator", "kueue.x-k8s.io/multikueue");
  if (type.enum !== undefined) return fc.constantFrom(...type.enum);
  switch (type.type) {
    case "object":
      return objectOf(index, fields, version);
    case "list":
      // Elements of some lists must differ in their keys.
      return fc.array(anyOf(type.of ?? -1, name, fields, version), { maxLength: 1 });
    case "map":
      return fc.dictionary(fc.constantFrom("a", "b.c/d", "E_f"), anyOf(type.of ?? -1, "", fields, version), {
        maxKeys: 2,
      });
    case "integer":
      return fc.integer({ min: type.minimum ?? 0, max: 1000 });
    case "number":
      return fc.constantFrom(0, 0.5, 2);
    case "boolean":
      return fc.boolean();
    case "integerOrString":
      return fc.constantFrom<string | number>("http", "25%", 3);
    case "quantity":
      return fc.constantFrom<string | number>("500m", "1Gi", 3);
    case "any":
      return fc.constant({ labels: { a: "b" } });
    default:
      return fc.constantFrom("a", "b-1", "$(X) 'c' \"d\" `e`\n", "ü", "");
  }
}

/** An object with what it needs, and about three of its other fields. */
function objectOf(index: number, fields: KubeRayFields, version: string): fc.Arbitrary<unknown> {
  const { fields: inside = {}, required: always = [] } = fields.types[index] ?? {};
  // Required before 1.7.0, so that it is left to the cluster.
  const required = [...always, ...Object.keys(inside).filter((name) => name === "redisAddress")];
  const names = Object.entries(inside).flatMap(([name, field]) =>
    compareVersions(sinceOf(field) ?? "", version) > 0 || required.includes(name) || name === notWritten ? [] : [name],
  );
  return fc.subarray(names, { maxLength: Math.min(3, names.length) }).chain((chosen) => {
    const entries = [...required, ...chosen].map((name) => [name, anyOf(typeOf(inside[name]), name, fields, version)]);
    return fc.record(Object.fromEntries(entries));
  });
}

/** What a cluster says of a Service, with formats of its own, which nobody writes. */
const notWritten = "status";
