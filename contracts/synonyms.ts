/** The words that others use for each of the API's words. */
export type Synonyms = Readonly<Record<string, ReadonlySet<string>>>;

/** What other APIs and people call the types of reactions. */
export const REACTION_WORDS = synonyms({
  love: "heart loved ❤ ♥ 😍",
  like: "thumbs_up thumbsup liked +1 👍",
  dislike: "thumbs_down thumbsdown disliked -1 👎",
  laugh: "haha lol laughing laughed 😂 🤣 😆",
  emphasize: "exclamation emphasis emphasized emphasised emphasise !! ‼",
  question: "question_mark questioned ? ❓",
});

/** The words that stand for each name, with blanks between them. */
export function synonyms(wordsOf: Readonly<Record<string, string>>): Synonyms {
  return Object.fromEntries(Object.entries(wordsOf).map(([name, words]) => [name, new Set(words.split(" ").map(bare))]));
}

/** Which of the names a word stands for, however it is spelt. */
export function meantBy(word: string, words: Synonyms, names: readonly string[]): string | undefined {
  const spelt = bare(word);
  return names.find((name) => Object.hasOwn(words, name) && words[name]?.has(spelt));
}

/** Without case, separators and what makes a sign colourful; signs alone stay as they are. */
function bare(word: string): string {
  return word.toLowerCase().replaceAll(/(?<=\p{L})[\s_-]+(?=\p{L})|\[\]$|\uFE0F/gu, "");
}
