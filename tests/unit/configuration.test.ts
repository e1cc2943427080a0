import assert from "node:assert/strict";
import { configuration } from "../../provider/configuration.ts";
import { type PropertyMap, UNKNOWN } from "../../provider/values/value.ts";

const cases: { readonly given: PropertyMap; readonly refused: readonly string[]; readonly because: string }[] = [
  { given: {}, refused: [], because: "everything is optional" },
  {
    given: { region: "eu-west-1", profile: "team", endpoint: "https://minio.example.com:9000", usePathStyle: true },
    refused: [],
    because: "each has its kind",
  },
  { given: { customCaBundle: "ca.pem" }, refused: [], because: "it is a path, or the text itself" },
  {
    given: { customCaBundle: " " },
    refused: [
      'customCaBundle: "customCaBundle" is not a text that says something. Hint: Write one, or leave it out (RJ952)',
    ],
    because: "an empty variable in a program is a mistake",
  },
  { given: { accessKey: "a", secretKey: "b", token: "c" }, refused: [], because: "keys are complete" },
  { given: { usePathStyle: "false", endpoint: "http://10.0.0.1/" }, refused: [], because: "SDKs give flags as text" },
  { given: { region: UNKNOWN, accessKey: UNKNOWN, secretKey: UNKNOWN }, refused: [], because: "it may be known later" },
  {
    given: { usePathStyle: "yes" },
    refused: ['usePathStyle: "usePathStyle" is not true or false. Hint: Write one of them, or leave it out (RJ954)'],
    because: "there are two words for a flag",
  },
  {
    given: { region: "" },
    refused: ['region: "region" is not a text that says something. Hint: Write one, or leave it out (RJ952)'],
    because: "an empty variable in a program is a mistake",
  },
  {
    given: { profile: 1 },
    refused: ['profile: "profile" is not a text that says something. Hint: Write one, or leave it out (RJ952)'],
    because: "a profile has a name",
  },
  {
    given: { endpoint: "minio.example.com" },
    refused: [
      'endpoint: "endpoint" is not the URL of a server alone. Hint: Write it such as https://minio.example.com, or leave it out (RJ953)',
    ],
    because: "http or https is for the user to say",
  },
  {
    given: { endpoint: "https://minio.example.com/bucket" },
    refused: [
      'endpoint: "endpoint" is not the URL of a server alone. Hint: Write it such as https://minio.example.com, or leave it out (RJ953)',
    ],
    because: "the bucket is the resource's",
  },
  {
    given: { accessKey: "a" },
    refused: [': "accessKey" is set without "secretKey". Hint: Set both, or neither (RJ955)'],
    because: "another identity would be taken, silently",
  },
  {
    given: { secretKey: "a", token: "b" },
    refused: [
      ': "secretKey" is set without "accessKey". Hint: Set both, or neither (RJ955)',
      ': "token" is set without "accessKey". Hint: Set both, or neither (RJ955)',
    ],
    because: "a secret without its key opens nothing",
  },
];

describe("the check of the provider's configuration", () => {
  for (const { given, refused, because } of cases) {
    it(`${refused.length > 0 ? "refuses" : "accepts"} ${Object.keys(given).join(", ") || "nothing"}: ${because}`, () => {
      const { failures } = configuration.check(given);
      assert.deepEqual(
        failures.map(({ path, reason }) => `${path.join(".")}: ${reason}`),
        refused,
      );
    });
  }

  it("makes flags of texts", () => {
    assert.deepEqual(configuration.check({ usePathStyle: "true" }).inputs, { usePathStyle: true });
    assert.deepEqual(configuration.check({ usePathStyle: "false" }).inputs, { usePathStyle: false });
  });

  it("keeps all credentials secret, whether the program does or not", () => {
    assert.deepEqual(configuration.secrets, ["kubeconfig", "accessKey", "secretKey", "token"]);
  });

  it("never shows the value of a setting that it does not know: it may be a secret by another name", () => {
    const [failure] = configuration.check({ secretkey: "hush" }).failures;
    assert.deepEqual(failure?.path, []);
    assert.match(failure.reason, /secretkey/);
    assert.equal(failure.reason.includes("hush"), false);
  });

  it("never replaces anything, whatever changes", () => {
    const { changes } = configuration.diff({ region: "a", secretKey: "b" }, { region: "c", endpoint: "d" });
    assert.deepEqual(
      changes.map(({ path }) => path[0]),
      ["endpoint", "region", "secretKey"],
    );
    assert.equal(
      changes.some(({ replaces }) => replaces),
      false,
    );
  });
});
