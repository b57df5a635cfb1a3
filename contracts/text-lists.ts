/** `a, b and c`. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** What there is to choose from: `There are a, b.` */
export function thereAre(names: readonly (string | number)[], most = Number.POSITIVE_INFINITY): string {
  if (names.length === 0) return "There are none.";
  const more = names.length > most ? " and more" : "";
  return `There ${names.length === 1 ? "is" : "are"} ${names.slice(0, most).join(", ")}${more}.`;
}
