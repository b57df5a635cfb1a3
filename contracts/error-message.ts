/** What an error says, wherever it comes from. */
export function messageOf(error: unknown): string {
  const { message } = (error ?? {}) as Partial<Error>;
  return message ?? String(error);
}
