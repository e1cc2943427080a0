export const durationGrammar = "seconds, or a time such as 90s, 10m or 1h30m";

/** The seconds that a duration says; undefined for what is none, or nothing. */
export function secondsOf(text: string): number | undefined {
  const [, hours, minutes, seconds] = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?$/.exec(text.trim()) ?? [];
  const total = Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
  return total > 0 ? total : undefined;
}
