/**
 * Whether a version, of KubeRay or of Ray, is older than another one; undefined where the text is none. Read as
 * Kubernetes' own library does, and KubeRay with it: two numbers at least, and whatever follows them is disregarded.
 */
export function isOlder(version: string, than: string): boolean | undefined {
  const [numbers, others] = [numbersOf(version), numbersOf(than)];
  if (numbers === undefined || others === undefined) return undefined;
  const length = Math.max(numbers.length, others.length);
  const differences = Array.from({ length }, (_, index) => (numbers[index] ?? 0) - (others[index] ?? 0));
  return (differences.find((difference) => difference !== 0) ?? 0) < 0;
}

function numbersOf(version: string): readonly number[] | undefined {
  const [, numbers] = /^\s*v?(\d+(?:\.\d+)+)/.exec(version) ?? [];
  return numbers === undefined || /^0\d/.test(numbers) ? undefined : numbers.split(".").map(Number);
}
