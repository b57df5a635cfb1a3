import { TargetError } from "./errors";

/** @throws TargetError when a body has more than `maxBytes` */
export async function readBytes(url: URL, response: Response, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) {
      throw new TargetError(`${url.origin} answers ${url.pathname} with more than ${maxBytes} bytes; no page is so large.`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
