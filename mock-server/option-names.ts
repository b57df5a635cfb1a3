import { nearest } from "../contracts/spelling-suggestion";

/** @throws TypeError when an option is unknown */
export function checkOptionNames(of: string, options: object, known: readonly string[]): void {
  for (const name of Object.keys(options)) {
    if (known.includes(name)) continue;
    const meant = nearest(name, known);
    throw new TypeError(`${of} has no option ${name}; ${meant ? `did you mean ${meant}?` : `it has ${known.join(", ")}`}`);
  }
}
