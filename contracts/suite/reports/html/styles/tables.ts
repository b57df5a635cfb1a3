/** Tables, which become blocks where the page is narrow. */
export const TABLES = `
table { width: 100%; margin: .75rem 0; border-collapse: collapse; font-size: .9375rem; }
caption { padding: .25rem 0; text-align: left; color: var(--muted); font-size: .875rem; }
th, td { padding: .4rem .6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
thead th { color: var(--muted); font-size: .8125rem; font-weight: 600; white-space: nowrap; }
tbody th { font-weight: 500; }
td:has(> .bar) { width: 30%; vertical-align: middle; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.stack td { overflow-wrap: anywhere; }
.stack .cases { display: flex; flex-wrap: wrap; gap: .1rem .9rem; }
@media screen and (min-width: 900px) { .stack th > code { white-space: nowrap; } }
.matrix td, .matrix thead th:not(:first-child) { padding: .35rem .25rem; text-align: center; font-variant-numeric: tabular-nums; }
.matrix .label { display: none; }
.matrix .seen { background: var(--tint); }
.matrix .unseen { color: var(--muted); }
.matrix .extra { color: var(--fail); font-weight: 600; }
.matrix .share { white-space: nowrap; }
@media screen and (max-width: 700px) {
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table, caption, tbody, tr, th, td { display: block; }
  tr { padding: .5rem 0; border-bottom: 1px solid var(--line); }
  th, th:has(> .law), td { padding: .1rem 0; border: 0; text-indent: 0; }
  tbody th { font-weight: 600; }
  td:has(> .bar) { width: 30%; vertical-align: middle; }
.number { text-align: left; }
  .dense tr { display: flex; flex-wrap: wrap; gap: 0 .9rem; }
  .dense th, .dense td:empty, .dense td:has(> .bar) { flex: 1 0 100%; }
  .dense td { display: inline; }
  .dense .number::before { content: attr(data-label) " "; color: var(--muted); font-size: .8125rem; }
  .stack td { display: grid; grid-template-columns: 6.5rem minmax(0, 1fr); gap: .5rem; }
  .case { white-space: normal; overflow-wrap: anywhere; }
  .stack td > * { min-width: 0; justify-self: start; }
  .stack td::before { content: attr(data-label); color: var(--muted); font-size: .8125rem; line-height: 1.85; }
  .matrix tr { display: flex; flex-wrap: wrap; gap: .3rem; }
  .matrix th { flex: 1 0 100%; }
  .matrix td { padding: .1rem .45rem; border: 1px solid var(--line); border-radius: 5px; }
  .matrix .undeclared { display: none; }
  .matrix .label { display: inline; color: var(--muted); }
  .matrix .share { border-color: transparent; color: var(--muted); }
}
`;
