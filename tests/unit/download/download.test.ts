import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { download } from "../../../provider/download/download.ts";

describe("download", () => {
  let server: Server;
  let url: string;
  let answers: number[];
  let requests: number;

  beforeEach(async () => {
    requests = 0;
    server = createServer((_, response) => {
      requests += 1;
      response.writeHead(answers.shift() ?? 200).end("content");
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    url = `http://127.0.0.1:${(server.address() as { readonly port: number }).port}/file`;
  });

  afterEach(() => server.close());

  it("gives the bytes, after a server that was busy, too", async () => {
    answers = [503, 429];
    assert.equal(Buffer.from(await download(url, new AbortController().signal)).toString(), "content");
    assert.equal(requests, 3);
  });

  it("says at once what the server answered when there is no such file", async () => {
    answers = [404, 404, 404];
    await assert.rejects(download(url, new AbortController().signal), { message: `${url} answered 404` });
    assert.equal(requests, 1);
  });

  it("says that nobody answers", async () => {
    server.close();
    await assert.rejects(download(url, new AbortController().signal), /^Error: cannot reach http:.* \(.*ECONNREFUSED/);
  });

  it("ends when it is told to", async () => {
    const reason = new Error("enough");
    await assert.rejects(download(url, AbortSignal.abort(reason)), reason);
    assert.equal(requests, 0);
  });
});
