import type { NumberSpelling } from "./number-spelling";

const PLAIN = /^[\x20-\x7E]*$/;

/**
 * What a shell makes of a variable that holds a number in E.164, so that it is written in another way: `${NUMBER_1#+1}`. For between
 * double quotes; `encode` writes what stands between the digits.
 */
export function shellNumber(variable: string, spelling: NumberSpelling | undefined, encode: (text: string) => string): string {
  if (!spelling) return `$${variable}`;
  const { skipped, runs, between } = spelling;
  if (between.every((text) => text === ""))
    return skipped === 0 ? withEncodedPlus(variable, encode) : withoutStart(variable, skipped);
  if (!between.every((text) => PLAIN.test(text) && !text.includes("'"))) return `$${variable}`;
  const groups = runs.map((length) => `\\(.\\{${length}\\}\\)`).join("");
  const parts = between.map((text, i) => `${inSed(encode(text))}${i < runs.length ? `\\${i + 1}` : ""}`).join("");
  return `$(printf %s "$${variable}" | sed 's/^.\\{${skipped}\\}${groups}$/${parts}/')`;
}

function withEncodedPlus(variable: string, encode: (text: string) => string): string {
  return encode("+") === "+" ? `$${variable}` : `${encode("+")}\${${variable}#+}`;
}

function withoutStart(variable: string, skipped: number): string {
  const start = skipped === 2 ? "+1" : `+${"?".repeat(skipped - 1)}`;
  return `\${${variable}#${start}}`;
}

function inSed(text: string): string {
  return text.replace(/[\\/&]/g, "\\$&");
}
