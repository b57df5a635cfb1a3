/** The files that a document shows: JavaScript whose first line is a comment with the name of the file. */
export function shownFiles(markdown: string): { readonly name: string; readonly code: string }[] {
  return [...markdown.matchAll(/```js\n(\/\/ ([\w.-]+)\n.*?)```/gs)].map(([, code = "", name = ""]) => ({ name, code }));
}

/** The shell commands that a document shows in the block that holds a text. */
export function shownCommands(markdown: string, holding: string): string {
  const block = [...markdown.matchAll(/```sh\n(.*?)```/gs)].find(([, commands = ""]) => commands.includes(holding));
  if (!block?.[1]) throw new Error(`no block of commands holds ${holding}`);
  return block[1];
}
