import type { Code } from "../../../provider/findings/finding.ts";

/** What this package refuses and KubeRay takes: always, or sometimes. */
export interface Stricter {
  readonly always: Readonly<Partial<Record<Code, string>>>;
  readonly sometimes: Readonly<Partial<Record<Code, string>>>;
}

/** The codes of such rules, each with what would come of the job. */
export const stricter: Stricter = {
  always: {
    RJ104: "the package would lose its own RayJob",
    RJ107: "KubeRay's label wins over the user's, or its pods are found no more",
    RJ121: "Kueue's webhook refuses it",
    RJ123: "Kueue's webhook refuses it",
    RJ124: "Kueue would take no notice",
    RJ125: "Kueue's webhook refuses it",
    RJ126: "Kueue's webhook refuses it",
    RJ201: "Ray refuses the submission",
    RJ202: "nothing is submitted, and the cluster runs for ever",
    RJ209: "the submitter's script would do something else",
    RJ221: "Ray refuses the submission",
    RJ222: "the operator cannot make the command, and tries for ever",
    RJ224: "Kubernetes refuses the submitter's Job, and the operator tries for ever",
    RJ225: "Kubernetes refuses the submitter's Job, and the operator tries for ever",
    RJ302: "the cluster that is to be made is not",
    RJ303: "one of two clusters is not used",
    RJ306: "the groups' pods cannot be told apart",
    RJ336: "KubeRay 1.7 refuses it",
    RJ338: "the autoscaler's service account does not exist",
    RJ352: "nobody is authenticated",
    RJ362: "Kubernetes refuses the pods, and the operator tries for ever",
    RJ366: "Kubernetes refuses the pods, and the operator tries for ever",
    RJ367: "Kubernetes refuses the pods or the Service, and the operator tries for ever",
    RJ368: "Kubernetes refuses the pods, and the operator tries for ever",
    RJ369: "Kubernetes refuses the pods, and the operator tries for ever",
    RJ363: "the operator does not find the dashboard",
    RJ432: "the RayJob is gone before Pulumi has seen its end",
    RJ444: "an operator that is given the gate does not start",
    RJ423: "the cluster of a job that ends otherwise runs for ever",
  },
  sometimes: {
    RJ002: "a list or an object of the wrong kind is left out where it is empty",
    RJ003: "an empty cluster is no cluster: it is left out, and not missed beside an existing one",
    RJ223: "a template without a spec passes, and the operator would fail at its first container",
    RJ308: "a negative number of replicas passes; floors and ceilings do not",
    RJ310: "the operator makes no cluster, and says so in an event alone",
    RJ326: "a suspended group has no worker; it is refused beside autoscaling",
    RJ409: "policies that delete nothing pass, and the others do not",
    RJ421: "jobs that fail beside Ray leave their clusters behind",
    RJ502: "of a second document, and of a name said twice, only one counts; an empty document says nothing",
  },
};

/** Whether a rule is about an argument that only this package has: KubeRay sees what is made of it, if anything. */
export function isOurOwn(code: Code): boolean {
  return /^RJ[5-9]/.test(code) && code !== "RJ502";
}

/** What KubeRay 1.5.1 takes beside, and 1.6.2 does not. */
export const stricterThan151: Stricter = {
  always: {
    ...stricter.always,
    RJ307: "refused since 1.6",
    RJ308: "refused since 1.6",
    RJ332: "refused since 1.6",
    RJ406: "refused since 1.6",
  },
  sometimes: {
    ...stricter.sometimes,
    RJ331: "of a group, and of the autoscaler, refused since 1.6",
  },
};
