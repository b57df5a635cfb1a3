import { DARK, LIGHT, type Palette } from "./colors";

const palettes: [string, Palette][] = [
  ["light", LIGHT],
  ["dark", DARK],
];
const WRITTEN = ["text", "muted", "link", "pass", "fail", "added", "inconclusive", "skipped"] as const;
const GROUNDS = ["page", "surface", "sunken"] as const;

test.each(palettes)("whatever is written in the %s can be read", (_, palette) => {
  const onGrounds = WRITTEN.flatMap((written) => GROUNDS.map((ground) => [written, ground] as const));
  const pairs = [...onGrounds, ["text", "tint"] as const, ["muted", "tint"] as const];
  expect(pairs.filter(([written, ground]) => contrast(palette[written], palette[ground]) < 4.5)).toEqual([]);
});

test.each(palettes)("bars stand out in the %s", (_, palette) => {
  expect(contrast(palette.bar, palette.page)).toBeGreaterThan(3);
  expect(contrast(palette["faint-bar"], palette.page)).toBeGreaterThan(3);
});

/** The contrast of two colors as WCAG 2 defines it, from 1 to 21. */
function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = (color.match(/[0-9a-f]{2}/g) ?? []).map((hex) => {
    const share = Number.parseInt(hex, 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
