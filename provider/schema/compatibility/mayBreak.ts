/** Whether the newer version may ask for changes of programs: another first number, or before 1.0.0 another second one. */
export function mayBreak(older: string, newer: string): boolean {
  const [oldMajor, oldMinor] = numbersOf(older);
  const [major, minor] = numbersOf(newer);
  return major !== oldMajor || (major === 0 && minor !== oldMinor);
}

function numbersOf(version: string): readonly [major: number, minor: number] {
  const [, major, minor] = /^v?(\d+)\.(\d+)\./.exec(version) ?? [];
  if (major === undefined) throw new Error(`"${version}" is no version`);
  return [Number(major), Number(minor)];
}
