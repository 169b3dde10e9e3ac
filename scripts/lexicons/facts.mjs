// Extracts the facts of a Lexicon document (IDs, types and constraints, but no prose) and finds what its prose deprecates.
// See docs/decisions/0018-lexicons-with-our-own-prose.md.

// The keys that each construct may have, by the construct's `type`. An unknown type or key stops the script, because a
// person must decide whether it is a fact or prose.
const PROSE = ['description']
const one = (walk) => (value, at) => walk(value, at)
const list = (walk) => (values, at) => values.map((value, i) => walk(value, `${at}/${i}`))
const named = (walk) => (map, at) =>
  // The keys are names of properties: a property called "description" is a fact.
  Object.fromEntries(Object.entries(map).map(([name, value]) => [name, walk(value, `${at}/${name}`)]))
const asIs = (value) => value

const schema = (value, at) => construct(value, at)
const BODY = { encoding: asIs, schema: one(schema) }
const ERRORS = list((value, at) => pick(value, at, { name: asIs }))
const COMMON = { type: asIs, deprecated: asIs }
const TYPES = {
  null: {},
  boolean: { const: asIs, default: asIs },
  integer: { const: asIs, default: asIs, enum: asIs, minimum: asIs, maximum: asIs },
  string: {
    const: asIs,
    default: asIs,
    enum: asIs,
    format: asIs,
    knownValues: asIs,
    minLength: asIs,
    maxLength: asIs,
    minGraphemes: asIs,
    maxGraphemes: asIs,
  },
  bytes: { minLength: asIs, maxLength: asIs },
  'cid-link': {},
  blob: { accept: asIs, maxSize: asIs },
  unknown: {},
  token: {},
  ref: { ref: cutPrefix },
  union: { refs: list(cutPrefix), closed: asIs },
  array: { items: one(schema), minLength: asIs, maxLength: asIs },
  object: { properties: named(schema), required: asIs, nullable: asIs },
  params: { properties: named(schema), required: asIs },
  record: { key: asIs, record: one(schema) },
  query: { parameters: one(schema), output: body, errors: ERRORS },
  procedure: { parameters: one(schema), input: body, output: body, errors: ERRORS },
  subscription: { parameters: one(schema), message: body, errors: ERRORS },
}

/** The facts of one Lexicon document: `lexicon`, `id` and `defs`, then the other keys in the document's order. */
export function factsOf(document) {
  const { lexicon, id, defs, ...rest } = pick(document, document.id, {
    lexicon: asIs,
    id: asIs,
    revision: asIs,
    defs: named(schema),
  })
  return { lexicon, id, defs, ...rest }
}

function construct(value, at) {
  const keys = Object.hasOwn(TYPES, value.type) ? TYPES[value.type] : undefined
  if (!keys) throw new Error(`${at}: unknown type ${JSON.stringify(value.type)}`)
  return pick(value, at, { ...COMMON, ...keys })
}

function body(value, at) {
  return pick(value, at, BODY)
}

function pick(value, at, keys) {
  const kept = {}
  for (const [key, child] of Object.entries(value)) {
    if (PROSE.includes(key)) {
      if (typeof child !== 'string') throw new Error(`${at}/${key}: expected prose to be a string`)
    } else if (Object.hasOwn(keys, key)) {
      kept[key] = keys[key](child, `${at}/${key}`)
    } else {
      throw new Error(`${at}: unknown key ${JSON.stringify(key)}: is it a fact or prose?`)
    }
  }
  return kept
}

// The generated dictionary writes each ref as lex:NSID#name, but documents write NSID#name.
function cutPrefix(ref, at) {
  if (!ref.startsWith('lex:')) throw new Error(`${at}: expected a ref that starts with lex:, got ${ref}`)
  return ref.slice('lex:'.length)
}

// Lexicons have no field for deprecation. Something is deprecated if its description begins with the word, or if one of the
// sentences begins with the word in capitals. The generator applies the same rule to descriptions (Text.java).
const DEPRECATIONS = [/^\s*deprecated\b/i, /[.!?;:)]\s+DEPRECATED\b/]

/**
 * The places in a document that its descriptions deprecate, in the document's order, as keys of lexicons/prose:
 * `DEF`, `DEF/PROPERTY`, `DEF/params/PROPERTY`, `DEF/output/PROPERTY`, `DEF/errors/NAME`.
 */
export function deprecatedIn(document) {
  const found = []
  const visit = (value, key) => {
    const { description } = value
    if (DEPRECATIONS.some((pattern) => pattern.test(description ?? ''))) found.push(key)
    for (const [name, property] of Object.entries(value.properties ?? {})) visit(property, `${key}/${name}`)
    // An element has no key of its own.
    for (const inner of [value.items, value.record, value.schema]) if (inner) visit(inner, key)
    if (value.parameters) visit(value.parameters, `${key}/params`)
    for (const part of ['input', 'output', 'message']) if (value[part]) visit(value[part], `${key}/${part}`)
    for (const error of value.errors ?? []) visit(error, `${key}/errors/${error.name}`)
  }
  for (const [name, definition] of Object.entries(document.defs)) visit(definition, name)
  return [...new Set(found)]
}
