// Signs in with OAuth and the TypeScript package. Between the first two commands, the caller must act as the browser:
//   node ts-oauth.mjs authorize PDS PLC CLIENT_ID HANDLE STATE.json [ALG]     prints {"url"}; ALG is that of the DPoP key
//   node ts-oauth.mjs callback PDS PLC CLIENT_ID STATE.json CALLBACK_URL SESSION.json
//   node ts-oauth.mjs resume PDS PLC CLIENT_ID SESSION.json                   refreshes and stores the session
// The last two print {"handle","did"} as returned by com.atproto.server.getSession. Never prints a token.
import fs from 'node:fs'
import { createHash, randomBytes } from 'node:crypto'
import { atprotoLoopbackClientMetadata, JoseKey, NodeOAuthClient } from '@atproto/oauth-client-node'

const [command, pds, plc, clientId, ...rest] = process.argv.slice(2)

// A store with one value, in a file. The key needn't be stored, because it is part of the callback or is the session's DID.
function fileStore(file) {
  return {
    get: async () => (fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : undefined),
    set: async (key, value) => fs.writeFileSync(file, JSON.stringify(value, null, 2), { mode: 0o600 }),
    del: async () => fs.rmSync(file, { force: true }),
  }
}

const unused = { get: async () => undefined, set: async () => {}, del: async () => {} }

function client({ state, session, algorithm }) {
  return new NodeOAuthClient({
    clientMetadata: atprotoLoopbackClientMetadata(clientId),
    allowHttp: true,
    plcDirectoryUrl: plc,
    handleResolver: pds,
    stateStore: state ?? unused,
    sessionStore: session ?? unused,
    runtimeImplementation: {
      createKey: (algorithms) => JoseKey.generate(algorithm === undefined ? algorithms : [algorithm]),
      digest: (bytes, { name }) => createHash(name).update(bytes).digest(),
      getRandomValues: randomBytes,
      requestLock: (name, work) => work(),
    },
  })
}

async function printIdentity(session) {
  const response = await session.fetchHandler('/xrpc/com.atproto.server.getSession')
  if (!response.ok) throw new Error(`getSession: ${response.status} ${await response.text()}`)
  const { handle, did } = await response.json()
  console.log(JSON.stringify({ handle, did }))
}

const commands = {
  async authorize(handle, stateFile, algorithm) {
    const url = await client({ state: fileStore(stateFile), algorithm }).authorize(handle)
    console.log(JSON.stringify({ url: String(url) }))
  },
  async callback(stateFile, callbackUrl, sessionFile) {
    const oauth = client({ state: fileStore(stateFile), session: fileStore(sessionFile) })
    await printIdentity((await oauth.callback(new URL(callbackUrl).searchParams)).session)
  },
  async resume(sessionFile) {
    const did = JSON.parse(fs.readFileSync(sessionFile, 'utf8')).tokenSet.sub
    await printIdentity(await client({ session: fileStore(sessionFile) }).restore(did, true))
  },
}

if (!(command in commands)) {
  console.error('usage: ts-oauth.mjs authorize|callback|resume PDS PLC CLIENT_ID ...')
  process.exit(2)
}
await commands[command](...rest)
