import { API_PREFIX } from "../../../client/address";
import type { RecordedExchange } from "../../report";
import { maskKey } from "./mask-key";
import { type NumberSpelling, spellingOf } from "./number-spelling";
import { parameterKind } from "./parameter-kind";
import { type Parameter, partsOf } from "./path-parts";
import type { PseudonymKind } from "./private-fields";
import type { Pseudonyms } from "./pseudonyms";
import { isPublicSegment } from "./public-segment";
import { replacePrivate } from "./replace-private";
import { inSingleQuotes, inUrl } from "./shell";

/** Something private, and how it was written. */
export interface PrivatePart {
  readonly pseudonym: string;
  readonly kind: PseudonymKind;
  /** How a number was written; undefined for anything else, and for what is no number. */
  readonly spelling: NumberSpelling | undefined;
}

/** How a command writes what it cannot show. */
export interface Writer {
  readonly base: string;
  /** The value of the token's header, for between double quotes. */
  readonly token: string;
  /** An id, by what stands before it in the path. */
  id(collection: string, id: string): string;
  /** For a URL between double quotes. */
  inUrl(part: PrivatePart, isPlusEncoded: boolean): string;
  /** For between single quotes, as part of a JSON text without its quotes, or as a number. */
  inBody(part: PrivatePart): string;
}

const TOKEN_HEADER = "X-LINQ-INTEGRATION-TOKEN";
/** In no text that is shown: what stands for a private part until the body is written. */
const [TEXT, NUMBER, END] = ["\uE000", "\uE001", "\uE002"];

/** A curl command that makes the request of an exchange. */
export function command({ request, token }: RecordedExchange, pseudonyms: Pseudonyms, writer: Writer): string {
  const { method, path, body } = request;
  const words = ["curl -g"];
  if (method !== "GET" || body !== undefined) words.push(`-X ${method}`);
  words.push(`"${writer.base}${API_PREFIX}${urlPath(path, pseudonyms, writer)}"`);
  if (token === "own") words.push(`-H "${TOKEN_HEADER}: ${writer.token}"`);
  if (token === "wrong") words.push(`-H "${TOKEN_HEADER}: a-token-of-nobody"`);
  if (body !== undefined) words.push('-H "Content-Type: application/json"', `-d '${bodyText(body, pseudonyms, writer)}'`);
  return words.join(" ");
}

function urlPath(path: string, pseudonyms: Pseudonyms, writer: Writer): string {
  const { route, query } = partsOf(path);
  const segments = route.map((segment, i) => {
    if (/^\d+$/.test(segment) && isPublicSegment(segment, pseudonyms)) return writer.id(route[i - 1] ?? "", segment);
    if (isPublicSegment(segment, pseudonyms)) return inUrl(segment);
    return writer.inUrl(partOf(segment, "TEXT", pseudonyms), true);
  });
  const parameters = query.map((parameter) => urlParameter(parameter, pseudonyms, writer));
  return `${segments.join("/")}${path.includes("?") ? "?" : ""}${parameters.join("&")}`;
}

function urlParameter({ name, value, raw }: Parameter, pseudonyms: Pseudonyms, writer: Writer): string {
  const shownName = maskKey(name, pseudonyms);
  const writtenName = shownName === name ? inUrl(name) : writer.inUrl(partOf(name, "TEXT", pseudonyms), true);
  if (!raw && !value) return writtenName.concat("=");
  const kind = parameterKind(name, value);
  return `${writtenName}=${kind ? writer.inUrl(partOf(value, kind, pseudonyms), !raw.startsWith("+")) : inUrl(value)}`;
}

function bodyText(body: unknown, pseudonyms: Pseudonyms, writer: Writer): string {
  const parts: PrivatePart[] = [];
  const marked = replacePrivate(body, [], {
    pseudonyms,
    replace: (raw, kind) => {
      parts.push(partOf(String(raw), kind, pseudonyms));
      return `${typeof raw === "number" ? NUMBER : TEXT}${parts.length - 1}${END}`;
    },
  });
  const text = inSingleQuotes(JSON.stringify(marked));
  const written = (_: string, i: string): string => {
    const part = parts[Number(i)];
    return part ? writer.inBody(part) : "";
  };
  return text
    .replace(new RegExp(`"${NUMBER}(\\d+)${END}"`, "g"), written)
    .replace(new RegExp(`${TEXT}(\\d+)${END}`, "g"), written);
}

function partOf(raw: string, declared: PseudonymKind, pseudonyms: Pseudonyms): PrivatePart {
  const pseudonym = pseudonyms.show(raw, declared);
  const kind = pseudonym === "LINE" ? "NUMBER" : (pseudonym.replace(/_\d+$/, "") as PseudonymKind);
  const number = kind === "NUMBER" ? pseudonyms.numberOf(raw) : "";
  return { pseudonym, kind, spelling: number.startsWith("+") ? spellingOf(raw, number) : undefined };
}
