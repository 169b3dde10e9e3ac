// Edits and reads rich text with the TypeScript packages. Reads one line per text, and writes one line for it:
//   [text, facets, insertAt, inserted, deleteFrom, deleteTo]
//   [bytes, graphemes, detected, segments, textAfterInsert, facetsAfterInsert, textAfterDelete, facetsAfterDelete]
// Facets are [byteStart, byteEnd], detected ones [byteStart, byteEnd, kind, value], segments [text] or [text, byteStart].
// All offsets are bytes.
import { createInterface } from 'node:readline'
import { RichText } from '@atproto/api'

const create = (text, facets) =>
  new RichText({
    text,
    facets: facets.map(([byteStart, byteEnd]) => ({
      index: { byteStart, byteEnd },
      features: [{ $type: 'app.bsky.richtext.facet#link', uri: 'https://example.com' }],
    })),
  })
const ranges = (richText) => (richText.facets ?? []).map(({ index }) => [index.byteStart, index.byteEnd])

function detect(text) {
  const richText = new RichText({ text })
  richText.detectFacetsWithoutResolution()
  return (richText.facets ?? []).map(({ index, features: [feature] }) => [
    index.byteStart,
    index.byteEnd,
    feature.$type.split('#')[1],
    feature.uri ?? feature.tag ?? feature.did,
  ])
}

function evaluate([text, facets, insertAt, inserted, deleteFrom, deleteTo]) {
  const richText = create(text, facets)
  const segments = [...richText.segments()].map((segment) =>
    segment.facet ? [segment.text, segment.facet.index.byteStart] : [segment.text],
  )
  // insert() moves facets by UTF-16 units, so they are compared with an ASCII text of the same length in bytes.
  const longer = create(text, facets).insert(insertAt, 'x'.repeat(Buffer.byteLength(inserted)))
  const shorter = create(text, facets).delete(deleteFrom, deleteTo)
  return [
    richText.length,
    richText.graphemeLength,
    detect(text),
    segments,
    create(text, facets).insert(insertAt, inserted).text,
    ranges(longer),
    shorter.text,
    ranges(shorter),
  ]
}

process.stdout.write('ready\n')
for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const out = JSON.stringify(evaluate(JSON.parse(line))) + '\n'
  if (!process.stdout.write(out)) await new Promise((resolve) => process.stdout.once('drain', resolve))
}
