import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { Chart } from "@pulumi/kubernetes/helm/v4/chart.js";
import {
  ComponentResource,
  type ComponentResourceOptions,
  type Input,
  type Inputs,
  type Resource,
} from "@pulumi/pulumi";
import type { KubeRayCrdsArgs } from "../crds/args.ts";
import { defaultKubeRayVersion, defaultOperatorNamespace, type KubeRayVersion } from "../crds/release.ts";
import type { PropertyMap } from "../values/value.ts";
import type { Argument } from "./argument.ts";
import { KubeRayCrds } from "./children.ts";
import { constructing, problemOf } from "./construct.ts";
import { featureGateFindings } from "./featureGates.ts";
import { rayJobProviderOf } from "./rayJobProvider.ts";

/**
 * [KubeRay](https://docs.ray.io/en/latest/cluster/kubernetes/index.html)'s CRDs and its operator, one version of both. A cluster
 * takes one: a second operator that serves the whole cluster is refused.
 *
 * Children, named after the component: `rayjob:index:KubeRayCrds` NAME, `kubernetes:core/v1:Namespace` NAME,
 * `kubernetes:helm.sh/v4:Chart` NAME with the objects of the official chart. They are made in that order, and deleted in the
 * reverse one; the CRDs stay, unless `crds.retainOnDelete` is false.
 */
export interface KubeRayOperatorArgs {
  /** KubeRay's version. Default `1.6.2`. A newer one updates CRDs and operator in place, and running jobs go on; an older one is refused. */
  readonly version?: KubeRayVersion;
  /** The namespace of the operator. Default `kuberay-system`. A change installs it anew there, and running jobs go on. */
  readonly namespace?: string;
  /** Whether the namespace is made. Default true. Say false from the start for a namespace that is there already: saying it
   * later deletes the one that was made. */
  readonly createNamespace?: boolean;
  /** Where the CRDs come from, and what becomes of them. Default: KubeRay's release, and they stay. A change does nothing to objects. */
  readonly crds?: OperatorCrds;
  /** Where the chart comes from. Default: the chart `kuberay-operator` of KubeRay's own repository. A change updates
   * the operator in place. */
  readonly chart?: OperatorChart;
  /** Values for the chart, over its defaults. Default: none. A list replaces the chart's whole list: restate every feature gate. A
   * change updates the operator in place. */
  readonly values?: PropertyMap;
}

/** The CRDs of a `KubeRayOperator`. A change never re-runs a job. */
export interface OperatorCrds extends Omit<KubeRayCrdsArgs, "version" | "operatorNamespace"> {
  /** Whether they are applied. Default true. Say false where somebody else does, before this component is made. */
  readonly install?: boolean;
}

/** Where a Helm chart with the values of the official one comes from. A change updates the operator in place. */
export interface OperatorChart {
  /** A folder or an archive with the chart, relative to the program's folder, or an `oci://` reference. Default: the chart comes
   * from `repository`. */
  readonly path?: string;
  /** The URL of a chart repository that has `kuberay-operator`. Default: KubeRay's own. */
  readonly repository?: string;
}

/** The outputs of a `KubeRayOperator`. */
export interface KubeRayOperatorOutputs {
  /** The version of KubeRay that is installed. */
  readonly version: KubeRayVersion;
  /** The namespace of the operator. */
  readonly namespace: string;
}

export const constructKubeRayOperator = constructing({
  token: "rayjob:index:KubeRayOperator",
  problems: (values) => featureGateFindings(values).map(problemOf),
  make: (...args) => new KubeRayOperator(...args),
});

/** Makes KubeRay's CRDs and operator: see `KubeRayOperatorArgs`. */
export class KubeRayOperator extends ComponentResource {
  readonly version: Input<string>;
  readonly namespace: Input<string>;
  /** Everything that must be there before a job, and outlive it. What depends on a chart depends on all that is in it. */
  readonly parts: readonly Resource[];

  constructor(name: string, args: Argument, options?: ComponentResourceOptions) {
    super("rayjob:index:KubeRayOperator", name, {}, options);
    this.version = args.at("version").text ?? defaultKubeRayVersion;
    this.namespace = args.at("namespace").text ?? defaultOperatorNamespace;
    // The CRDs first: they refuse a cluster that has an operator already.
    const crds = this.#applyCrds(name, args.at("crds"), options);
    const namespace = this.#makeNamespace(name, args.at("createNamespace"), crds);
    const before = [...crds, ...namespace];
    this.parts = [...before, chartOf(name, args, this, before)];
    this.registerOutputs(this.outputs);
  }

  get outputs(): Inputs {
    return { version: this.version, namespace: this.namespace };
  }

  #applyCrds(name: string, crds: Argument, options?: ComponentResourceOptions): Resource[] {
    if (crds.at("install").value === false) return [];
    const { install: _, ...given } = crds.inputs;
    const inputs = { ...given, version: this.version, operatorNamespace: this.namespace };
    return [new KubeRayCrds(name, inputs, { parent: this, ...rayJobProviderOf(this, name, options) })];
  }

  #makeNamespace(name: string, isWanted: Argument, dependsOn: Resource[]): Resource[] {
    if (isWanted.value === false) return [];
    return [new Namespace(name, { metadata: { name: this.namespace } }, { parent: this, dependsOn })];
  }
}

function chartOf(name: string, args: Argument, parent: KubeRayOperator, dependsOn: Resource[]): Chart {
  const { path, repository } = args.at("chart").inputs as { path?: Input<string>; repository?: Input<string> };
  const isInRegistry = String(args.at("chart").at("path").value).startsWith("oci://");
  const source =
    path === undefined
      ? { chart, version: parent.version, repositoryOpts: { repo: repository ?? officialRepository } }
      : { chart: path, ...(isInRegistry ? { version: parent.version } : {}) };
  const values = args.at("values").inputs;
  return new Chart(
    name,
    { ...source, name: chart, namespace: parent.namespace, skipCrds: true, values },
    { parent, dependsOn },
  );
}

const chart = "kuberay-operator";
const officialRepository = "https://ray-project.github.io/kuberay-helm/";
