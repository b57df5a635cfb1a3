/** A document with what stands between `<!-- name -->` and `<!-- /name -->` replaced. */
export function replaceSection(document: string, name: string, content: string): string {
  const [opening, closing] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const start = document.indexOf(opening);
  const end = document.indexOf(closing);
  if (start < 0 || end < start) throw new Error(`the document has lost its markers ${opening} and ${closing}`);
  return `${document.slice(0, start)}${opening}\n\n${content}\n\n${document.slice(end)}`;
}
