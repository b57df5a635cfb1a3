const DEEPEST = 200;

/** Whether JSON is nested deeper than anything that the API sends, so deep that what writes it again may fail. */
export function isTooDeep(json: string): boolean {
  let depth = 0;
  let isInString = false;
  for (let i = 0; i < json.length; i += 1) {
    const character = json[i];
    if (isInString) {
      if (character === "\\") i += 1;
      else if (character === '"') isInString = false;
    } else if (character === '"') isInString = true;
    else if (character === "{" || character === "[") depth += 1;
    else if (character === "}" || character === "]") depth -= 1;
    if (depth > DEEPEST) return true;
  }
  return false;
}
