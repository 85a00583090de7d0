/** The stylesheet of status pages: one column, both colour schemes, on paper too. */
export const STYLE = `:root {
  color-scheme: light dark;
  --ground: light-dark(#f3f5f7, #0e1216);
  --surface: light-dark(#ffffff, #161b21);
  --line: light-dark(#d9dee4, #2a323b);
  --ink: light-dark(#14181d, #e8ecf0);
  --muted: light-dark(#545e69, #9ba7b3);
  --link: light-dark(#0b5cad, #6cb2ff);
  --up: light-dark(#18794e, #4cc38a);
  --disrupted: light-dark(#8f5a00, #f2b13c);
  --down: light-dark(#c4271e, #ff7b72);
  --maintenance: light-dark(#0b5cad, #6cb2ff);
  --unknown: light-dark(#545e69, #9ba7b3);
  --faint: light-dark(#c3cad2, #3a444f);
}
* { box-sizing: border-box; }
html { background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
body { margin: 0; }
main { max-width: 46rem; margin: 0 auto; padding: 1.25rem 1rem 3rem; }
h1, h2, h3, p { margin: 0; overflow-wrap: anywhere; }
h1 { font-size: 1.375rem; line-height: 1.3; }
section { margin-top: 1.75rem; }
section > h2 { font-size: 1rem; margin-bottom: 0.5rem; }
a { color: var(--link); }
a:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }
ul { list-style: none; margin: 0; padding: 0; }
time, .share { font-variant-numeric: tabular-nums; }

.verdict, .stale, li { background: var(--surface); border: 1px solid var(--line); border-radius: 0.5rem; }
.verdict { margin-top: 1rem; padding: 0.75rem 1rem; border-inline-start: 0.375rem solid; }
.verdict p + p { color: var(--muted); font-size: 0.875rem; }
.what { color: var(--ink); font-size: 1.25rem; font-weight: 600; line-height: 1.3; }
.stale { margin-top: 0.5rem; padding: 0.75rem 1rem; border-color: var(--disrupted); }

.items { display: grid; gap: 0.5rem; }
.items > li { padding: 0.75rem 1rem; }
.line { display: flex; flex-wrap: wrap; gap: 0.125rem 1rem; justify-content: space-between; align-items: baseline; }
.line > h2, .line > h3 { font-size: 1rem; }
.state { font-weight: 600; }
.state::before {
  content: ''; display: inline-block; width: 0.625rem; height: 0.625rem; margin-inline-end: 0.5rem;
  border: 0.125rem solid currentColor; border-radius: 50%; background: currentColor;
}
.state.unknown::before, .state.unscheduled::before { background: none; }
.state.down::before, .state.disrupted::before { border-radius: 0; }
.state.disrupted::before { transform: rotate(45deg) scale(0.9); }

.up { color: var(--up); }
.disrupted { color: var(--disrupted); }
.down { color: var(--down); }
.maintenance { color: var(--maintenance); }
.unknown, .unscheduled { color: var(--unknown); }

.days { display: flex; align-items: end; gap: 2px; height: 1.75rem; margin-top: 0.5rem; }
.days > i { flex: 1; height: 100%; border-radius: 1px; background: currentColor; forced-color-adjust: none; }
.days > .disrupted { height: 80%; }
.days > .down { height: 60%; }
.days > .unknown { height: 30%; color: var(--faint); }
.days > .unscheduled { height: 10%; color: var(--faint); }
.scale { display: flex; justify-content: space-between; margin-top: 0.25rem; color: var(--muted); font-size: 0.8125rem; }
.share { color: var(--ink); }

.incidents > li { display: grid; padding: 0.5rem 1rem; border-radius: 0; border-top-width: 0; }
.incidents > li:first-child { border-top-width: 1px; border-radius: 0.5rem 0.5rem 0 0; }
.incidents > li:last-child { border-radius: 0 0 0.5rem 0.5rem; }
.incidents > li:only-child { border-radius: 0.5rem; }
.incidents strong { font-weight: 600; overflow-wrap: anywhere; }
.incidents span { color: var(--muted); font-size: 0.875rem; }
footer { display: flex; flex-wrap: wrap; gap: 0 1.5rem; margin-top: 2rem; color: var(--muted); font-size: 0.8125rem; }

@media (min-width: 40rem) {
  .incidents > li { grid-template-columns: minmax(0, 1fr) auto 9rem; gap: 1rem; align-items: baseline; }
  .incidents span:last-child { text-align: end; }
}
@media print {
  :root { color-scheme: light; --ground: #fff; }
  main { max-width: none; padding: 0; }
  .days > i, .state::before { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  li { break-inside: avoid; }
  footer a { display: none; }
}
`;
