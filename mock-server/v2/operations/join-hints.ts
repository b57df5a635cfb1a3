/** Several things to say as one; undefined when there is none. */
export function joinHints(...said: readonly (string | undefined)[]): string | undefined {
  const hints = said.filter((hint) => hint !== undefined);
  return hints.length === 0 ? undefined : hints.join(" ");
}
