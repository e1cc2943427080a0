import assert from "node:assert/strict";
import fc from "fast-check";
import { LogPosition } from "../../../../provider/kube/logs/logPosition.ts";

const log = [
  "2026-01-01T00:00:01.100000000Z one",
  "2026-01-01T00:00:01.100000000Z two",
  "2026-01-01T00:00:02.500000000Z four",
  "2026-01-01T00:00:01.900000000Z three, of the other stream",
  "2026-01-01T00:00:02.700000000Z ",
  "2026-01-01T00:00:02.700000000Z ",
  "2026-01-01T00:00:04.000000000Z five",
];

describe("LogPosition", () => {
  it("gives each line once, wherever and however often the connection breaks", () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: log.length })), (breaks) => {
        const position = new LogPosition();
        const read: (string | undefined)[] = [];
        for (const length of [...breaks, log.length]) {
          read.push(
            ...served(position.since)
              .slice(0, length)
              .map((line) => position.take(line)),
          );
          position.resume();
        }
        assert.deepEqual(
          read.filter((line) => line !== undefined),
          log.map((line) => line.slice(31)),
        );
      }),
    );
  });

  it("has no place for what the node says about the log", () => {
    assert.equal(new LogPosition().take("unable to retrieve container logs for containerd://abc"), undefined);
  });

  it("understands the node's own time zone", () => {
    const position = new LogPosition();
    assert.equal(position.take("2026-01-01T02:00:01.100000000+02:00 one"), "one");
    assert.equal(position.since, "2026-01-01T00:00:00.000Z");
  });
});

/** What Kubernetes serves: from a whole second on, line by line. */
function served(since: string | undefined): string[] {
  const start = since === undefined ? Number.NEGATIVE_INFINITY : Date.parse(since);
  return log.filter((line) => Date.parse(line.split(" ")[0] ?? "") >= start);
}
