import { isUtf8 } from "node:buffer";
import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";
import { addressOf, type ContractVersion } from "../contract-version";
import { asObject, type Fields } from "../exchange";

/* The parts of an entry of a HAR file. Whoever wrote it may have left out or mistaken any of them. */

/** The version that a call of the API is of, and its path and query below the prefix; undefined when a request is none, or none of HTTP. */
export function harAddress({
  url,
  queryString,
}: Fields): { readonly contract: ContractVersion; readonly path: string } | undefined {
  if (typeof url !== "string" || /^wss?:/i.test(url)) return undefined;
  const address = addressOf(url);
  if (address === undefined || address.path.includes("?") || !Array.isArray(queryString)) return address;
  const { contract, path } = address;
  const query = new URLSearchParams(); // Insomnia keeps it out of the address
  for (const { name, value } of queryString.map(asObject))
    if (typeof name === "string") query.append(name, String(value ?? ""));
  return query.size > 0 ? { contract, path: `${path}?${query}` } : address;
}

/** Headers by their names in lower case, as HTTP/1.1 and HTTP/2 write them; what HTTP/2 puts among them is left out. */
export function harHeaders(headers: unknown): Record<string, string> {
  const read = new Map<string, string>();
  for (const header of Array.isArray(headers) ? headers : []) {
    const { name, value } = asObject(header);
    if (typeof name !== "string" || typeof value !== "string" || name.startsWith(":")) continue;
    const before = read.get(name.toLowerCase());
    read.set(name.toLowerCase(), before === undefined ? value : `${before}, ${value}`);
  }
  return Object.fromEntries(read);
}

/** The status of an answer, which some write as text. Zero when it is none, when the answer was broken off, or the browser has made it up. */
export function harStatus({ status, headers, _error: error }: Fields): number {
  const isMadeUp = "non-authoritative-reason" in harHeaders(headers); // a redirect to https that the browser knows by itself
  if (isMadeUp || (typeof error === "string" && error !== "")) return 0;
  const number = typeof status === "string" && /^[1-9]\d{2}$/.test(status) ? Number(status) : status;
  return typeof number === "number" && Number.isInteger(number) ? number : 0;
}

/** The text of a body that was sent; undefined when there is none, or it cannot be read. */
export function readSentText(content: unknown, headers: Readonly<Record<string, string>>): string | undefined {
  return readBytes(content, headers["content-encoding"])?.toString("utf8");
}

const NO_CONTENT = 204;
/** What our own recordings say of a body that was empty, and not lost. */
export const NO_BODY = "There was no body.";

interface AnswerHead {
  readonly method: string;
  readonly status: number;
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** The body of an answer, unpacked, and empty when it had none; undefined when it had one, or may have had, that was not recorded as it came. */
export function readAnswerBody(answer: Fields, { method, status, headers }: AnswerHead): Buffer | undefined {
  const { content, bodySize } = answer;
  const { text, size, comment } = asObject(content);
  const packing = headers["content-encoding"];
  const length =
    packing === undefined && headers["content-length"] !== undefined ? Number(headers["content-length"]) : undefined;
  const sizes = [size, length].filter((one) => typeof one === "number");
  if (typeof text === "string" && text !== "") {
    const bytes = readBytes(content, packing);
    return bytes && isCut(bytes, sizes) ? undefined : bytes;
  }
  const nothing = Buffer.alloc(0);
  if (comment === NO_BODY || status === NO_CONTENT || method.toUpperCase() === "HEAD") return nothing;
  if (sizes.some((one) => one > 0)) return undefined;
  const isPromised = /json/i.test(harHeaders(answer["headers"])["content-type"] ?? ""); // Insomnia and mitmproxy write a body that is lost as an empty one
  if (isPromised && length !== 0) return undefined;
  return text === "" || bodySize === 0 || sizes.includes(0) ? nothing : undefined;
}

/** The bytes of a body, unpacked; undefined when there are none, or they cannot be unpacked. */
function readBytes(content: unknown, packing: string | undefined): Buffer | undefined {
  const { text, encoding } = asObject(content);
  if (typeof text !== "string") return undefined;
  if (/^base64$/i.test(String(encoding)) && !NOT_IN_BASE64.test(text)) return unpacked(Buffer.from(text, "base64"), packing);
  if (!BYTES_AS_TEXT.test(text)) return Buffer.from(text); // as it says, or marked as base64 by mistake
  return packing === undefined ? Buffer.from(text) : unpacked(Buffer.from(text, "latin1"), packing);
}

const NOT_IN_BASE64 = /[^A-Za-z0-9+/_=\s-]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: no text has them, and packed bytes do
const BYTES_AS_TEXT = /[\u0000-\u0008\u000e-\u001f\ufffd]/;
const LARGEST_UNPACKED = 64 * 1024 * 1024;
const GZIP = Buffer.from([0x1f, 0x8b]);

/** What bytes hold that may be packed as a header says, or have been unpacked already. */
function unpacked(bytes: Buffer, packing = ""): Buffer | undefined {
  const unpack = bytes.subarray(0, GZIP.length).equals(GZIP) ? gunzipSync : UNPACKERS[packing.trim().toLowerCase()];
  try {
    if (unpack) return unpack(bytes, { maxOutputLength: LARGEST_UNPACKED });
  } catch {}
  return packing === "" || isUtf8(bytes) ? bytes : undefined;
}

const UNPACKERS: Readonly<Record<string, typeof gunzipSync | undefined>> = { br: brotliDecompressSync, deflate: inflateSync };

/** Whether a body ends too early, by what is known of its size or, when nothing is, because it is JSON that does. */
function isCut(bytes: Buffer, sizes: readonly number[]): boolean {
  const known = sizes.filter((size) => size > 0);
  if (known.some((size) => size === bytes.length)) return false;
  if (known.length > 0 && known.every((size) => size < bytes.length)) return false;
  const text = bytes.toString("utf8");
  return known.length > 0 ? !isJson(text) : endsTooEarly(text);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Whether JSON is right as far as it goes, and goes not far enough. */
export function endsTooEarly(json: string): boolean {
  try {
    JSON.parse(json);
    return false;
  } catch (error) {
    const position = /position (\d+)/.exec(String(error))?.[1];
    const isAtTheEnd =
      /end of JSON|Unterminated/.test(String(error)) || (position !== undefined && Number(position) >= json.length);
    return isAtTheEnd && /^\s*[{[]/.test(json);
  }
}
