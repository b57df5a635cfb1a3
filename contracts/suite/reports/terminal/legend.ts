import { entries } from "./entries";
import type { Screen } from "./screen";

/** Where to find what is masked in what was written before. */
export function legend(text: string, screen: Screen): string | undefined {
  return entries(screen, {
    title: "Where to find what is masked",
    tone: "dim",
    entries: [...screen.mask.legend(text)].map(([pseudonym, where]) => [`${pseudonym}: ${where}`]),
  });
}
