import assert from "node:assert/strict";
import { fingerprintOf } from "../../../provider/crds/crd.ts";
import { observed } from "../../../provider/crds/drift.ts";
import { duties } from "../../../provider/crds/duties.ts";
import { appliedCrdsOf, foretoldOutputsOf } from "../../../provider/crds/outputs.ts";
import { crdsOf } from "../../../provider/crds/release.ts";
import { type PropertyMap, UNKNOWN } from "../../../provider/values/value.ts";
import { aCrd } from "./aCrd.ts";

describe("observed", () => {
  const crd = aCrd("rayjobs.ray.io").with({ a: {} });
  const applied = { sha256: "x", fingerprint: fingerprintOf(crd) };

  it("sees nothing where only what the API server and others add has changed", () => {
    const live = aCrd("rayjobs.ray.io").with({ a: {} }).ofKubeRay("1.6.2").managedBy({ manager: "kubectl-label" });
    assert.deepEqual(observed(applied, live, "us"), applied);
  });

  it("sees another spec, and who has changed it", () => {
    const live = aCrd("rayjobs.ray.io").with({ b: {} });
    assert.deepEqual(observed(applied, live, "us"), { ...applied, drift: "changed" });
    const edited = live.managedBy({ manager: "kubectl-edit", fieldsV1: { "f:spec": {} } });
    assert.deepEqual(observed(applied, edited, "us"), { ...applied, drift: "changed by kubectl-edit" });
  });

  it("sees that it is not served, although it is what was applied", () => {
    const live = aCrd("rayjobs.ray.io").with({ a: {} }).having({ type: "NamesAccepted", status: "False" });
    assert.deepEqual(observed(applied, live, "us"), { ...applied, drift: "not served" });
  });

  it("sees that it is gone", () => {
    assert.deepEqual(observed(applied, undefined, "us"), { ...applied, drift: "deleted" });
  });

  it("forgets what is no longer so", () => {
    assert.deepEqual(observed({ ...applied, drift: "deleted" }, crd, "us"), applied);
  });
});

describe("duties", () => {
  it("are none where every CRD of the version was applied and is what it was", () => {
    assert.deepEqual(duties(outputsOf(), inputs), []);
  });

  it("are CRDs that are missing, that are other ones, and that have changed since, each at its place", () => {
    const { "rayjobs.ray.io": _, ...others } = appliedCrdsOf(outputsOf());
    const crds: PropertyMap = {
      ...plain(others),
      "rayclusters.ray.io": { sha256: "other", fingerprint: "x" },
      "rayservices.ray.io": { ...others["rayservices.ray.io"], drift: "changed" },
    };
    assert.deepEqual(duties({ crds }, inputs), [
      { path: ["crds", "rayclusters.ray.io", "sha256"], kind: "update" },
      { path: ["crds", "rayjobs.ray.io"], kind: "add" },
      { path: ["crds", "rayservices.ray.io", "drift"], kind: "delete" },
    ]);
  });

  it("are not known before the version is", () => {
    assert.deepEqual(duties({}, { version: UNKNOWN }), []);
  });
});

describe("foretoldOutputsOf", () => {
  it("knows all but what the API server makes of them when they are new", () => {
    const { crds, clusterUid, version } = foretoldOutputsOf(inputs);
    assert.equal(version, "1.6.2");
    assert.equal(clusterUid, UNKNOWN);
    assert.deepEqual(
      crds,
      Object.fromEntries(crdsOf("1.6.2").map(({ name, sha256 }) => [name, { sha256, fingerprint: UNKNOWN }])),
    );
  });

  it("knows everything when nothing is to be applied", () => {
    assert.deepEqual(foretoldOutputsOf(inputs, outputsOf()), outputsOf());
  });

  it("forgets the drift of a CRD, and its fingerprint, when that is put right", () => {
    const crds: PropertyMap = plain(appliedCrdsOf(outputsOf()));
    const drifted = {
      ...outputsOf(),
      crds: { ...crds, "rayjobs.ray.io": { sha256: hashOf("rayjobs"), fingerprint: "x", drift: "changed" } },
    };
    const { crds: foretold } = foretoldOutputsOf(inputs, drifted);
    assert.deepEqual(foretold, { ...crds, "rayjobs.ray.io": { sha256: hashOf("rayjobs"), fingerprint: UNKNOWN } });
  });

  it("knows nothing of the CRDs before the version is known", () => {
    assert.equal(foretoldOutputsOf({ version: UNKNOWN }).crds, UNKNOWN);
  });
});

const inputs: PropertyMap = { version: "1.6.2" };

function outputsOf(): PropertyMap {
  const crds = crdsOf("1.6.2").map(({ name, sha256 }) => [name, { sha256, fingerprint: `of ${name}` }]);
  return { ...inputs, crds: Object.fromEntries(crds), clusterUid: "uid" };
}

function hashOf(plural: string): string {
  return crdsOf("1.6.2").find(({ name }) => name === `${plural}.ray.io`)?.sha256 ?? "";
}

function plain(crds: Readonly<Record<string, object>>): PropertyMap {
  return Object.fromEntries(Object.entries(crds).map(([name, applied]) => [name, { ...applied }]));
}
