import assert from "node:assert/strict";
import { type Inputs, output, secret, unknown } from "@pulumi/pulumi";
import { argumentsOf } from "../../../../provider/components/argument.ts";
import {
  plainVariablesOf,
  secretVariablesOf,
} from "../../../../provider/components/rayJobComponent/secretVariables.ts";

const cases: readonly {
  readonly of: string;
  readonly job: Inputs;
  readonly secrets: string[];
  readonly plain: string[];
}[] = [
  {
    of: "values",
    job: { runtimeEnv: { envVars: { TOKEN: secret("x"), DIR: "/output", NONE: null } } },
    secrets: ["TOKEN"],
    plain: ["DIR"],
  },
  { of: "all variables", job: { runtimeEnv: { envVars: secret({ A: "a", B: "b" }) } }, secrets: ["A", "B"], plain: [] },
  { of: "the environment", job: { runtimeEnv: secret({ envVars: { A: "a" } }) }, secrets: ["A"], plain: [] },
  {
    of: "a value that is not known yet",
    job: { runtimeEnv: { envVars: { TOKEN: secret(output(unknown)), DIR: output(unknown) } } },
    secrets: ["TOKEN"],
    plain: ["DIR"],
  },
  { of: "nothing", job: { runtimeEnv: { envVars: { A: "a" } } }, secrets: [], plain: ["A"] },
  { of: "nothing at all", job: {}, secrets: [], plain: [] },
];

describe("the secret variables of a job", () => {
  for (const { of, job, secrets, plain } of cases) {
    it(`are told from the others where ${of} is secret`, async () => {
      const argument = await argumentsOf(job);
      assert.deepEqual(Object.keys(secretVariablesOf(argument)), secrets);
      assert.deepEqual(Object.keys(plainVariablesOf(argument)), plain);
    });
  }
});
