import { API_PREFIX, API_PREFIX_V3 } from "../client/url-and-token";
import { contractWords, fieldMarks, listedValues } from "../generated/privacy-marks";
import { operations as operationsOfV2 } from "../generated/v2/operations";
import { operations as operationsOfV3 } from "../generated/v3/operations";
import { looksLike } from "./patterns";

/** What is private, as `x-private` in the contracts says. */
export type PrivateKind = "phone" | "email" | "name" | "text" | "secret" | "url";

const ID_FIELD = /(?:^|_)ids?$/;
const SIMPLE_NAME = /^[a-z][a-zA-Z\d_]{0,39}$/;
const MANY_DIGITS = /\d{4}/;
const LONGEST_COUNT = 6;
const CLOCK = /\d:\d/;
const MEDIA_TYPE =
  /^(?:image\/(?:jpeg|png|gif|webp|heic|heif|svg\+xml|tiff)|video\/(?:mp4|quicktime|3gpp|webm)|audio\/(?:mpeg|mp4|aac|amr|ogg|wav|x-m4a|x-caf)|text\/(?:plain|html|csv|vcard|x-vcard|calendar|xml)|application\/(?:pdf|json|problem\+json|xml|zip|octet-stream|x-www-form-urlencoded)|multipart\/form-data)$/;
const routes = [...Object.values(operationsOfV2), ...Object.values(operationsOfV3)].map(({ path }) => path);
const routeWords = new Set([API_PREFIX, API_PREFIX_V3, ...routes].flatMap((path) => path.split("/")));

/** What the contract says of the last of the fields that lead to a value. */
export function markOf(trail: readonly string[]): PrivateKind | "public" | "unknown" {
  const name = trail.at(-1) ?? "";
  const [field = "", inside] = name.split(/[[\]]+/); // `message[text]`
  const [last, around] = inside ? [inside, field] : [field, trail.at(-2)];
  return own(`${around}.${last}`) ?? own(last) ?? "unknown";
}

function own(name: string): PrivateKind | "public" | undefined {
  return Object.hasOwn(fieldMarks, name) ? fieldMarks[name] : undefined;
}

/** Whether a field holds an id, by its name. */
export function isIdField(field: string): boolean {
  return ID_FIELD.test(field);
}

/** Whether the name of a field tells nothing of anybody: one of the contract's, or a programmer's choice by its look. */
export function isFieldName(name: string): boolean {
  return (SIMPLE_NAME.test(name) && !MANY_DIGITS.test(name)) || isContractName(name);
}

export function isContractName(name: string): boolean {
  return name.split(/[[\]_]+/).every(isContractWord);
}

/** Whether a text is nobody's wherever it stands: a value that the contract lists, a time, the id of a file, a media type. */
export function isPublicText(text: string): boolean {
  const isTime = looksLike("timestamp", text) && CLOCK.test(text); // a day alone may be a birthday
  return text === "" || listedValues.has(text) || isMediaType(text) || looksLike("uuid", text) || isTime;
}

const TRACE_ID = /^[\da-f]{32}$/;
const DOCUMENTATION = /^https:\/\/docs\.linqapp\.com\/([a-z\d/#-]*)$/;

/** Whether a text is nobody's in its field: the id of a trace, a page of the vendor's documentation. */
export function isPublicIn(field: string, text: string): boolean {
  if (field === "trace_id") return TRACE_ID.test(text);
  const page = field === "doc_url" ? DOCUMENTATION.exec(text)?.[1] : undefined;
  return page?.split(/[/#-]/).every((word) => isContractWord(word) || /^\dxxx$/.test(word)) ?? false;
}

export function isMediaType(text: string): boolean {
  return MEDIA_TYPE.test(text);
}

/** Whether a part of a path is one of the contract's routes. */
export function isRouteWord(segment: string): boolean {
  return routeWords.has(segment);
}

/** Whether a word is the contract's own, in any case, or a short number. */
export function isContractWord(word: string): boolean {
  return contractWords.has(word.toLowerCase()) || word === "" || (/^\d+$/.test(word) && word.length <= LONGEST_COUNT);
}
