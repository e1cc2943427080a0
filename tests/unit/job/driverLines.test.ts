import assert from "node:assert/strict";
import { driverLinesOf } from "../../../provider/job/driverLines.ts";

const log = `2026-11-24 10:03:52,966\tINFO cli.py:36 -- Job submission server address: http://train-head-svc.ml.svc.cluster.local:8265
2026-11-24 10:03:53,531\tSUCC cli.py:61 -- Job 'train-smmgz' submitted successfully
2026-11-24 10:03:53,531\tINFO cli.py:288 -- ray job logs train-smmgz
reading
2026-11-24 10:03:55,000 INFO worker.py:1724 -- Connected to Ray cluster.
ValueError: no data

2026-11-24 10:03:56,760\tERR cli.py:69 -- Job 'train-smmgz' failed
2026-11-24 10:03:56,760\tINFO cli.py:83 -- Status message: Job entrypoint command failed with exit code 1, last available logs (truncated to 20,000 chars):
reading
ValueError: no data`;

describe("driverLinesOf", () => {
  it("keeps what the driver and Ray's workers say, once, and drops what the submitter says", () => {
    assert.deepEqual(driverLinesOf(log.split("\n")), [
      "reading",
      "2026-11-24 10:03:55,000 INFO worker.py:1724 -- Connected to Ray cluster.",
      "ValueError: no data",
    ]);
  });

  it("drops what the submitter says while it waits for the cluster", () => {
    const waiting = "Waiting for Ray Dashboard GCS to become healthy at http://127.0.0.1:8265 ...";
    assert.deepEqual(driverLinesOf([waiting, waiting, "reading"]), ["reading"]);
  });

  it("keeps everything where the submitter says nothing", () => {
    assert.deepEqual(driverLinesOf(["one", "", "two"]), ["one", "", "two"]);
  });
});
