import assert from "node:assert/strict";
import { manifestOf } from "../../../provider/job/manifest.ts";
import { ownerOf, ownershipOf } from "../../../provider/job/owner.ts";
import type { PropertyMap } from "../../../provider/values/value.ts";
import { aJob } from "./aJob.ts";

const urn = "urn:pulumi:dev::ml::rayjob:index:RayJob::train";
const train = ownerOf(urn, "provider-1");
const other = ownerOf("urn:pulumi:prod::ml::rayjob:index:RayJob::train", "provider-1");
const elsewhere = ownerOf(urn, "provider-2");

const cases: { found: PropertyMap; of: typeof train; ownership: string; because: string }[] = [
  { found: {}, of: train, ownership: "same run", because: "an interrupted deployment had submitted it" },
  { found: { backoffLimit: 2 }, of: train, ownership: "same run", because: "it computes the same" },
  { found: { entrypoint: "python old.py" }, of: train, ownership: "other run", because: "the code has changed since" },
  { found: {}, of: other, ownership: "another owner", because: "another stack declares the same" },
  { found: {}, of: elsewhere, ownership: "another owner", because: "another state has a stack of the same name" },
];

describe("ownershipOf", () => {
  for (const { found, of, ownership, because } of cases) {
    it(`says ${ownership} where ${because}`, () => {
      assert.equal(ownershipOf(manifestOf(aJob(found), of), manifestOf(aJob(), train)), ownership);
    });
  }

  it("says another owner of a RayJob that nobody has marked", () => {
    assert.equal(ownershipOf({ metadata: {} }, manifestOf(aJob(), train)), "another owner");
  });
});

describe("ownerOf", () => {
  it("selects by a label that the manifest carries", () => {
    const [name = "", value] = train.selector.split("=");
    assert.equal(manifestOf(aJob(), train).metadata.labels[name], value);
    assert.match(train.id, /^[0-9a-f]{16}$/);
    assert.equal(new Set([train, other, elsewhere].map(({ selector }) => selector)).size, 3);
  });
});
