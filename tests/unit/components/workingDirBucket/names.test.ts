import assert from "node:assert/strict";
import fc from "fast-check";
import { bucketNameOf, readerNameOf } from "../../../../provider/components/workingDirBucket/names.ts";

const suffix = "-1a2b3c4";

describe("bucketNameOf", () => {
  const kept = ["packages", "Packages", "3d", "a.b", "train-", "a--b", "192.168.5.4", "a".repeat(55)];
  for (const name of kept) {
    it(`is ${name} itself, of which the plug-in makes a name that S3 takes`, () => {
      assert.deepEqual(bucketNameOf(name), { name, aliases: [] });
      assert(isBucketName(madeOf(name)));
    });
  }

  const fitted: readonly { readonly name: string; readonly stem: string; readonly because: string }[] = [
    { name: "my_training", stem: "my-training", because: "S3 takes no underscore" },
    { name: "my training", stem: "my-training", because: "S3 takes no space" },
    { name: "Résumé", stem: "resume", because: "S3 takes ASCII alone" },
    { name: "학습", stem: "job", because: "nothing of it can be kept" },
    { name: "a..b", stem: "a-b", because: "S3 takes no two dots" },
    { name: "a.-b", stem: "a-b", because: "no dash is beside a dot" },
    { name: "a-.b", stem: "a-b", because: "no dash is beside a dot" },
    { name: "a.", stem: "a", because: "the plug-in puts a dash beside it" },
    { name: "-a", stem: "a", because: "a letter or a digit is first" },
    { name: ".a", stem: "a", because: "a letter or a digit is first" },
    { name: "a".repeat(56), stem: "a".repeat(40), because: "the plug-in appends eight characters, and S3 takes 63" },
  ];
  for (const { name, stem, because } of fitted) {
    it(`is ${stem} and a hash of ${name}, under whose name one that is there is kept: ${because}`, () => {
      const { name: made, aliases } = bucketNameOf(name);
      assert.match(made, new RegExp(`^${stem}-[0-9a-f]{8}$`));
      assert.deepEqual(aliases, [{ name }]);
      assert(isBucketName(madeOf(made)), made);
      assert(!isBucketName(madeOf(name)), "it would have been taken");
    });
  }

  it("is what S3 takes, whatever the component is called, and is left where that is so already", () => {
    fc.assert(
      fc.property(fc.oneof(ofFewLetters, fc.string({ unit: "binary", minLength: 1, maxLength: 80 })), (name) => {
        const made = bucketNameOf(name);
        assert(isBucketName(madeOf(made.name)), made.name);
        assert.equal(made.name === name, isBucketName(madeOf(name)));
      }),
    );
  });

  it("makes no two names one", () => {
    assert.notEqual(bucketNameOf("my_training").name, bucketNameOf("my training").name);
  });
});

describe("readerNameOf", () => {
  for (const name of ["packages", "my_training", "Team@ml,a=b+c.d-e", "a".repeat(49)]) {
    it(`is ${name}-reader, of which the plug-in makes a name that IAM takes`, () => {
      assert.deepEqual(readerNameOf(name), { name: `${name}-reader`, aliases: [] });
      assert(isRoleName(`${name}-reader${suffix}`));
    });
  }

  for (const name of ["my training", "학습", "a/b", "a".repeat(50)]) {
    it(`is another one of ${name}, under whose name one that is there is kept`, () => {
      const { name: made, aliases } = readerNameOf(name);
      assert.match(made, /^[a-z][a-z0-9-]*-[0-9a-f]{8}-reader$/);
      assert.deepEqual(aliases, [{ name: `${name}-reader` }]);
      assert(isRoleName(made + suffix) && !isRoleName(`${name}-reader${suffix}`));
    });
  }
});

const ofFewLetters = fc.string({ unit: fc.constantFrom("a", "B", "1", ".", "-", "_"), minLength: 1, maxLength: 60 });

/** What the plug-in makes of the name in the program. */
function madeOf(name: string): string {
  return name.toLowerCase() + suffix;
}

/** S3's rules, one after the other, but for the few beginnings and ends that it keeps for itself. */
function isBucketName(name: string): boolean {
  return (
    name.length >= 3 &&
    name.length <= 63 &&
    /^[a-z0-9.-]+$/.test(name) &&
    /^[a-z0-9]/.test(name) &&
    /[a-z0-9]$/.test(name) &&
    !/\.\.|\.-|-\./.test(name)
  );
}

function isRoleName(name: string): boolean {
  return name.length <= 64 && /^[A-Za-z0-9+=,.@_-]+$/.test(name);
}
