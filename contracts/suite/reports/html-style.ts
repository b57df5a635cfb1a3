import { VERDICTS } from "../report";

export const STYLES = `
:root { color-scheme: light dark; --page: #fff; --surface: #f6f7f9; --sunken: #eef0f3; --line: #d0d5dc; --text: #1a1f26; --muted: #535c68; --link: #0b5cad;
  --pass: #11662b; --fail: #b3261e; --contradicted: #8a3b12; --added: #6b3fa0; --inconclusive: #7a4f01; --skipped: #535c68; }
@media screen and (prefers-color-scheme: dark) { :root { --page: #101418; --surface: #171c22; --sunken: #1e242b; --line: #333b45; --text: #e4e8ed; --muted: #a3adb9;
  --link: #7cb7ff; --pass: #62c985; --fail: #ff8f85; --contradicted: #f0a878; --added: #c9a8ff; --inconclusive: #e6b84f; --skipped: #a3adb9; } }
*, ::before { box-sizing: border-box; }
html { font: 16px/1.5 system-ui, sans-serif; background: var(--page); color: var(--text); -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; padding: 1rem clamp(1rem, 3vw, 2rem) 3rem; max-width: 76rem; overflow-wrap: break-word; }
h1 { margin: 0 0 1rem; font-size: clamp(1.5rem, 4vw, 2.2rem); line-height: 1.2; text-wrap: balance; }
h2 { margin: 2.5rem 0 .75rem; padding-top: .75rem; border-top: 1px solid var(--line); font-size: 1.35rem; } h3 { margin: .75rem 0 .5rem; font-size: 1.05rem; } h4, h5 { margin: 1rem 0 .25rem; font-size: .875rem; }
p { margin: .5rem 0; max-width: 70ch; } a { color: var(--link); }
code { font: .875em/1.45 ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; overflow-wrap: anywhere; }
pre { margin: .25rem 0; padding: .6rem .75rem; background: var(--sunken); border-radius: 6px; white-space: pre-wrap; font-size: .9375rem; }
.muted, dt, thead th, h5 { color: var(--muted); font-weight: 400; } .command { user-select: all; border: 1px dashed var(--muted); }
.warning { padding: .5rem .75rem; border: 1px solid var(--fail); border-radius: 6px; }
nav ul, .counts { display: flex; flex-wrap: wrap; gap: .4rem .9rem; margin: 1rem 0; padding: 0; list-style: none; }
.counts li { flex: 1 1 6.5rem; padding: .6rem .75rem; background: var(--surface); border: 1px solid var(--line); border-radius: 8px; }
.counts b { display: block; font-size: 1.6rem; line-height: 1.2; }
.badge { font-size: .8125rem; font-weight: 600; white-space: nowrap; }
${VERDICTS.map((verdict) => `.badge.${verdict} { color: var(--${verdict}); }`).join(" ")}
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 15rem), 1fr)); gap: .5rem 1.25rem; margin: .75rem 0; }
dl div, .comparison > div { min-width: 0; } dt { font-size: .8125rem; } dd { margin: 0; overflow-wrap: anywhere; }
article { margin: 1rem 0 1.5rem; padding: .25rem 1rem 1rem; background: var(--surface); border: 1px solid var(--line); border-left-width: 4px; border-radius: 8px; }
article.fail { border-left-color: var(--fail); } article.contradicted { border-left-color: var(--contradicted); }
article.added { border-left-color: var(--added); }
article ol { margin: .25rem 0; padding-left: 1.5rem; }
.comparison { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: 0 1rem; }
table { width: 100%; margin: .75rem 0; border-collapse: collapse; font-size: .9375rem; }
th, td { padding: .4rem .6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
thead th { font-size: .8125rem; white-space: nowrap; } tbody th { font-weight: 500; }
@media (min-width: 701px) { #laws td { white-space: nowrap; } }
@media screen and (max-width: 700px) {
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table, tbody, tr, th, td { display: block; }
  tr { padding: .5rem 0; border-bottom: 1px solid var(--line); }
  th, td { padding: .1rem 0; border: 0; } tbody th { font-weight: 600; } td:has(> :empty) { display: none !important; }
  td { display: grid; grid-template-columns: 6.5rem minmax(0, 1fr); gap: .5rem; }
  td::before { content: attr(data-label); color: var(--muted); font-size: .8125rem; line-height: 1.85; }
}
`;
