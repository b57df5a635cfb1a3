/** What stands at a place of a text, and what is shown instead; undefined when it is nothing to this step. */
export type Step = (text: string, at: number) => Replacement | undefined;

export interface Replacement {
  readonly length: number;
  readonly shown: string;
}

/** Goes along a text once, so that nothing is replaced that has replaced something. The first step that fits does. */
export function replaceAlong(text: string, steps: readonly Step[]): string {
  let shown = "";
  for (let at = 0; at < text.length; ) {
    const found = firstOf(steps, text, at);
    shown += found ? found.shown : text.charAt(at);
    at += found ? found.length : 1;
  }
  return shown;
}

function firstOf(steps: readonly Step[], text: string, at: number): Replacement | undefined {
  for (const step of steps) {
    const found = step(text, at);
    if (found && found.length > 0) return found;
  }
  return undefined;
}
