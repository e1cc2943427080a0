export const kubeRayVersions = [
  /** Works; it has no deadline for jobs that do not start, and its deletion rules are off by default. */
  "1.5.1",
  /** The default, on which this package's tests run jobs. */
  "1.6.2",
  /** Known by its CRDs: no job was run on it by this package's tests. */
  "1.7.0",
] as const;
/** A version of KubeRay whose CRDs this package knows. */
export type KubeRayVersion = (typeof kubeRayVersions)[number];

/** The newest version that the package's own tests run a job on. */
export const defaultKubeRayVersion: KubeRayVersion = "1.6.2";
/** The namespace in which the operator is installed where nothing is said. */
export const defaultOperatorNamespace = "kuberay-system";

/** One CRD of a release: how it is called on the cluster, in which file it comes, and what that file must hold. */
export interface ReleasedCrd {
  readonly name: string;
  readonly file: string;
  /** SHA-256 of the file, in hex. */
  readonly sha256: string;
}

/** The CRDs of a version, those that others refer to first. */
export function crdsOf(version: KubeRayVersion): readonly ReleasedCrd[] {
  return Object.entries(hashes[version]).map(([plural, sha256]) => ({
    name: crdNameOf(plural),
    file: `ray.io_${plural}.yaml`,
    sha256,
  }));
}

/** The names of the CRDs of all versions. */
export function allCrdNames(): readonly string[] {
  return [...new Set(Object.values(hashes).flatMap(Object.keys))].map(crdNameOf);
}

/** Where KubeRay publishes the files of a version. */
export function publishedAt(version: KubeRayVersion): string {
  return `https://raw.githubusercontent.com/ray-project/kuberay/v${version}/ray-operator/config/crd/bases`;
}

export function isKubeRayVersion(value: unknown): value is KubeRayVersion {
  return kubeRayVersions.some((known) => known === value);
}

/** Negative when `a` is the older one. Texts that are no versions are as old as it gets. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  const differing = left.findIndex((number, index) => number !== right[index]);
  return differing === -1 ? 0 : (left[differing] ?? 0) - (right[differing] ?? 0);
}

function numbersOf(version: string): readonly [number, number, number] {
  const [, major, minor, patch] = /^v?(\d+)\.(\d+)\.(\d+)/.exec(version) ?? [];
  return [Number(major ?? 0), Number(minor ?? 0), Number(patch ?? 0)];
}

function crdNameOf(plural: string): string {
  return `${plural}.ray.io`;
}

// Of the files in ray-operator/config/crd/bases. 1.5.1 and 1.6.2 are those of the Go modules of these versions; 1.7.0 is
// that of a copy of the release's folder, which could not be compared with the module.
const hashes: Readonly<Record<KubeRayVersion, Readonly<Record<string, string>>>> = {
  "1.5.1": {
    rayclusters: "9b5ada939fdfd0edb5a6cf48f24a63bd792254c264967dd0930155a3941c2557",
    rayjobs: "7825ddddb04eb775d6cf6c2fd4ad4d8eeff3cb7122dac95218ca1525fd85c91f",
    rayservices: "563d23ba5a73e5ca4b949ae7f41ff43468ce069afe336ebcb45db2beeb9a62ab",
  },
  "1.6.2": {
    rayclusters: "1d51d8c4ce065b22c2069af0ebd72ae25f4a6968e5c5f93a3106ba6fc35bcc1d",
    rayjobs: "ecae45d9a5dc1be68f1074ba784c495ef9d439d295253b61e1bd51f7b08522f5",
    rayservices: "95c639acc20ecc3cfa425d5ad0f8a7c152a336bc16d2e0deec17b62005e67fda",
    raycronjobs: "6d0ae6c24a2b2a6c0796c6775cd72f3e894831ff3b89379613e93c4d55965cd5",
  },
  "1.7.0": {
    rayclusters: "c44704442eef0c6721ad40c1d66782c8bd3fdab9d3344306a5820910a679baa1",
    rayjobs: "01a5cf3b17c1769fda44af7e82debcd98722f0c27b9ab84d084681c6649121f5",
    rayservices: "0a8fc325e6e22b9231c1f282b309555e2ecf94227ca20a03df3d1d9a403907ab",
    raycronjobs: "31c2c753bba01f7e8e89cb8e8c504131b58ee42090ca536d87f5ac27605a568e",
  },
};
