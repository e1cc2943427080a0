/**
 * With `--continue-on-error` the program goes on when a resource has failed, whose outputs then all fail with it, and so does what
 * uses them. To the SDK each of these that nobody looks at is a crash of the plug-in, which ends the calls that it is
 * working on for other components. The engine has told of the resource, so nothing is lost by disregarding them.
 */
export function disregardFailedResources(): void {
  const listeners = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", (reason, promise) => {
    if (isOfFailedResource(reason)) return;
    for (const listener of listeners) listener.call(process, reason, promise);
  });
}

/**
 * Whether it is the SDK's error for a resource of which the engine has told (runtime/resource.js): that it has failed, or that it
 * was not begun, as another had; or for an argument that is made of such a resource.
 */
export function isOfFailedResource(reason: unknown): boolean {
  return reason instanceof Error && (failed.test(reason.message) || notBegun.test(reason.message));
}

const failed = /^(error serializing property "[^"]*": )*resource .+ \[[^[\]]+\] failed to register$/;
const notBegun = /^failed to register new resource .+ \[[^[\]]+\]: 2 UNKNOWN: resource monitor shut down$/;
