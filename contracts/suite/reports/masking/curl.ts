import type { RecordedExchange } from "../../report";
import { NO_ID } from "../../transport/ask";
import { command, type PrivatePart, type Writer } from "./command";
import { writeLike } from "./number-spelling";
import type { Pseudonyms } from "./pseudonyms";
import { inSingleQuotes, inUrl } from "./shell";
import { shellNumber } from "./shell-number";
import { shippedValues, shippedWorld } from "./shipped-world";

export interface CurlOptions {
  /** Where the server is, for between double quotes. */
  readonly base?: string | undefined;
}

/** The command that asks the same again, with a variable of the shell for each pseudonym. */
export function curl(exchange: RecordedExchange, pseudonyms: Pseudonyms, { base = "$BASE" }: CurlOptions = {}): string {
  return command(exchange, pseudonyms, {
    base,
    token: "$LINQ_TOKEN",
    id: (_, id) => id,
    inUrl: ({ pseudonym, spelling }, isPlusEncoded) => shellNumber(pseudonym, spelling, isPlusEncoded ? inUrl : asIs),
    inBody: ({ pseudonym, spelling }) => `'"${shellNumber(pseudonym, spelling, inJson)}"'`,
  });
}

/** The command that asks a mock the like, about the world that it ships with. */
export function mockCurl(
  exchange: RecordedExchange,
  pseudonyms: Pseudonyms,
  { base = shippedWorld.base }: CurlOptions = {},
): string {
  const standIn = standIns();
  const writer: Writer = {
    base,
    token: shippedWorld.token,
    id: (collection, id) => (id === String(NO_ID) ? id : (shippedWorld.ids[collection] ?? id)),
    inUrl: (part, isPlusEncoded) => (isPlusEncoded ? inUrl(standIn(part)) : standIn(part)),
    inBody: (part) => inSingleQuotes(inJson(standIn(part))),
  };
  return command(exchange, pseudonyms, writer);
}

/** What the shipped world has for each pseudonym of a command. */
function standIns(): (part: PrivatePart) => string {
  const seen = new Map<string, string[]>();
  return ({ pseudonym, kind, spelling }) => {
    if (kind === "NUMBER" && !spelling) return "not-a-number";
    const others = seen.get(kind) ?? [];
    seen.set(kind, others);
    if (pseudonym !== "LINE" && !others.includes(pseudonym)) others.push(pseudonym);
    const n = others.indexOf(pseudonym) + 1;
    if (kind !== "NUMBER") return shippedValues[kind](n);
    const { line, people } = shippedWorld;
    const number = pseudonym === "LINE" ? line : (people[(n - 1) % people.length] ?? line);
    return spelling ? writeLike(spelling, number) : number;
  };
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function asIs(text: string): string {
  return text;
}
