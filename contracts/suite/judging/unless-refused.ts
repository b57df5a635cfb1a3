import { Refused } from "./signals";

/** What comes of asking; undefined when nobody has allowed it, so that nothing was asked. */
export async function unlessRefused<T>(asking: Promise<T>): Promise<T | undefined> {
  try {
    return await asking;
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
}
