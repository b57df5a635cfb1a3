import { shortened } from "./printable-text";

const LONGEST_NAMED_TWICE = 40;
/** Longer is no origin: a host name has 253 characters at most. */
const LONGEST_ORIGIN = 300;
const SHOWN_NAMES = 5;
const LONGEST_NAME = 40;

/** Said of bytes that could not be read (A-body-utf8). */
export const FILE_NOT_READ = "is not read; files go into";
export const GARBLED = "is not valid UTF-8; what cannot be read became U+FFFD.";

/** What the HTTP edge (host, CORS, reading of bodies) tells a human about a request, whichever version of the API it is for. */
export const httpHints = {
  hostRefused: (name: string): string => `Start linq-mock with --allow-host ${name} if it is yours.`,
  originRefused: (origin: string): string => {
    const named = origin === "null" ? "null, such as one opened from disk," : origin;
    const page = origin.length > LONGEST_NAMED_TWICE ? "This page" : `A page of ${named}`;
    return `${page} cannot read this answer; start linq-mock with --cors ${shortened(origin, LONGEST_ORIGIN)} if it is yours.`;
  },
  pathUndecodable: "The path is not validly percent-encoded.",
  routeMissing: (asked: string): string => `There is no ${asked}.`,
  controlMeant: (path: string): string => `Did you mean ${path}?`,
  baseUrlLacks: (root: string, url: string): string => `The base URL lacks ${root}: ${url}`,
  baseUrlWithVersion: (url: string, version: string): string =>
    `The base URL is ${url}: the paths that follow it have no /${version}.`,
  baseUrlMeant: (url: string, version: string): string => `The base URL is ${url}: the paths have /${version} themselves.`,
  methodsKnown: (known: string): string => `That path takes ${known}.`,
  limitReached: "The mock counts by its own clock: advance it, or start with --rate-limits off.",
  existing:
    "GET /__mock/sandboxes lists those there are; POST /__mock/sandboxes opens one, as does a call without X-Linq-Mock-Sandbox.",
  sandboxLimit: "DELETE /__mock/sandboxes/{name} drops one that is done with.",
  fileGone: "Files are forgotten on a reset, with their message, and when there is no room for them (--max-memory).",
  urlExpired: "It was presigned for an hour; read the message again for another.",
  answerForced: "This answer was forced by the header Prefer; the operation did nothing.",

  bodyEmpty: "The body was empty.",
  jsonExpected: "Send JSON with the header Content-Type: application/json.",
  /** `place` is where the JSON breaks, if it can be told. */
  jsonBroken: (place: string | undefined): string =>
    place === undefined ? "The JSON ends too early, or is none." : `The JSON breaks at ${place}.`,
  jsonSingleQuoted: "JSON takes double quotes, and there are single ones in their place.",
  objectAsText: "The body is an object that became a text; send what JSON.stringify makes of it.",
  fieldTwice: (name: string): string => `${shortened(name)} stands twice in one object; the last one counts.`,
  preferenceMeant: (written: string, meant: string): string => `Prefer: ${written} is not read; write ${meant}.`,
  encodingUnknown: (named: string): string =>
    `${named.slice(0, LONGEST_NAME)} is not read here. ${httpHints.jsonExpected} It is UTF-8, plain or packed by gzip, deflate or br.`,
  bodyNotUtf8: `The body ${GARBLED}`,
  /** `names` are those of the fields in it. */
  bodyNotRead: (title: string, names: readonly string[], advice: string): string => {
    const shown = names.slice(0, SHOWN_NAMES).map((name) => name.slice(0, LONGEST_NAME));
    const more = names.length > SHOWN_NAMES ? ", ..." : "";
    return `The body${names.length > 0 ? ` (${shown.join(", ")}${more})` : ""} is not read: ${title} takes none.${advice}`;
  },

  formBroken: "Send multipart/form-data as your HTTP client builds it, with the boundary that it puts into Content-Type.",
  partUnplaced: "A part of the form is not read: it has no Content-Disposition.",
  partUnnamed: "A part of the form is not read: it has no name.",
  partEncoded: (name: string, encoding: string): string =>
    `${shortened(name)} is read as it came: Content-Transfer-Encoding: ${shortened(encoding)} is not undone.`,
  fieldMisnamed: (name: string): string =>
    `${shortened(name)} is not read: a field within another is written as message[text].`,
  fieldNotUtf8: (name: string): string => `${shortened(name)} ${GARBLED}`,
  charsetUnknown: (charset: string): string => `The charset ${shortened(charset)} is not known; send UTF-8.`,
  /** `usual` is the field that files go into. */
  fileNotRead: (field: string, usual: string): string => `The file in ${shortened(field)} ${FILE_NOT_READ} ${usual}.`,
  fileFieldUnusual: (usual: string): string => `Write ${usual}, with the second brackets: nothing else is documented.`,
  filenameMissing: (field: string): string =>
    `A part of ${field} is not read: it has no file name, such as filename="photo.png".`,
  noRoomForBody:
    "The mock was started with a --max-memory that is too small for all that comes at once, beside the long texts in its worlds; a reset lets go of these.",
  noRoomForFiles: "The mock was started with a --max-memory that is too small for them.",
};
