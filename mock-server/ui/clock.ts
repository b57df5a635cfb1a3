import { signal } from "@preact/signals";
import { trouble } from "./action";
import { call, type Schemas } from "./api";

/** What the mock's clock showed, and when that was by this machine's. */
const reading = signal<{ readonly clock: Schemas["Clock"]; readonly readAt: number } | undefined>(undefined);
/** Goes on with the seconds, so that what shows a time is drawn again. */
const tick = signal(0);

setInterval(() => {
  if (document.visibilityState === "visible") tick.value += 1;
}, 1000);

export function noteClock(clock: Schemas["Clock"]): void {
  reading.value = { clock, readAt: performance.now() };
}

/** Whether somebody looks at what is due, which any event can change. */
let isShown = false;
const READ_AFTER_MS = 100;
let isAsked = false;

/** What is due is shown from now on, or no more. */
export function showDue(shown: boolean): void {
  isShown = shown;
  readClockSoon();
}

/** Reads when the next thing falls due, while that is shown. */
export function readClockSoon(): void {
  if (!isShown || isAsked) return;
  isAsked = true;
  setTimeout(async () => {
    isAsked = false;
    noteClock(await call("get", "/clock"));
  }, READ_AFTER_MS);
}

export const clockMode = (): Schemas["Clock"]["mode"] => reading.value?.clock.mode ?? "real";

/** What falls due next, if anything does. */
export const nextDue = (): Schemas["Clock"]["next"] => reading.value?.clock.next ?? null;

/** The mock's time now, in milliseconds. Who draws it is drawn again every second. */
export function mockNow(): number {
  const { clock, readAt } = reading.value ?? {};
  if (!clock || readAt === undefined) return Date.now();
  if (clock.mode === "frozen") return Date.parse(clock.now);
  void tick.value;
  return Date.parse(clock.now) + performance.now() - readAt;
}

/** Steers the mock's time; whatever falls due has happened when it resolves. Says what is odd about where it went. */
export async function moveClock(body: Schemas["ClockChange"]): Promise<void> {
  const set = await call("put", "/clock", { body });
  noteClock(set);
  if (set.hint && (body.freeze || body.next_event)) trouble.value = { message: set.hint.replace(/\.$/, "") };
}

const TIME: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
const formats = {
  time: new Intl.DateTimeFormat("en", TIME),
  seconds: new Intl.DateTimeFormat("en", { ...TIME, second: "2-digit" }),
  day: new Intl.DateTimeFormat("en", { weekday: "long", day: "numeric", month: "long", year: "numeric" }),
  shortDay: new Intl.DateTimeFormat("en", { day: "numeric", month: "short" }),
  year: new Intl.DateTimeFormat("en", { year: "numeric" }),
};

type Moment = string | number;
const dateOf = (at: Moment): Date => new Date(at);

export const timeText = (at: Moment): string => formats.time.format(dateOf(at));
export const secondsText = (at: Moment): string => formats.seconds.format(dateOf(at));
export const dayText = (at: Moment): string => formats.day.format(dateOf(at));

const isSameDay = (at: Moment, other: Moment): boolean => dateOf(at).toDateString() === dateOf(other).toDateString();

/** The day, with its year where that is not this one. */
function shortDayText(at: Moment): string {
  const isThisYear = dateOf(at).getFullYear() === new Date().getFullYear();
  return isThisYear
    ? formats.shortDay.format(dateOf(at))
    : `${formats.shortDay.format(dateOf(at))} ${formats.year.format(dateOf(at))}`;
}

/** The time, with its day where that is not today. */
export function momentText(at: Moment): string {
  return isSameDay(at, Date.now()) ? secondsText(at) : `${shortDayText(at)}, ${secondsText(at)}`;
}

/** The time of today, the day of this year, else the year: short enough for a row. */
export function shortText(at: Moment): string {
  const [then, now] = [dateOf(at), dateOf(mockNow())];
  if (isSameDay(at, mockNow())) return timeText(at);
  return then.getFullYear() === now.getFullYear()
    ? formats.shortDay.format(then)
    : `${formats.shortDay.format(then)} ${formats.year.format(then)}`;
}
