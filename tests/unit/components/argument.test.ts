import assert from "node:assert/strict";
import { asset, Output, output, secret, unknown } from "@pulumi/pulumi";
import { type Argument, argumentsOf } from "../../../provider/components/argument.ts";
import { archiveOf, assetOf } from "../../../provider/values/archive.ts";
import { UNKNOWN } from "../../../provider/values/value.ts";

const notYet = output(unknown) as Output<unknown>;

describe("argumentsOf", () => {
  it("knows what is given plainly, in outputs, and in outputs inside of these", async () => {
    const args = await argumentsOf({ a: 1, b: output({ c: output("d") }), e: [output(true), null], f: undefined });
    assert.deepEqual(args.value, { a: 1, b: { c: "d" }, e: [true, null] });
  });

  it("says of what a preview does not know that it is unknown, and of nothing else", async () => {
    const args = await argumentsOf({ a: notYet, b: { c: notYet, d: 1 }, e: unknown, f: output({ g: notYet, h: 2 }) });
    assert.deepEqual(args.value, { a: UNKNOWN, b: { c: UNKNOWN, d: 1 }, e: UNKNOWN, f: { g: UNKNOWN, h: 2 } });
    assert.equal(args.at("a").at("any").at("where").value, UNKNOWN);
    assert.deepEqual(args.at("a").properties, {});
  });

  it("gives every part as it was given, so that a secret stays one", async () => {
    const args = await argumentsOf({ jobs: { train: { token: secret("x"), command: "y" } } });
    const { token, command } = args.at("jobs").at("train").inputs;
    assert(Output.isInstance(token));
    assert.equal(await isSecret(token), true);
    assert.equal(command, "y");
  });

  it("opens an output to the parts of its value, which keep its secrecy", async () => {
    const args = await argumentsOf({ jobs: secret({ train: { command: "y" } }) });
    const command = args.at("jobs").at("train").at("command");
    assert.equal(command.value, "y");
    assert(Output.isInstance(command.given));
    assert.equal(await isSecret(command.given), true);
    assert.equal(await openedValue(command), "y");
  });

  it("knows archives and assets as they travel, and gives them as they were given", async () => {
    const archive = new asset.AssetArchive({
      a: new asset.StringAsset("x"),
      b: new asset.FileAsset("b.py"),
      c: new asset.FileArchive("c"),
      d: new asset.RemoteArchive("https://example.com/d.zip"),
    });
    const args = await argumentsOf({ code: output([archive]) });
    const assets = {
      a: assetOf({ text: "x" }),
      b: assetOf({ path: "b.py" }),
      c: archiveOf({ path: "c" }),
      d: archiveOf({ uri: "https://example.com/d.zip" }),
    };
    const [code] = args.at("code").elements;
    assert.deepEqual(code?.value, archiveOf({ assets }));
    assert(code);
    assert(asset.Archive.isInstance(await openedValue(code)));
  });

  it("finds nothing inside of what is not there", async () => {
    const args = await argumentsOf({ jobs: null });
    for (const argument of [args.at("jobs"), args.at("jobs").at("train"), args.at("other").at("one")]) {
      assert.equal(argument.isGiven, false);
      assert.deepEqual(argument.properties, {});
    }
  });
});

async function isSecret(given: Output<unknown>): Promise<boolean> {
  return (given as unknown as { isSecret: Promise<boolean> }).isSecret;
}

async function openedValue({ given }: Argument): Promise<unknown> {
  return (given as unknown as { promise(): Promise<unknown> }).promise();
}
