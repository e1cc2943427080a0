import { fetchScript } from "../fetch/fetchScript.ts";
import { digestOf } from "../values/digest.ts";
import { isPropertyMap, listOf, mapOf, type PropertyMap, sortedEntries, type Value, valueAt } from "../values/value.ts";
import { codeFolder, fetchedCodeOf } from "./code.ts";
import { isInside, withMore } from "./podSpec.ts";
import { sourceOf } from "./source.ts";

/** Which pods of a Ray cluster. */
export type NodeKind = "head" | "workers";

/**
 * The spec of one of Ray's pods with an init container for each thing that has to be there before Ray starts: `stage` and
 * the code that Ray cannot fetch. They come before those of the template, which may so go on with what is there.
 */
export function withFetchedFiles(spec: PropertyMap, { stage, runtimeEnv }: PropertyMap, kind: NodeKind): PropertyMap {
  const tasks = [...codeTasks(runtimeEnv), ...stageTasks(stage, kind)];
  if (tasks.length === 0) return spec;
  const [ray, ...sidecars] = listOf(spec.containers);
  const folders = foldersOf(tasks, mapOf(ray));
  const claims = claimVolumesOf(tasks, spec);
  const container = withMore(mapOf(ray), { volumeMounts: folders.map(mountOf) });
  const fetching = withMore(mapOf(ray), { volumeMounts: folders.map(({ name, path }) => ({ name, mountPath: path })) });
  return {
    ...withMore(spec, {
      volumes: [
        ...folders.map(({ name }) => ({ name, emptyDir: {} })),
        ...claims.filter(({ isNew }) => isNew).map(volumeOf),
      ],
    }),
    initContainers: [...tasks.map((task) => initContainerOf(task, fetching, claims)), ...listOf(spec.initContainers)],
    containers: [container, ...sidecars],
  };
}

/** Whether a text is what this package has its own init containers run: another version of it may say it differently. */
export function isFetchScript(text: Value | undefined): boolean {
  return text === escaped(fetchScript());
}

/** One thing to fetch. */
interface Task {
  /** The name of the init container. */
  readonly name: string;
  readonly mode: "copy" | "pack" | "module";
  readonly from: string;
  readonly to: string;
  /** Only that of a `stage`. */
  readonly image?: Value | undefined;
}

function codeTasks(runtimeEnv: Value | undefined): Task[] {
  return fetchedCodeOf(runtimeEnv).map(({ name, mode, uri, file }) => ({ name, mode, from: uri, to: file }));
}

function stageTasks(stage: Value | undefined, kind: NodeKind): Task[] {
  return sortedEntries(mapOf(stage)).flatMap(([name, said]) => {
    const { from, to, on, image } = mapOf(said);
    const isHere = on === undefined || on === null || on === "all" || on === kind;
    return isHere ? [{ name, mode: "copy" as const, from: String(from), to: String(to), image }] : [];
  });
}

/** A folder that is mounted for what is fetched. */
interface Folder {
  /** The name of its volume. */
  readonly name: string;
  readonly path: string;
}

/** The folders that are not part of something that is mounted anyway. */
function foldersOf(tasks: readonly Task[], ray: PropertyMap): Folder[] {
  const mounted = listOf(ray.volumeMounts).map((mount) => String(mapOf(mount).mountPath));
  const wanted = tasks.filter(({ mode }) => mode === "copy").map(({ name, to }) => ({ name, path: to }));
  const needed = wanted.filter(({ name, path }) => {
    const others = wanted.filter((other) => other.name !== name).map((other) => other.path);
    return ![...mounted, ...others].some((folder) => isInside(path, folder));
  });
  return wanted.length < tasks.length ? [{ name: codeVolume, path: codeFolder }, ...needed] : needed;
}

const codeVolume = "rayjob-code";

function mountOf({ name, path }: Folder): PropertyMap {
  return { name, mountPath: path, ...(name === codeVolume ? { readOnly: true } : {}) };
}

interface ClaimVolume {
  readonly claimName: string;
  readonly name: string;
  /** Whether the pod has no volume of that claim yet: of two, it would wait for one for ever. */
  readonly isNew: boolean;
}

function claimVolumesOf(tasks: readonly Task[], { volumes }: PropertyMap): ClaimVolume[] {
  const claims = tasks.map(({ from }) => claimOf(from)).filter((claim) => claim !== undefined);
  return [...new Set(claims)].map((claimName) => {
    const found = listOf(volumes).find((each) => valueAt(each, ["persistentVolumeClaim", "claimName"]) === claimName);
    const name = mapOf(found).name ?? `rayjob-claim-${digestOf(claimName).slice(0, 8)}`;
    return { claimName, name: String(name), isNew: found === undefined };
  });
}

function claimOf(uri: string): string | undefined {
  const source = sourceOf(uri);
  return source?.scheme === "pvc" ? source.container : undefined;
}

function volumeOf({ name, claimName }: ClaimVolume): PropertyMap {
  return { name, persistentVolumeClaim: { claimName } };
}

const claimsFolder = "/var/lib/rayjob/claims";

function initContainerOf(task: Task, ray: PropertyMap, claims: readonly ClaimVolume[]): PropertyMap {
  const { name, mode, from, to, image } = task;
  const claim = claims.find(({ claimName }) => claimName === claimOf(from));
  const asRay = Object.fromEntries(
    ["imagePullPolicy", "envFrom", "securityContext"].flatMap((field) => (field in ray ? [[field, ray[field]]] : [])),
  );
  const own = claim && { name: claim.name, mountPath: `${claimsFolder}/${claim.claimName}`, readOnly: true };
  return {
    name,
    image: image ?? ray.image,
    command: ["python3", "-c", escaped(fetchScript())],
    args: [mode, from.replace(/^[^:]+/, (scheme) => scheme.toLowerCase()), to, claimsFolder].map(escaped),
    workingDir: "/", // where no module of the image's can be taken for one of Python's
    ...asRay,
    env: [...listOf(ray.env), podUid],
    ...withMore({ volumeMounts: ray.volumeMounts }, { volumeMounts: own ? [own] : [] }),
    ...resourcesOf(ray),
    terminationMessagePolicy: "FallbackToLogsOnError", // its last line says what is wrong
  };
}

/** By which the script tells its own half-written files from those of other pods. */
const podUid = { name: "RAYJOB_POD_UID", valueFrom: { fieldRef: { fieldPath: "metadata.uid" } } };

/**
 * Ray's own, since init containers run before it and a quota may want each container to say something; but not its GPUs.
 */
function resourcesOf({ resources }: PropertyMap): PropertyMap {
  if (!isPropertyMap(resources)) return {};
  const said = (["requests", "limits"] as const).flatMap((kind) => {
    const amounts = Object.entries(mapOf(resources[kind])).filter(([name]) => shared.includes(name));
    return amounts.length > 0 ? [[kind, Object.fromEntries(amounts)] as const] : [];
  });
  return said.length > 0 ? { resources: Object.fromEntries(said) } : {};
}

const shared = ["cpu", "memory", "ephemeral-storage"];

/** A text that Kubernetes does not look for variables in. */
function escaped(text: string): string {
  return text.replaceAll("$", "$$$$");
}
