/** Why a host was not reached, and nothing sent to it, in words, by the code of Node's error. */
export const unreached: Readonly<Record<string, string>> = {
  ECONNREFUSED: "connection refused",
  ENOTFOUND: "DNS knows no such host",
  EAI_AGAIN: "DNS did not answer",
  EHOSTUNREACH: "no route to the host",
  ENETUNREACH: "no route to the network",
};
