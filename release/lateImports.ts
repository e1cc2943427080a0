import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import type { OnResolveArgs, Plugin } from "esbuild";

/**
 * Where a package is CommonJS, Node finds the names of what it exports, and `const { a } = await import(…)` works; esbuild gives
 * such an import nothing but `default`. So the names that Node finds are written into a module between the two.
 */
export const lateImports: Plugin = {
  name: "late imports",
  setup(build) {
    build.onResolve({ filter: /^[^.#/]/ }, async ({ path, kind, importer, resolveDir, pluginData }: OnResolveArgs) => {
      if (kind !== "dynamic-import" || path.startsWith("node:") || pluginData === asked) return undefined;
      const found = await build.resolve(path, { kind, importer, resolveDir, pluginData: asked });
      return found.external || found.errors.length > 0 ? found : { path: found.path, namespace: between };
    });
    build.onLoad({ filter: /^/, namespace: between }, async ({ path }) => {
      const names = Object.keys(await import(pathToFileURL(path).href)).filter((name) => name !== "module.exports");
      return { contents: `export { ${names.join(", ")} } from ${JSON.stringify(path)};`, resolveDir: dirname(path) };
    });
  },
};

const between = "between";
const asked = Symbol("asked");
