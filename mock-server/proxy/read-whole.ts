import type { Request } from "express";
import { MAX_FILE_BYTES, MAX_FILES } from "../../contracts/limits";

/** The largest message that the API takes, and room for what is around its files. */
export const MAX_BODY_BYTES = (MAX_FILES + 1) * MAX_FILE_BYTES;

/** The body of a request as it came; undefined when it is too large. Rejects when it was cut off. */
export async function readWhole(req: Request): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
    else chunks.length = 0; // the rest is read, so that its sender gets to read the answer
  }
  return size <= MAX_BODY_BYTES ? Buffer.concat(chunks) : undefined;
}
