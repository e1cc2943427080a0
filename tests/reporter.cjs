const { appendFileSync } = require("node:fs");
const { Spec } = require("mocha").reporters;

/** What mocha's own `spec` prints, and a line with the counts in the file that TALLY names, for tests/run.sh to add up. */
module.exports = class extends Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once("end", () => {
      const { passes, failures } = this.stats;
      appendFileSync(process.env.TALLY, `${passes} ${failures}\n`);
      setTimeout(() => {
        const left = process.getActiveResourcesInfo().join(", ");
        console.error(`Failed: the tests have ended, but something that they started still runs (${left})`);
        process.exit(1);
      }, 15_000).unref();
    });
  }
};
