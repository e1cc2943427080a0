import { type Preview, previewOf } from "../../../../provider/cli/summary/preview.ts";

/** One step of a preview, as its JSON has it; the type is RayJob's unless another is said. */
export function aStep(name: string, op: string, more: object = {}, type = "rayjob:index:RayJob"): object {
  return { op, urn: urnOf(name, type), ...more };
}

/** What the preview says of a resource. */
export function said(name: string, message: string, severity = "info", type = "rayjob:index:RayJob"): object {
  return { urn: urnOf(name, type), severity, message: `${message}\n` };
}

/** The JSON of a preview of these steps. */
export function aPreview(steps: readonly object[], diagnostics: readonly object[] = [], same = 0): Preview {
  const preview = previewOf(JSON.stringify({ steps, diagnostics, changeSummary: { same } }));
  if (preview === undefined) throw new Error("It is not read as a preview");
  return preview;
}

function urnOf(name: string, type: string): string {
  return `urn:pulumi:prod::training::rayjob:index:RayJobComponent$${type}::${name}`;
}
