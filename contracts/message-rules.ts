import { isUrl } from "./urls";
/* What V3 allows in a message beside the types of its fields: its API refuses the rest, and so does a fixture. Each rule says what is wrong. */

/** Documented: why a message could not be delivered, in the event. */
export type FailureCode = 3007 | 4001 | 4002 | 4005 | 4006 | 4007 | 4008;

const EFFECTS: Readonly<Record<string, readonly string[]>> = {
  screen: [
    ...["confetti", "fireworks", "lasers", "sparkles", "celebration", "hearts", "love", "balloons"],
    ...["happy_birthday", "echo", "spotlight"],
  ],
  bubble: ["slam", "loud", "gentle", "invisible"],
};

export function wrongEffect({ type = "", name = "" }: { readonly type?: string; readonly name?: string }): string | undefined {
  if (EFFECTS[type]?.includes(name)) return undefined;
  const known = Object.entries(EFFECTS).map(([kind, names]) => `${kind}: ${names.join(", ")}`);
  return `an effect has a type and a name: ${known.join("; ")}`;
}

/** Whether a range of UTF-16 units, as JavaScript counts them, lies within a text. */
export function isRange(range: readonly number[], text: string): boolean {
  const [start = -1, end = -1] = range;
  return range.length === 2 && start >= 0 && start < end && end <= text.length;
}

interface Decoration {
  readonly range: readonly number[];
  readonly style?: string | undefined;
  readonly animation?: string | undefined;
}

/** Which of the decorations of a text is wrong, by its place. */
export function wrongDecoration(
  text: string,
  decorations: readonly Decoration[],
): { readonly place: number; readonly reason: string } | undefined {
  for (const [place, decoration] of decorations.entries()) {
    const reason = wrongAlone(text, decoration) ?? wrongBeside(decoration, decorations.slice(0, place));
    if (reason !== undefined) return { place, reason };
  }
  return undefined;
}

function wrongAlone(text: string, { range, style, animation }: Decoration): string | undefined {
  if (!isRange(range, text)) return "its range must be [start, end) within the text";
  return (style === undefined) === (animation === undefined) ? "it has either style or animation" : undefined;
}

function wrongBeside(
  { range: [start = 0, end = 0], animation }: Decoration,
  others: readonly Decoration[],
): string | undefined {
  const isCrossed = others.some(({ range: [first = 0, last = 0], ...other }) => {
    return first < end && start < last && (other.animation ?? animation) !== undefined;
  });
  return isCrossed ? "it overlaps another, and one is an animation" : undefined;
}

const LINK = /^(https?|ftp):\/\/\S+$/i;
const LONGEST_URL = 2048;
const LONGEST_DATA_URL = 16_384;

export function wrongLink(value: string): string | undefined {
  if (!LINK.test(value) || !isUrl(value)) return "a link is a URL of http, https or ftp";
  return value.length > LONGEST_URL ? `a link has at most ${LONGEST_URL} characters` : undefined;
}

/** What is wrong with an app card, as it may come from anybody; undefined when nothing is. */
export function wrongCard({ app, layout, url }: { readonly app?: unknown; readonly layout?: unknown; readonly url?: unknown }) {
  return wrongApp(app) ?? wrongLayout(layout) ?? (url === undefined ? undefined : wrongCardUrl(url));
}

function wrongApp(app: unknown): string | undefined {
  const { name, team_id: team, bundle_id: bundle } = fieldsOf(app);
  if (!isText(name)) return "app.name is missing or blank";
  if (!isText(bundle)) return "app.bundle_id is missing or blank";
  return /^[A-Z0-9]{10}$/.test(String(team)) ? undefined : "app.team_id is ten capital letters and digits";
}

const CAPTIONS = ["caption", "subcaption", "trailing_caption", "trailing_subcaption"];

export function wrongLayout(layout: unknown): string | undefined {
  const fields = fieldsOf(layout);
  const { image_url: image, image_title, image_subtitle } = fields;
  if (!CAPTIONS.some((name) => isText(fields[name])) && !isText(image)) return "layout needs a caption or an image_url";
  if (image === undefined && (image_title ?? image_subtitle) !== undefined)
    return "image_title and image_subtitle need an image_url";
  return image === undefined || isUrl(String(image)) ? undefined : "layout.image_url is no URL";
}

export function wrongCardUrl(url: unknown): string | undefined {
  if (typeof url !== "string" || !/^(https:\/\/|data:)/i.test(url) || !isUrl(url))
    return "the url of a card is one of https or data";
  const longest = /^data:/i.test(url) ? LONGEST_DATA_URL : LONGEST_URL;
  return url.length > longest ? `its url has ${url.length} characters, and at most ${longest}` : undefined;
}

export function wrongClip({ value }: { readonly value?: unknown }): string | undefined {
  return typeof value === "string" && isUrl(value) ? undefined : "an App Clip has its URL as value";
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value.trim() !== "";
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
