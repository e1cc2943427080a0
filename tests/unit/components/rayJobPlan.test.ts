import assert from "node:assert/strict";
import {
  hasOwnCluster,
  installsOperator,
  isIncomplete,
  isLocal,
  makesBucket,
  makesNamespace,
  retainsClaims,
} from "../../../provider/components/rayJobPlan.ts";
import { archiveOf } from "../../../provider/values/archive.ts";
import { type PropertyMap, UNKNOWN, type Value } from "../../../provider/values/value.ts";

const localJob = { train: { runtimeEnv: { workingDir: "./train-job" } } };
const remoteJob = { train: { runtimeEnv: { workingDir: "s3://code/train.zip" } } };

const cases: { ask: (args: PropertyMap) => boolean; args: PropertyMap; answer: boolean; because: string }[] = [
  { ask: makesNamespace, args: {}, answer: false, because: "every cluster has `default`" },
  { ask: makesNamespace, args: { namespace: "default" }, answer: false, because: "every cluster has it" },
  { ask: makesNamespace, args: { namespace: "ml" }, answer: true, because: "an empty cluster has it not" },
  { ask: makesNamespace, args: { namespace: UNKNOWN }, answer: true, because: "it is given" },
  { ask: makesNamespace, args: { namespace: "ml", createNamespace: false }, answer: false, because: "it is there" },
  { ask: makesNamespace, args: { createNamespace: true }, answer: true, because: "it was asked for" },
  { ask: installsOperator, args: {}, answer: true, because: "a job needs one" },
  { ask: installsOperator, args: { operator: { version: "1.5.1" } }, answer: true, because: "it says which" },
  { ask: installsOperator, args: { operator: { install: false } }, answer: false, because: "there is one" },
  { ask: makesBucket, args: { jobs: localJob }, answer: true, because: "the code has to go somewhere" },
  { ask: makesBucket, args: { jobs: remoteJob }, answer: false, because: "the code is somewhere" },
  { ask: makesBucket, args: { jobs: { ...remoteJob, b: localJob.train } }, answer: true, because: "one job needs it" },
  {
    ask: makesBucket,
    args: { jobs: { a: { runtimeEnv: { pyModules: ["s3://code/a.whl", "./lib"] } } } },
    answer: true,
    because: "a module has to go somewhere",
  },
  {
    ask: isIncomplete,
    args: { jobs: { a: { runtimeEnv: { pyModules: ["a", UNKNOWN] } } } },
    answer: true,
    because: "a module may be in a directory",
  },
  { ask: makesBucket, args: { jobs: localJob, existingBucket: "code" }, answer: false, because: "there is one" },
  { ask: makesBucket, args: { jobs: localJob, existingBucket: UNKNOWN }, answer: false, because: "there will be one" },
  { ask: makesBucket, args: { bucket: { tags: { a: "b" } } }, answer: true, because: "it is asked for" },
  { ask: makesBucket, args: { bucket: {} }, answer: true, because: "it is asked for, with nothing to say of it" },
  { ask: makesBucket, args: { bucket: null }, answer: false, because: "it is not asked for" },
  { ask: makesBucket, args: { bucket: {}, existingBucket: "code" }, answer: false, because: "there is one" },
  { ask: retainsClaims, args: { volumes: { a: { retainOnDelete: true } } }, answer: true, because: "one is to stay" },
  { ask: retainsClaims, args: { volumes: { a: {} } }, answer: false, because: "none is to stay" },
  { ask: isIncomplete, args: { jobs: { a: remoteJob.train }, volumes: {} }, answer: false, because: "all is known" },
  { ask: isIncomplete, args: { jobs: UNKNOWN }, answer: true, because: "there may be any" },
  { ask: isIncomplete, args: { jobs: { a: UNKNOWN } }, answer: true, because: "it may have any code" },
  { ask: isIncomplete, args: { volumes: { a: UNKNOWN } }, answer: true, because: "it may be a claim" },
  {
    ask: isIncomplete,
    args: { jobs: { a: { runtimeEnv: { workingDir: UNKNOWN } } } },
    answer: true,
    because: "its code may be in a directory",
  },
  {
    ask: isIncomplete,
    args: { jobs: { a: { entrypoint: UNKNOWN } } },
    answer: false,
    because: "there are the same children, whatever it is",
  },
  { ask: makesBucket, args: { jobs: UNKNOWN }, answer: false, because: "nothing is known of the jobs" },
  { ask: hasOwnCluster, args: {}, answer: true, because: "it makes one" },
  { ask: hasOwnCluster, args: { existingCluster: "shared" }, answer: false, because: "it uses one" },
  { ask: hasOwnCluster, args: { clusterSelector: { "ray.io/cluster": "a" } }, answer: false, because: "it uses one" },
];

describe("the plan of a component", () => {
  for (const { ask, args, answer, because } of cases) {
    it(`${ask.name} of ${JSON.stringify(args)} is ${answer}: ${because}`, () => assert.equal(ask(args), answer));
  }

  const places: { workingDir: Value; local: boolean }[] = [
    { workingDir: "./train-job", local: true },
    { workingDir: "../code", local: true },
    { workingDir: "/code", local: true },
    { workingDir: "train job", local: true },
    { workingDir: "C:/code", local: true },
    { workingDir: "s3://bucket/code.zip", local: false },
    { workingDir: "HTTPS://example.com/code.zip", local: false },
    { workingDir: archiveOf({ path: "code" }), local: true },
    { workingDir: archiveOf({ assets: {} }), local: true },
    { workingDir: archiveOf({ uri: "https://example.com/code.zip" }), local: false },
    { workingDir: { path: "code" }, local: false },
    { workingDir: "", local: false },
    { workingDir: UNKNOWN, local: false },
  ];
  for (const { workingDir, local } of places) {
    it(`${local ? "packages" : "does not package"} ${shown(workingDir)}`, () =>
      assert.equal(isLocal(workingDir), local));
  }
});

function shown(workingDir: Value): string {
  return (typeof workingDir === "object" ? JSON.stringify(workingDir) : String(workingDir)) || "nothing";
}
