import assert from "node:assert/strict";
import { create } from "../../../provider/resources/rayJob/create.ts";
import type { InitializationError } from "../../../provider/server/customResource.ts";
import { failedStatus } from "../../engine/statuses.ts";
import { ApiServer, refusal } from "../../support/apiServer.ts";
import { until } from "../../support/until.ts";
import { aJob } from "../job/aJob.ts";
import { failureOf, type Surroundings, subject, surroundings } from "./surroundings.ts";

const follow = /\/log\?.*follow=true/;
const log = "2026-01-01T00:00:01.1Z step 41\n2026-01-01T00:00:01.2Z no data\n";
const password = "correct-horse-battery-staple";

describe("a job whose log is streamed", () => {
  let server: ApiServer;
  let around: Surroundings;

  beforeEach(async () => {
    server = await ApiServer.start();
    around = surroundings(server);
    server.log = "step 41\nno data\n";
  });

  afterEach(async () => {
    await server.stop();
  });

  it("shows it before the error, does not show its end again, and keeps none of it in the state", async () => {
    server.next(follow, () => ({ status: 200, body: log }));
    const { state, message } = await failing();
    assert.deepEqual(shown(), ["info: step 41\nno data"]);
    assert(!JSON.stringify([state, message]).includes("step 41"));
  });

  it("shows the end beside the error if it could not be streamed", async () => {
    server.next(follow, () => refusal(403, "Forbidden", "no"));
    await failing();
    assert.deepEqual(
      shown().map((line) => line.split(":")[0]),
      ["warning", "info"],
    );
    assert.match(shown()[1] ?? "", /^info: The last lines of the driver's log:\n {2}step 41\n {2}no data$/);
  });

  it("says no value of an environment variable, whoever brings it up", async () => {
    const { message, state } = await failing({ said: `cannot start: ${password} is no image` });
    assert.match(message, /cannot start: \$PASSWORD is no image/);
    assert.equal(state.outputs.message, "cannot start: $PASSWORD is no image");
    assert(!around.said.join("\n").includes(password));
  });

  async function failing({ said = "" } = {}): Promise<InitializationError> {
    const env = { PASSWORD: password };
    const inputs = aJob({ logs: "stream", runtimeEnv: { envVars: env } });
    const creating = create({ ...subject(), inputs, preview: false }, around);
    const name = String(inputs.name);
    await until("the job", async () => server.rayJobs.has(name), { everyMilliseconds: 5 });
    const state = { terminated: { exitCode: 1 } };
    const metadata = {
      name: `${name}-x`,
      namespace: "ml",
      uid: "x",
      labels: { "job-name": name },
      creationTimestamp: "",
    };
    const containers = [{ name: "submitter" }];
    server.pods = [{ metadata, spec: { containers }, status: { containerStatuses: [{ name: "submitter", state }] } }];
    server.report(name, { ...failedStatus, ...(said && { message: said }) });
    return failureOf(creating);
  }

  function shown(): string[] {
    return around.said.filter((line) => !line.startsWith("status"));
  }
});
