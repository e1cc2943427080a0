import assert from "node:assert/strict";
import { rayClusterSpecOf } from "../../../provider/job/rayClusterSpec.ts";
import type { PropertyMap } from "../../../provider/values/value.ts";

const ray = { name: "ray", image: "rayproject/ray:2.9.0" };
const sidecar = { name: "logs", image: "fluent-bit" };
const mounts = { output: { claimName: "results", mountPath: "/output" } };
const volume = { name: "output", persistentVolumeClaim: { claimName: "results" } };
const mount = { name: "output", mountPath: "/output" };

function clusterOf(head: PropertyMap, ...workers: PropertyMap[]): PropertyMap {
  return {
    rayVersion: "2.9.0",
    headGroupSpec: { rayStartParams: {}, template: { metadata: { labels: { a: "b" } }, spec: head } },
    workerGroupSpecs: workers.map((spec, index) => ({ groupName: `group-${index}`, template: { spec } })),
  };
}

describe("rayClusterSpecOf", () => {
  it("leaves the user's cluster alone where nothing is to be put into it", () => {
    const rayClusterSpec = clusterOf({ containers: [ray] }, { containers: [ray] });
    assert.equal(rayClusterSpecOf({ rayClusterSpec, mounts: {} }), rayClusterSpec);
    assert.equal(rayClusterSpecOf({ mounts }), undefined);
  });

  it("mounts a claim into Ray's container of the head and of every group of workers, and into no sidecar", () => {
    const cache = { name: "cache", emptyDir: {} };
    const cached = { ...ray, volumeMounts: [{ name: "cache", mountPath: "/cache" }] };
    const rayClusterSpec = clusterOf({ containers: [cached, sidecar], volumes: [cache] }, { containers: [ray] });
    assert.deepEqual(
      rayClusterSpecOf({ rayClusterSpec, mounts }),
      clusterOf(
        {
          containers: [{ ...cached, volumeMounts: [...cached.volumeMounts, mount] }, sidecar],
          volumes: [cache, volume],
        },
        { containers: [{ ...ray, volumeMounts: [mount] }], volumes: [volume] },
      ),
    );
  });

  it("mounts a folder of a claim, and read-only, where asked", () => {
    const asked = { data: { claimName: "data", mountPath: "/data", subPath: "images", readOnly: true } };
    const made = rayClusterSpecOf({ rayClusterSpec: clusterOf({ containers: [ray] }), mounts: asked });
    const expected = { name: "data", mountPath: "/data", subPath: "images", readOnly: true };
    assert.deepEqual(
      made,
      clusterOf({
        containers: [{ ...ray, volumeMounts: [expected] }],
        volumes: [{ name: "data", persistentVolumeClaim: { claimName: "data" } }],
      }),
    );
  });

  it("labels the pods, whose own labels win", () => {
    const rayClusterSpec = clusterOf({ containers: [ray] }, { containers: [ray] });
    const made = rayClusterSpecOf({ rayClusterSpec, podLabels: { a: "c", team: "ml" } }) as unknown as Labelled;
    assert.deepEqual(made.headGroupSpec.template.metadata, { labels: { a: "b", team: "ml" } });
    assert.deepEqual(made.workerGroupSpecs[0]?.template.metadata, { labels: { a: "c", team: "ml" } });
  });

  it("gives the service account to the pods whose templates name none", () => {
    const rayClusterSpec = clusterOf({ containers: [ray] }, { containers: [ray], serviceAccountName: "own" });
    assert.deepEqual(
      rayClusterSpecOf({ rayClusterSpec, serviceAccountName: "ray" }),
      clusterOf({ containers: [ray], serviceAccountName: "ray" }, { containers: [ray], serviceAccountName: "own" }),
    );
  });
});

interface Labelled {
  readonly headGroupSpec: { readonly template: PropertyMap };
  readonly workerGroupSpecs: readonly { readonly template: PropertyMap }[];
}
