import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ObjectStore } from "../../support/objectStore.ts";
import { newRig, type Program, type Rig } from "../../support/rig.ts";
import type { Run } from "../../support/run.ts";
import { type Answer, answerOf, type Seen, StandIn } from "../../support/s3StandIn.ts";

/** What tests of a WorkingDir play on: a bucket of their own, and a rig whose program packages the folder `job`. */
export class CodeStage {
  readonly store: ObjectStore;
  readonly bucket: string;
  readonly rig: Rig;
  /** Stands between the plug-in and the store where a test wants something to go wrong. */
  standIn: StandIn | undefined;

  private constructor(store: ObjectStore, bucket: string, rig: Rig) {
    this.store = store;
    this.bucket = bucket;
    this.rig = rig;
  }

  static async raise(store: ObjectStore): Promise<CodeStage> {
    const bucket = `code-${randomBytes(4).toString("hex")}`;
    await store.createBucket(bucket);
    const stage = new CodeStage(store, bucket, await newRig({ resources: {} }, nothingOfAws));
    await stage.write("job/train.py", "print(1)\n");
    await stage.write("job/src/model.py", "layers = 3\n");
    await stage.rig.write(stage.program());
    return stage;
  }

  async strike(): Promise<void> {
    await this.rig.dispose();
    await this.standIn?.dispose();
  }

  /** A program with the WorkingDir `code`, by default of the folder `job`. */
  program(more: object = {}, endpoint = this.store.endpoint, options: object = {}): Program {
    return {
      resources: {
        aws: { type: "pulumi:providers:rayjob", properties: { endpoint, accessKey: "AKIDEXAMPLE", secretKey: "hush" } },
        code: {
          type: "rayjob:WorkingDir",
          properties: { path: "job", bucket: this.bucket, ...more },
          options: { provider: "${aws}", ...options },
        },
      },
      outputs: { uri: "${code.uri}" },
    };
  }

  async write(path: string, content: string | Buffer): Promise<void> {
    await mkdir(dirname(join(this.rig.folder, path)), { recursive: true });
    await writeFile(join(this.rig.folder, path), content);
  }

  /** From now on the plug-in talks to a server that answers as `except` says, and else as the store does. */
  async through(except: (request: Seen) => Answer | undefined | Promise<Answer | undefined>): Promise<void> {
    const { endpoint } = this.store;
    this.standIn = await StandIn.start(async (request) => (await except(request)) ?? answerOf(endpoint, request));
    await this.rig.write(this.program({}, this.standIn.endpoint));
  }

  /** How many use the package; none of them if it is marked. */
  async users(key: string): Promise<number> {
    const tags = Object.keys(await this.store.tags(this.bucket, key));
    return tags.includes("rayjob/unused") ? 0 : tags.filter((tag) => tag.startsWith("rayjob/used-by-")).length;
  }

  async onlyKey(): Promise<string> {
    const [key, ...others] = await this.store.keys(this.bucket);
    assert(key);
    assert.deepEqual(others, []);
    return key;
  }
}

/** A new stage for each test of the suite, on one store, handed to `enter`. */
export function codeStageForEach(enter: (stage: CodeStage) => void): void {
  let store: ObjectStore;
  let stage: CodeStage;

  before(async () => {
    store = await ObjectStore.start();
  });

  after(() => store.dispose());

  beforeEach(async () => {
    stage = await CodeStage.raise(store);
    enter(stage);
  });

  afterEach(() => stage.strike());
}

export async function succeeded(running: Promise<Run>): Promise<Run> {
  const run = await running;
  assert(run.succeeded, run.text);
  return run;
}

export async function failed(running: Promise<Run>): Promise<Run> {
  const run = await running;
  assert(!run.succeeded, run.text);
  return run;
}

/** What a run says of that kind, line by line. */
export function said(run: Run, severity: string): string[] {
  return run.diagnostics.filter((diagnostic) => diagnostic.severity === severity).map(({ message }) => message);
}

export const denied: Answer = { status: 403, code: "AccessDenied" };

// The machine's own AWS settings are not the test's.
export const nothingOfAws = {
  AWS_ACCESS_KEY_ID: "",
  AWS_SECRET_ACCESS_KEY: "",
  AWS_ENDPOINT_URL: "",
  AWS_PROFILE: "",
};
