import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { connect } from "../../../provider/kube/connection/connect.ts";
import type { ClusterError } from "../../../provider/kube/connection/errors.ts";

const VARIABLES = ["HOME", "KUBECONFIG", "KUBERNETES_SERVICE_HOST"] as const;

describe("connect", () => {
  let home: string;
  const saved = Object.fromEntries(VARIABLES.map((name) => [name, process.env[name]]));

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), "kube-home-"));
    for (const name of VARIABLES) delete process.env[name];
    process.env.HOME = home;
  });

  afterEach(async () => {
    for (const [name, value] of Object.entries(saved)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    await rm(home, { recursive: true });
  });

  it("prefers the given contents to everything else", async () => {
    await write(".kube/config", kubeconfig("home"));
    process.env.KUBECONFIG = await write("env", kubeconfig("env"));
    assert.equal((await connect({ kubeconfig: kubeconfig("given") })).server, "https://given.test");
  });

  it("takes contents in JSON, on one line", async () => {
    const json = JSON.stringify({
      clusters: [{ name: "c", cluster: { server: "https://json.test" } }],
      contexts: [{ name: "x", context: { cluster: "c" } }],
      "current-context": "x",
    });
    assert.equal((await connect({ kubeconfig: json })).server, "https://json.test");
  });

  it("does not quote what is neither contents nor a path: an encoded kubeconfig", async () => {
    const encoded = Buffer.from(kubeconfig("secret").repeat(5)).toString("base64").replaceAll("/", "A");
    await assert.rejects(connect({ kubeconfig: encoded }), ({ message }: ClusterError) => {
      assert.match(message, /neither YAML nor a path\. Decode it, if it is base64/);
      return !message.includes(encoded.slice(0, 20));
    });
  });

  it("takes a path, from the home directory if it starts with a tilde", async () => {
    const path = await write("clusters/one.yaml", kubeconfig("one"));
    assert.equal((await connect({ kubeconfig: path })).server, "https://one.test");
    assert.equal((await connect({ kubeconfig: "~/clusters/one.yaml" })).server, "https://one.test");
  });

  it("takes KUBECONFIG before ~/.kube/config", async () => {
    await write(".kube/config", kubeconfig("home"));
    process.env.KUBECONFIG = await write("env", kubeconfig("env"));
    assert.equal((await connect()).server, "https://env.test");
  });

  it("merges the files of KUBECONFIG as kubectl does: the first wins, missing ones are skipped", async () => {
    const first = await write("first", kubeconfig("first", { server: "https://same.test" }));
    const second = await write("second", kubeconfig("second") + kubeconfigEntry("first"));
    process.env.KUBECONFIG = [join(home, "absent"), first, second].join(delimiter);
    assert.equal((await connect()).server, "https://same.test");
    assert.equal((await connect({ context: "second" })).server, "https://second.test");
  });

  it("takes ~/.kube/config when nothing else is said", async () => {
    await write(".kube/config", kubeconfig("home"));
    assert.equal((await connect()).server, "https://home.test");
  });

  it("gives the same connection for the same configuration, so that resources share its watches", async () => {
    const given = { kubeconfig: kubeconfig("shared") };
    assert.equal(await connect(given), await connect({ ...given }));
    assert.notEqual(await connect(given), await connect({ ...given, context: "shared" }));
  });

  it("accepts plain HTTP, as `kubectl proxy` speaks it", async () => {
    const connection = await connect({ kubeconfig: kubeconfig("plain", { server: "http://127.0.0.1:8001" }) });
    const { headers } = await connection.credentials({ action: "", subject: "", server: "", path: "" });
    assert.equal(headers.Authorization, "Bearer secret-of-plain");
  });

  it("names the file that is not there", async () => {
    await fails(
      connect({ kubeconfig: "~/nowhere" }),
      `Cannot read kubeconfig: there is no file ${home}/nowhere. Correct the path`,
    );
  });

  it("says where a kubeconfig is not YAML without quoting it", async () => {
    const error = await failureOf(connect({ kubeconfig: "users:\n- token: hush\n  : [" }));
    assert.match(error.message, /^Cannot read kubeconfig: the given kubeconfig is not YAML at line \d+ \(.+\)$/);
    assert.doesNotMatch(`${error.message}${error.stack}${error.cause}`, /hush/);
  });

  it("refuses YAML that is no kubeconfig", async () => {
    const message =
      "Cannot read kubeconfig: the given kubeconfig is not a kubeconfig: it has no clusters, contexts or users. Name another file";
    await fails(connect({ kubeconfig: "a: 1\nb: 2" }), message);
    await fails(connect({ kubeconfig: "just\nsome text" }), message);
  });

  it("lists the contexts there are when the wanted one is not among them", async () => {
    const message =
      'Cannot choose a cluster: there is no context "prod" in the given kubeconfig. Set `context` to one of "dev"';
    await fails(connect({ kubeconfig: kubeconfig("dev"), context: "prod" }), message);
  });

  it("lists the contexts there are when none is current", async () => {
    const text = kubeconfig("dev").replace("current-context: dev", "");
    const message =
      'Cannot choose a cluster: the given kubeconfig has no current context. Set `context` to one of "dev"';
    await fails(connect({ kubeconfig: text }), message);
  });

  it("names the cluster that a context refers to in vain", async () => {
    const text = kubeconfig("dev").replace("cluster: dev, user", "cluster: lost, user");
    const message =
      'Cannot choose a cluster: context "dev" names the cluster "lost", which the given kubeconfig does not describe. Add it there';
    await fails(connect({ kubeconfig: text }), message);
  });

  it("says where it has looked when there is no kubeconfig at all", async () => {
    const looked = `KUBECONFIG is not set, there is no ${home}/.kube/config, and this is not a pod with a service account`;
    await fails(
      connect(),
      `Cannot read kubeconfig: no kubeconfig was given, ${looked}. Set KUBECONFIG, or the provider's \`kubeconfig\``,
    );
  });

  async function write(path: string, text: string): Promise<string> {
    const full = join(home, path);
    await mkdir(dirname(full), { recursive: true });
    await writeFile(full, text);
    return full;
  }
});

function kubeconfig(name: string, { server = `https://${name}.test` } = {}): string {
  return `apiVersion: v1
kind: Config
current-context: ${name}
contexts: [{name: ${name}, context: {cluster: ${name}, user: ${name}}}]
users: [{name: ${name}, user: {token: secret-of-${name}}}]
clusters:
- {name: ${name}, cluster: {server: "${server}"}}
`;
}

function kubeconfigEntry(name: string): string {
  return `- {name: ${name}, cluster: {server: "https://${name}.test"}}\n`;
}

async function fails(promise: Promise<unknown>, message: string): Promise<void> {
  const error = await failureOf(promise);
  assert.deepEqual([error.kind, error.message], ["configuration", message]);
}

async function failureOf(promise: Promise<unknown>): Promise<ClusterError> {
  return await promise.then(
    () => assert.fail("should have failed"),
    (error: ClusterError) => error,
  );
}
