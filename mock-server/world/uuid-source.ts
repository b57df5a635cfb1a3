import { createHash, randomUUID } from "node:crypto";

/** Where a world gets what must be unpredictable: from the machine, or always the same from a seed. */
export class UuidSource {
  readonly #seed: string | undefined;
  #drawn: number;

  constructor(seed: string | undefined, drawn = 0) {
    this.#seed = seed;
    this.#drawn = drawn;
  }

  copy(): UuidSource {
    return new UuidSource(this.#seed, this.#drawn);
  }

  /** What goes on from here under a name, and gives none that this one gives. */
  fork(name: string): UuidSource {
    return new UuidSource(this.#seed === undefined ? undefined : `${this.#seed} ${this.#drawn} ${name}`);
  }

  /** A UUID of version 4. */
  next(): string {
    if (this.#seed === undefined) return randomUUID();
    this.#drawn += 1;
    const hex = createHash("sha256").update(`${this.#seed} ${this.#drawn}`).digest("hex");
    const [a, b, c, d, e] = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(13, 16), hex.slice(17, 20), hex.slice(20, 32)];
    return `${a}-${b}-4${c}-8${d}-${e}`;
  }
}
