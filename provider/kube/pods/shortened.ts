/** What a cluster says, in one line of bearable length. */
export function shortened(message: string): string {
  const line = message.replace(/\s+/g, " ").trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}

const LONGEST = 240;
