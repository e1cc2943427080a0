import assert from "node:assert/strict";
import {
  settingsOfAws,
  settingsOfKubernetes,
  settingsOfRayJob,
} from "../../../provider/components/providerSettings.ts";
import type { PropertyMap } from "../../../provider/values/value.ts";

const endpoints = [{ iam: "https://iam.example.com" }, { s3: "https://s3.example.com" }];

const followed: { read: (inputs: PropertyMap) => object; given: PropertyMap; settings: object; because: string }[] = [
  {
    read: settingsOfKubernetes,
    given: { kubeconfig: "text", context: "dev", namespace: "ml", enableServerSideApply: "true", cluster: "" },
    settings: { kubeconfig: "text", context: "dev", namespace: "ml" },
    because: "how it applies objects is its own affair",
  },
  {
    read: settingsOfKubernetes,
    given: { kubeconfig: '{"kind":"Config"}' },
    settings: { kubeconfig: '{"kind":"Config"}' },
    because: "a kubeconfig may be JSON, and stays a text",
  },
  {
    read: settingsOfAws,
    given: {
      region: "eu-central-1",
      profile: "ml",
      accessKey: "a",
      secretKey: "b",
      token: "c",
      s3UsePathStyle: "true",
    },
    settings: {
      region: "eu-central-1",
      profile: "ml",
      accessKey: "a",
      secretKey: "b",
      token: "c",
      usePathStyle: "true",
    },
    because: "it is the same account and the same region",
  },
  {
    read: settingsOfAws,
    given: { customCaBundle: "/etc/ca.pem" },
    settings: { customCaBundle: "/etc/ca.pem" },
    because: "it is the same server",
  },
  { read: settingsOfAws, given: { endpoints }, settings: { endpoint: "https://s3.example.com" }, because: "of S3" },
  {
    read: settingsOfAws,
    given: { endpoints: JSON.stringify(endpoints), assumeRoles: "[]", insecure: "false" },
    settings: { endpoint: "https://s3.example.com" },
    because: "SDKs write lists as JSON",
  },
  {
    read: settingsOfAws,
    given: { defaultTags: { tags: {} }, skipCredentialsValidation: true },
    settings: {},
    because: "they are about other resources",
  },
  {
    read: settingsOfRayJob,
    given: { context: "dev", something: "else" },
    settings: { context: "dev" },
    because: "the rest is for others",
  },
];

const refused: { read: (inputs: PropertyMap) => object; given: PropertyMap; names: string[] }[] = [
  { read: settingsOfKubernetes, given: { cluster: "other" }, names: ["cluster"] },
  { read: settingsOfKubernetes, given: { renderYamlToDirectory: "out" }, names: ["renderYamlToDirectory"] },
  { read: settingsOfAws, given: { assumeRoles: [{ roleArn: "arn" }] }, names: ["assumeRoles"] },
  { read: settingsOfAws, given: { assumeRole: { roleArn: "arn" } }, names: ["assumeRole"] },
  {
    read: settingsOfAws,
    given: { assumeRoleWithWebIdentity: '{"roleArn":"arn"}', insecure: "true" },
    names: ["assumeRoleWithWebIdentity", "insecure"],
  },
];

describe("the settings of a component's own provider", () => {
  for (const { read, given, settings, because } of followed) {
    it(`${read.name} makes ${JSON.stringify(settings)} of ${JSON.stringify(given)}: ${because}`, () => {
      assert.deepEqual(JSON.parse(JSON.stringify(read(given))), settings);
    });
  }

  for (const { read, given, names } of refused) {
    it(`${read.name} refuses ${names.join(" and ")}, without which it would be somebody else or somewhere else`, () => {
      assert.throws(
        () => read(given),
        ({ message }: Error) => names.every((name) => message.includes(`"${name}"`)),
      );
    });
  }
});
