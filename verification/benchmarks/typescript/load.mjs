// The work of Load.java with the TypeScript client:  node [--stack-trace-limit=0] load.mjs URL MODE CALLERS WARMUP_SECONDS SECONDS
// Modes: checked is the default, unchecked uses validateResponse: false, parse only fetch and JSON.parse. Needs ./lexicons.
import { createInterface } from 'node:readline'
import { Client } from '@atproto/lex'
import { app } from './lexicons/index.ts'

const [url, mode, callers, warmup, seconds] = process.argv.slice(2)
const client = new Client(url, mode === 'unchecked' ? { validateResponse: false } : {})
const call = mode === 'parse'
  ? () => fetch(`${url}/xrpc/app.bsky.feed.getTimeline?limit=50`).then((response) => response.json())
  : () => client.call(app.bsky.feed.getTimeline, { limit: 50 })

async function run(duration) {
  const took = []
  const start = performance.now()
  const end = start + duration * 1000
  await Promise.all(Array.from({ length: Number(callers) }, async () => {
    for (let now = performance.now(); now < end;) {
      const page = await call()
      if (page.feed.length !== 50) throw new Error('not the page')
      const then = performance.now()
      took.push(then - now)
      now = then
    }
  }))
  return { took: took.sort((a, b) => a - b), seconds: (performance.now() - start) / 1000 }
}

await run(Number(warmup))
console.log('ready')
for await (const _ of createInterface({ input: process.stdin })) {
  const { took, seconds: real } = await run(Number(seconds))
  console.log(JSON.stringify({
    perSecond: took.length / real, p50: took[took.length >> 1], p99: took[Math.floor(took.length * 0.99)], calls: took.length,
  }))
}
process.exit(0)
