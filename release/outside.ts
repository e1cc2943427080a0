import type { OnResolveArgs, Plugin } from "esbuild";

/**
 * Leaves packages what they are, and has them required: Node looks through a CommonJS package that a module imports twice more,
 * for the kind of it and for the names of what it exports.
 */
export function leftOutside(packages: readonly string[]): Plugin {
  const isOutside = (path: string) => packages.some((name) => path === name || path.startsWith(`${name}/`));
  return {
    name: "left outside",
    setup(build) {
      build.onResolve({ filter: /^[^.#/]/ }, ({ path, kind }: OnResolveArgs) => {
        if (!isOutside(path)) return undefined;
        return kind === "import-statement" ? { path, namespace: outside } : { path, external: true };
      });
      build.onLoad({ filter: /^/, namespace: outside }, ({ path }) => ({
        contents: `module.exports = require(${JSON.stringify(path)});`,
      }));
    },
  };
}

const outside = "outside";
