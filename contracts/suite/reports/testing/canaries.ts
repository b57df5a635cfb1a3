/** What every text of a canary has in it, and nothing else. */
export const ROOT = "zarq";
/** What the numbers have in common, country and area left out. */
const EXCHANGE = "555";

/** Hands out values that stand for what must not leave a report, and remembers the numbers among them. */
export class Canaries {
  readonly numbers: string[] = [];
  #count = 0;

  /** A number in E.164. */
  number(): string {
    const number = `+1907${EXCHANGE}${String(4_321 + this.#next() * 7)}`;
    this.numbers.push(number);
    return number;
  }

  email(): string {
    return `${this.name().toLowerCase()}+box@${ROOT}-mail.example`;
  }

  name(): string {
    const letters = Array.from(String(this.#next()), (digit) => String.fromCharCode(97 + Number(digit)));
    return `${ROOT.charAt(0).toUpperCase()}${ROOT.slice(1)}${letters.join("")}`;
  }

  /** With everything in it that is written in another way in JSON, in URLs and in HTML. */
  text(): string {
    return `Ask ${this.name()} "at" 50% <off> & it's\n/über/ \\o/ 👍`;
  }

  url(): string {
    return `https://${ROOT}.example/${this.name()}?a=b&c=${this.name()}`;
  }

  word(): string {
    return `${ROOT}-${this.name()}_key`;
  }

  #next(): number {
    this.#count += 1;
    return this.#count;
  }
}

/** How a value may be written elsewhere. */
export function writtenInManyWays(value: string): string[] {
  const digits = value.replaceAll(/\D/g, "").slice(-10);
  const [area, exchange, rest] = [digits.slice(0, 3), digits.slice(3, 6), digits.slice(6)];
  const asNumber = /^\+\d+$/.test(value)
    ? [digits, `1${digits}`, `(${area}) ${exchange}-${rest}`, `+1 ${area}.${exchange}.${rest}`]
    : [];
  return [value, ...asNumber].flatMap((text) => [
    text,
    text.toUpperCase(),
    encodeURIComponent(text),
    encodeURIComponent(text).replaceAll("%20", "+"),
    JSON.stringify(text).slice(1, -1),
    text
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
      .replaceAll("'", "&#39;"),
  ]);
}
