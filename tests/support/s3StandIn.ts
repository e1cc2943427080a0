import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { connect, type Storage } from "../../provider/storage/connect.ts";
import type { StorageConfiguration } from "../../provider/storage/storageConfiguration.ts";

/** One request as the stand-in has seen it. */
export interface Seen {
  /** The method and what the query says is asked for: `PUT`, `POST uploads`, `PUT part 2`, `GET tagging`. */
  readonly what: string;
  readonly path: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

export interface Answer {
  readonly status: number;
  /** The code of an S3 error, or the whole body. */
  readonly code?: string;
  readonly body?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Plays an S3 server: answers as a test says, and remembers what it was asked. */
export class StandIn {
  readonly seen: Seen[] = [];
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** An answer is waited for; undefined gives none, ever. */
  static async start(answer: (request: Seen) => Answer | undefined | Promise<Answer | undefined>): Promise<StandIn> {
    const server = createServer((request, response) => {
      void standIn.#handle(request, response, answer);
    });
    const standIn = new StandIn(server);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return standIn;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get asked(): string[] {
    return this.seen.map(({ what }) => what);
  }

  connect(more: StorageConfiguration = {}): Promise<Storage> {
    return connect({ endpoint: this.endpoint, accessKey: "AKIDEXAMPLE", secretKey: "hush", ...more });
  }

  async dispose(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }

  async #handle(
    request: IncomingMessage,
    response: ServerResponse,
    answer: (request: Seen) => Answer | undefined | Promise<Answer | undefined>,
  ): Promise<void> {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk);
    } catch {
      return; // The client has hung up.
    }
    const { pathname, searchParams } = new URL(request.url ?? "", "http://localhost");
    const what = [request.method, ...askedFor(searchParams)].join(" ");
    const seen = {
      what,
      path: pathname,
      url: request.url ?? "",
      headers: request.headers,
      body: Buffer.concat(chunks),
    };
    this.seen.push(seen);
    const given = await answer(seen);
    if (given === undefined) return;
    const { status, code, body = code ? errorBody(code) : "", headers = {} } = given;
    response.writeHead(status, { ...(status === 200 ? { etag: '"etag"' } : {}), ...headers });
    response.end(request.method === "HEAD" ? undefined : body);
  }
}

function askedFor(query: URLSearchParams): string[] {
  if (query.has("uploads")) return ["uploads"];
  if (query.has("tagging")) return ["tagging"];
  if (query.has("partNumber")) return [`part ${query.get("partNumber")}`];
  return query.has("uploadId") ? ["upload"] : [];
}

function errorBody(code: string): string {
  return `<?xml version="1.0"?><Error><Code>${code}</Code><Message>What S3 says.</Message></Error>`;
}

/** The answer of a real server to the same request. */
export async function answerOf(endpoint: string, { what, url, headers, body }: Seen): Promise<Answer> {
  const method = what.split(" ")[0] ?? "";
  const sent = Object.entries(headers).filter(
    ([name]) => !["host", "connection", "content-length", "expect"].includes(name),
  );
  const answer = await fetch(endpoint + url, {
    method,
    headers: sent.map(([name, value]): [string, string] => [name, String(value)]),
    ...(["GET", "HEAD"].includes(method) ? {} : { body: new Uint8Array(body) }),
  });
  const received = [...answer.headers].filter(([name]) => !["connection", "transfer-encoding"].includes(name));
  return {
    status: answer.status,
    headers: Object.fromEntries(received),
    body: Buffer.from(await answer.arrayBuffer()),
  };
}

export const uploadStarted: Answer = {
  status: 200,
  body: "<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>",
};

export const uploadCompleted: Answer = {
  status: 200,
  body: "<CompleteMultipartUploadResult><Key>k</Key></CompleteMultipartUploadResult>",
};

export function tagsAnswer(tags: Readonly<Record<string, string>>): Answer {
  const set = Object.entries(tags).map(([key, value]) => `<Tag><Key>${key}</Key><Value>${value}</Value></Tag>`);
  return { status: 200, body: `<Tagging><TagSet>${set.join("")}</TagSet></Tagging>` };
}
