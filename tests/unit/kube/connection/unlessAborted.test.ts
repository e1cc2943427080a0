import assert from "node:assert/strict";
import { unlessAborted } from "../../../../provider/kube/connection/unlessAborted.ts";
import { unheededDuring } from "../../../support/unheeded.ts";

describe("unlessAborted", () => {
  for (const moment of ["before", "meanwhile"]) {
    it(`throws the reason of a signal that is aborted ${moment}, and heeds the promise no more`, async () => {
      const stop = new AbortController();
      if (moment === "before") stop.abort(new Error("enough"));
      const unheeded = await unheededDuring(async () => {
        let fail = (_: Error) => {};
        const promise = new Promise<never>((_, reject) => {
          fail = reject;
        });
        const result = unlessAborted(promise, stop.signal);
        stop.abort(new Error("enough"));
        await assert.rejects(result, { message: "enough" });
        fail(new Error("nobody asks any more"));
      });
      assert.deepEqual(unheeded, []);
    });
  }

  it("throws what the promise does", async () => {
    const failing = Promise.reject(new Error("forbidden"));
    await assert.rejects(unlessAborted(failing, new AbortController().signal), { message: "forbidden" });
  });
});
