import { isAscii } from "node:buffer";
import type { Busboy } from "busboy";

/** What a part of a form says of itself. */
export interface FormPart {
  /** Empty when it has none. */
  readonly name: string;
  /** Without its folders; empty where a browser had none to send, undefined where none is said. */
  readonly filename: string | undefined;
  readonly mimeType: string;
  readonly charset: string;
  /** What was done to its bytes, which nobody undoes here. */
  readonly encoding: string | undefined;
  /** Whether it says where it belongs. */
  readonly hasDisposition: boolean;
}

/** Names of headers are in lower case, and values have a letter for each byte. */
type PartHeader = Record<string, string[] | undefined>;

interface HeaderParser {
  cb: (header: PartHeader) => void;
}

const FILE_TYPE = "application/octet-stream";
/** What busboy is to take for a letter: a byte. */
export const BYTES_AS_LETTERS = "latin1";
const PLAIN_ENCODINGS = ["7bit", "8bit", "binary"];

/**
 * Tells of each part before its content comes. busboy drops parts whose header it cannot read without a word, so it gets one that it
 * can read, and cuts the form into parts alone.
 */
export function onEachPart(parser: Busboy, tell: (part: FormPart) => void): void {
  const known = new WeakSet<HeaderParser>();
  let current: HeaderParser | null = null;
  Object.defineProperty(parser, "_hparser", {
    get: () => current,
    set(next: HeaderParser | null) {
      if (next && !known.has(next)) tapHeaders(next, tell);
      if (next) known.add(next);
      current = next;
    },
  });
}

function tapHeaders(headers: HeaderParser, tell: (part: FormPart) => void): void {
  const { cb } = headers;
  headers.cb = (header) => {
    const part = readHeader(header);
    tell(part);
    const isFile = part.filename !== undefined || part.mimeType === FILE_TYPE;
    cb({
      "content-disposition": ['form-data; name="part"'],
      "content-type": [isFile ? FILE_TYPE : `text/plain; charset=${BYTES_AS_LETTERS}`],
    });
  };
}

function readHeader(header: PartHeader): FormPart {
  const [disposition] = header["content-disposition"] ?? [];
  const [type = ""] = header["content-type"] ?? [];
  const [encoding = "binary"] = header["content-transfer-encoding"] ?? [];
  const parameters = parametersOf(disposition ?? "");
  const filename = parameters.get("filename*") ?? parameters.get("filename");
  return {
    name: parameters.get("name*") ?? parameters.get("name") ?? "",
    filename: filename?.split(/[/\\]/).at(-1),
    mimeType:
      /^[\w!#$&+.^`|~*'%-]+\/[\w!#$&+.^`|~*'%-]+(?=\s*(;|$))/.exec(type)?.[0].toLowerCase() ??
      (filename === undefined ? "text/plain" : FILE_TYPE),
    charset: charsetOf(type) ?? "utf-8",
    encoding: PLAIN_ENCODINGS.includes(encoding.trim().toLowerCase()) ? undefined : encoding,
    hasDisposition: disposition !== undefined,
  };
}

/** The charset that a Content-Type names, in lower case. */
export function charsetOf(contentType: string): string | undefined {
  return /;\s*charset\s*=\s*["']?([^\s;"']+)/i
    .exec(contentType)?.[1]
    ?.toLowerCase()
    .replace(/^utf8$/, "utf-8");
}

const PARAMETER = /;\s*([^\s=;]+)\s*=\s*("(?:\\.|[^"\\])*"(?=\s*(?:;|$))|[^;]*)/g;

/** The parameters of a disposition, in whichever way clients write them: quoted or not, with a semicolon too many. */
function parametersOf(disposition: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, name = "", written = ""] of disposition.matchAll(PARAMETER)) {
    const key = name.toLowerCase();
    if (found.has(key)) continue;
    const value = unquoted(written.trim());
    found.set(key, key.endsWith("*") ? extended(value) : decodeBytes(value, "utf-8"));
  }
  return found;
}

/** Browsers escape quotes, and leave the backslashes of Windows as they are. */
function unquoted(value: string): string {
  return value.startsWith('"') ? value.replace(/^"|"$/g, "").replace(/\\(["\\])/g, "$1") : value;
}

/** The value of `UTF-8''%C3%9C.png`; as it is written, where it cannot be read (RFC 8187). */
function extended(written: string): string {
  const [, charset = "", encoded = ""] = /^([^']*)'[^']*'(.*)$/s.exec(written) ?? [];
  const bytes = encoded.replace(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return canDecode(charset) ? decodeBytes(bytes, charset) : encoded || written;
}

export function canDecode(charset: string): boolean {
  try {
    return new TextDecoder(charset) !== undefined;
  } catch {
    return false;
  }
}

/** Bytes, each in a letter of its own, as text. */
export function decodeBytes(bytes: string, charset: string): string {
  if (charset === "utf-8" && isAscii(Buffer.from(bytes, BYTES_AS_LETTERS))) return bytes;
  return new TextDecoder(charset, { ignoreBOM: true }).decode(Buffer.from(bytes, BYTES_AS_LETTERS));
}
