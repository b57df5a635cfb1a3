import { MAX_FILE_BYTES } from "../../contracts/limits";
import { draw, gif, jpeg, png } from "./picture";
import { film, mp3, voiceMemo, wave } from "./recording";

/** What is known of a file that nobody has. */
export interface MissingFile {
  readonly filename: string;
  readonly mimeType: string;
  /** Bytes. */
  readonly fileSize: number;
}

/** Makes a file of a name that is longer by so many bytes than it must be; where those are few, about so. */
type Maker = (filename: string, fill: number) => Buffer;

const MAKERS: Readonly<Record<string, Maker>> = {
  "image/png": (filename, fill) => png(draw(filename), fill),
  "image/jpeg": (filename, fill) => jpeg(draw(filename), fill),
  "image/gif": (filename, fill) => gif(draw(filename), fill),
  "image/svg+xml": svg,
  "video/mp4": (_, fill) => film("isom", fill),
  "video/quicktime": (_, fill) => film("qt  ", fill),
  "audio/mp4": (_, fill) => voiceMemo(fill),
  "audio/x-m4a": (_, fill) => voiceMemo(fill),
  "audio/mpeg": (_, fill) => mp3(fill),
  "audio/wav": (_, fill) => wave(fill),
  "audio/x-wav": (_, fill) => wave(fill),
  "application/pdf": pdf,
  "text/vcard": contactCard,
  "text/x-vcard": contactCard,
};

/** A file that stands in for one that nobody has: of its type and, up to 10 MB, its size, if that is possible. */
export function placeholder({ filename, mimeType, fileSize }: MissingFile): Buffer {
  const type = mimeType.toLowerCase().replace(/\s*;.*$/s, "");
  const make = MAKERS[type] ?? (type.startsWith("text/") ? plainText : zeroBytes);
  const least = make(filename, 0);
  const size = Math.min(fileSize, MAX_FILE_BYTES);
  return size > least.length ? make(filename, size - least.length) : least;
}

function plainText(filename: string, fill: number): Buffer {
  const line = `In the place of ${filename}.\n`;
  const all = Buffer.from(line.repeat(1 + Math.ceil(fill / line.length)));
  return all.subarray(0, Buffer.byteLength(line) + fill);
}

function zeroBytes(_: string, fill: number): Buffer {
  return Buffer.alloc(fill);
}

function svg(filename: string, fill: number): Buffer {
  const text = filename.replace(/[^\w .-]/g, "-");
  const head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 480"><rect width="640" height="480" fill="#2e5c8a"/>`;
  const picture = `${head}<text x="320" y="250" font-size="32" text-anchor="middle" fill="#fff">${text}</text></svg>`;
  return Buffer.from(picture + " ".repeat(fill));
}

function contactCard(filename: string, fill: number): Buffer {
  const [name = ""] = filename.replace(/[\\,;\r\n]/g, " ").split(".");
  const filler = fill > 0 ? [`X-FILL:${"x".repeat(Math.max(0, fill - "X-FILL:\r\n".length))}`] : [];
  return Buffer.from(["BEGIN:VCARD", "VERSION:3.0", `N:;${name};;;`, `FN:${name}`, ...filler, "END:VCARD", ""].join("\r\n"));
}

/** One page with the name on it. */
function pdf(filename: string, fill: number): Buffer {
  const text = filename.replace(/[^\x20-\x7e]/g, "-").replace(/[\\()]/g, "\\$&");
  const page = `BT /F1 20 Tf 50 700 Td (${text}) Tj ET`;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${page.length} >>\nstream\n${page}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  ];
  let document = "%PDF-1.4\n";
  const offsets = objects.map((object, i) => {
    const at = document.length;
    document += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(at).padStart(10, "0")} 00000 n \n`;
  });
  if (fill > 0) document += "\n".padStart(fill);
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.join("")}`;
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${String(document.length).padStart(10, "0")}\n%%EOF\n`;
  return Buffer.from(document + table + trailer);
}
