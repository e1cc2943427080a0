import type { Place } from "./place.ts";

/** The number that an amount of Kubernetes' is; undefined where nothing is said, or nothing that can be read. */
export function amountOf(place: Place): number | undefined {
  if (place.number !== undefined) return place.number;
  const [, digits, unit = "", exponent] = quantity.exec(place.text ?? "") ?? [];
  if (digits === undefined) return undefined;
  return Number(digits) * (exponent === undefined ? (units[unit] ?? 1) : 10 ** Number(exponent));
}

const quantity = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([KMGTPE]i|[numkMGTPE])|[eE]([+-]?\d+))?$/;

const units: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};
