import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Judgement } from "../../../provider/job/manifestFindings.ts";
import { verdictOn } from "../../../provider/job/objectVerdict.ts";
import type { KubeRayFields } from "../../../provider/job/spec/fields.ts";
import { formatPath } from "../../../provider/values/path.ts";
import { mapOf, type PropertyMap } from "../../../provider/values/value.ts";
import { aJob } from "./aJob.ts";

const fields: KubeRayFields = JSON.parse(
  readFileSync(fileURLToPath(import.meta.resolve("#kuberay-fields.json")), "utf8"),
);
const newest = { version: "1.7.0", featureGates: { RayCronJob: true } };
const older = { version: "1.6.2", featureGates: { RayCronJob: true } };

describe("a RayCronJob that is written by hand", () => {
  const cases: readonly (readonly [spec: PropertyMap, found: readonly string[], because: string])[] = [
    [{}, [], "it is a good one"],
    [{ suspend: true }, [], "it rests"],
    [{ suspend: "yes" }, ["spec.suspend RJ002"], "a flag is a text"],
    [{ schedule: null }, ["spec.schedule RJ003"], "nothing says when"],
    [{ schedule: null, schedul: "0 3 * * *" }, ["spec.schedul RJ001", "spec.schedule RJ003"], "a name is mistyped"],
    [{ concurrencyPolicy: "Forbid" }, ["spec.concurrencyPolicy RJ001"], "only Kubernetes' own CronJob has that"],
    [{ schedule: 3 }, ["spec.schedule RJ002"], "a number is no schedule"],
    [{ schedule: "" }, ["spec.schedule RJ231"], "nor is nothing"],
    [{ jobTemplate: null }, ["spec.jobTemplate RJ003"], "there is nothing to run"],
    [{ jobTemplate: "train" }, ["spec.jobTemplate RJ002"], "a word cannot be run"],
    [{ jobTemplate: { ...template(), backoffLimit: -1 } }, ["spec.jobTemplate.backoffLimit RJ408"], "its job is wrong"],
    [{ jobTemplate: { ...template(), metadat: {} } }, ["spec.jobTemplate.metadat RJ001"], "so is a name in its job"],
    [{ timeZone: "Europe/Berlin" }, [], "there is such a time zone"],
    [{ timeZone: "America/Argentina/Buenos_Aires" }, [], "and such a one"],
    [{ timeZone: "UTC" }, [], "it is everybody's"],
    [{ timeZone: "Europe/Berln" }, ["spec.timeZone RJ233"], "there is no such time zone"],
    [{ timeZone: "europe/berlin" }, ["spec.timeZone RJ233"], "Go looks for a file by that name"],
    [{ timeZone: "+01:00" }, ["spec.timeZone RJ233"], "an offset is none"],
    [{ timeZone: "" }, ["spec.timeZone RJ233"], "nor is nothing"],
  ];
  for (const [spec, found, because] of cases) {
    it(`is judged as ${JSON.stringify(found)} where ${because}`, () => {
      assert.deepEqual(findings(aRayCronJob({ spec }), newest), found);
    });
  }

  const schedules: readonly (readonly [schedule: string, reason: string | undefined])[] = [
    ["0 3 * * *", undefined],
    ["*/5 0-23/2 1,15 jan-MAR Mon", undefined],
    ["? ? ? ? ?", undefined],
    [" 5/10\t* * * sun-sat ", undefined],
    ["1,,2 * * * *", undefined],
    ["@daily", undefined],
    ["@every 1h30m", undefined],
    ["@every 1.5h", undefined],
    ["0 3 * *", "it has 4 fields, not 5"],
    ["0 0 3 * * *", "it has 6 fields, not 5"],
    ["hourly", "it has 1 field, not 5"],
    ["60 * * * *", '"60" is no minute'],
    ["0 24 * * *", '"24" is no hour'],
    ["0 0 0 * *", '"0" is no day of the month'],
    ["0 0 1 13 *", '"13" is no month'],
    ["0 0 * * 7", '"7" is no day of the week'],
    ["0 0 L * *", '"L" is no day of the month'],
    ["*/0 * * * *", '"*/0" is no minute'],
    ["*/-1 * * * *", '"*/-1" is no minute'],
    ["5-1 * * * *", '"5-1" is no minute'],
    ["1-2-3 * * * *", '"1-2-3" is no minute'],
    ["1/2/3 * * * *", '"1/2/3" is no minute'],
    ["jan * * * *", '"jan" is no minute'],
    ["@reboot", "there is no such word"],
    ["@Daily", "there is no such word"],
    ["@every 5", "there is no such word"],
    ["@every", "there is no such word"],
  ];
  for (const [schedule, reason] of schedules) {
    it(`has a schedule that KubeRay ${reason === undefined ? "reads" : "does not read"}: ${JSON.stringify(schedule)}`, () => {
      const found = verdictOn(aRayCronJob({ spec: { schedule } }), { fields, ...newest }).findings;
      const said = reason === undefined ? [] : [`KubeRay cannot read the schedule "${schedule}": ${reason}`];
      assert.deepEqual(
        found.map(({ problem }) => problem),
        said,
      );
    });
  }

  const zoned: readonly (readonly [schedule: string, judgement: Partial<Judgement>, found: readonly string[]])[] = [
    ["TZ=UTC 0 3 * * *", newest, ["error RJ232"]],
    ["CRON_TZ=Europe/Berlin 0 3 * * *", newest, ["error RJ232"]],
    ["TZ=UTC 0 3 * *", newest, ["error RJ232", "error RJ231"]],
    ["TZ=UTC 0 3 * * *", {}, ["warning RJ232"]],
    ["TZ=UTC @daily", older, []],
    ["TZ=Europe/Berln 0 3 * * *", older, ["error RJ231"]],
    ["TZ=UTC", older, ["error RJ231"]],
  ];
  for (const [schedule, judgement, found] of zoned) {
    it(`has a time zone in its schedule ${schedule}: ${JSON.stringify(found)} for KubeRay ${judgement.version ?? "of any version"}`, () => {
      const told = verdictOn(aRayCronJob({ spec: { schedule } }), { fields, ...judgement }).findings;
      assert.deepEqual(
        told.map(({ severity, code }) => `${severity} ${code}`),
        found,
      );
    });
  }

  it("needs a KubeRay that has it, with its feature gate on, as far as that is known", () => {
    const of = (judgement: Partial<Judgement>) => findings(aRayCronJob({}), judgement);
    assert.deepEqual(of({}), []);
    assert.deepEqual(of({ version: "1.5.1" }), ["kind RJ004"]);
    assert.deepEqual(of({ version: "1.6.2" }), ["kind RJ443"]);
    assert.deepEqual(of({ version: "1.7.0" }), ["kind RJ443"]);
    assert.deepEqual(of({ featureGates: { RayCronJob: false } }), ["kind RJ443"]);
    assert.deepEqual(of({ featureGates: { RayCronJob: true } }), []);
    assert.deepEqual(of(older), []);
  });

  it("has a time zone of its own since KubeRay 1.7", () => {
    const spec = { timeZone: "Europe/Berlin" };
    assert.deepEqual(findings(aRayCronJob({ spec }), older), ["spec.timeZone RJ004"]);
    assert.deepEqual(findings(aRayCronJob({ spec }), {}), []);
  });

  it("has a name that leaves room for those of its RayJobs", () => {
    const named = (name: string, judgement: Partial<Judgement>) =>
      verdictOn(aRayCronJob({ metadata: { name } }), { fields, ...judgement }).findings.map(
        ({ severity, code }) => `${severity} ${code}`,
      );
    assert.deepEqual(named("a".repeat(36), newest), []);
    assert.deepEqual(named("a".repeat(37), newest), ["error RJ101"]);
    assert.deepEqual(named("a".repeat(41), older), []);
    assert.deepEqual(named("a".repeat(42), older), ["error RJ101"]);
    assert.deepEqual(named("a".repeat(37), {}), ["warning RJ101"]);
    assert.deepEqual(named("a".repeat(42), {}), ["error RJ101"]);
    assert.deepEqual(named("Train.nightly", {}), ["error RJ102"]);
  });

  it("may have a generated name, if five more characters fit", () => {
    const named = (generateName: string) => findings(aRayCronJob({ metadata: { generateName } }), newest);
    assert.deepEqual(named("a".repeat(31)), []);
    assert.deepEqual(named("a".repeat(32)), ["metadata.generateName RJ101"]);
    assert.deepEqual(findings(aRayCronJob({ metadata: {} }), newest), ["metadata.name RJ003"]);
  });

  it("is of one version of the API, and has metadata as every object", () => {
    const good = aRayCronJob({});
    const old = verdictOn({ ...good, apiVersion: "ray.io/v1alpha1" }, { fields }).findings;
    assert.deepEqual(
      old.map(({ severity, code }) => `${severity} ${code}`),
      ["error RJ005"],
    );
    assert.deepEqual(findings({ ...good, metadata: { name: "a", label: {} } }, {}), ["metadata.label RJ001"]);
  });
});

function findings(object: PropertyMap, judgement: Partial<Judgement>): string[] {
  return verdictOn(object, { fields, ...judgement }).findings.map(({ path, code }) => `${formatPath(path)} ${code}`);
}

function template(): PropertyMap {
  const { entrypoint, rayClusterSpec } = aJob();
  return { entrypoint, rayClusterSpec, shutdownAfterJobFinishes: true, activeDeadlineSeconds: 3600 };
}

function aRayCronJob({
  metadata = { name: "nightly" },
  spec = {},
}: {
  metadata?: PropertyMap;
  spec?: PropertyMap;
}): PropertyMap {
  const good = { schedule: "0 3 * * *", jobTemplate: template() };
  return { apiVersion: "ray.io/v1", kind: "RayCronJob", metadata, spec: { ...good, ...mapOf(spec) } };
}
