import { openGallery } from './app.tsx'

/** Shows the gallery to people: `node tools/run.mjs` starts Node with what it needs to read the sources. */
const { url } = await openGallery(Number(process.env['PORT'] ?? 4180))
console.log(`The gallery is open at ${url}. Ctrl-C closes it.`)
