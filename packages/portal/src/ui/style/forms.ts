/** Forms: one column, large targets, errors beside their field. */
export const forms = /* css */ `
.form > * + * { margin-top: 1.4rem }
.field { min-width: 0 }
fieldset { border: 0; min-width: 0 }
.field > * + *, fieldset > * + * { margin-top: .3rem }
label, legend { font-weight: 600; padding: 0 }
.hint { color: var(--soft); font-size: .9rem }
.optional { color: var(--soft); font-weight: 400 }
.input {
  display: block; width: 100%; max-width: 26rem; min-height: 2.7rem; padding: .45rem .7rem; font: inherit;
  color: var(--ink); background: var(--card); border: 2px solid var(--edge); border-radius: .4rem;
}
.input.short { max-width: 11rem }
.input.day { width: 3.6rem }
.input.year { width: 4.7rem }
select.input { padding-right: .4rem }
.date { display: flex; flex-wrap: wrap; gap: .5rem }
.date label { display: block; font-weight: 400; font-size: .9rem }
.date select.input { width: 7.2rem }
@media (min-width: 40rem) { .date { gap: .75rem } .date select.input { width: 10.5rem } .input.day { width: 4rem } .input.year { width: 6rem } }
.with { display: flex; max-width: 26rem }
.with span { display: grid; place-content: center; padding: 0 .75rem; background: var(--sunk); border: 2px solid var(--edge); border-radius: .4rem 0 0 .4rem; border-right: 0 }
.with span + .input, .with .input + span { border-radius: 0 .4rem .4rem 0 }
.with .input + span { border-right: 2px solid var(--edge); border-left: 0 }
.with .input:first-child:not(:last-child) { border-radius: .4rem 0 0 .4rem }
.choice { display: grid; grid-template-columns: 2.45rem 1fr; align-items: start; column-gap: .3rem }
.choice input { width: 1.5rem; height: 1.5rem; margin: .48rem; accent-color: var(--leaf) }
.choice label { font-weight: 400; padding: .45rem 0; min-height: 2.45rem }
.choice .hint { display: block }
.field.wrong { border-left: 5px solid var(--clay); padding-left: .9rem }
.wrong .input { border-color: var(--clay) }
.error { color: var(--clay); font-weight: 600; display: flex; gap: .4rem }
.error .icon { translate: 0 .15em }
.buttons { display: flex; flex-wrap: wrap; align-items: center; gap: .75rem 1.25rem }
.buttons a:not(.button) { padding: .5rem 0; min-width: 2.45rem }
.button {
  display: inline-flex; align-items: center; justify-content: center; gap: .5rem; min-height: 2.7rem; max-width: 100%;
  padding: .45rem 1.2rem; font: inherit; font-weight: 600; line-height: 1.3; text-decoration: none; cursor: pointer;
  color: var(--on-leaf); background: var(--leaf); border: 2px solid var(--leaf); border-radius: .4rem;
}
.button:hover { filter: brightness(.92); text-decoration: underline }
.button.second { color: var(--leaf); background: var(--card) }
.button.danger { color: var(--card); background: var(--clay); border-color: var(--clay) }
.button[aria-disabled] { opacity: .75; cursor: default }
.next { border-left: 4px solid var(--line); padding-left: 1rem }
.next h2 { font-size: 1rem }
.search { background: var(--sunk); border-radius: .6rem; padding: 1rem }
.search .row { display: flex; flex-wrap: wrap; gap: .9rem 1rem; align-items: flex-end }
.search .row > .field { flex: 1 1 12rem }
.search .input { max-width: none }
.search .buttons { margin-top: .9rem }
`
