const STARTS_EMOJI = /^(?:\p{Extended_Pictographic}|\p{Regional_Indicator}{2}|[\d#*]\uFE0F?\u20E3)/u;
let segmenter: Intl.Segmenter | undefined;

/** Whether a text is one emoji and nothing else, of however many code points. */
export function isEmoji(text: string): boolean {
  if (!STARTS_EMOJI.test(text)) return false;
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  const [first] = segmenter.segment(text);
  return first?.segment === text;
}
