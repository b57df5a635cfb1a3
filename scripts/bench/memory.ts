import { answerOf } from "./answer-of";
import { type Findings, kilobytes } from "./figures";
import type { InProcess } from "./in-process";

/** What a large seed costs: per chat, per new sandbox and per reset. */
export async function memory(): Promise<Findings> {
  const args = ["--expose-gc", "--import", "tsx", "scripts/bench/in-process.ts"];
  const { bytesPerChat, newSandbox, reset } = await answerOf<InProcess>(args);
  return {
    figures: [
      { what: "memory per chat with one message", measured: kilobytes(bytesPerChat) },
      { what: "a new sandbox, of a seed of 100,000 chats", measured: costs(newSandbox), aim: "at most 5 ms and 1 MB" },
      { what: "reset of a world of 100,000 chats", measured: costs(reset), aim: "at most 5 ms and 1 MB" },
    ],
  };
}

function costs({ ms, bytes }: InProcess["reset"]): string {
  return `${ms.toFixed(3)} ms, ${kilobytes(bytes)}`;
}
