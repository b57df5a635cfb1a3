/** A value that somebody else wrote, taken for an empty object when it is none. What its fields hold is not known. */
export function asObject<T extends object>(value: unknown): Partial<T> {
  return typeof value === "object" && value !== null ? (value as Partial<T>) : {};
}
