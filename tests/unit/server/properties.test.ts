import assert from "node:assert/strict";
import rpc from "@pulumi/pulumi/runtime/rpc.js";
import fc from "fast-check";
import structProto from "google-protobuf/google/protobuf/struct_pb.js";
import { decodeProperties, encodeProperties } from "../../../provider/server/properties.ts";
import { type PropertyMap, UNKNOWN } from "../../../provider/values/value.ts";

const { specialOutputValueSig, specialSecretSig, specialSigKey, unknownValue } = rpc;

describe("properties on the wire", () => {
  it("come back as they went, unknowns included", () => {
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        fc.constant(null),
        fc.constant(UNKNOWN),
        fc.boolean(),
        fc.integer(),
        fc.string(),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(name, tie("value"), { maxKeys: 3, noNullPrototype: true }),
      ),
    }));
    fc.assert(
      fc.property(fc.dictionary(name, value, { noNullPrototype: true }), (properties) => {
        const { values, secrets } = decodeProperties(encodeProperties(properties as PropertyMap));
        assert.deepEqual(values, properties);
        assert.deepEqual(secrets, []);
      }),
    );
  });

  it("lose the wrapper of a secret at any depth and get it back in the same place", () => {
    const wrapped = { env: [{ name: "TOKEN", value: { [specialSigKey]: specialSecretSig, value: "s3cret" } }] };
    const { values, secrets } = decodeProperties(structProto.Struct.fromJavaScript(wrapped));
    assert.deepEqual(values, { env: [{ name: "TOKEN", value: "s3cret" }] });
    assert.deepEqual(secrets, [["env", 0, "value"]]);
    assert.deepEqual(encodeProperties(values, secrets).toJavaScript(), wrapped);
  });

  it("lose the wrapper of an output value, which may be unknown or secret", () => {
    const wrapped = {
      known: { [specialSigKey]: specialOutputValueSig, value: "a" },
      unknown: { [specialSigKey]: specialOutputValueSig },
      secret: { [specialSigKey]: specialOutputValueSig, value: "b", secret: true },
    };
    const { values, secrets } = decodeProperties(structProto.Struct.fromJavaScript(wrapped));
    assert.deepEqual(values, { known: "a", unknown: UNKNOWN, secret: "b" });
    assert.deepEqual(secrets, [["secret"]]);
  });

  it("keep a property that is called like a part of a wrapper", () => {
    const { values } = decodeProperties(structProto.Struct.fromJavaScript({ value: 1, secret: true }));
    assert.deepEqual(values, { value: 1, secret: true });
  });

  it("read the mark of an unknown of every kind", () => {
    const { values } = decodeProperties(
      structProto.Struct.fromJavaScript({ text: unknownValue, list: "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2" }),
    );
    assert.deepEqual(values, { text: UNKNOWN, list: UNKNOWN });
  });
});

const name = fc.string().filter((text) => text !== specialSigKey && text !== "__proto__");
