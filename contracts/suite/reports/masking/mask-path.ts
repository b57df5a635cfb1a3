import { contractValues } from "./contract-words";
import { maskKey } from "./mask-key";
import { parameterKind } from "./parameter-kind";
import { partsOf } from "./path-parts";
import type { Pseudonyms } from "./pseudonyms";
import { isPublicSegment } from "./public-segment";

/** A path below the API's prefix, with its query, decoded, to be read. */
export function maskPath(path: string, pseudonyms: Pseudonyms): string {
  const { route, query, fragment } = partsOf(path);
  const shownRoute = route.map((segment) =>
    isPublicSegment(segment, pseudonyms) ? segment : pseudonyms.show(segment, "TEXT"),
  );
  const shownQuery = query.map(({ name, value }) => {
    const kind = parameterKind(name, value);
    return `${maskKey(name, pseudonyms)}=${kind ? pseudonyms.show(value, kind) : value}`;
  });
  const shownFragment = fragment === undefined || contractValues.has(fragment) ? fragment : pseudonyms.show(fragment, "TEXT");
  return `${shownRoute.join("/")}${path.includes("?") ? "?" : ""}${shownQuery.join("&")}${fragment === undefined ? "" : `#${shownFragment}`}`;
}
