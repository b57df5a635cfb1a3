import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate } from "node:zlib";
import { NoAnswer } from "./no-answer";

const DECODERS: Readonly<Record<string, (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>>> = {
  gzip: promisify(gunzip),
  "x-gzip": promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};
const HINT = "The target compresses without being asked to; have it honour Accept-Encoding: identity.";

/** The bytes of a body as they were before the codings in its `Content-Encoding`. @throws NoAnswer when they cannot be had */
export async function decode(bytes: Buffer, contentEncoding: string, maxOutputLength: number): Promise<Buffer> {
  const codings = contentEncoding.toLowerCase().split(",");
  let decoded = bytes;
  for (const coding of codings.map((name) => name.trim()).reverse()) {
    if (coding === "identity" || coding === "") continue;
    const decoder = DECODERS[coding];
    if (!decoder) throw new NoAnswer(502, `its body is in the encoding ${coding}, which cannot be read here`, HINT);
    decoded = await decoder(decoded, { maxOutputLength }).catch((error: NodeJS.ErrnoException) => {
      throw new NoAnswer(502, `its body cannot be decoded from ${coding} (${error.code ?? error.message})`, HINT);
    });
  }
  return decoded;
}
