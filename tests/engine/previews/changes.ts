import { clusterOf, type Job } from "./jobs.ts";

/** What somebody changes about a job between two deployments. The golden file has the name of the change. */
export interface Change {
  readonly before?: Job;
  readonly after: Job;
}

/** The commonest changes of a job of its own; the job has the name of the change, too. */
export const changes: Readonly<Record<string, Change>> = {
  "no-op": { after: {} },
  "default-written-out": { after: { suspend: false, shutdownAfterJobFinishes: true, backoffLimit: 0 } },
  entrypoint: { after: { entrypoint: "python train.py --epochs 5" } },
  "pip-package": { after: { runtimeEnv: { pip: ["torch==2.1.0", "pandas==2.1.3"], envVars: { EPOCHS: "3" } } } },
  "env-var": { after: { runtimeEnv: { pip: ["torch==2.1.0"], envVars: { EPOCHS: "5" } } } },
  image: { after: { rayClusterSpec: clusterOf({ image: "rayproject/ray:2.9.0-py310" }) } },
  replicas: { after: { rayClusterSpec: clusterOf({ replicas: 4 }) } },
  "short-form": { before: shortly({ replicas: 2 }), after: shortly({ replicas: 4 }) },
  "existing-cluster": { after: { rayClusterSpec: undefined, existingCluster: "shared" } },
  namespace: { after: { namespace: "default" } },
  name: { after: { name: "nightly", entrypoint: "python nightly.py" } },
  "rerun-token": { before: { rerunToken: "1" }, after: { rerunToken: "2" } },
  ttl: { after: { ttlSecondsAfterFinished: 300 } },
  "backoff-limit": { before: { backoffLimit: 1 }, after: { backoffLimit: 3 } },
  deadline: { before: { activeDeadlineSeconds: 3600 }, after: { activeDeadlineSeconds: 7200 } },
  mounts: { after: { mounts: { data: { claimName: "data", mountPath: "/data" } } } },
  "secret-env": { before: tokenFrom("hub"), after: tokenFrom("hub-2026") },
  "submission-mode": { after: { submissionMode: "HTTPMode" } },
  "deletion-strategy": { after: { deletionStrategy: keepingFailures() } },
  "pod-labels": { before: { podLabels: { team: "ml" } }, after: { podLabels: { team: "research" } } },
  labels: { before: { labels: { team: "ml" } }, after: { labels: { team: "research", cost: "42" } } },
  suspend: { after: { suspend: true } },
  resume: { before: { suspend: true }, after: { suspend: false } },
  logs: { after: { logs: "stream" } },
  "wait-for": { after: { waitFor: "ready" } },
  "failed-runs-again": { after: {} },
  "failed-with-entrypoint": { after: { entrypoint: "python train.py --epochs 5" } },
  "failed-with-label": { after: { labels: { team: "ml" } } },
};

function keepingFailures(): Job {
  const onSuccess = { policy: "DeleteCluster", condition: { jobStatus: "SUCCEEDED", ttlSeconds: 60 } };
  const onFailure = { policy: "DeleteWorkers", condition: { jobDeploymentStatus: "Failed" } };
  return { deletionRules: [onSuccess, onFailure] };
}

function shortly(workers: Job): Job {
  return { rayClusterSpec: undefined, image: "rayproject/ray:2.9.0", workers: { cpu: workers } };
}

function tokenFrom(secret: string): Job {
  return { secretEnv: { TOKEN: { name: secret, key: "token" } } };
}

/** Those of a component's jobs, each with the names of the resources that it shows at. */
export const componentChanges: Readonly<Record<string, readonly string[]>> = {
  "code-file": ["platform-code"],
  "secret-variable": ["platform-secret", "platform-secret-env"],
  "job-renamed": ["platform", "platform-old-name", "platform-new-name"],
};
