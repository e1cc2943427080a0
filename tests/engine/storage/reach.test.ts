import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { rootCertificates } from "node:tls";
import { connect } from "../../../provider/storage/connect.ts";
import { objectExists } from "../../../provider/storage/objectExists.ts";
import type { StorageConfiguration } from "../../../provider/storage/storageConfiguration.ts";
import { credentials, type ObjectStore } from "../../support/objectStore.ts";
import { Tunnel } from "../../support/tunnel.ts";
import { startVersityGateway } from "../../support/versityGateway.ts";
import { aTree, removeTrees } from "../../unit/packaging/aTree.ts";

const place = { bucket: "code", key: "abc.zip" };
const never = new AbortController().signal;

describe("an S3 server", () => {
  let store: ObjectStore;
  let authority: string;
  let environment: NodeJS.ProcessEnv;

  before(async () => {
    store = await startVersityGateway({ tls: true });
    authority = store.authority ?? "";
    await store.createBucket(place.bucket);
  });

  after(() => store.dispose());

  beforeEach(() => {
    environment = { ...process.env };
  });

  afterEach(async () => {
    process.env = environment;
    await removeTrees();
  });

  describe("whose authority nobody knows", () => {
    it("is not trusted, and what is to be set is said", async () => {
      await assert.rejects(look({}), {
        kind: "untrusted",
        message:
          `Cannot look for s3://code/abc.zip: ${store.endpoint} has a certificate by an authority that is not known (unable ` +
          "to verify the first certificate, UNABLE_TO_VERIFY_LEAF_SIGNATURE). Set the provider's `customCaBundle`, or the " +
          "environment variable AWS_CA_BUNDLE, to the authority's certificate",
      });
    });

    it("is trusted by the certificate's text, by a file with it, and by the file that AWS_CA_BUNDLE names", async () => {
      const tree = await aTree({ "ca.crt": authority });
      assert.equal(await look({ customCaBundle: authority }), false);
      assert.equal(await look({ customCaBundle: tree.at("ca.crt") }), false);
      process.env.AWS_CA_BUNDLE = tree.at("ca.crt");
      assert.equal(await look({ region: "us-east-1" }), false);
    });

    it("is not trusted by another authority's certificate", async () => {
      await assert.rejects(look({ customCaBundle: rootCertificates[0] }), { kind: "untrusted" });
    });

    it("is looked at again once a file that was missing is there", async () => {
      const path = (await aTree({})).at("ca.crt");
      await assert.rejects(look({ customCaBundle: path }), /there is no file/);
      await writeFile(path, authority);
      assert.equal(await look({ customCaBundle: path }), false);
    });
  });

  describe("behind a proxy", () => {
    let tunnel: Tunnel;

    afterEach(() => tunnel.dispose());

    it("is reached through it, unless NO_PROXY says otherwise", async () => {
      tunnel = await Tunnel.start();
      const { host } = new URL(store.endpoint);
      process.env.HTTPS_PROXY = `http://${tunnel.host}`;
      assert.equal(await look({ customCaBundle: `${authority}\n` }), false);
      assert.deepEqual(new Set(tunnel.seen), new Set([host]));
      tunnel.seen.length = 0;
      process.env.NO_PROXY = "127.0.0.1";
      assert.equal(await look({ customCaBundle: `${authority}\n\n` }), false);
      assert.deepEqual(tunnel.seen, []);
    });

    it("that does not lead there is named by its variable, without its password", async () => {
      tunnel = await Tunnel.start({ leads: false });
      process.env.HTTPS_PROXY = `http://me:hush@${tunnel.host}`;
      await assert.rejects(look({ customCaBundle: `\n${authority}` }), {
        kind: "unreachable",
        message:
          `Cannot look for s3://code/abc.zip: cannot reach ${store.endpoint} (the proxy answered 407, ERR_PROXY_TUNNEL). Check ` +
          "the provider's `endpoint`, and the proxy that the environment variable HTTPS_PROXY names",
      });
    });
  });

  async function look(configuration: StorageConfiguration): Promise<boolean> {
    const { accessKeyId, secretAccessKey } = credentials;
    const keys = { accessKey: accessKeyId, secretKey: secretAccessKey };
    return objectExists(await connect({ endpoint: store.endpoint, ...keys, ...configuration }), place, never);
  }
});
