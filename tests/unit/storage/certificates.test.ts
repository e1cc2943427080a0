import assert from "node:assert/strict";
import { rootCertificates } from "node:tls";
import { certificatesOf } from "../../../provider/storage/certificates.ts";
import { aTree, removeTrees, type Tree } from "../packaging/aTree.ts";

const [first = "", second = ""] = rootCertificates;
const damaged = first.replace("MII", "AAA");

describe("certificatesOf", () => {
  let tree: Tree;
  let before: string | undefined;

  beforeEach(async () => {
    before = process.env.AWS_CA_BUNDLE;
    delete process.env.AWS_CA_BUNDLE;
    tree = await aTree({
      "one.pem": first,
      "damaged.pem": `${second}\n${damaged}`,
      "key.pem": "-----BEGIN RSA KEY-----",
    });
  });

  afterEach(async () => {
    if (before === undefined) delete process.env.AWS_CA_BUNDLE;
    else process.env.AWS_CA_BUNDLE = before;
    await removeTrees();
  });

  it("leaves it to the well-known authorities where nobody says anything", async () => {
    assert.equal(await certificatesOf({}), undefined);
    process.env.AWS_CA_BUNDLE = "";
    assert.equal(await certificatesOf({ customCaBundle: " " }), undefined);
  });

  it("takes the text, the path of a file, and before these nothing of the environment", async () => {
    process.env.AWS_CA_BUNDLE = tree.at("nowhere.pem");
    assert.equal(await certificatesOf({ customCaBundle: `${first}\n${second}` }), `${first}\n${second}`);
    assert.equal(await certificatesOf({ customCaBundle: tree.at("one.pem") }), first);
  });

  it("takes the file that the environment names", async () => {
    process.env.AWS_CA_BUNDLE = tree.at("one.pem");
    assert.equal(await certificatesOf({}), first);
  });

  const hint =
    "Set it to the path, or the PEM text, of the certificates of the authority that vouches for the S3 server";
  const refusals = [
    { name: "nowhere.pem", says: "there is no file FOLDER/nowhere.pem" },
    { name: "key.pem", says: "there is no certificate in FOLDER/key.pem" },
    { name: "damaged.pem", says: "certificate 2 of 2 in FOLDER/damaged.pem is damaged" },
  ];
  for (const { name, says } of refusals) {
    it(`says of ${name} that ${says}, and where that was set`, async () => {
      const reason = says.replace("FOLDER", tree.at("."));
      const message = (source: string) => `Cannot use ${source}: ${reason}. ${hint}`;
      await assert.rejects(certificatesOf({ customCaBundle: tree.at(name) }), {
        kind: "untrusted",
        message: message("the provider's `customCaBundle`"),
      });
      process.env.AWS_CA_BUNDLE = tree.at(name);
      await assert.rejects(certificatesOf({}), { message: message("the environment variable AWS_CA_BUNDLE") });
    });
  }

  it("does not take a damaged text for a path", async () => {
    await assert.rejects(certificatesOf({ customCaBundle: damaged }), /certificate 1 of 1 is damaged/);
  });
});
