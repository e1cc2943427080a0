import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { TestNamespace } from "../../support/cluster.ts";
import { CommandLine } from "../../support/commandLine.ts";

describe("rayjob", () => {
  const wrong: readonly { readonly args: readonly string[]; readonly says: RegExp }[] = [
    { args: [], says: /^Usage: rayjob / },
    { args: ["wiat"], says: /unknown command 'wiat'\n.*wait/s },
    { args: ["package"], says: /missing required argument 'directory'/ },
    { args: ["render"], says: /missing required argument 'file'/ },
    { args: ["render", "/no/such/file"], says: /\/no\/such\/file: there is no such file/ },
    { args: ["validate", "--kuberay-version", "0.1"], says: /Use one of 1\.5\.1, / },
    { args: ["validate", "--feature-gates", "RayCronJob"], says: /such as A=true,B=false/ },
    { args: ["validate", "--allow", "411"], says: /such as RJ411/ },
    { args: ["validate", "/no/such/file"], says: /\/no\/such\/file: there is no such file/ },
    { args: ["wait"], says: /missing required argument 'job'/ },
    { args: ["wait", "a/b/c"], says: /Write NAMESPACE\/NAME/ },
    { args: ["wait", "a/b", "--timeout", "soon"], says: /Write seconds, or a time such as / },
    { args: ["wait", "a/b", "--for", "ever"], says: /Allowed choices are ready, running, complete/ },
    { args: ["wait", "a/b", "-n", "c"], says: /drop one of them/ },
    { args: ["wait", "a/b", "--kubeconfig", "/no/such/file"], says: /there is no file \/no\/such\/file/ },
    { args: ["wait", "a/b", "--context", "nowhere"], says: /there is no context "nowhere" in / },
    { args: ["wait", "a/b", "--kubeconfig", serverAt(1)], says: /cannot reach http:\/\/127\.0\.0\.1:1 / },
  ];
  for (const { args, says } of wrong) {
    it(`exits 2 for ${JSON.stringify(args.slice(0, 3))}, and prints nothing on stdout`, async () => {
      const { code, stdout, stderr } = await new CommandLine(args).ended();
      assert.equal(code, 2, stderr);
      assert.match(stderr, says);
      assert.equal(stdout, "");
    });
  }

  it("exits 2 at once for a RayJob that does not exist, and for one that may not be read", async () => {
    const namespace = await TestNamespace.create("cli-usage");
    try {
      const job = `${namespace.name}/train`;
      const absent = await new CommandLine(["wait", job, "--json"]).ended();
      assert.equal(absent.code, 2);
      assert.match(absent.stderr, /^There is no RayJob\/\S+\/train on https:/);
      assert.deepEqual(Object.keys(JSON.parse(absent.stdout)), ["outcome", "error"]);

      const kubeconfig = await namespace.kubeconfigOf("nobody", [], { knowsCluster: false });
      const forbidden = await new CommandLine(["wait", job, "--kubeconfig", kubeconfig]).ended();
      assert.equal(forbidden.code, 2);
      assert.match(forbidden.stderr, /^Cannot read RayJob\/\S+\/train: forbidden /);
    } finally {
      await namespace.dispose();
    }
  });

  for (const defect of ["setTimeout(() => { throw error })", "Promise.reject(error)"]) {
    it(`exits 2 with one line after ${defect}`, async () => {
      const script = `setTimeout(() => { const error = new Error("a defect\\nand more"); ${defect} }, 200)`;
      const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(script)}`;
      const silent = createServer().listen(0, "127.0.0.1");
      await once(silent, "listening");
      const { port } = silent.address() as AddressInfo;
      const { code, stderr } = await new CommandLine(["wait", "a/b", "--kubeconfig", serverAt(port)], {
        NODE_OPTIONS,
      }).ended();
      silent.close();
      assert.equal(code, 2);
      assert.equal(stderr, "Internal error: a defect\n");
    });
  }

  it("exits 0 for --help and --version, on stdout", async () => {
    for (const args of [
      ["--help"],
      ["package", "--help"],
      ["render", "--help"],
      ["validate", "--help"],
      ["wait", "--help"],
      ["--version"],
    ]) {
      const { code, stdout, stderr } = await new CommandLine(args).ended();
      assert.deepEqual([code, stderr], [0, ""]);
      assert.notEqual(stdout, "");
    }
  });
});

function serverAt(port: number): string {
  return JSON.stringify({
    clusters: [{ name: "it", cluster: { server: `http://127.0.0.1:${port}` } }],
    users: [{ name: "it", user: {} }],
    contexts: [{ name: "it", context: { cluster: "it", user: "it" } }],
    "current-context": "it",
  });
}
