/** Charts: text keeps its size at every width, because only places and lengths are shares of the width. */
export const chart = /* css */ `
.chart { max-width: 40rem }
.chart > svg { display: block; width: 100%; overflow: visible; margin-top: .5rem }
.chart figcaption { font-size: 1.12rem; font-weight: 700; line-height: 1.3; text-wrap: balance }
.chart .says { font-size: .95rem; margin-top: .3rem }
.chart .source { color: var(--soft); font-size: .85rem; margin-top: .6rem }
.chart .details { margin-top: .3rem }
.chart text { font-size: .8rem; fill: var(--ink) }
.chart .good-text { fill: var(--good); font-weight: 600 }
.chart .on-fill { fill: var(--card); font-weight: 700 }
.chart .gap { stroke: var(--card) }
.chart .halo { paint-order: stroke; stroke: var(--card); stroke-width: 4px; stroke-linejoin: round }
.chart .quiet { fill: var(--soft) }
.chart .strong { font-weight: 700 }
.chart .grid { stroke: var(--line) }
.chart .axis { stroke: var(--edge) }
.chart .band-target { fill: var(--good-wash) }
.chart .band-edge { stroke: var(--good); stroke-dasharray: 5 4 }
.chart .whisker-halo { stroke: var(--card); stroke-width: 4.5 }
.chart .whisker { stroke: var(--ink); stroke-width: 1.5 }
.chart .none { fill: none; stroke: var(--edge); stroke-dasharray: 3 4 }
.fa { fill: var(--a) } .fb { fill: var(--b) } .fc { fill: var(--c) } .fd { fill: var(--d) } .fe { fill: var(--e) } .ff { fill: var(--f) }
.sa { stroke: var(--a) } .sb { stroke: var(--b) } .sc { stroke: var(--c) }

.chart .ta, .chart .ta text { fill: var(--a) } .chart .tb, .chart .tb text { fill: var(--b) } .chart .tc, .chart .tc text { fill: var(--c) }
.chart .line { stroke-width: 2.5; stroke-linecap: round }
.chart .dash { stroke-dasharray: 7 5 }
.chart .dot { stroke: var(--card); stroke-width: 1.5 }
.chart .heat1 { fill: var(--h1) } .chart .heat2 { fill: var(--h2) } .chart .heat3 { fill: var(--h3) } .chart .heat4 { fill: var(--h4) } .chart .heat5 { fill: var(--h5) }
.chart .inside { fill: var(--on-heat); font-weight: 600 }
.numbers table { font-size: .85rem }
.numbers th, .numbers td { padding: .4rem .6rem .4rem 0; white-space: normal }
.numbers .num + .num { padding-left: .3rem }
.key { display: grid; gap: .15rem; margin-top: .6rem; font-size: .9rem }
.key li { display: flex; gap: .6rem; align-items: center }
.key svg { width: 1rem; height: 1rem; flex: none }
.key b { margin-left: auto }
.key span:last-child { min-width: 3.6rem; text-align: right; color: var(--soft) }
`
