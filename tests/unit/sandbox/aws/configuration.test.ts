import assert from "node:assert/strict";
import { UNKNOWN } from "../../../../provider/values/value.ts";
import { clientSettingsOf, configuration } from "../../../sandbox/providers/aws/configuration.ts";

describe("the configuration of the sandbox's aws provider", () => {
  it("refuses what it does not obey, by name: it would otherwise act as somebody else", () => {
    const inputs = {
      region: "eu-west-1",
      assumeRoles: [{ roleArn: "a" }],
      endpoints: [{ s3: "a", sqs: "b" }],
      version: "7",
    };
    assert.deepEqual(
      configuration.check(inputs).failures.map(({ reason }) => reason.replace(/;.*/, "")),
      ["Unknown setting assumeRoles", "Unknown service sqs"],
    );
    assert.match(configuration.check({ accessKey: "a" }).failures[0]?.reason ?? "", /only good together/);
  });

  it("takes values that are not known yet", () => {
    assert.deepEqual(configuration.check({ region: UNKNOWN, endpoints: UNKNOWN }).failures, []);
  });

  it("reads what SDKs and the stack's configuration write as JSON", () => {
    const written = { endpoints: '[{"s3":"http://a"},{"iam":"http://b"}]', s3UsePathStyle: "true" };
    const { endpoints, pathStyle } = clientSettingsOf(written);
    assert.deepEqual({ endpoints, pathStyle }, { endpoints: { s3: "http://a", iam: "http://b" }, pathStyle: true });
  });

  it("replaces the provider only for another region", () => {
    const { changes } = configuration.diff({ region: "a", secretKey: "x" }, { region: "b", secretKey: "y" });
    assert.deepEqual(
      changes.map(({ path, replaces }) => [path.join(), replaces]),
      [
        ["region", true],
        ["secretKey", false],
      ],
    );
  });
});
