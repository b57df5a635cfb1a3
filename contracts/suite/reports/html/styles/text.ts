/** Type, and what everything stands in. */
export const TEXT = `
*, ::before, ::after { box-sizing: border-box; }
html { font: 16px/1.5 system-ui, sans-serif; background: var(--page); color: var(--text); -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; padding: 1rem clamp(1rem, 3vw, 2rem) 3rem; max-width: 76rem; overflow-wrap: break-word; }
h1 { margin: 0 0 1rem; font-size: clamp(1.5rem, 4vw, 2.2rem); line-height: 1.2; text-wrap: balance; }
h2 { margin: 2.5rem 0 .75rem; padding-top: .75rem; border-top: 1px solid var(--line); font-size: 1.35rem; line-height: 1.3; }
h3 { margin: 1.5rem 0 .5rem; font-size: 1.05rem; line-height: 1.4; }
h4, h5 { margin: 1rem 0 .25rem; font-size: .875rem; }
h5 { color: var(--muted); font-weight: 600; }
code, pre, dd, h3 { overflow-wrap: anywhere; }
p { margin: .5rem 0; max-width: 70ch; }
a { color: var(--link); }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
code { font: .875em/1.45 ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; }
pre { margin: .25rem 0; padding: .6rem .75rem; background: var(--sunken); border-radius: 6px; white-space: pre-wrap; font-size: .9375rem; }
.none, .kicker { color: var(--muted); }
.kicker { margin: 0 0 .25rem; }
.spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
`;
