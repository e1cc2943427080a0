/**
 * An entry point as KubeRay must be given it in `K8sJobMode` and `SidecarMode`, so that the shell on the Ray node reads it as it
 * was written. On its way lie Kubernetes, which fills in `$(NAME)`; the submitter's shell; and `ray job submit`, which makes one
 * text of its arguments again, with double quotes in older versions of Ray and single ones in newer.
 */
export function quotedEntrypoint(entrypoint: string): string {
  const script = entrypoint.trim();
  return script === "" || wordsAlone.test(script) ? script : encoded(script);
}

// Nothing on the way has an opinion about these.
const wordsAlone = /^[\w@%+=:,./-]+( [\w@%+=:,./-]+)*$/;

/** A command without anything that double quotes would not keep, which runs the script as Ray would have: by `sh -c`. */
function encoded(script: string): string {
  const text = Buffer.from(script).toString("base64");
  return `python3 -c "import base64, os; os.execvp('sh', ['sh', '-c', base64.b64decode('${text}').decode()])"`;
}
