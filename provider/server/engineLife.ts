import { connect } from "node:net";

/**
 * Calls `ended` as soon as nothing listens at the engine's address any more. An engine that is killed cannot end its
 * plug-ins, and one that waits for a job would stay for ever; worse, one that is about to create a job would do so beside
 * the deployment that follows. A connection is kept open, because it breaks at the moment the engine does.
 */
export function whenEngineEnds(address: string, ended: () => void, pauseMilliseconds = 10): void {
  const separator = address.lastIndexOf(":");
  const [host, port] = [address.slice(0, separator), Number(address.slice(separator + 1))];
  let isOver = false;
  const look = () => {
    const socket = connect({ host, port }).unref();
    socket.resume();
    socket.once("error", (error: NodeJS.ErrnoException) => {
      isOver = error.code === "ECONNREFUSED";
    });
    socket.once("close", () => {
      if (isOver) ended();
      else setTimeout(look, pauseMilliseconds).unref(); // the engine's server ends connections that say nothing
    });
  };
  look();
}
