import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Context } from "../../../../provider/server/customResource.ts";
import { formatPath } from "../../../../provider/values/path.ts";
import { type PropertyMap, UNKNOWN } from "../../../../provider/values/value.ts";
import { kinds } from "../../../sandbox/providers/aws/kinds/kinds.ts";
import { resourceOf } from "../../../sandbox/providers/aws/resource.ts";
import { schema } from "../../../sandbox/providers/aws/schema.ts";

const bucket = "aws:s3/bucket:Bucket";
const bucketPolicy = "aws:s3/bucketPolicy:BucketPolicy";
const lifecycle = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
const role = "aws:iam/role:Role";
const abort = { abortIncompleteMultipartUpload: { daysAfterInitiation: 1 } };

describe("a resource of the sandbox's aws provider", () => {
  it("is what the schema says: there is no type without the code, and no code without the type", () => {
    assert.deepEqual(Object.keys(kinds).sort(), Object.keys(schema.resources).sort());
  });

  describe("check", () => {
    const refused: readonly { readonly token: string; readonly inputs: PropertyMap; readonly at: string }[] = [
      { token: bucket, inputs: { acll: "private" }, at: "acll" },
      { token: bucket, inputs: { forceDestroy: "yes" }, at: "forceDestroy" },
      { token: bucket, inputs: { bucket: "a".repeat(64) }, at: "bucket" },
      { token: bucketPolicy, inputs: { bucket: "a" }, at: "policy" },
      {
        token: lifecycle,
        inputs: { bucket: "a", rules: [rule({ expirationn: { days: 1 } })] },
        at: "rules[0].expirationn",
      },
      { token: lifecycle, inputs: { bucket: "a", rules: [rule({ status: "On" })] }, at: "rules[0].status" },
      {
        token: lifecycle,
        inputs: { bucket: "a", rules: [rule({ expiration: { days: 0 } })] },
        at: "rules[0].expiration",
      },
      {
        token: lifecycle,
        inputs: { bucket: "a", rules: [rule({ filter: { tag: { key: "a", value: "b" } }, ...abort })] },
        at: "rules[0].abortIncompleteMultipartUpload",
      },
    ];
    for (const { token, inputs, at } of refused) {
      it(`refuses ${JSON.stringify(inputs)} of ${token} at ${at}`, async () => {
        const { failures } = await checked(token, inputs);
        assert.deepEqual(
          failures.map(({ path }) => formatPath(path)),
          [at],
        );
      });
    }

    it("fills in what the official plug-in fills in", async () => {
      const { inputs } = await checked(role, { assumeRolePolicy: { Statement: [] }, name: "reader" });
      assert.deepEqual(inputs, {
        name: "reader",
        path: "/",
        assumeRolePolicy: '{"Statement":[]}',
        maxSessionDuration: 3600,
        forceDetachPolicies: false,
      });
    });

    it("takes what a preview does not know yet", async () => {
      const { inputs, failures } = await checked(bucketPolicy, { bucket: UNKNOWN, policy: { Statement: UNKNOWN } });
      assert.deepEqual(failures, []);
      assert.deepEqual(inputs, { bucket: UNKNOWN, policy: UNKNOWN, region: "eu-west-1" });
    });
  });

  describe("diff", () => {
    it("replaces a role that gets another path, the old one first when its name is fixed", async () => {
      const diff = (name: string) =>
        resource(role).diff({
          ...subject,
          id: name,
          oldInputs: { name, path: "/" },
          oldOutputs: {},
          newInputs: { name, path: "/ml/" },
        });
      const [change] = (await diff("reader")).changes;
      assert.deepEqual(change, { path: ["path"], kind: "update", replaces: true, of: "inputs" });
      assert.equal((await diff("reader")).deleteBeforeReplace, true);
      assert.equal((await diff("it-0123abc")).deleteBeforeReplace, false);
    });
  });

  describe("an error of AWS", () => {
    let server: Server;
    let answer: { readonly status: number; readonly code: string; readonly message: string };

    before((done) => {
      server = createServer((_, response) => {
        const { status, code, message } = answer;
        response.writeHead(status, { "content-type": "application/xml" });
        response.end(`<Error><Code>${code}</Code><Message>${message}</Message></Error>`);
      }).listen(0, "127.0.0.1", done);
    });

    after((done) => {
      server.close(done);
      server.closeAllConnections();
    });

    for (const { status, code, message, says } of [
      {
        status: 403,
        code: "AccessDenied",
        message: "Access Denied",
        says: "the credentials do not allow it (AccessDenied)",
      },
      {
        status: 409,
        code: "BucketAlreadyExists",
        message: "Taken",
        says: "another account has a bucket of this name; choose another one",
      },
      {
        status: 400,
        code: "InvalidBucketName",
        message: "The name is bad",
        says: "The name is bad (InvalidBucketName)",
      },
    ]) {
      it(`is one sentence: ${code}`, async () => {
        answer = { status, code, message };
        const inputs = { bucket: "packages", region: "eu-west-1" };
        await assert.rejects(resource(bucket).create({ ...subject, inputs, preview: false }, context()), {
          message: `Cannot create the bucket packages: ${says}`,
        });
      });
    }

    it('that is no clear "not found" takes nothing out of the state', async () => {
      answer = { status: 404, code: "NotFound", message: "Another server" };
      const outputs = { bucket: "packages", region: "eu-west-1" };
      await assert.rejects(resource(bucket).read({ ...subject, id: "packages", inputs: outputs, outputs }, context()), {
        message: "Cannot read the bucket packages: Another server (NotFound)",
      });
    });

    function context(): Context {
      const { port } = server.address() as AddressInfo;
      const endpoints = [{ s3: `http://127.0.0.1:${port}` }];
      const line = () => undefined;
      const log = { status: line, info: async () => undefined, warning: line };
      return {
        configuration: { ...configuration, endpoints },
        providerId: "it",
        log,
        signal: new AbortController().signal,
        afterwards: () => undefined,
      };
    }
  });
});

const configuration = { region: "eu-west-1", accessKey: "a", secretKey: "b" };
const subject = { urn: "urn:pulumi:a::b::c::it", name: "it" };

function rule(more: PropertyMap): PropertyMap {
  return { id: "a", status: "Enabled", filter: {}, expiration: { days: 1 }, ...more };
}

function resource(token: string) {
  return resourceOf(token, kinds[token]);
}

function checked(token: string, newInputs: PropertyMap) {
  return resource(token).check({ ...subject, newInputs, oldInputs: newInputs, secrets: [], configuration });
}
