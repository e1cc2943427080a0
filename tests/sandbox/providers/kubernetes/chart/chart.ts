import { ComponentResource, CustomResource, type Inputs, log, type Output, output } from "@pulumi/pulumi";
import type { ConstructComponent } from "../../../../../provider/server/provider.ts";
import type { PropertyMap } from "../../../../../provider/values/value.ts";
import { tokenOf } from "../kinds.ts";
import { annotationOf, idOf, placeOf } from "../object.ts";
import { version } from "../version.ts";
import { type ChartArgs, chartArgsOf } from "./args.ts";
import { objectsOf } from "./objects.ts";
import { renderChart } from "./renderChart.ts";
import { wavesOf } from "./waves.ts";

/** `helm.sh/v4:Chart`: a chart, rendered by the real Helm, and each of its objects as a resource below it. */
export const constructChart: ConstructComponent = async (name, inputs, options) => {
  const chart = new Chart("kubernetes:helm.sh/v4:Chart", name, {}, { ...options, version });
  const args = await known(inputs);
  if (args === undefined) {
    await log.warn("Input properties have unknown values. Preview is incomplete.", chart);
    return { urn: chart.urn, state: {} };
  }
  const resources = await makeObjects(chart, name, chartArgsOf(args, name));
  chart.finish(resources);
  return { urn: chart.urn, state: { resources } };
};

class Chart extends ComponentResource {
  finish(resources: readonly CustomResource[]): void {
    this.registerOutputs({ resources });
  }
}

class ChartObject extends CustomResource {}

/** The inputs without their wrappers; undefined when a preview does not know all of them yet. */
async function known(inputs: Inputs): Promise<PropertyMap | undefined> {
  // The SDK hides both members from its types; `apply` would never call back about what is unknown.
  const all = output(inputs) as Output<Inputs> & { isKnown: Promise<boolean>; promise(): Promise<PropertyMap> };
  return (await all.isKnown) ? await all.promise() : undefined;
}

async function makeObjects(chart: Chart, prefix: string, args: ChartArgs): Promise<CustomResource[]> {
  const objects = objectsOf(await renderChart(args), args.namespace);
  const made: CustomResource[] = [];
  for (const wave of wavesOf(objects)) {
    const earlier = [...made];
    made.push(...wave.map((object) => makeObject(chart, prefix, object, earlier)));
  }
  return made;
}

function makeObject(chart: Chart, prefix: string, object: PropertyMap, dependsOn: CustomResource[]): CustomResource {
  const { apiVersion, kind } = object as { readonly apiVersion: string; readonly kind: string };
  const retainOnDelete = annotationOf(object, "helm.sh/resource-policy") === "keep";
  return new ChartObject(
    tokenOf({ apiVersion, kind }),
    `${prefix}:${idOf(placeOf(object))}`,
    { ...object, status: undefined },
    { parent: chart, dependsOn, version, retainOnDelete },
  );
}
