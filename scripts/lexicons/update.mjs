// Creates lexicons/documents/, lexicons/lexicons.json and lexicons/deprecated.json from the published package
// @atproto/api. lexicons/prose/ is written by hand.
//
//   cd scripts/lexicons && npm ci
//   node update.mjs            writes them, and deletes obsolete documents
//   node update.mjs --check    writes nothing; prints the files that differ, and exits with 1 if there are any
//   node --test                tests which parts are kept and which are removed
//
// Node 20 or later. npm warns that the packages need 22, but the parts used here run on 20.
// To update to a newer @atproto/api: change its version in package.json, `npm install --omit-lockfile-registry-resolved`,
// set EXPECTED_DOCUMENTS and EXPECTED_DEPRECATIONS below, run, and read the diff.

import { mkdir, readdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cidForLex } from '@atproto/lex-cbor'
import { deprecatedIn, factsOf } from './facts.mjs'

// Detects a truncated package and new documents.
const EXPECTED_DOCUMENTS = 387

// Upstream marks deprecation only in prose. Compare a new number with a search for "deprecated" in the package.
const EXPECTED_DEPRECATIONS = 29

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const PACKAGE = new URL('./node_modules/@atproto/api/', import.meta.url)
const MANIFEST = 'lexicons/lexicons.json'
const DEPRECATED = 'lexicons/deprecated.json'
const FOLDER = 'lexicons/documents'

const options = process.argv.slice(2)
if (options.some((option) => option !== '--check')) {
  console.error('usage: node update.mjs [--check]')
  process.exit(2)
}
const check = options.includes('--check')

const expected = await expectedFiles()
const differing = []
for (const [path, text] of expected) {
  if ((await currentText(path)) === text) continue
  differing.push(path)
  if (!check) {
    await mkdir(dirname(join(ROOT, path)), { recursive: true })
    await writeFile(join(ROOT, path), text)
  }
}
for (const path of await filesUnder(join(ROOT, FOLDER))) {
  if (expected.has(path)) continue
  differing.push(`${path} (obsolete)`)
  if (!check) await removeWithEmptyFolders(join(ROOT, path))
}

for (const path of differing) console.log(`${check ? 'differs' : 'updated'}: ${path}`)
if (check && differing.length > 0) {
  console.error(`${differing.length} file(s) differ; run: node update.mjs`)
  process.exit(1)
}

/** The text of each file by its path, which is relative to the root and has slashes. */
async function expectedFiles() {
  const version = await pinnedVersion()
  // The package doesn't export this path, so import the file itself.
  const { schemaDict } = await import(new URL('dist/client/lexicons.js', PACKAGE))
  const sources = Object.values(schemaDict).sort((a, b) => (a.id < b.id ? -1 : 1))
  const documents = sources.map(factsOf)
  if (new Set(documents.map((document) => document.id)).size !== EXPECTED_DOCUMENTS) {
    throw new Error(`expected ${EXPECTED_DOCUMENTS} documents, got ${documents.length}`)
  }
  const files = new Map()
  const cids = {}
  const perNamespace = {}
  for (const document of documents) {
    // The id becomes a path, so it must be an NSID.
    if (!/^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+\.[a-zA-Z][a-zA-Z0-9]*$/.test(document.id)) {
      throw new Error(`not an NSID: ${document.id}`)
    }
    files.set(`${FOLDER}/${document.id.replaceAll('.', '/')}.json`, toText(document))
    cids[document.id] = (await cidForLex(document)).toString()
    const namespace = document.id.split('.').slice(0, 2).join('.')
    perNamespace[namespace] = (perNamespace[namespace] ?? 0) + 1
  }
  const source = `@atproto/api@${version}`
  files.set(MANIFEST, toText({ version: 1, source, documents: cids }))
  files.set(DEPRECATED, toText({ version: 1, source, documents: deprecations(sources) }))
  const counts = Object.entries(perNamespace).map(([namespace, count]) => `${namespace} ${count}`)
  console.log(`${documents.length} documents of @atproto/api@${version}: ${counts.join(', ')}`)
  return files
}

/** The deprecated places of each document that has any, by the document's NSID. */
function deprecations(documents) {
  const found = documents.map((document) => [document.id, deprecatedIn(document)]).filter(([, keys]) => keys.length > 0)
  const count = found.reduce((sum, [, keys]) => sum + keys.length, 0)
  if (count !== EXPECTED_DEPRECATIONS) throw new Error(`expected ${EXPECTED_DEPRECATIONS} deprecations, got ${count}`)
  return Object.fromEntries(found)
}

async function pinnedVersion() {
  const ours = JSON.parse(await readFile(new URL('./package.json', import.meta.url), 'utf8'))
  const pinned = ours.devDependencies['@atproto/api']
  const installed = JSON.parse(await readFile(new URL('package.json', PACKAGE), 'utf8')).version
  if (installed !== pinned) {
    throw new Error(`@atproto/api ${installed} is installed, ${pinned} is pinned: run npm ci`)
  }
  return installed
}

function toText(value) {
  return `${JSON.stringify(value, null, 2)}\n`
}

async function currentText(path) {
  try {
    return await readFile(join(ROOT, path), 'utf8')
  } catch (error) {
    if (error.code === 'ENOENT') return undefined
    throw error
  }
}

async function filesUnder(folder) {
  let entries
  try {
    entries = await readdir(folder, { withFileTypes: true })
  } catch (error) {
    if (error.code === 'ENOENT') return []
    throw error
  }
  const files = []
  for (const entry of entries) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) files.push(...(await filesUnder(path)))
    else files.push(relative(ROOT, path).split(sep).join('/'))
  }
  return files.sort()
}

async function removeWithEmptyFolders(file) {
  await rm(file)
  let folder = dirname(file)
  while (folder !== join(ROOT, FOLDER) && (await readdir(folder)).length === 0) {
    await rmdir(folder)
    folder = dirname(folder)
  }
}
