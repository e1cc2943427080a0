import { connect } from "node:net";

/**
 * Calls `ended` once nothing listens at the engine's address any more. An engine that is killed cannot end its plug-ins,
 * and one that waits for a job would stay for ever.
 */
export function whenEngineEnds(address: string, ended: () => void, everyMilliseconds = 10_000): void {
  const separator = address.lastIndexOf(":");
  const [host, port] = [address.slice(0, separator), Number(address.slice(separator + 1))];
  const look = () => {
    const socket = connect({ host, port });
    socket.unref();
    socket.once("connect", () => socket.destroy());
    socket.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "ECONNREFUSED") return;
      clearInterval(ticks);
      ended();
    });
  };
  const ticks = setInterval(look, everyMilliseconds).unref();
}
