import { VERDICTS } from "../../../report";

/** The parts that pages are made of. */
export const PARTS = `
nav ul, .counts, ul.cases { display: flex; flex-wrap: wrap; gap: .4rem .75rem; margin: 1rem 0; padding: 0; list-style: none; }
nav { margin-top: 1.5rem; }
nav b { font-weight: 600; color: var(--text); }
.counts li { flex: 1 1 6.5rem; padding: .6rem .75rem; background: var(--surface); border: 1px solid var(--line); border-radius: 8px; }
.counts li > b { display: block; font-size: 1.6rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.badge { display: inline-block; font-size: .8125rem; font-weight: 600; white-space: nowrap; }
${VERDICTS.map((verdict) => `.badge.${verdict} { color: var(--${verdict}); }`).join("\n")}
h3 .badge, td .badge { padding: 0 .5em; border: 1px solid currentColor; border-radius: 1em; }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 15rem), 1fr)); gap: .5rem 1.25rem; margin: .75rem 0; }
.facts div { min-width: 0; }
.facts dt { color: var(--muted); font-size: .8125rem; }
.facts dd { margin: 0; }
th:has(> .law) { padding-left: 2.5em; text-indent: -1.9em; }
.law { display: inline-block; width: 1.6em; text-indent: 0; color: var(--muted); font-variant-numeric: tabular-nums; }
.finding { margin: 1rem 0 1.5rem; padding: .25rem 1rem 1rem; background: var(--surface); border: 1px solid var(--line); border-radius: 8px; }
.finding.fail { border-left: 4px solid var(--fail); }
.finding.added { border-left: 4px solid var(--added); }
.finding h3 { margin-top: .75rem; }
.comparison { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: 0 1rem; }
.comparison > div { min-width: 0; }
.command { user-select: all; border: 1px dashed var(--faint-bar); }
.exchanges { margin: .25rem 0; padding-left: 1.5rem; }
.exchanges li { padding: .1rem 0; }
summary { cursor: pointer; padding: .3rem 0; }
summary h4 { display: inline; margin: 0; font-size: 1rem; }
.result { color: var(--muted); white-space: nowrap; }
.places { border-bottom: 1px solid var(--line); }
.case { display: inline-block; white-space: nowrap; }
ul.cases li { min-width: 0; }
ul.cases .case { white-space: normal; overflow-wrap: anywhere; }
.case.seen [aria-hidden] { color: var(--pass); }
.case.unseen { color: var(--muted); }
.bar { display: block; width: 100%; min-width: 6rem; height: .6rem; }
.bar .slowest { fill: var(--faint-bar); }
.bar .median { fill: var(--bar); }
.filter { display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin: .5rem 0 1rem; padding: .5rem .75rem; border: 1px solid var(--line); border-radius: 8px; }
.filter label { padding: .2rem 0; }
@media screen and (max-width: 700px) {
  .facts div { display: grid; grid-template-columns: 6.5rem minmax(0, 1fr); gap: .5rem; align-items: baseline; }
}
@media screen {
  ${VERDICTS.map(othersWhenChosen).join(",\n  ")} { display: none; }
}
`;

/** The rows of other verdicts than the one that is chosen. */
function othersWhenChosen(verdict: string): string {
  return `section:has(.filter [value=${verdict}]:checked) tr[data-verdict]:not([data-verdict=${verdict}])`;
}
