/** The ground of every page: type, header, navigation, footer. 1 rem is 18 px, and steps by 1.25. */
export const page = /* css */ `
*, ::before, ::after { box-sizing: border-box }
html {
  font: 112.5%/1.55 system-ui, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", "Open Sans", sans-serif;
  font-variant-numeric: tabular-nums; color-scheme: light dark; -webkit-text-size-adjust: 100%;
  scroll-padding-top: 1rem;
}
body {
  margin: 0; min-height: 100vh; display: flex; flex-direction: column;
  background: var(--paper); color: var(--ink); overflow-wrap: break-word;
}
h1, h2, h3, p, ul, ol, dl, dd, figure, fieldset { margin: 0; padding: 0 }
ul, ol { list-style: none }
h1, h2, h3 { line-height: 1.2; text-wrap: balance; letter-spacing: -.01em }
h1 { font-size: 1.953rem; max-width: 24em }
h2 { font-size: 1.25rem }
h3 { font-size: 1rem }
p, .text li { max-width: 64ch; text-wrap: pretty }
.text ul { list-style: disc; padding-left: 1.25rem }
small, .small { font-size: .8rem }
.soft { color: var(--soft) }
.number { font-variant-numeric: tabular-nums lining-nums; white-space: nowrap }
code, .hash { font: .8rem/1.5 ui-monospace, Consolas, monospace; overflow-wrap: anywhere }
a { color: var(--sky); text-underline-offset: .18em; text-decoration-thickness: .06em }
a:hover { text-decoration-thickness: .14em }
:focus-visible {
  outline: 3px solid var(--ink); outline-offset: 2px; border-radius: 3px; box-shadow: 0 0 0 7px var(--gold);
}
main:focus { outline: 0; box-shadow: none }
.icon {
  width: 1.2em; height: 1.2em; flex: none; vertical-align: -.24em;
  fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round;
}
[hidden] { display: none !important }
.hidden {
  position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap;
}
.wrap { width: 100%; max-width: 66rem; margin-inline: auto; padding-inline: 1rem }
.skip { position: absolute; left: -999rem; z-index: 2; padding: .7rem 1rem; background: var(--card) }
.skip:focus { left: .5rem; top: .5rem }
.top { background: var(--deep); color: #fff }
.top .wrap { position: relative; display: flex; flex-wrap: wrap; align-items: center; column-gap: 1.25rem; padding-block: .6rem .5rem }
.top a, .top summary, .top button { color: #fff; min-height: 2.45rem }
.brand { display: flex; align-items: center; gap: .75rem; margin-right: auto; text-decoration: none; line-height: 1.25 }
.brand .emblem { width: 2.5rem; height: 2.5rem; flex: none }
.brand b { display: block; font-size: 1.12rem; letter-spacing: -.01em }
.brand span span { font-size: .8rem; opacity: .92 }
.brand:hover b { text-decoration: underline }
.who { display: flex; flex-wrap: wrap; align-items: center; gap: 0 1.25rem; font-size: .9rem }
.who > a, .who summary, .account li > * { display: flex; align-items: center; gap: .45rem }
.account summary { cursor: pointer; list-style: none }
.account summary::-webkit-details-marker { display: none }
.account summary::after { content: ""; width: .45em; height: .45em; margin: -.2em .2em 0; border: solid; border-width: 0 2px 2px 0; rotate: 45deg }
.account[open] summary::after { rotate: 225deg; margin-top: .2em }
.account ul {
  position: absolute; right: 0; top: 100%; z-index: 2; width: max-content; min-width: 16rem; max-width: 100%; padding: .4rem 0;
  background: var(--card); color: var(--ink); border: 1px solid var(--line); border-radius: .5rem;
  box-shadow: 0 .5rem 1.5rem #0003;
}
.account li > * { width: 100%; padding: .4rem 1rem; color: var(--ink) }
.account li > p { color: var(--soft) }
.account li button { padding: 0; font: inherit; color: inherit; background: none; border: 0; text-align: left; text-decoration: underline; text-underline-offset: .18em; cursor: pointer }
.choice { font-size: .9rem; padding-block: .25rem }
.choice summary { display: inline-flex; align-items: center; min-height: 1.75rem; cursor: pointer; color: var(--soft) }
.choice ul { display: flex; flex-wrap: wrap; gap: 0 1rem }
.choice a { display: inline-flex; align-items: center; min-height: 1.75rem }
.choice a[aria-current] { font-weight: 600; color: var(--ink); text-decoration: none }
.band { display: block; height: 18px; background: var(--card) }
.band path { shape-rendering: crispEdges }
.band .w1 { fill: var(--gold) }
.band .w2 { fill: var(--b) }
.band .w3 { fill: var(--leaf) }
.menu { background: var(--card); border-bottom: 1px solid var(--line) }
.menu .wrap { padding-inline: 0 }
.menu ul { display: flex; overflow-x: auto; scrollbar-width: none; overscroll-behavior-x: contain; padding: 0 .25rem }
.menu ul::-webkit-scrollbar { display: none }
.menu a {
  display: block; padding: .75rem; line-height: 1.45; white-space: nowrap; color: var(--ink);
  text-decoration: none; border-bottom: 4px solid transparent;
}
.menu a:hover { border-color: var(--line) }
.menu a:focus-visible { outline-offset: -5px; box-shadow: inset 0 0 0 5px var(--gold) }
.menu [aria-current] { font-weight: 700; border-color: var(--leaf) }
.more {
  position: sticky; right: -.25rem; flex: none; width: 3.5rem; margin-left: -3.5rem; display: none;
  align-items: center; justify-content: flex-end; padding-right: .4rem; color: var(--leaf); pointer-events: none;
  background: linear-gradient(90deg, transparent, var(--card) 55%);
}
@media (max-width: 48rem) { .more { display: flex } }
@supports (animation-timeline: scroll()) {
  .more { display: flex; opacity: 0; animation: more linear both; animation-timeline: scroll(nearest inline) }
}
@keyframes more { from, 90% { opacity: 1 } to { opacity: 0 } }
.crumbs { padding-top: 1rem; font-size: .9rem; color: var(--soft) }
.crumbs ol { display: flex; flex-wrap: wrap; column-gap: .5rem }
.crumbs a { display: inline-block; padding: .3rem 0; min-height: 2.45rem; min-width: 2.45rem; line-height: 1.85rem }
.crumbs li { padding: .3rem 0; line-height: 1.85rem }
.crumbs li:has(a) { padding: 0 }
.crumbs li + li::before { content: "›"; margin-right: .5rem }
main { flex: 1; padding-block: 1.5rem 4rem }
.crumbs + main { padding-top: .4rem }
.lead { font-size: 1.12rem; color: var(--soft); margin-top: .5rem }
.bottom { background: var(--sunk); border-top: 1px solid var(--line); font-size: .9rem; color: var(--soft) }
.bottom .wrap { padding-block: 1rem 1.5rem }
.bottom p { max-width: none }
.bottom ul { display: flex; flex-wrap: wrap; column-gap: 1.5rem }
.bottom a { display: inline-block; padding: .55rem 0; min-width: 2.45rem }
@media (max-width: 40rem) { .crumbs [aria-current] { display: none } }
@media (min-width: 40rem) {
  h1 { font-size: 2.2rem }
  .account { position: relative }
  .account ul { max-width: none }
  .wrap, .menu .wrap { padding-inline: 1.5rem }
  .menu ul { padding: 0; margin-left: -.75rem }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth } }
`
