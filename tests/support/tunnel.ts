import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";

/** A proxy through which TLS is spoken, on loopback; without `leads` it refuses. */
export class Tunnel {
  /** Where it has led to. */
  readonly seen: string[] = [];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start({ leads = true } = {}): Promise<Tunnel> {
    const server = createServer();
    const tunnel = new Tunnel(server);
    server.on("connect", ({ url = "" }, socket: Socket) => {
      tunnel.seen.push(url);
      tunnel.#keep(socket);
      if (!leads) {
        socket.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
        return;
      }
      const { hostname, port } = new URL(`http://${url}`);
      const there = connect(Number(port), hostname, () => {
        socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
        socket.pipe(there).pipe(socket);
      });
      tunnel.#keep(there);
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return tunnel;
  }

  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async dispose(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, "close");
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on("error", () => socket.destroy());
  }
}
