/** The colors of a page. Whatever is written stands out from what it is written on by 4.5 to 1, and graphics by 3 to 1. */
export type Palette = Readonly<Record<ColorName, string>>;

type ColorName =
  | "page"
  | "surface"
  | "sunken"
  | "tint"
  | "line"
  | "text"
  | "muted"
  | "link"
  | "bar"
  | "faint-bar"
  | VerdictColor;
type VerdictColor = "pass" | "fail" | "added" | "inconclusive" | "skipped";

export const LIGHT: Palette = {
  page: "#ffffff",
  surface: "#f6f7f9",
  sunken: "#eef0f3",
  tint: "#dcefe1",
  line: "#d0d5dc",
  text: "#1a1f26",
  muted: "#535c68",
  link: "#0b5cad",
  bar: "#1c5fa8",
  "faint-bar": "#7d8fa6",
  pass: "#11662b",
  fail: "#b3261e",
  added: "#6b3fa0",
  inconclusive: "#7a4f01",
  skipped: "#535c68",
};

export const DARK: Palette = {
  page: "#101418",
  surface: "#171c22",
  sunken: "#1e242b",
  tint: "#17361f",
  line: "#333b45",
  text: "#e4e8ed",
  muted: "#a3adb9",
  link: "#7cb7ff",
  bar: "#7cb7ff",
  "faint-bar": "#62748a",
  pass: "#62c985",
  fail: "#ff8f85",
  added: "#c9a8ff",
  inconclusive: "#e6b84f",
  skipped: "#a3adb9",
};

/** Dark where the reader's system is, and never on paper. */
export const COLORS = `
:root { color-scheme: light dark; ${variables(LIGHT)} }
@media screen and (prefers-color-scheme: dark) { :root { ${variables(DARK)} } }
`;

function variables(palette: Palette): string {
  return Object.entries(palette)
    .map(([name, color]) => `--${name}: ${color};`)
    .join(" ");
}
