import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deprecatedIn, factsOf } from './facts.mjs'

const document = (defs) => ({ lexicon: 1, id: 'com.example.thing', defs })
const object = (properties) => ({ type: 'object', properties })

test('removes the prose of every construct', () => {
  const text = { type: 'string', description: 'prose', maxLength: 3 }
  const facts = factsOf({
    ...document({
      main: {
        type: 'procedure',
        description: 'prose',
        parameters: { type: 'params', description: 'prose', properties: { text } },
        input: {
          encoding: 'application/json',
          description: 'prose',
          schema: { ...object({ text }), description: 'prose' },
        },
        output: { encoding: 'application/json', schema: { type: 'union', description: 'prose', refs: [] } },
        errors: [{ name: 'Broken', description: 'prose' }],
      },
      list: { type: 'array', description: 'prose', items: text },
      feed: { type: 'subscription', message: { description: 'prose', schema: { type: 'union', refs: [] } } },
      note: { type: 'record', description: 'prose', key: 'tid', record: object({ text }) },
      mark: { type: 'token', description: 'prose' },
    }),
    description: 'prose',
  })
  assert.ok(!JSON.stringify(facts).includes('prose'))
  assert.deepEqual(facts.defs.main.errors, [{ name: 'Broken' }])
  assert.deepEqual(facts.defs.list.items, { type: 'string', maxLength: 3 })
})

test('keeps properties and defs that have the name of prose', () => {
  const description = { type: 'string', description: 'prose' }
  const facts = factsOf(document({ description: { ...object({ description }), required: ['description'] } }))
  assert.deepEqual(facts.defs, {
    description: { ...object({ description: { type: 'string' } }), required: ['description'] },
  })
})

test('removes the prefix of refs and keeps known values', () => {
  const facts = factsOf(
    document({
      one: { type: 'ref', ref: 'lex:com.example.other' },
      many: { type: 'union', closed: true, refs: ['lex:com.example.thing#one'] },
      word: { type: 'string', knownValues: ['lex:word'] },
    }),
  )
  assert.equal(facts.defs.one.ref, 'com.example.other')
  assert.deepEqual(facts.defs.many, { type: 'union', closed: true, refs: ['com.example.thing#one'] })
  assert.deepEqual(facts.defs.word.knownValues, ['lex:word'])
})

test('keeps deprecations, and the order of keys after lexicon, id and defs', () => {
  const defs = { old: { type: 'token', deprecated: true } }
  const facts = factsOf({ defs, revision: 2, id: 'com.example.thing', lexicon: 1 })
  assert.equal(
    JSON.stringify(facts),
    '{"lexicon":1,"id":"com.example.thing","defs":{"old":{"type":"token","deprecated":true}},"revision":2}',
  )
})

test('stops at an unknown type or key and names its place', () => {
  assert.throws(
    () => factsOf(document({ main: object({ a: { type: 'float' } }) })),
    /^Error: com\.example\.thing\/defs\/main\/properties\/a: unknown type "float"$/,
  )
  assert.throws(
    () => factsOf(document({ main: { type: 'string', title: 'Title' } })),
    /^Error: com\.example\.thing\/defs\/main: unknown key "title"/,
  )
  assert.throws(() => factsOf(document({ main: { type: 'ref', ref: '#local' } })), /expected a ref that starts with lex:/)
})

test('lists what descriptions deprecate, in the order of the document', () => {
  const old = { type: 'string', description: 'Deprecated: use b.' }
  const inCapitals = { type: 'string', description: 'Does a thing. DEPRECATED: use another.' }
  const mentioned = { type: 'string', description: 'Whether it is deprecated, or DEPRECATED.' }
  const keys = deprecatedIn(
    document({
      main: {
        type: 'procedure',
        description: 'DEPRECATED -- unused',
        parameters: { type: 'params', properties: { old, mentioned } },
        input: { encoding: 'application/json', schema: object({ inCapitals }) },
        output: { encoding: 'application/json', schema: { type: 'ref', ref: 'lex:com.example.thing#b' } },
        errors: [{ name: 'Old', description: 'deprecated' }, { name: 'New' }],
      },
      record: { type: 'record', key: 'tid', record: object({ blobs: { type: 'array', items: old }, mentioned }) },
      feed: { type: 'subscription', message: { description: 'Deprecated.', schema: { type: 'union', refs: [] } } },
    }),
  )
  assert.deepEqual(keys, [
    'main',
    'main/params/old',
    'main/input/inCapitals',
    'main/errors/Old',
    'record/blobs',
    'feed/message',
  ])
})
