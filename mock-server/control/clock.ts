import { formatTimestamp, parseTimestamp } from "../../contracts/timestamps";
import type { Clock } from "../world/clock";
import type { Sandbox } from "../world/sandbox";
import { futureOfData } from "../world/seed";
import { type ControlCall, ControlRefusal, refusal } from "./control-call";
import type { components } from "./generated/types";

type Schemas = components["schemas"];

const YEAR_2100 = Date.UTC(2100, 0, 1);

export const readClock: ControlCall<"readClock"> = ({ sandbox }) => ({ status: 200, body: clockView(sandbox.world.clock) });

/** Answers when everything has happened that fell due meanwhile. */
export const setClock: ControlCall<"setClock"> = async ({ sandbox }, { body }) => {
  const jumpedMs = await changed(sandbox.world.clock, body);
  if (jumpedMs instanceof ControlRefusal) return jumpedMs;
  const set = afterJump(sandbox, jumpedMs);
  const isOver = "next_event" in body && jumpedMs === 0 && set.next === null;
  const hint = isOver ? "Nothing falls due." : futureOfData(sandbox.world.seed, sandbox.world.clock.now());
  return { status: 200, body: { ...set, ...(hint !== undefined && { hint }) } };
};

/** Lets time pass until an instant (ms since 1970), if it lies ahead. */
export async function advanceTo(sandbox: Sandbox, instant: number): Promise<Schemas["SetClock"]> {
  const { clock } = sandbox.world;
  return afterJump(sandbox, await clock.advance(Math.max(0, instant - clock.now())));
}

/** Changes a clock, and returns how many milliseconds were jumped over. */
async function changed(clock: Clock, body: Schemas["ClockChange"]): Promise<number | ControlRefusal> {
  if (body.freeze !== undefined) {
    const instant = parseTimestamp(body.freeze);
    return Number.isNaN(instant) ? outOfRange("/freeze") : clock.freeze(instant);
  }
  if (body.advance_ms !== undefined) {
    const isTooFar = clock.now() + body.advance_ms >= YEAR_2100;
    return isTooFar ? outOfRange("/advance_ms") : clock.advance(body.advance_ms);
  }
  if (body.next_event !== undefined) return clock.advanceToNext();
  if (body.resume !== undefined) return clock.resume();
  return body.pause === undefined ? clock.run() : clock.pause();
}

function outOfRange(pointer: string): ControlRefusal {
  return refusal(422, "clock_range", "The clock goes from 1970 to 2099, and times have an offset", { pointer });
}

/** What a clock shows once it was set; tells whoever listens. */
function afterJump(sandbox: Sandbox, jumpedMs: number): Schemas["SetClock"] {
  const clock = clockView(sandbox.world.clock); // perhaps of another world by now: a reset does not wait for the clock
  sandbox.tell("clock", () => ({ clock, jumped_ms: jumpedMs }));
  return { ...clock, jumped_ms: jumpedMs };
}

function clockView(clock: Clock): Schemas["Clock"] {
  const { next } = clock;
  return { ...clock.reading(), next: next ? { ...next, at: formatTimestamp(next.at) } : null };
}
