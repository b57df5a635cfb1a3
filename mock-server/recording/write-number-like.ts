const DIGIT = /\p{Nd}/u;

interface Number {
  /** In E.164, or digits alone. */
  readonly canonical: string;
  readonly fake: string;
}

/** Another number in the place of one, with what stands around and between its digits, and as much of it left out at its beginning. */
export function writeNumberLike(written: string, { canonical, fake }: Number): string {
  const characters = Array.from(written);
  const places = characters.flatMap((character, i) => (DIGIT.test(character) ? [i] : []));
  const left = Math.max(0, digitsOf(canonical).length - places.length);
  const digits = digitsOf(fake).slice(left);
  for (const [n, place] of places.entries()) {
    characters[place] = n === places.length - 1 ? digits.slice(n) : digits.charAt(n);
  }
  return characters.join("");
}

function digitsOf(number: string): string {
  return number.replace(/\D/g, "");
}
