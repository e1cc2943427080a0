import assert from "node:assert/strict";
import { queueWarnings } from "../../../provider/components/queue.ts";
import { UNKNOWN } from "../../../provider/values/value.ts";

describe("a component with many jobs", () => {
  it("warns when they are more than the deployment works on at once, and says what to type", () => {
    const [warning = "", ...others] = queueWarnings(jobs(9), 8);
    assert.deepEqual(others, []);
    assert.match(warning, /^Only 8 of the 9 jobs can run at once: .*`--parallel 9`/);
  });

  it("does not when all of them can run at once", () => {
    assert.deepEqual(queueWarnings(jobs(8), 8), []);
  });

  it("does not count jobs that nobody waits for, and those that are not known yet", () => {
    assert.deepEqual(queueWarnings(jobs(9, { waitFor: "none" }), 8), []);
    assert.equal(queueWarnings(jobs(9, { waitFor: UNKNOWN }), 8).length, 1);
    assert.deepEqual(queueWarnings({ jobs: UNKNOWN }, 8), []);
    assert.deepEqual(queueWarnings({ jobs: { a: UNKNOWN } }, 0), []);
  });

  it("does not where the engine does not say how much it does at once", () => {
    assert.deepEqual(queueWarnings(jobs(9)), []);
    assert.deepEqual(queueWarnings(jobs(9), 0), []);
  });
});

function jobs(count: number, more: object = {}) {
  const named = Array.from({ length: count }, (_, index) => [`job-${index}`, { entrypoint: "true", ...more }]);
  return { jobs: Object.fromEntries(named) };
}
