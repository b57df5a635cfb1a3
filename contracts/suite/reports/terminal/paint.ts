const CODES = { bold: 1, dim: 2, fail: 31, pass: 32, added: 33, inconclusive: 35, skipped: 36 } as const;

export type Tone = keyof typeof CODES;
/** Colors a text for a terminal. */
export type Paint = (tone: Tone, text: string) => string;

export const inColor: Paint = (tone, text) => `\u001b[${CODES[tone]}m${text}\u001b[0m`;

export const withoutColor: Paint = (_, text) => text;
