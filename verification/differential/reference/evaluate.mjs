// Evaluates values with the TypeScript packages:  node evaluate.mjs FOLDER LEXICONS [CATALOG]
// Generates FOLDER/schemas from the documents. Then reads one line per value, and writes one line for it:
//   [id, "json" | "cbor", ref, strict, base64 of the bytes]
//   [id, valid, base64 of the DAG-CBOR or null, cid or null, code, path, message]
// ref is "app.bsky.feed.post", "app.bsky.feed.defs#postView", "app.bsky.feed.getTimeline output", or "" for no schema.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { decode, encode } from '@atproto/lex-cbor'
import { cidForCbor } from '@atproto/lex-data'
import { lexParseJsonBytes } from '@atproto/lex-json'

const [folder, lexicons, catalog] = process.argv.slice(2)

/** Turns nested objects into definitions, because the generator rejects them. The catalog has two. */
function hoist(document) {
  const visit = (definition) => {
    for (const [name, property] of Object.entries(definition?.properties ?? {})) {
      visit(property)
      if (property.type === 'object') {
        const key = `inline${Object.keys(document.defs).length}`
        document.defs[key] = property
        definition.properties[name] = { type: 'ref', ref: `${document.id}#${key}` }
      }
    }
  }
  for (const definition of Object.values(document.defs)) {
    for (const object of [definition, definition.record, definition.parameters, definition.input?.schema, definition.output?.schema]) visit(object)
  }
  return document
}

function generate() {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  cpSync(lexicons, join(folder, 'documents'), { recursive: true })
  if (catalog) {
    for (const file of readdirSync(catalog)) {
      const document = hoist(JSON.parse(readFileSync(join(catalog, file), 'utf8')))
      writeFileSync(join(folder, 'documents', `catalog-${file}`), JSON.stringify(document))
    }
  }
  const lex = join(dirname(fileURLToPath(import.meta.url)), 'node_modules/@atproto/lex/bin/lex')
  const built = spawnSync(process.execPath, [lex, 'build', '--lexicons', 'documents', '--out', 'schemas', '--import-ext', '.ts',
    '--file-ext', '.ts', '--index-file', '--no-pretty'], { cwd: folder, encoding: 'utf8' })
  if (built.status !== 0) throw new Error(`lex build failed: ${built.stderr}`)
}

const schemas = new Map([['', null]])
async function schema(ref) {
  if (!schemas.has(ref)) {
    const [, nsid, name = 'main', part] = /^([^# ]+)(?:#(\S+))?(?: (\S+))?$/.exec(ref)
    const module = await import(pathToFileURL(join(folder, 'schemas', ...nsid.split('.')) + '.defs.ts'))
    const found = part === 'parameters' ? module.$params : part ? module[`$${part}`]?.schema : module[name]
    if (!found) throw new Error(`no schema ${ref}`)
    schemas.set(ref, found)
  }
  return schemas.get(ref)
}

async function evaluate([id, kind, ref, strict, base64]) {
  const bytes = Buffer.from(base64, 'base64')
  const checker = await schema(ref)
  let value
  try {
    value = kind === 'json' ? lexParseJsonBytes(bytes, { strict }) : decode(bytes)
  } catch (e) {
    return [id, false, null, null, 'parse', null, String(e.message)]
  }
  if (checker) {
    let result
    try {
      result = checker.safeParse(value, { strict })
    } catch (e) {
      return [id, false, null, null, 'thrown', null, String(e.message)]
    }
    if (!result.success) {
      const issue = result.reason.issues[0]
      return [id, false, null, null, issue.code, issue.path, issue.format ? `format ${issue.format}` : issue.message]
    }
  }
  try {
    const cbor = encode(value)
    return [id, true, Buffer.from(cbor).toString('base64'), (await cidForCbor(cbor)).toString(), '', null, '']
  } catch (e) {
    return [id, true, null, null, 'encode', null, String(e.message)]
  }
}

generate()
// Otherwise most of the time would be spent on stack traces.
Error.stackTraceLimit = 0
process.stdout.write('ready\n')
for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const out = JSON.stringify(await evaluate(JSON.parse(line))) + '\n'
  if (!process.stdout.write(out)) await new Promise((resolve) => process.stdout.once('drain', resolve))
}
