// The frames of StreamThroughput.java with the TypeScript packages:  node streams.mjs FOLDER SECONDS   (of processor time)
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseCommitUnauthenticated } from '@atproto/sync'
import { Frame } from '@atproto/xrpc-server'

const [folder, seconds] = process.argv.slice(2)

const binary = readFileSync(join(folder, 'firehose.bin'))
const firehose = []
for (let at = 0; at < binary.length; ) {
  const length = binary.readUInt32BE(at)
  firehose.push(binary.subarray(at + 4, at + 4 + length))
  at += 4 + length
}
const jetstream = readFileSync(join(folder, 'jetstream.jsonl'), 'utf8').trimEnd().split('\n').map((line) => Buffer.from(line))

const cpu = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

async function measure(name, frames, body) {
  let rate = 0
  for (let round = 0; round < 3; round++) { // the last one counts
    const start = cpu()
    let count = 0
    while (cpu() - start < Number(seconds)) {
      for (let i = 0; i < 100; i++) {
        await body(frames[count++ % frames.length])
      }
    }
    rate = count / (cpu() - start)
  }
  console.log(`${name.padEnd(50)} ${Math.round(rate).toLocaleString('en').padStart(10)} /s of processor time`)
}

await measure('TypeScript: firehose frames with record', firehose, async (bytes) => {
  const { body } = Frame.fromBytes(bytes)
  const events = await parseCommitUnauthenticated({ ...body, $type: 'com.atproto.sync.subscribeRepos#commit' })
  if (events.length !== 1 || !events[0].record.text) {
    throw new Error('expected a post')
  }
})
await measure('TypeScript: Jetstream events, JSON.parse only', jetstream, (bytes) => {
  if (!JSON.parse(bytes.toString()).payload.record.text) {
    throw new Error('expected a post')
  }
})
