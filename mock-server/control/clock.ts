import { parseTimestamp } from "../../contracts/timestamp";
import { type ControlCall, refusal } from "./control-call";

const YEAR_2100 = Date.UTC(2100, 0, 1);

export const readClock: ControlCall<"readClock"> = ({ sandbox }) => ({ status: 200, body: sandbox.world.clock.reading() });

/** Answers when everything has happened that fell due meanwhile. */
export const setClock: ControlCall<"setClock"> = async ({ sandbox }, { body }) => {
  const { clock } = sandbox.world;
  if ("freeze" in body && body.freeze !== undefined) {
    const instant = parseTimestamp(body.freeze);
    if (Number.isNaN(instant)) return outOfRange("/freeze");
    await clock.freeze(instant);
  } else if ("advance_ms" in body && body.advance_ms !== undefined) {
    if (clock.now() + body.advance_ms >= YEAR_2100) return outOfRange("/advance_ms");
    await clock.advance(body.advance_ms);
  } else await clock.run();
  const { world } = sandbox; // perhaps another by now: a reset does not wait for the clock
  sandbox.feed.publish("clock", () => world.clock.reading());
  return { status: 200, body: world.clock.reading() };
};

function outOfRange(pointer: string) {
  return refusal(422, "clock_range", "The clock goes from 1970 to 2099, and times have an offset", { pointer });
}
