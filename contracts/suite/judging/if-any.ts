import { Skip } from "./signals";

/** What was asked for; undefined where a law would be skipped, because there is no such thing. */
export async function ifAny<T>(asked: Promise<T>): Promise<T | undefined> {
  return asked.catch((error: unknown) => {
    if (error instanceof Skip) return undefined;
    throw error;
  });
}
