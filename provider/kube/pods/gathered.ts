import type { Connection } from "../connection/connection.ts";
import { pause } from "../connection/pause.ts";

type Ask<Answer> = (connection: Connection, namespace: string, wanted: readonly string[]) => Promise<Answer>;

interface Question<Answer> {
  readonly wanted: Set<string>;
  readonly answer: Promise<Answer>;
}

/**
 * A question that many ask at the same moment, each for its own, and that goes to the cluster once: with everything that is
 * wanted, in one answer for all. Each namespace of a connection is asked for itself.
 */
export function gathered<Answer>(ask: Ask<Answer>) {
  const open = new WeakMap<Connection, Map<string, Question<Answer>>>();
  return (connection: Connection, namespace: string, wanted: string): Promise<Answer> => {
    const ofConnection = open.get(connection) ?? new Map<string, Question<Answer>>();
    open.set(connection, ofConnection);
    const question = ofConnection.get(namespace) ?? openQuestion();
    question.wanted.add(wanted);
    return question.answer;

    function openQuestion(): Question<Answer> {
      const all = new Set<string>();
      const answer = pause(MOMENT_MS, undefined).then(() => {
        ofConnection.delete(namespace);
        return ask(connection, namespace, [...all]);
      });
      const opened = { wanted: all, answer };
      ofConnection.set(namespace, opened);
      return opened;
    }
  };
}

const MOMENT_MS = 20;
