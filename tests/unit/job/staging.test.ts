import assert from "node:assert/strict";
import fc from "fast-check";
import { fetchScript } from "../../../provider/fetch/fetchScript.ts";
import { isInside, normal } from "../../../provider/job/podSpec.ts";
import { rayClusterSpecOf } from "../../../provider/job/rayClusterSpec.ts";
import { listOf, mapOf, type PropertyMap, type Value, valueAt } from "../../../provider/values/value.ts";

const ray = { name: "ray", image: "rayproject/ray:2.9.0" };
const claims = "/var/lib/rayjob/claims";
const podUid = { name: "RAYJOB_POD_UID", valueFrom: { fieldRef: { fieldPath: "metadata.uid" } } };
const model = { from: "s3://models/llama", to: "/model" };

/** The spec of the head's pod and of the workers', made of this container and these arguments. */
function podsOf(inputs: PropertyMap, container: PropertyMap = ray, more: PropertyMap = {}) {
  const group = { template: { spec: { containers: [container], ...more } } };
  const rayClusterSpec = { headGroupSpec: group, workerGroupSpecs: [group] };
  const made = rayClusterSpecOf({ ...inputs, rayClusterSpec });
  const specAt = (...path: (string | number)[]) => mapOf(valueAt(made, [...path, "template", "spec"]));
  return { head: specAt("headGroupSpec"), workers: specAt("workerGroupSpecs", 0) };
}

function initOf(pod: PropertyMap): PropertyMap[] {
  return listOf(pod.initContainers).map(mapOf);
}

function rayOf(pod: PropertyMap): PropertyMap {
  return mapOf(listOf(pod.containers)[0]);
}

describe("stage", () => {
  it("becomes an init container that copies into a folder of its own, which Ray sees, on every node", () => {
    const { head, workers } = podsOf({ stage: { model } });
    assert.deepEqual(workers, head);
    assert.deepEqual(head, {
      initContainers: [
        {
          name: "model",
          image: ray.image,
          command: ["python3", "-c", fetchScript().replaceAll("$", "$$$$")],
          args: ["copy", "s3://models/llama", "/model", claims],
          workingDir: "/",
          env: [podUid],
          volumeMounts: [{ name: "model", mountPath: "/model" }],
          terminationMessagePolicy: "FallbackToLogsOnError",
        },
      ],
      volumes: [{ name: "model", emptyDir: {} }],
      containers: [{ ...ray, volumeMounts: [{ name: "model", mountPath: "/model" }] }],
    });
  });

  it("goes to the head or to the workers alone, and leaves the others as they are", () => {
    const onHead = podsOf({ stage: { model: { ...model, on: "head" } } });
    assert.deepEqual([initOf(onHead.head).length, initOf(onHead.workers).length], [1, 0]);
    assert.deepEqual(onHead.workers, { containers: [ray] });
    const onWorkers = podsOf({ stage: { model: { ...model, on: "workers" } } });
    assert.deepEqual([initOf(onWorkers.head).length, initOf(onWorkers.workers).length], [0, 1]);
  });

  it("has what Ray's container has: environment, mounts, rights, and no more of the node than it, and no GPU", () => {
    const container = {
      ...ray,
      imagePullPolicy: "Always",
      env: [{ name: "A", value: "1" }],
      envFrom: [{ secretRef: { name: "s" } }],
      securityContext: { runAsUser: 1000 },
      volumeMounts: [{ name: "cache", mountPath: "/cache" }],
      resources: { requests: { cpu: "2" }, limits: { cpu: "4", memory: "8Gi", "nvidia.com/gpu": 1 } },
      command: ["x"],
      ports: [{ containerPort: 1 }],
      lifecycle: {},
    };
    const { head } = podsOf({ stage: { model }, secretEnv: { TOKEN: { name: "hub" } } }, container);
    const { command: _, args: __, ...made } = initOf(head)[0] ?? {};
    assert.deepEqual(made, {
      name: "model",
      image: ray.image,
      workingDir: "/",
      imagePullPolicy: "Always",
      env: [
        { name: "A", value: "1" },
        { name: "TOKEN", valueFrom: { secretKeyRef: { name: "hub", key: "TOKEN" } } },
        podUid,
      ],
      envFrom: container.envFrom,
      securityContext: container.securityContext,
      volumeMounts: [...container.volumeMounts, { name: "model", mountPath: "/model" }],
      resources: { requests: { cpu: "2" }, limits: { cpu: "4", memory: "8Gi" } },
      terminationMessagePolicy: "FallbackToLogsOnError",
    });
  });

  it("copies into what is mounted already, and by one stage into the folder of another", () => {
    const mounts = { output: { claimName: "results", mountPath: "/output/" } };
    const stage = { a: { ...model, to: "/output/model" }, b: { ...model, to: "/b/c" }, c: { ...model, to: "/b" } };
    const { head } = podsOf({ mounts, stage });
    const mounted = [
      { name: "output", mountPath: "/output/" },
      { name: "c", mountPath: "/b" },
    ];
    assert.deepEqual(rayOf(head).volumeMounts, mounted);
    for (const container of initOf(head)) assert.deepEqual(container.volumeMounts, mounted);
  });

  it("mounts a claim for itself alone, read-only, and through the volume that the pod has of it already", () => {
    const stage = { one: { from: "pvc://data.set/a", to: "/a" }, two: { from: "pvc://data.set/b", to: "/b" } };
    const { head } = podsOf({ stage });
    const [name, ...others] = listOf(head.volumes)
      .filter((volume) => mapOf(volume).persistentVolumeClaim)
      .map((volume) => mapOf(volume).name);
    assert.deepEqual(others, []);
    const own = { name, mountPath: `${claims}/data.set`, readOnly: true };
    for (const container of initOf(head)) assert.deepEqual(listOf(container.volumeMounts).at(-1), own);
    assert(!listOf(rayOf(head).volumeMounts).some((mount) => mapOf(mount).name === name));
    const mounts = { data: { claimName: "data.set", mountPath: "/data" } };
    const again = podsOf({ stage, mounts }).head;
    assert.equal(listOf(again.volumes).filter((volume) => mapOf(volume).persistentVolumeClaim).length, 1);
    assert.deepEqual(listOf(initOf(again)[0]?.volumeMounts).at(-1), { ...own, name: "data" });
  });

  it("comes before the template's own init containers, which may go on with it, and in the order of the names", () => {
    const stage = { b: { ...model, to: "/b" }, a: { ...model, to: "/a", image: "python:3.12-slim" } };
    const { head } = podsOf({ stage }, ray, { initContainers: [{ name: "unpack" }] });
    assert.deepEqual(
      initOf(head).map(({ name, image }) => [name, image]),
      [
        ["a", "python:3.12-slim"],
        ["b", ray.image],
        ["unpack", undefined],
      ],
    );
  });

  it("gives Kubernetes nothing to put variables into", () => {
    const { head } = podsOf({ stage: { model: { from: "https://h/$(A)?b=$$c", to: "/model" } } });
    assert.deepEqual(listOf(initOf(head)[0]?.args)[1], "https://h/$$(A)?b=$$$$c");
    const texts = listOf(initOf(head)[0]?.command)
      .concat(listOf(initOf(head)[0]?.args))
      .map(String);
    for (const text of texts) assert.doesNotMatch(text.replaceAll("$$", ""), /\$/);
  });
});

describe("code that Ray cannot fetch", () => {
  const fetched = (runtimeEnv: Value) => podsOf({ runtimeEnv }).head;

  it("is packed by an init container on a volume that Ray reads", () => {
    const head = fetched({ workingDir: "S3://code/train", pyModules: ["pvc://libraries/one", "s3://b/two.whl"] });
    assert.deepEqual(
      initOf(head).map(({ name, args }) => [name, ...listOf(args).slice(0, 2)]),
      [
        ["rayjob-working-dir", "pack", "s3://code/train"],
        ["rayjob-py-modules-0", "module", "pvc://libraries/one"],
      ],
    );
    const folder = "/var/lib/rayjob/code";
    assert.deepEqual(rayOf(head).volumeMounts, [{ name: "rayjob-code", mountPath: folder, readOnly: true }]);
    for (const { args, volumeMounts } of initOf(head)) {
      assert.match(String(listOf(args)[2]), new RegExp(`^${folder}/[0-9a-f]{16}\\.zip$`));
      assert.deepEqual(listOf(volumeMounts)[0], { name: "rayjob-code", mountPath: folder });
    }
  });

  it("is nothing of what Ray fetches itself", () => {
    for (const workingDir of ["s3://b/c.zip", "gs://b/c.zip", "https://h/c.zip"]) {
      assert.deepEqual(fetched({ workingDir, pyModules: [workingDir, "s3://b/m.whl"] }), { containers: [ray] });
    }
  });
});

describe("isInside", () => {
  it("tells a folder from one whose name begins alike", () => {
    assert(isInside("/data", "/data/"));
    assert(isInside("/data//set/", "/data"));
    assert(!isInside("/database", "/data"));
    assert(!isInside("/", "/data"));
    assert(isInside("/data", "/"));
  });

  it("does not depend on the spelling of a path", () => {
    const path = fc.array(fc.constantFrom("a", "b"), { maxLength: 4 });
    const spelled = (parts: readonly string[], slashes: string) => `/${parts.join(slashes)}${slashes}`;
    fc.assert(
      fc.property(path, path, (inner, outer) => {
        const expected = outer.every((part, index) => inner[index] === part);
        assert.equal(isInside(spelled(inner, "//"), spelled(outer, "/")), expected);
        assert.equal(normal(spelled(inner, "//")), normal(spelled(inner, "/")));
      }),
    );
  });
});
