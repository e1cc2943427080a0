const { appendFileSync } = require("node:fs");
const { relative } = require("node:path");
const { Spec } = require("mocha").reporters;

/**
 * What mocha's own `spec` prints, and, in the file that TALLY names, a line `passes failures file` for each file of tests,
 * for tests/suite.sh to add up.
 */
module.exports = class extends Spec {
  constructor(runner, options) {
    super(runner, options);
    const files = new Map();
    const countFor = ({ file }) => {
      if (!files.has(file)) files.set(file, { passes: 0, failures: 0 });
      return files.get(file);
    };
    runner.on("pass", (test) => ++countFor(test).passes);
    runner.on("fail", (testOrHook) => ++countFor(testOrHook).failures);
    runner.once("end", () => {
      const lines = [...files].map(([file, { passes, failures }]) => `${passes} ${failures} ${nameOf(file)}\n`);
      appendFileSync(process.env.TALLY, lines.join(""));
      setTimeout(() => {
        const left = process.getActiveResourcesInfo().join(", ");
        console.error(`Failed: the tests have ended, but something that they started still runs (${left})`);
        process.exit(1);
      }, 15_000).unref();
    });
  }
};

/** A file that cannot be loaded fails without a name. */
function nameOf(file) {
  return file ? relative(process.cwd(), file) : "";
}
