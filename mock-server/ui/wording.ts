/** `4 s`, `2 min 5 s`, `3 h`, `2 days`. */
export function durationText(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min${seconds % 60 === 0 ? "" : ` ${seconds % 60} s`}`;
  if (seconds < 172_800)
    return `${Math.floor(seconds / 3600)} h${Math.floor((seconds % 3600) / 60) === 0 ? "" : ` ${Math.floor((seconds % 3600) / 60)} min`}`;
  return `${Math.round(seconds / 86_400)} days`;
}

export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** A name or a text among other words: which way it is written does not reach them. */
export function isolated(text: string): string {
  return `\u2068${text.replace(/[\u2066-\u2069]/g, "")}\u2069`;
}

/** A phone number without what is for the eye, as the mock is asked of it; anything else as it was typed. */
export function plainNumber(text: string): string {
  return /^[\s\d+().-]+$/.test(text) ? text.replace(/[^\d+]/g, "") : text.trim();
}

/** What the control API says to programs, and what it is here. */
const SAID_HERE: readonly (readonly [RegExp, string])[] = [
  [/POST \/__mock\/deliveries\/\d+\/redeliver sends it again\./g, "Redeliver sends it again."],
  [/DELETE \/__mock\/faults disarms all; GET lists what is armed\./g, "It can be disarmed under Faults."],
  [/POST \/__mock\/simulate\/message lets somebody write\./g, "Write as somebody, twice."],
  [/DELETE \/__mock\/receiver closes it\./g, "It ends when the mock's own receiver is closed."],
  [/, or start the mock with --webhook (v3:)?<url>\./g, ", or here: Subscribe a receiver."],
  [/Update subscription (\d+) with active: true;/g, "Let subscription $1 go on, above;"],
  [/ \(active: false\)/g, ""],
  [/^(from|with|participants?(\[\d+\])?) (?=is |must |can )/, "That "],
  [/^(name|as) must be letters, digits, _ and -, up to 64\.?/, "A name has letters, digits, _ and -, up to 64."],
  [/^(url|text) (?=is |must )/, "The $1 "],
];
const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:[\d.]+(Z|[+-]\d\d:\d\d)/g;

/** A sentence of the control API in the words of the page, with times as `timeOf` writes them. What tells programs alone how to call is left out. */
export function inPageWords(text: string, timeOf: (at: string) => string): string {
  const said = SAID_HERE.reduce((known, [theirs, ours]) => known.replace(theirs, ours), text);
  return said
    .replace(TIME, (at) => timeOf(at))
    .split(/(?<=\.) /)
    .filter((sentence) => !sentence.includes("/__mock/"))
    .join(" ");
}
