import { inflateSync } from "node:zlib";
import { placeholder } from "./placeholder";

const MAGIC: readonly (readonly [mimeType: string, filename: string, start: RegExp])[] = [
  ["image/png", "Träume 1.png", /^\x89PNG\r\n/],
  ["image/jpeg", "porch.jpg", /^\xff\xd8\xff\xe0..JFIF/s],
  ["image/gif", "a.gif", /^GIF89a/],
  ["image/svg+xml", "a.svg", /^<svg /],
  ["video/mp4", "a.mp4", /^....ftypisom/s],
  ["video/quicktime", "a.mov", /^....ftypqt {2}/s],
  ["audio/mp4", "a.m4a", /^....ftypM4A /s],
  ["audio/mpeg", "a.mp3", /^\xff\xfb/],
  ["audio/wav", "a.wav", /^RIFF....WAVE/s],
  ["application/pdf", "a (1).pdf", /^%PDF-1\.4/],
  ["text/vcard", "Ann Archer.vcf", /^BEGIN:VCARD\r\nVERSION:3\.0\r\nN:;Ann Archer;;;\r\n/],
  ["text/plain; charset=utf-8", "a.txt", /^In the place of a\.txt\.\n/],
];

test.each(MAGIC)("a file of type %s is one, about as large as it is said to be", (mimeType, filename, start) => {
  for (const fileSize of [0, 200_000]) {
    const bytes = placeholder({ filename, mimeType, fileSize });
    expect(bytes.toString("latin1")).toMatch(start);
    if (fileSize > 0) expect(Math.abs(bytes.length - fileSize) / fileSize).toBeLessThan(0.5);
  }
});

test.each(MAGIC)("a file of type %s can be so large to the byte", (mimeType, filename) => {
  for (const fileSize of [100_001, 131_072]) expect(placeholder({ filename, mimeType, fileSize })).toHaveLength(fileSize);
});

test("what is of no known type is zeros, and nothing is larger than 10 MB", () => {
  const bytes = placeholder({ filename: "a.bin", mimeType: "application/octet-stream", fileSize: 5 });
  expect([...bytes]).toEqual([0, 0, 0, 0, 0]);
  expect(placeholder({ filename: "a.mov", mimeType: "video/quicktime", fileSize: 1e12 })).toHaveLength(10 * 1024 * 1024);
});

test("a picture shows the name of the file", () => {
  const pixelsOf = (filename: string): string => {
    const bytes = placeholder({ filename, mimeType: "image/png", fileSize: 0 });
    const at = bytes.indexOf("IDAT");
    return inflateSync(bytes.subarray(at + 4, at + 4 + bytes.readUInt32BE(at - 4))).toString("latin1");
  };
  expect(pixelsOf("a.png")).not.toBe(pixelsOf("b.png"));
  expect(pixelsOf("é.png")).toBe(pixelsOf("e.png"));
  expect(pixelsOf("a.png").length).toBe(480 * 81);
});

test.each(["", ".", "\ud83d", "<script>".repeat(1000), "\u202e\u0000\r\n", "𝔘🎬"])(
  "a strange name does not stop it: %j",
  (filename) => {
    for (const [mimeType] of MAGIC) expect(placeholder({ filename, mimeType, fileSize: 0 }).length).toBeGreaterThan(0);
    const svg = placeholder({ filename, mimeType: "image/svg+xml", fileSize: 0 }).toString();
    expect(svg).not.toMatch(/<script|&/);
  },
);
