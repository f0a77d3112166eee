/** Documents are sheets of A4 on the screen, and every page becomes a plain one on paper. */
export const document = /* css */ `
.sheet { max-width: 210mm; margin-inline: auto; background: var(--card); border: 1px solid var(--line); padding: 1.5rem 1rem; box-shadow: 0 .3rem 1.2rem #0001 }
@media (min-width: 50rem) { .sheet { padding: 18mm 18mm 14mm } }
.letterhead { display: flex; align-items: center; gap: 1rem; padding-bottom: .8rem; border-bottom: 5px double var(--ink); line-height: 1.35 }
.letterhead .emblem { width: 3.4rem; height: 3.4rem; flex: none }
.letterhead b { display: block; font-size: 1.25rem }
.sheet h1 { font-size: 1.5625rem; text-align: center; margin: 1.5rem auto .3rem }
.sheet .lead { text-align: center; margin: 0 auto 1.5rem; font-size: 1rem }
.signatures { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: 1.5rem; margin-top: 2.5rem; break-inside: avoid; text-align: center }
.signatures p { margin: 0 auto }
.signatures .line { height: 4.2rem; border-bottom: 1px solid var(--ink); margin-bottom: .3rem }
.foot { margin-top: 2rem; padding-top: .6rem; border-top: 1px solid var(--line); font-size: .8rem; color: var(--soft); break-inside: avoid }
.foot p { max-width: none }
@page { size: A4; margin: 18mm 17mm 20mm; @bottom-right { content: counter(page) " / " counter(pages); font: 9pt sans-serif } }
@media print {
  :root { --paper: #fff; --card: #fff }
  html { font-size: 11pt; scroll-behavior: auto }
  body { display: block }
  .top, .band, .menu, .crumbs, .bottom, .skip, .buttons, .search, .pages a, .form, .act, .noprint { display: none !important }
  .wrap { max-width: none; padding: 0 }
  main { padding: 0 }
  .card, .tile, .sheet { box-shadow: none; break-inside: avoid }
  .sheet { border: 0; margin: 0; padding: 0; max-width: none; break-inside: auto }
  .columns { display: block }
  .columns > * + * { margin-top: 1rem }
  h2, h3, caption, figcaption { break-after: avoid }
  tr, .chart > svg, .steps li { break-inside: avoid }
  thead { display: table-header-group }
  a { color: inherit; text-decoration: none }
  .details::details-content { content-visibility: visible; display: block; height: auto }
  .details > summary { text-decoration: none; color: var(--ink); font-weight: 600; list-style: none }
  svg, progress, .status, .mark, .tile, .notice { print-color-adjust: exact; -webkit-print-color-adjust: exact }
}
`
