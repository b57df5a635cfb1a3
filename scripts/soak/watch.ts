import { setTimeout as pause } from "node:timers/promises";
import type { Memory, ProbedServer } from "../bench/server-process";
import { median } from "../bench/statistics";

const WARM_UP = 0.2;
const MAX_GROWTH = 0.1;

/** The memory of a server, again and again, until the time (ms, as performance.now) has come; each is told as it is taken. */
export async function watch(
  server: ProbedServer,
  until: number,
  everyMs: number,
  tell: (memory: Memory) => void,
): Promise<Memory[]> {
  const samples: Memory[] = [];
  while (performance.now() < until) {
    await pause(everyMs);
    const memory = await server.memory();
    samples.push(memory);
    tell(memory);
  }
  return samples;
}

export interface Growth {
  /** Medians of the first and the last third after the warm-up, in bytes. */
  readonly from: number;
  readonly to: number;
  readonly isFlat: boolean;
}

/** How a value grew after the warm-up, which is the first fifth. */
export function growthOf(values: readonly number[]): Growth {
  const settled = values.slice(Math.ceil(values.length * WARM_UP));
  const third = Math.floor(settled.length / 3);
  if (third === 0) throw new Error("too few samples to tell whether memory grows");
  const from = median(settled.slice(0, third));
  const to = median(settled.slice(-third));
  return { from, to, isFlat: to / from - 1 < MAX_GROWTH };
}
