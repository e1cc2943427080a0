import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { readFile, stat, writeFile } from "node:fs/promises";
import { createServer as createPlainServer } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo, Server as NetServer } from "node:net";
import { join } from "node:path";
import yauzl from "yauzl";
import { fetchFailureKinds } from "../../../provider/fetch/fetchFailures.ts";
import { fetchScript } from "../../../provider/fetch/fetchScript.ts";
import { Fetching } from "../../support/fetching.ts";

describe("the script of the init containers", () => {
  let fetching: Fetching;

  beforeEach(async () => {
    fetching = await Fetching.start();
  });

  afterEach(() => fetching.dispose());

  it("is small, since it becomes part of every RayJob that uses it", () => {
    assert(Buffer.byteLength(fetchScript()) < 11_000);
  });

  it("is Python that 3.8 can read", () => {
    const parse = "import ast, sys; ast.parse(sys.stdin.read(), feature_version=(3, 8))";
    execFileSync("python3", ["-c", parse], { input: fetchScript() });
  });

  it("has a sentence for each of its failures, and no other", () => {
    const [, code = ""] = fetchScript().split(/\n\}\n(.*)/s, 2);
    const raised = [...code.matchAll(/Failure\((?!Exception)"?([^",)]*)/g)].map(([, kind]) => kind);
    const known = fetchFailureKinds();
    assert.deepEqual(
      raised.filter((kind) => !known.some((each) => each === kind)),
      [],
    );
    assert.deepEqual(
      known.filter((kind) => !code.includes(`"${kind}"`)),
      [],
    );
  });

  describe("from a claim", () => {
    it("copies the files of a folder, in folders, and what can be run stays so", async () => {
      await fetching.claim("data", { "set/a.txt": "a", "set/deep/run.sh": { run: "#!/bin/sh\n" }, "other/b": "b" });
      const run = await fetching.run("copy", "pvc://data/set", "to");
      assert.deepEqual(run, { code: 0, stdout: "fetched 2 file(s) from pvc://data/set\n", stderr: "" });
      assert.deepEqual(await fetching.files("to"), { "a.txt": "a", "deep/run.sh": "#!/bin/sh\n" });
      assert.equal((await stat(join(fetching.folder, "to/deep/run.sh"))).mode & 0o777, 0o755);
    });

    it("copies many small files at once, all of them whole, and ends at the first that fails", async () => {
      const many = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`${index % 7}/${index}`, `${index}`]));
      await fetching.claim("data", prefixed("set", many));
      assert.equal((await fetching.run("copy", "pvc://data/set", "to")).code, 0);
      assert.deepEqual(await fetching.files("to"), many);
      await writeFile(join(fetching.folder, "other"), "");
      const blocked = await fetching.run("copy", "pvc://data/set", "other");
      assert.deepEqual([blocked.code, blocked.stderr.split("\n").length], [1, 2]);
    });

    it("copies one file under its name", async () => {
      await fetching.claim("data", { "models/big.bin": "weights" });
      assert.equal((await fetching.run("copy", "pvc://data/models/big.bin", "to")).code, 0);
      assert.deepEqual(await fetching.files("to"), { "big.bin": "weights" });
    });

    it("copies all of a claim, without what a file system keeps for itself", async () => {
      await fetching.claim("data", { a: "a", "lost+found/x": "x" });
      assert.equal((await fetching.run("copy", "pvc://data", "to")).code, 0);
      assert.deepEqual(await fetching.files("to"), { a: "a" });
    });

    it("follows symbolic links to files and folders", async () => {
      await fetching.claim("data", {
        "blobs/1": "one",
        "set/first": { link: "../blobs/1" },
        "set/all": { link: "../blobs" },
      });
      assert.equal((await fetching.run("copy", "pvc://data/set", "to")).code, 0);
      assert.deepEqual(await fetching.files("to"), { "all/1": "one", first: "one" });
    });

    it("does it all again where an earlier try has left something", async () => {
      await fetching.claim("data", { "set/a": "new" });
      await fetching.run("copy", "pvc://data/set", "to");
      await writeFile(join(fetching.folder, "to/a"), "torn");
      await fetching.run("copy", "pvc://data/set", "to");
      assert.deepEqual(await fetching.files("to"), { a: "new" });
    });

    const refusals: { from: string; says: string; because: string }[] = [
      {
        from: "pvc://data/nothing",
        says: "there is no such file or folder on the claim. Correct the path",
        because: "a path is wrong",
      },
      {
        from: "pvc://data/empty",
        says: "there is no file in the folder. Put one there, or correct the path",
        because: "a folder is empty",
      },
      {
        from: "pvc://data/dangling",
        says: "/claims/data/dangling/x is a symbolic link to nothing. Remove it, or put there what it leads to",
        because: "a file would be missing",
      },
      {
        from: "pvc://data/loop",
        says: "/claims/data/loop/x leads back to a folder that it is in. Remove the link",
        because: "it would never end",
      },
    ];
    for (const { from, says, because } of refusals) {
      it(`ends with one line where ${because}`, async () => {
        await fetching.claim("data", {
          "empty/lost+found/x": "",
          "dangling/x": { link: "nowhere" },
          "loop/x": { link: "../loop" },
        });
        const run = await fetching.run("copy", from, "to");
        assert.deepEqual(run, { code: 1, stdout: "", stderr: `cannot fetch ${from}: ${says}\n` });
        assert.deepEqual(await fetching.files("to"), {});
      });
    }

    it("ends with one line, and no half a file, where nothing can be written", async () => {
      await fetching.claim("data", { "set/a": "a" });
      await writeFile(join(fetching.folder, "to"), "a file is in the way");
      const { code, stderr } = await fetching.run("copy", "pvc://data/set", "to");
      assert.equal(code, 1);
      assert.match(
        stderr,
        /^cannot fetch pvc:\/\/data\/set: (File exists|Not a directory): \/to\. Choose another path\n$/,
      );
    });

    it("ends with one line, and leaves no half a file, where there is not enough room", async () => {
      await fetching.claim("data", { "set/big": "x".repeat(100_000) });
      const run = await fetching.run("copy", "pvc://data/set", "to", {}, { mostBytes: 4096 });
      assert.deepEqual(run, {
        code: 1,
        stdout: "",
        stderr: "cannot fetch pvc://data/set: File too large. Give the pods more room\n",
      });
      assert.deepEqual(await fetching.files("to"), {});
    });
  });

  describe("into a zip file", () => {
    it("puts a folder at the top, which Ray takes off again", async () => {
      await fetching.claim("code", { "train/train.py": "print(1)", "train/lib/run.sh": { run: "true" } });
      assert.equal((await fetching.run("pack", "pvc://code/train", "zips/1.zip")).code, 0);
      assert.deepEqual(await membersOf(join(fetching.folder, "zips/1.zip")), {
        "code/lib/run.sh": 0o755,
        "code/train.py": 0o644,
      });
      assert.deepEqual(Object.keys(await fetching.files("zips")), ["1.zip"]);
    });

    it("puts the folder of a module below it, and a file that is one beside nothing", async () => {
      await fetching.claim("code", { "lib/my_module/__init__.py": "", "lib/single.py": "" });
      await fetching.run("module", "pvc://code/lib/my_module/", "zips/1.zip");
      await fetching.run("module", "pvc://code/lib/single.py", "zips/2.zip");
      assert.deepEqual(Object.keys(await membersOf(join(fetching.folder, "zips/1.zip"))), [
        "code/my_module/__init__.py",
      ]);
      assert.deepEqual(Object.keys(await membersOf(join(fetching.folder, "zips/2.zip"))), ["code/single.py"]);
    });

    it("takes a zip file as it is, and refuses what is none", async () => {
      await fetching.claim("code", { "train/train.py": "print(1)", "text.zip": "no zip" });
      await fetching.run("pack", "pvc://code/train", "claims/code/ready.zip");
      const ready = await readFile(join(fetching.folder, "claims/code/ready.zip"));
      assert.equal((await fetching.run("pack", "pvc://code/ready.zip", "zips/1.zip")).code, 0);
      assert.deepEqual(await readFile(join(fetching.folder, "zips/1.zip")), ready);
      const { stderr } = await fetching.run("pack", "pvc://code/text.zip", "zips/2.zip");
      assert.equal(
        stderr,
        "cannot fetch pvc://code/text.zip: it is not a zip file. Upload it anew, or name a folder\n",
      );
      assert.deepEqual(Object.keys(await fetching.files("zips")), ["1.zip"]);
    });
  });

  describe("by https", () => {
    let server: Server;
    let address: string;
    let trusting: NodeJS.ProcessEnv;
    let answers: Answer[];
    let asked: string[];

    beforeEach(async () => {
      const [key, cert] = [join(fetching.folder, "key"), join(fetching.folder, "cert")];
      const names = "subjectAltName=IP:127.0.0.1";
      const request = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1"];
      execFileSync("openssl", [...request, "-subj", "/CN=it", "-addext", names, "-keyout", key, "-out", cert], {
        stdio: "ignore",
      });
      [answers, asked] = [[], []];
      server = createServer({ key: await readFile(key), cert: await readFile(cert) }, ({ url = "" }, response) => {
        asked.push(url);
        const { status = 200, body = "", headers = {}, torn, hangs } = answers.shift() ?? {};
        const more = torn || hangs ? 1 : 0;
        response.writeHead(status, { "Content-Length": Buffer.byteLength(body) + more, ...headers });
        response.write(body, () => (torn ? response.destroy() : hangs ? hangs(body) : response.end()));
      });
      address = await listening(server);
      trusting = { SSL_CERT_FILE: cert, no_proxy: "127.0.0.1" };
    });

    afterEach(() => server.close());

    it("copies a file under its name, which stands before the query", async () => {
      answers.push({ body: "zipped" });
      const run = await fetching.run("copy", `https://${address}/data/a%20set.zip?signature=abc`, "to", trusting);
      assert.deepEqual(run, {
        code: 0,
        stdout: `fetched 1 file(s) from https://${address}/data/a%20set.zip\n`,
        stderr: "",
      });
      assert.deepEqual(await fetching.files("to"), { "a set.zip": "zipped" });
    });

    it("tries again after a server's error, and after an answer that ends too early", async () => {
      answers.push({ status: 503 }, { body: "ha", torn: true }, { status: 429 }, { body: "whole" });
      assert.equal((await fetching.run("copy", `https://${address}/f`, "to", trusting)).code, 0);
      assert.deepEqual(await fetching.files("to"), { f: "whole" });
    });

    it("gives up at last, and says what it was", async () => {
      answers.push(...Array.from({ length: 9 }, () => ({ status: 503 })));
      const { code, stderr } = await fetching.run("copy", `https://${address}/f`, "to", trusting);
      assert.deepEqual(
        [code, stderr],
        [1, `cannot fetch https://${address}/f: 503 Service Unavailable. Try again a little later\n`],
      );
      assert.equal(asked.length, 5);
      assert.deepEqual(await fetching.files("to"), {});
    });

    it("does not ask again for what is not there, and keeps a signature to itself", async () => {
      answers.push({ status: 404 });
      const { stderr } = await fetching.run("copy", `https://${address}/f?signature=abc`, "to", trusting);
      assert.equal(stderr, `cannot fetch https://${address}/f: 404 Not Found. Correct the URI\n`);
      assert.equal(asked.length, 1);
    });

    it("is not led away to an address that anyone can alter", async () => {
      const plain = createPlainServer((_, response) => response.end("altered"));
      const elsewhere = await listening(plain);
      answers.push({ status: 302, headers: { Location: `http://${elsewhere}/f` } });
      const { stderr } = await fetching.run("copy", `https://${address}/f`, "to", trusting);
      plain.close();
      const says = "it is redirected to an address that is not https. Name an address that is";
      assert.equal(stderr, `cannot fetch https://${address}/f: ${says}\n`);
    });

    it("leaves no half a file when it is told to end", async () => {
      const begun = new Promise<unknown>((resolve) => answers.push({ body: "half", hangs: resolve }));
      const run = await fetching.run("copy", `https://${address}/f`, "to", trusting, { stopAfter: begun });
      server.closeAllConnections();
      assert.equal(run.code, 143);
      assert.deepEqual(await fetching.files("to"), {});
    });

    it("does not trust a server that nobody vouches for", async () => {
      const { stderr } = await fetching.run("copy", `https://${address}/f`, "to", { no_proxy: "127.0.0.1" });
      assert.match(
        stderr,
        /^cannot fetch https:\S+: .*certificate verify failed.*\. Set SSL_CERT_FILE or AWS_CA_BUNDLE to .*\n$/i,
      );
    });
  });
});

interface Answer {
  readonly status?: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Called when the answer has begun; it never ends. */
  readonly hangs?: (begun: unknown) => void;
  /** Whether the connection is closed before the end. */
  readonly torn?: boolean;
}

function prefixed(folder: string, files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([path, content]) => [`${folder}/${path}`, content]));
}

async function listening(server: NetServer): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The modes of a zip file's members by their names. */
async function membersOf(file: string): Promise<Record<string, number>> {
  const zip = await yauzl.openPromise(file);
  const members: [string, number][] = [];
  for await (const entry of zip.eachEntry()) {
    members.push([entry.fileName, (entry.externalFileAttributes >>> 16) & 0o777]);
  }
  return Object.fromEntries(members.sort());
}
