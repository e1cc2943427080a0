import { Crds, releasedCrds } from "../../support/crds.ts";
import { EmptyApiServer } from "../../support/emptyApiServer.ts";
import { newRig, type Program, type Rig } from "../../support/rig.ts";

export const names162 = ["rayclusters.ray.io", "raycronjobs.ray.io", "rayjobs.ray.io", "rayservices.ray.io"];
export const names151 = ["rayclusters.ray.io", "rayjobs.ray.io", "rayservices.ray.io"];

export const aRayJob = {
  apiVersion: "ray.io/v1",
  kind: "RayJob",
  metadata: { name: "train" },
  spec: { entrypoint: "true", backoffLimit: 1 },
};

/** An API server for the tests of a suite, and rigs on it, which are taken down after each test. */
export interface OnServer {
  readonly server: EmptyApiServer;
  readonly crds: Crds;
  newRig(properties?: Properties, options?: object, kubeconfig?: string): Promise<Rig>;
}

type Properties = Readonly<Record<string, unknown>> & { readonly version?: "1.5.1" };

/** Sets one up for the suite that calls it. */
export function onApiServerOfItsOwn(): OnServer {
  let server: EmptyApiServer;
  let crds: Crds;
  let rigs: Rig[] = [];

  before(async () => {
    server = await EmptyApiServer.start();
    crds = new Crds(server);
  });

  afterEach(async () => {
    await Promise.all(rigs.map((rig) => rig.dispose()));
    rigs = [];
  });

  after(() => server.dispose());

  return {
    get server() {
      return server;
    },
    get crds() {
      return crds;
    },
    async newRig(properties = {}, options = {}, kubeconfig = server.kubeconfig) {
      const source = releasedCrds(properties.version ?? "1.6.2");
      const rig = await newRig(programOf({ source, ...properties }, options), { KUBECONFIG: kubeconfig });
      rigs.push(rig);
      return rig;
    },
  };
}

export function programOf(properties: Readonly<Record<string, unknown>>, options?: object): Program {
  return { resources: { crds: { type: "rayjob:KubeRayCrds", properties, ...(options && { options }) } } };
}

/** How a CRD differs from what was installed, as the state has it. */
export async function driftOf(rig: Rig, name: string): Promise<string | undefined> {
  const stored = (await rig.state()).get("crds")?.outputs?.crds as Readonly<
    Record<string, { readonly drift?: string }>
  >;
  return stored[name]?.drift;
}
