// The work of OAuthTurns.java with the TypeScript packages:  node oauth.mjs URL FOLDER WARMUP_SECONDS SECONDS   (of processor time)
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createHash, randomBytes, webcrypto } from 'node:crypto'
import { atprotoLoopbackClientMetadata, JoseKey, NodeOAuthClient } from '@atproto/oauth-client-node'
import { PasswordSession } from '@atproto/lex-password-session'

const [url, folder, warmup, seconds] = process.argv.slice(2)
const SLICE_SECONDS = 0.05
const PATH = '/xrpc/com.atproto.server.getSession'
const read = (name) => JSON.parse(readFileSync(join(folder, `typescript-${name}.json`), 'utf8'))

const saved = read('oauth')
const client = new NodeOAuthClient({
  clientMetadata: atprotoLoopbackClientMetadata(saved.clientId),
  allowHttp: true,
  plcDirectoryUrl: url,
  handleResolver: url,
  stateStore: { get: async () => undefined, set: async () => {}, del: async () => {} },
  sessionStore: { get: async () => saved, set: async () => {}, del: async () => {} },
  runtimeImplementation: {
    createKey: () => JoseKey.generate(['ES256']),
    digest: (bytes, { name }) => createHash(name).update(bytes).digest(),
    getRandomValues: randomBytes,
    requestLock: (name, work) => work(),
  },
})
const oauth = await client.restore(saved.tokenSet.sub, false)
const password = new PasswordSession(read('password'))
const { privateKey } = await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign'])
const signed = Buffer.from('x'.repeat(520))

async function call(session) {
  const response = await session.fetchHandler(PATH, { method: 'GET' })
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
  return response.json()
}

const operations = {
  signature: () => webcrypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, signed),
  password: () => call(password),
  oauth: () => call(oauth),
}

function micros() {
  const { user, system } = process.cpuUsage()
  return user + system
}

async function run(duration) {
  const used = Object.fromEntries(Object.keys(operations).map((name) => [name, { count: 0, micros: 0 }]))
  for (let rest = duration; rest > 0; rest -= SLICE_SECONDS * Object.keys(operations).length) {
    for (const [name, operation] of Object.entries(operations)) {
      const before = micros()
      while (micros() - before < SLICE_SECONDS * 1e6) {
        await operation()
        used[name].count++
      }
      used[name].micros += micros() - before
    }
  }
  return Object.fromEntries(Object.entries(used).map(([name, { count, micros }]) => [name, micros / count]))
}

while (micros() < warmup * 1e6) await run(1)
console.log('ready')
for await (const _ of createInterface({ input: process.stdin })) console.log(JSON.stringify(await run(Number(seconds))))
process.exit(0)
