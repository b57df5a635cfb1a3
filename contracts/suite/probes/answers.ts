import type { Kind } from "../kind";
import type { RecordedExchange } from "../recorded-exchange";
import type { Probe, ProbeContext } from "./probe";
import { requireStatus } from "./require-status";

type Question = readonly [method: string, path: string, body?: unknown];

/** By what is asked, for people: `a find without a line`. */
export type Questions = Readonly<Record<string, Question | ((context: ProbeContext) => Question | Promise<Question>)>>;

/** A probe of requests that are all assumed to be answered with one status. `require` looks closer at an answer that has it. */
export function answers(
  kind: Kind,
  status: number,
  questions: Questions,
  require?: (exchange: RecordedExchange, subject: string) => void,
): Probe {
  const subjects = Object.keys(questions);
  return {
    kind,
    requests: subjects.length,
    probe: async (context) => {
      for (const [subject, question] of Object.entries(questions)) {
        const asked = typeof question === "function" ? await question(context) : question;
        const exchange = await context.ask(...asked);
        requireStatus(exchange, status, subject);
        require?.(exchange, subject);
      }
      return `${subjects.join(" and ")} ${subjects.length === 1 ? "answers" : "answer"} ${status}`;
    },
  };
}
