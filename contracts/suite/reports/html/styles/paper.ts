/** On paper nothing is there to be clicked: what was covered is open, and answers are as the reader has left them. */
export const PAPER = `
@media print {
  html { font-size: 10.5pt; }
  body { padding: 0; max-width: none; }
  nav, .filter { display: none; }
  .places::details-content { content-visibility: visible; display: block; block-size: auto; }
  pre, .finding { background: none; border: 1px solid var(--line); }
  h2, h3, h4, h5, summary { break-after: avoid; }
  tr, .facts div, .counts li { break-inside: avoid; }
}
`;
