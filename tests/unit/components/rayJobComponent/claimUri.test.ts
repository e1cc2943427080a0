import assert from "node:assert/strict";
import { output, unknown } from "@pulumi/pulumi";
import { Argument, argumentsOf } from "../../../../provider/components/argument.ts";
import { withClaimName } from "../../../../provider/components/rayJobComponent/claimUri.ts";
import { resolved } from "../registrations.ts";

const claimNames = { data: output("training-data-1234"), "raw-1": "results" };

describe("a URI of a job in a component", () => {
  const cases: readonly (readonly [uri: string, becomes: string])[] = [
    ["pvc://data/raw/day", "pvc://training-data-1234/raw/day"],
    ["pvc://data", "pvc://training-data-1234"],
    ["pvc://raw-1/x.zip", "pvc://results/x.zip"],
    ["pvc://training-data-1234/raw", "pvc://training-data-1234/raw"],
    ["pvc://constructor/raw", "pvc://constructor/raw"],
    ["s3://data/raw", "s3://data/raw"],
    ["./data", "./data"],
    ["", ""],
  ];
  for (const [uri, becomes] of cases) {
    it(`${JSON.stringify(uri)} is ${JSON.stringify(becomes)} to the job`, async () => {
      assert.equal(await resolved(output(withClaimName(new Argument(uri, uri), claimNames))), becomes);
    });
  }

  it("stays as it was given where it is not known yet", async () => {
    const given = output(unknown);
    const { uri } = (await argumentsOf({ uri: given })).properties;
    assert(uri !== undefined);
    assert.equal(withClaimName(uri, claimNames), given);
  });
});
