import { crc32, deflateSync } from "node:zlib";

/* Pictures that show the name of the file they stand for, in two colours. */

/** The size of the grid whose cells are painted or not. */
const COLUMNS = 80;
const ROWS = 60;
/** Pixels of a cell, in each direction. */
const CELL = 8;

/** The five rows of each letter, as octal digits: a bit for each of three columns. */
const LETTERS: Readonly<Record<string, string>> = {
  ...{ A: "25755", B: "65656", C: "34443", D: "65556", E: "74647", F: "74644", G: "34553", H: "55755", I: "72227" },
  ...{ J: "11152", K: "55655", L: "44447", M: "57755", N: "65555", O: "25552", P: "65644", Q: "25563", R: "65655" },
  ...{ S: "34216", T: "72222", U: "55557", V: "55552", W: "55775", X: "55255", Y: "55222", Z: "71247", ".": "00002" },
  ...{ 0: "75557", 1: "26227", 2: "61247", 3: "61216", 4: "55711", 5: "74616", 6: "34757", 7: "71122", 8: "75757" },
  ...{ 9: "75716", "-": "00700", _: "00007", " ": "00000" },
};
const [LETTER_WIDTH, LETTER_HEIGHT] = [4, 7];
const PER_LINE = COLUMNS / LETTER_WIDTH - 2;

/** What a picture of a name looks like. */
interface Drawing {
  /** Of red, green and blue. */
  readonly paper: readonly [number, number, number];
  isInk(column: number, row: number): boolean;
}

const PAPERS = [
  [46, 92, 138],
  [122, 68, 98],
  [58, 110, 84],
  [150, 92, 52],
  [86, 78, 140],
] as const;
const INK = [245, 245, 240] as const;

export function draw(name: string): Drawing {
  const text = name.normalize("NFD").replace(/\p{M}/gu, "").toUpperCase();
  const lines = (text.match(new RegExp(`.{1,${PER_LINE}}`, "gsu")) ?? []).slice(0, 6);
  const top = Math.floor((ROWS - lines.length * LETTER_HEIGHT) / 2);
  const sum = [...text].reduce((total, letter) => total + (letter.codePointAt(0) ?? 0), 0);
  return {
    paper: PAPERS[sum % PAPERS.length] ?? PAPERS[0],
    isInk(column, row) {
      const line = lines[Math.floor((row - top) / LETTER_HEIGHT)] ?? "";
      const inLine = column - Math.floor((COLUMNS - [...line].length * LETTER_WIDTH) / 2);
      const letter = LETTERS[[...line][Math.floor(inLine / LETTER_WIDTH)] ?? " "] ?? LETTERS["-"];
      const bits = Number(letter?.[(row - top) % LETTER_HEIGHT] ?? 0);
      return inLine >= 0 && (bits & (4 >> (inLine % LETTER_WIDTH))) !== 0;
    },
  };
}

/** A list of what each cell is, row by row. */
function cells<T>(make: (column: number, row: number) => T): T[] {
  return Array.from({ length: COLUMNS * ROWS }, (_, i) => make(i % COLUMNS, Math.floor(i / COLUMNS)));
}

/** `fill` is how many bytes it is to be longer. */
export function png({ paper, isInk }: Drawing, fill: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(COLUMNS * CELL, 0);
  header.writeUInt32BE(ROWS * CELL, 4);
  header.set([1, 3], 8); // a bit for each pixel, of a palette: so a cell is a byte
  const rows = Array.from({ length: ROWS * CELL }, (_, y) => [
    0,
    ...Array.from({ length: COLUMNS }, (_, column) => (isInk(column, Math.floor(y / CELL)) ? 0xff : 0)),
  ]);
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    pngChunk("IHDR", header),
    pngChunk("PLTE", Buffer.from([...paper, ...INK])),
    pngChunk("IDAT", deflateSync(Buffer.from(rows.flat()))),
    ...(fill > PNG_CHUNK_BYTES ? [pngChunk("fiLl", Buffer.alloc(fill - PNG_CHUNK_BYTES))] : []),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
}

const PNG_CHUNK_BYTES = 12;

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** The longest segment that JPEG knows, without its marker. */
const LONGEST_SEGMENT = 0xffff;
/** Bits of the longest difference between two blocks. */
const MOST_BITS = 11;

/** Each cell is a block of JPEG, of one value: so that its other coefficients are none. */
export function jpeg({ paper, isInk }: Drawing, fill: number): Buffer {
  const quantization = 8;
  const level = (value: number): number => Math.round(((value - 128) * CELL) / quantization);
  const [papers, inks] = [paper, INK].map((colour) => yCbCr(colour).map(level)) as [number[], number[]];
  const last = [0, 0, 0];
  let bits = "";
  for (const values of cells((column, row) => (isInk(column, row) ? inks : papers))) {
    for (const [i, value] of values.entries()) {
      bits += `${jpegDifference(value - (last[i] ?? 0))}0`; // 0: no other coefficient
      last[i] = value;
    }
  }
  const padded = bits.padEnd(Math.ceil(bits.length / 8) * 8, "1");
  const data = (padded.match(/.{8}/g) ?? []).flatMap((byte) => (byte === "11111111" ? [0xff, 0] : [Number.parseInt(byte, 2)]));
  const size = [ROWS * CELL, COLUMNS * CELL].flatMap((n) => [n >> 8, n & 0xff]);
  const codes = Array.from({ length: MOST_BITS + 1 }, (_, i) => i);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, Buffer.from("JFIF\0\x01\x01\0\0\x01\0\x01\0\0", "latin1")),
    ...comments(fill),
    segment(0xdb, Buffer.from([0, ...Array(64).fill(quantization)])),
    segment(0xc0, Buffer.from([8, ...size, 3, ...[1, 2, 3].flatMap((id) => [id, 0x11, 0])])),
    segment(0xc4, Buffer.from([0x00, 0, 0, 0, codes.length, ...Array(12).fill(0), ...codes])), // each of them has four bits
    segment(0xc4, Buffer.from([0x10, 1, ...Array(15).fill(0), 0])),
    segment(0xda, Buffer.from([3, ...[1, 2, 3].flatMap((id) => [id, 0]), 0, 63, 0])),
    Buffer.from([...data, 0xff, 0xd9]),
  ]);
}

/** How many bits the difference has, in four, and those. */
function jpegDifference(difference: number): string {
  const length = difference === 0 ? 0 : Math.floor(Math.log2(Math.abs(difference))) + 1;
  const value = difference < 0 ? difference + 2 ** length - 1 : difference;
  return length.toString(2).padStart(4, "0") + (length === 0 ? "" : value.toString(2).padStart(length, "0"));
}

function yCbCr([r, g, b]: readonly [number, number, number]): number[] {
  return [0.299 * r + 0.587 * g + 0.114 * b, 128 - 0.1687 * r - 0.3313 * g + 0.5 * b, 128 + 0.5 * r - 0.4187 * g - 0.0813 * b];
}

function segment(marker: number, data: Buffer): Buffer {
  const length = data.length + 2;
  return Buffer.concat([Buffer.from([0xff, marker, length >> 8, length & 0xff]), data]);
}

function comments(fill: number): Buffer[] {
  const whole: Buffer[] = [];
  for (let left = fill; left >= 4; left -= LONGEST_SEGMENT + 2)
    whole.push(segment(0xfe, Buffer.alloc(Math.min(left, LONGEST_SEGMENT + 2) - 4)));
  return whole;
}

/** Codes of eight bits, of which the 128th clears the table before any gets longer. */
const [GIF_CLEAR, GIF_END, GIF_RUN] = [128, 129, 100];

export function gif({ paper, isInk }: Drawing, fill: number): Buffer {
  const pixels = cells((column, row) => (isInk(column, row) ? 1 : 0));
  const codes = pixels.flatMap((pixel, i) => (i % GIF_RUN === 0 ? [GIF_CLEAR, pixel] : [pixel]));
  return Buffer.concat([
    Buffer.from("GIF89a"),
    Buffer.from([COLUMNS, 0, ROWS, 0, 0xf6, 0, 0]),
    Buffer.from([...paper, ...INK, ...Array(126 * 3).fill(0)]),
    ...(fill > 5 ? [Buffer.from([0x21, 0xfe]), ...gifBlocks(Buffer.alloc(gifBytes(fill)))] : []),
    Buffer.from([0x2c, 0, 0, 0, 0, COLUMNS, 0, ROWS, 0, 0, 7]),
    ...gifBlocks(Buffer.from([...codes, GIF_END])),
    Buffer.from([0x3b]),
  ]);
}

/** How many bytes fill so many, once they are in blocks. */
function gifBytes(fill: number): number {
  const inBlocks = fill - 3;
  return inBlocks - Math.ceil(inBlocks / 256);
}

function gifBlocks(data: Buffer): Buffer[] {
  const blocks: Buffer[] = [];
  for (let at = 0; at < data.length; at += 255) {
    const block = data.subarray(at, at + 255);
    blocks.push(Buffer.from([block.length]), block);
  }
  return [...blocks, Buffer.from([0])];
}
