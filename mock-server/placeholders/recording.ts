/* Short recordings: a film of one picture, and silence. */

const SECONDS = 3;

/** A film of one colour. `brand` is who reads it. */
export function film(brand: "isom" | "qt  ", fill: number): Buffer {
  const [width, height] = [64, 48];
  const entry = box(
    "avc1",
    ...[zeros(6), uint16(1), zeros(16), uint16(width), uint16(height), uint32(0x480000), uint32(0x480000), zeros(4), uint16(1)],
    ...[zeros(32), uint16(24), uint16(0xffff), box("avcC", decoderConfiguration(width / 16, height / 16))],
  );
  const picture = colouredPicture((width / 16) * (height / 16));
  const sample = Buffer.concat([uint32(picture.length), picture]);
  const track = { kind: "vide", entry, samples: [sample], scale: 1, duration: SECONDS, width, height } as const;
  return container(brand, track, fill);
}

/** Silence of a voice memo, in AAC. */
export function voiceMemo(fill: number): Buffer {
  const [rate, frame] = [16_000, 1024];
  const frames = Math.round((SECONDS * rate) / frame);
  const descriptors = descriptor(
    0x03,
    ...[
      uint16(1),
      byte(0),
      descriptor(0x04, byte(0x40, 0x15), zeros(3), uint32(16_000), uint32(16_000), descriptor(0x05, byte(0x14, 0x08))),
    ],
    descriptor(0x06, byte(2)),
  );
  const entry = box(
    "mp4a",
    ...[
      zeros(6),
      uint16(1),
      zeros(8),
      uint16(1),
      uint16(16),
      zeros(4),
      uint32(rate * 0x10000),
      box("esds", zeros(4), descriptors),
    ],
  );
  const samples = Array.from({ length: frames }, () => byte(0x00, 0xc8, 0x00, 0x07)); // one channel, without any spectrum
  return container("M4A ", { kind: "soun", entry, samples, scale: rate, duration: frame, width: 0, height: 0 }, fill);
}

/** Silence in MP3: frames whose side information is nothing but zeros. */
export function mp3(fill: number): Buffer {
  const [bytes, perSecond] = [417, 44_100 / 1152];
  const frame = Buffer.concat([byte(0xff, 0xfb, 0x90, 0xc4), zeros(bytes - 4)]);
  const frames = Math.round(SECONDS * perSecond) + Math.floor(fill / bytes);
  return Buffer.concat([...Array.from({ length: frames }, () => frame), zeros(fill % bytes)]);
}

/** Silence, as it is sampled. */
export function wave(fill: number): Buffer {
  const rate = 8000;
  const data = Buffer.alloc(SECONDS * rate + fill, 128);
  const numbers = (bytes: number, ...values: readonly number[]): Buffer[] =>
    values.map((value) =>
      uint32(value)
        .subarray(4 - bytes)
        .reverse(),
    );
  const format = [...numbers(4, 16), ...numbers(2, 1, 1), ...numbers(4, rate, rate), ...numbers(2, 1, 8)];
  const head = [Buffer.from("RIFF"), ...numbers(4, 36 + data.length), Buffer.from("WAVEfmt "), ...format];
  return Buffer.concat([...head, Buffer.from("data"), ...numbers(4, data.length), data]);
}

interface Track {
  readonly kind: "vide" | "soun";
  readonly entry: Buffer;
  readonly samples: readonly Buffer[];
  /** Units in a second. */
  readonly scale: number;
  /** Of one sample. */
  readonly duration: number;
  readonly width: number;
  readonly height: number;
}

/** ISO 14496-12: one track. */
function container(brand: string, track: Track, fill: number): Buffer {
  const head = box("ftyp", Buffer.from(brand), uint32(0x200), Buffer.from(brand === "qt  " ? brand : `${brand}isommp42`));
  const index = (offset: number): Buffer => movie(track, offset);
  const start = head.length + index(0).length + 8;
  const padding = fill >= 8 ? [box("free", zeros(fill - 8))] : [];
  return Buffer.concat([head, index(start), box("mdat", ...track.samples), ...padding]);
}

const MATRIX = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000];

function movie({ kind, entry, samples, scale, duration, width, height }: Track, offset: number): Buffer {
  const length = samples.length * duration;
  const table = box(
    "stbl",
    box("stsd", zeros(4), uint32(1), entry),
    box("stts", zeros(4), uint32(1), uint32(samples.length), uint32(duration)),
    box("stsc", zeros(4), uint32(1), uint32(1), uint32(samples.length), uint32(1)),
    box("stsz", zeros(8), uint32(samples.length), ...samples.map((sample) => uint32(sample.length))),
    box("stco", zeros(4), uint32(1), uint32(offset)),
  );
  const isSound = kind === "soun";
  const media = box(
    "mdia",
    box("mdhd", zeros(12), uint32(scale), uint32(length), uint16(0x55c4), uint16(0)),
    box("hdlr", zeros(8), Buffer.from(kind), zeros(13)),
    box(
      "minf",
      isSound ? box("smhd", zeros(8)) : box("vmhd", uint32(1), zeros(8)),
      box("dinf", box("dref", zeros(4), uint32(1), box("url ", uint32(1)))),
      table,
    ),
  );
  const header = box(
    "mvhd",
    zeros(12),
    uint32(scale),
    uint32(length),
    uint32(0x10000),
    uint16(0x100),
    zeros(10),
    ...MATRIX.map(uint32),
    zeros(24),
    uint32(2),
  );
  const trackHeader = box(
    "tkhd",
    ...[uint32(3), zeros(8), uint32(1), zeros(4), uint32(length), zeros(12), uint16(isSound ? 0x100 : 0), uint16(0)],
    ...[...MATRIX.map(uint32), uint32(width * 0x10000), uint32(height * 0x10000)],
  );
  return box("moov", header, box("trak", trackHeader, media));
}

/** H.264, baseline: what its decoder needs to know. */
function decoderConfiguration(columns: number, rows: number): Buffer {
  const sequence = Buffer.concat([
    byte(0x67, 66, 0xc0, 11),
    bits(`${ue(0)}${ue(0)}${ue(2)}${ue(1)}0${ue(columns - 1)}${ue(rows - 1)}1100`),
  ]);
  const picture = Buffer.concat([byte(0x68), bits(`${ue(0)}${ue(0)}00${ue(0)}${ue(0)}${ue(0)}000${ue(0)}${ue(0)}${ue(0)}100`)]);
  const [first, second] = [sequence, picture].map((unit) => Buffer.concat([uint16(unit.length), unit])) as [Buffer, Buffer];
  return Buffer.concat([byte(1, 66, 0xc0, 11, 0xff, 0xe1), first, byte(1), second]);
}

/** One picture, whose blocks are not compressed (I_PCM). */
function colouredPicture(blocks: number): Buffer {
  const header = `${ue(0)}${ue(7)}${ue(0)}0000${ue(0)}00${ue(0)}${ue(1)}`;
  const type = ue(25);
  const samples = Buffer.concat([Buffer.alloc(256, 0x60), Buffer.alloc(64, 0x98), Buffer.alloc(64, 0x6a)]);
  const rest = Buffer.concat([toBytes(type), samples]);
  const first = Buffer.concat([toBytes(header + type), samples]);
  return Buffer.concat([byte(0x65), first, ...Array.from({ length: blocks - 1 }, () => rest), byte(0x80)]);
}

/** A number in Exp-Golomb code. */
function ue(value: number): string {
  const binary = (value + 1).toString(2);
  return "0".repeat(binary.length - 1) + binary;
}

/** Bits, ended as a unit of H.264 ends. */
function bits(text: string): Buffer {
  return toBytes(`${text}1`);
}

function toBytes(text: string): Buffer {
  const padded = text.padEnd(Math.ceil(text.length / 8) * 8, "0");
  return Buffer.from((padded.match(/.{8}/g) ?? []).map((part) => Number.parseInt(part, 2)));
}

function box(type: string, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([uint32(content.length + 8), Buffer.from(type), content]);
}

function descriptor(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([byte(tag, content.length), content]);
}

function byte(...values: readonly number[]): Buffer {
  return Buffer.from(values);
}

function uint16(value: number): Buffer {
  return Buffer.from([(value >> 8) & 0xff, value & 0xff]);
}

function uint32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32BE(value);
  return buffer;
}

function zeros(count: number): Buffer {
  return Buffer.alloc(count);
}
