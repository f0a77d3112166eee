/// <reference lib="dom" />

/**
 * What a browser that runs scripts does on top; no page needs it. It is sent as the text of this function, so it
 * uses nothing from outside of itself.
 */
function enhance(): void {
  const everyForm = document.querySelectorAll<HTMLFormElement>('form[data-sending]')

  for (const form of everyForm) {
    sendOnce(form)
    if (form.dataset['keep']) keepTyped(form, `lumbung:${form.dataset['keep']}`)
  }
  for (const button of document.querySelectorAll<HTMLElement>('[data-print]')) {
    button.hidden = false
    button.addEventListener('click', () => print())
  }
  showCurrentSection()
  document.getElementById('errors')?.focus()
  closeMenusOutside()
  refreshProgress()

  /** Scrolls the menu alone. `scrollIntoView` would also move the place from which the tab key goes on. */
  function showCurrentSection(): void {
    const item = document.querySelector<HTMLElement>('.menu [aria-current]')
    const list = item?.closest('ul')
    if (item && list) list.scrollLeft = item.offsetLeft - (list.clientWidth - item.offsetWidth) / 2
  }

  /** A second press of the button sends nothing; the server would not act on it either. */
  function sendOnce(form: HTMLFormElement): void {
    let sent = false
    form.addEventListener('submit', (event) => {
      if (sent) return event.preventDefault()
      sent = true
      const button = event.submitter
      if (!button) return
      button.setAttribute('aria-disabled', 'true')
      button.textContent = form.dataset['sending'] ?? button.textContent
    })
    // A page that comes back from the browser's memory can be sent again.
    addEventListener('pageshow', (event) => {
      if (event.persisted && sent) location.reload()
    })
  }

  /** Keeps what is typed in this tab until it is sent, so that a session that ends takes nothing along. */
  function keepTyped(form: HTMLFormElement, key: string): void {
    const isKept = (field: Element): field is HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement =>
      (field instanceof HTMLInputElement && !/^(hidden|password|file|submit)$/.test(field.type)) ||
      field instanceof HTMLSelectElement ||
      field instanceof HTMLTextAreaElement
    const fields = () => [...form.elements].filter(isKept)
    const isChecked = (field: Element) =>
      field instanceof HTMLInputElement && /^(radio|checkbox)$/.test(field.type)
    const before = sessionStorage.getItem(key)
    if (before !== null && !document.getElementById('errors')) restore(before)
    form.addEventListener('input', () => {
      const typed = fields().map((field) =>
        isChecked(field) ? String('checked' in field && field.checked) : field.value,
      )
      sessionStorage.setItem(key, JSON.stringify(typed))
    })
    form.addEventListener('submit', () => sessionStorage.removeItem(key))

    function restore(text: string): void {
      const typed: unknown = JSON.parse(text)
      if (!Array.isArray(typed) || typed.length !== fields().length) return
      fields().forEach((field, index) => {
        if (isChecked(field) && 'checked' in field) field.checked = typed[index] === 'true'
        else field.value = String(typed[index])
      })
      const note = document.createElement('p')
      note.className = 'notice info'
      note.setAttribute('role', 'status')
      note.textContent = form.dataset['kept'] ?? ''
      form.prepend(note)
    }
  }

  /** Renews how far long work is, and follows where the server leads when it is done. */
  function refreshProgress(): void {
    const progress = document.getElementById('progress')
    const seconds = Number(progress?.dataset['refresh'])
    if (!progress || !(seconds > 0)) return
    setTimeout(async () => {
      try {
        const answer = await fetch(location.href)
        if (answer.redirected) return location.assign(answer.url)
        const renewed = new DOMParser()
          .parseFromString(await answer.text(), 'text/html')
          .getElementById('progress')
        if (!renewed) return location.reload()
        progress.replaceWith(renewed)
      } catch {
        // The network is away; the next round tries again.
      }
      refreshProgress()
    }, seconds * 1000)
  }

  function closeMenusOutside(): void {
    const open = () => document.querySelector<HTMLDetailsElement>('.account[open]')
    document.addEventListener('click', (event) => {
      const menu = open()
      if (menu && event.target instanceof Node && !menu.contains(event.target)) menu.open = false
    })
    document.addEventListener('keydown', (event) => {
      const menu = open()
      if (!menu || event.key !== 'Escape') return
      menu.open = false
      menu.querySelector('summary')?.focus()
    })
  }
}

/** The enhancement script as it is served, from an address of its own. */
export const enhancementScript = `(${enhance})()`
  .split('\n')
  .map((line) => line.trim())
  .filter((line) => line !== '' && !/^(\/\/|\/\*|\*)/.test(line))
  .join('\n')
