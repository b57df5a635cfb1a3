/** What a path consists of, decoded. */
export interface PathParts {
  readonly route: readonly string[];
  readonly query: readonly Parameter[];
  readonly fragment: string | undefined;
}

/** A parameter of a query. */
export interface Parameter {
  readonly name: string;
  readonly value: string;
  /** The value as it stands there. */
  readonly raw: string;
}

export function partsOf(path: string): PathParts {
  const [, route = "", query, fragment] = /^([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(path) ?? [];
  return {
    route: route.split("/").map(decoded),
    query: query ? query.split("&").map(parameterOf) : [],
    fragment: fragment === undefined ? undefined : decoded(fragment),
  };
}

function parameterOf(written: string): Parameter {
  const [name = "", ...rest] = written.split("=");
  const raw = rest.join("=");
  const value = decoded(raw.replaceAll("+", " "));
  return { name: decoded(name.replaceAll("+", " ")), value: value.replace(/^ (?=\d)/, "+"), raw }; // A-plus-space
}

/** What cannot be decoded stays as it is. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
