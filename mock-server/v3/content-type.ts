import { SUPPORTED_CONTENT_TYPES } from "../../contracts/generated/v3/enumerations";
import type { components } from "../../contracts/generated/v3/types";

type ContentType = components["schemas"]["SupportedContentType"];

/** Types for which names of files, and forms of V2, have other words. */
const OTHER_NAMES: Readonly<Record<string, ContentType>> = {
  "application/gzip": "application/x-gzip",
  "application/rtf": "text/rtf",
  "application/vnd.apple.keynote": "application/x-iwork-keynote-sffkey",
  "application/vnd.apple.numbers": "application/x-iwork-numbers-sffnumbers",
  "application/vnd.apple.pages": "application/x-iwork-pages-sffpages",
  "application/xml": "text/xml",
  "audio/wav": "audio/x-wav",
  "image/vnd.microsoft.icon": "image/x-icon",
  "text/x-vcard": "text/vcard",
};

/** A type as V3 names it; undefined of one that it does not have. */
export function contentTypeOf(mimeType: string): ContentType | undefined {
  return OTHER_NAMES[mimeType] ?? SUPPORTED_CONTENT_TYPES.find((type) => type === mimeType);
}
