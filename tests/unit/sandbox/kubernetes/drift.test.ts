import assert from "node:assert/strict";
import fc from "fast-check";
import type { PropertyMap, Value } from "../../../../provider/values/value.ts";
import { driftedInputsOf } from "../../../sandbox/providers/kubernetes/resource/drift.ts";

describe("driftedInputsOf", () => {
  it("keeps what was given as long as the cluster has what was written, however that is spelled", () => {
    const input = { spec: { cpu: "1000m", list: [{ name: "a" }] } };
    const stored = { spec: { cpu: "1", list: [{ name: "a", added: true }], added: 1 }, status: {} };
    assert.deepEqual(driftedInputsOf(input, stored, stored), input);
  });

  it("has the cluster's value for what somebody has changed", () => {
    const written = { spec: { cpu: "1", replicas: 1 } };
    const live = { spec: { cpu: "2", replicas: 1 } };
    const drifted = { spec: { cpu: "2", replicas: 1 } };
    assert.deepEqual(driftedInputsOf({ spec: { cpu: "1000m", replicas: 1 } }, written, live), drifted);
  });

  it("lacks what somebody has removed, and does not have what somebody has added", () => {
    const written = { labels: { a: "1", b: "2" }, data: { c: "3" } };
    const live = { labels: { b: "2", z: "9" } };
    assert.deepEqual(driftedInputsOf(written, written, live), { labels: { b: "2" } });
  });

  it("compares lists item by item, and takes one of another length as a whole", () => {
    const input = { args: [{ name: "a", value: "1" }] };
    const written = { args: [{ name: "a", value: "1", added: true }] };
    const changed = { args: [{ name: "a", value: "2", added: true }] };
    assert.deepEqual(driftedInputsOf(input, written, changed), { args: [{ name: "a", value: "2" }] });
    const grown = { args: [...written.args, { name: "b" }] };
    assert.deepEqual(driftedInputsOf(input, written, grown), grown);
  });

  it("looks for a Secret's stringData where the API server has put it", () => {
    const encoded = (text: string) => ({ data: { password: Buffer.from(text).toString("base64") } });
    const input = { stringData: { password: "old" } };
    assert.deepEqual(driftedInputsOf(input, encoded("old"), encoded("old")), input);
    assert.deepEqual(driftedInputsOf(input, encoded("old"), encoded("new")), { stringData: { password: "new" } });
  });

  it("changes nothing, whatever the inputs are, when nothing has happened", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue(), (input, stored) => {
        const given = JSON.parse(JSON.stringify(input)) as PropertyMap;
        assert.deepEqual(driftedInputsOf(given, stored as Value, stored as Value), given);
      }),
    );
  });
});
