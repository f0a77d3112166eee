/** The parts that pages are put together from. */
export const parts = /* css */ `
.stack > * + * { margin-top: 1.5rem }
.stack > h2:not(:first-child) { margin-top: 2.25rem }
.stack > h2 + *, .stack > h3 + *, .card > h2 + * { margin-top: .75rem }
.columns { display: grid; gap: 1.5rem; align-items: start }
.columns > * { min-width: 0 }
@media (min-width: 60rem) { .columns { grid-template-columns: 1.45fr 1fr } }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: 1.1rem 1rem }
@media (min-width: 40rem) { .card { padding: 1.35rem 1.5rem } }
.card > * + * { margin-top: 1rem }
.tiles { display: grid; gap: .75rem; grid-template-columns: repeat(auto-fit, minmax(8.2rem, 1fr)) }
.tile { background: linear-gradient(var(--leaf) 0 4px, var(--card) 4px); border: 1px solid var(--line); border-radius: .6rem; padding: .9rem .9rem .9rem; line-height: 1.35 }
.tile b { display: block; font-size: 1.6rem; line-height: 1.2; letter-spacing: -.02em; overflow-wrap: anywhere }
.tile p { font-size: .9rem }
.tile p + p { margin-top: .35rem }
.status { display: inline-flex; align-items: center; gap: .35rem; padding: .05rem .6rem .05rem .4rem; border-radius: 1rem; font-size: .85rem; font-weight: 600; line-height: 1.6; background: var(--sunk) }
.status .icon { width: 1.1em; height: 1.1em; stroke-width: 2.4 }
.good { color: var(--good) }
.status.good { background: var(--good-wash) }
.attention { color: var(--amber) }
.status.attention { background: var(--amber-wash) }
.bad { color: var(--clay) }
.status.bad { background: var(--clay-wash) }
.info { color: var(--sky) }
.status.info { background: var(--sky-wash) }
.tasks li, .summary > div, .steps li { border-bottom: 1px solid var(--line) }
.tasks li:last-child, .summary > div:last-child { border: 0 }
.tasks li { display: flex; flex-wrap: wrap; align-items: center; gap: .1rem .75rem; padding: .35rem 0 }
.tasks a { padding: .4rem 0; min-height: 2.45rem }
.tasks .soft { margin-left: auto; font-size: .9rem }
@media (max-width: 32rem) { .tasks a { flex-basis: 100% } .tasks a + .soft { margin-left: 0 } .tasks li { padding-bottom: .7rem } }
.summary > div { padding: .55rem 0 }
.summary dt { color: var(--soft); font-size: .9rem }
.summary .act a { display: inline-block; padding: .5rem 0 }
@media (min-width: 40rem) {
  .summary > div { display: grid; grid-template-columns: minmax(7rem, 1fr) minmax(0, 1.8fr); column-gap: 1.25rem; align-items: baseline; padding: .65rem 0 }
  .summary.acts > div { grid-template-columns: minmax(7rem, 1fr) minmax(0, 1.6fr) 6rem }
  .summary dt { font-size: 1rem }
  .summary .act { text-align: right }
  .summary .act a { padding: .3rem 0 }
}
table { width: 100%; border-collapse: collapse; font-size: .95rem; line-height: 1.4 }
caption { text-align: left; font-weight: 700; padding-bottom: .5rem }
th, td { text-align: left; vertical-align: top; padding: .65rem 1rem .65rem 0; border-bottom: 1px solid var(--line) }
th:last-child, td:last-child { padding-right: 0 }
thead th { color: var(--soft); font-size: .85rem; line-height: 1.3 }
thead tr > * { border-bottom: 2px solid var(--edge) }
tbody th { font-weight: 600 }
tbody tr:last-child > * { border-bottom: 0 }
.num { text-align: right; white-space: nowrap }
.num + td:not(.num), .num + th:not(.num) { padding-left: 1.5rem }
td a, th a { display: inline-block; padding: .6rem 0; margin: -.6rem 0 }
@media screen and (max-width: 44rem) {
  .cards table, .cards caption, .cards tbody, .cards tr, .cards th, .cards td { display: block }
  .cards thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden }
  .cards tbody tr { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: .6rem .9rem .7rem; margin-bottom: .75rem }
  .card .cards tbody tr { background: none; border-width: 0 0 1px; border-radius: 0; padding: .5rem 0 .6rem; margin: 0 }
  .cards tbody th { padding: .2rem 0 .3rem; border: 0; font-size: 1.05rem }
  .cards td { display: flex; justify-content: space-between; gap: 1rem; padding: .15rem 0; border: 0; text-align: right; white-space: normal }
  .cards td::before { content: attr(data-label); color: var(--soft); text-align: left; flex: none; max-width: 55% }
  .cards tr > * { padding-left: 0 !important }
  .card .cards tbody tr:last-child { border: 0; padding-bottom: 0 }
  .cards td.bare { display: block; text-align: left; padding-top: .4rem }
  .cards td.bare::before { content: none }
}
.steps li { position: relative; padding: 0 0 1.4rem 2.4rem; border: 0 }
.steps li::before { content: ""; position: absolute; left: .7rem; top: 1.4rem; bottom: -.15rem; border-left: 2px solid var(--line) }
.steps li:last-child { padding-bottom: 0 }
.steps li:last-child::before { content: none }
.steps .mark { position: absolute; left: 0; top: 0; width: 1.5rem; height: 1.5rem; border-radius: 50%; display: grid; place-content: center; border: 2px solid var(--edge); background: var(--card); color: var(--soft) }
.steps .mark .icon { width: .9rem; height: .9rem; stroke-width: 3; margin: 0; vertical-align: 0 }
.steps .done .mark { background: var(--leaf); border-color: var(--leaf); color: var(--on-leaf) }
.steps .now .mark { border-color: var(--leaf); box-shadow: inset 0 0 0 .27rem var(--card), inset 0 0 0 1rem var(--leaf) }
.steps .coming h3 { font-weight: 500; color: var(--soft) }
.steps p { font-size: .9rem }
.steps .when { color: var(--soft) }
.notice, .errors, .empty { border: 1px solid var(--line); border-radius: .6rem; padding: 1rem 1.1rem; background: var(--sky-wash); border-left: 6px solid var(--sky) }
.notice > * + *, .errors > * + *, .empty > * + * { margin-top: .5rem }
.notice h2, .errors h2, .notice h3 { display: flex; gap: .5rem; align-items: baseline; font-size: 1.12rem }
.notice .icon, .errors h2 .icon { translate: 0 .1em }
.notice.good { background: var(--good-wash); border-left-color: var(--good) }
.notice.attention { background: var(--amber-wash); border-left-color: var(--amber) }
.notice.bad, .errors { background: var(--clay-wash); border-left-color: var(--clay) }
.notice > :not(h2) { color: var(--ink) }
.errors { border: 3px solid var(--clay); background: var(--card) }
.errors a { display: inline-block; padding: .45rem 0; color: var(--clay); font-weight: 600 }
.empty { background: none; border: 2px dashed var(--line); text-align: center; padding: 2rem 1rem }
.empty > * { margin-inline: auto }
.empty > .icon { width: 2.4rem; height: 2.4rem; color: var(--leaf); stroke-width: 1.6 }
summary { cursor: pointer }
.details > summary { width: fit-content; list-style: disclosure-closed inside; color: var(--sky); padding: .45rem .2rem .45rem 0; text-decoration: underline; text-underline-offset: .18em }
.details[open] > summary { list-style-type: disclosure-open; margin-bottom: .4rem }
.details > :not(summary) { border-left: 4px solid var(--line); padding-left: 1rem }
.pages { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; align-items: center; border-top: 1px solid var(--line); padding-top: .75rem }
.pages p { margin-right: auto; color: var(--soft) }
.pages a { display: inline-flex; align-items: center; gap: .3rem; min-height: 2.45rem; padding: .35rem }
.bar { display: block; width: 100%; height: 1.25rem; appearance: none; border: 1px solid var(--edge); border-radius: .4rem; background: var(--sunk); overflow: hidden }
.bar::-webkit-progress-bar { background: var(--sunk) }
.bar::-webkit-progress-value { background: var(--leaf) }
.bar::-moz-progress-bar { background: var(--leaf) }
`
