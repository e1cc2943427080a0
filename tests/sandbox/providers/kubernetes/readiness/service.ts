import type { Connection } from "../../../../../provider/kube/connection/connection.ts";
import { requestJson } from "../../../../../provider/kube/connection/request.ts";
import { subjectOf } from "../../../../../provider/kube/subject.ts";
import type { PropertyMap } from "../../../../../provider/values/value.ts";
import { at, mapsAt, placeOf } from "../object.ts";
import { isReady, type Readiness, waitingFor } from "./readiness.ts";

/** A Service that chooses pods is ready when one of them is; one without a selector is ready at once. */
export async function serviceReadiness(
  live: PropertyMap,
  connection: Connection,
  signal: AbortSignal,
): Promise<Readiness> {
  if (at(live, "spec", "selector") === undefined || at(live, "spec", "type") === "ExternalName") return isReady;
  const { namespace = "", name } = placeOf(live);
  const slices = await requestJson<PropertyMap>(connection, {
    action: "list",
    subject: subjectOf("EndpointSlice", namespace),
    path: `/apis/discovery.k8s.io/v1/namespaces/${encodeURIComponent(namespace)}/endpointslices`,
    query: { labelSelector: `kubernetes.io/service-name=${name}` },
    signal,
  });
  const endpoints = mapsAt(slices, "items").flatMap((slice) => mapsAt(slice, "endpoints"));
  return endpoints.some((endpoint) => at(endpoint, "conditions", "ready") === true)
    ? isReady
    : waitingFor("has no ready pod that its selector chooses");
}
