// Verifies repositories on any server with the TypeScript packages:
//   node ts-repo.mjs repo SERVICE DID KEY               the whole repository; prints {"root","rev","records"}
//   node ts-repo.mjs record SERVICE DID KEY COLL RKEY   the proof of a record; prints {"found"}
//   node ts-repo.mjs stream SERVICE KEY CURSOR COUNT    events of the firehose; prints [{"type","seq","ops"}]
// KEY is the account's signing key as did:key. Each commit's signature is verified. For each event, the operations are undone
// using only the event's blocks, and the result must be the root of the previous commit.
import { MST, MemoryBlockstore, def, readCarWithRoot, verifyCommitSig, verifyProofs, verifyRepoCar } from '@atproto/repo'
import { Frame } from '@atproto/xrpc-server'
import WebSocket from 'ws'

const [mode, service, ...args] = process.argv.slice(2)

async function car(method, params) {
  const response = await fetch(`${service}/xrpc/com.atproto.sync.${method}?${new URLSearchParams(params)}`)
  if (response.status !== 200) throw new Error(`${method}: ${response.status} ${await response.text()}`)
  return new Uint8Array(await response.arrayBuffer())
}

async function verifyRepo([did, key]) {
  const { commit, creates } = await verifyRepoCar(await car('getRepo', { did }), did, key)
  return { root: commit.cid.toString(), rev: commit.rev, records: creates.length }
}

async function verifyRecord([did, key, collection, rkey]) {
  const proof = await car('getRecord', { did, collection, rkey })
  const { blocks, root } = await readCarWithRoot(proof)
  const commit = await new MemoryBlockstore(blocks).readObj(root, def.commit)
  const cid = await MST.load(new MemoryBlockstore(blocks), commit.data).get(`${collection}/${rkey}`)
  const { unverified } = await verifyProofs(proof, [{ collection, rkey, cid }], did, key)
  if (unverified.length > 0) throw new Error('unverified proof')
  return { found: cid !== null }
}

async function verifyCommit(body, key) {
  const { blocks, root } = await readCarWithRoot(body.blocks)
  if (!root.equals(body.commit)) throw new Error('the root of the CAR file is not the commit')
  const store = new MemoryBlockstore(blocks)
  const commit = await store.readObj(root, def.versionedCommit)
  if (!(await verifyCommitSig(commit, key))) throw new Error('invalid signature')
  if (commit.rev !== body.rev || commit.did !== body.repo) throw new Error('rev or repo differs')
  if (body.prevData === undefined) return
  let tree = MST.load(store, commit.data)
  for (const op of [...body.ops].reverse()) {
    if (op.cid !== null && !(await tree.get(op.path)).equals(op.cid)) throw new Error(`wrong CID of ${op.path}`)
    if (op.cid !== null && !blocks.has(op.cid)) throw new Error(`no record of ${op.path}`)
    if (op.action === 'create') tree = await tree.delete(op.path)
    else if (op.action === 'update') tree = await tree.update(op.path, op.prev)
    else tree = await tree.add(op.path, op.prev)
  }
  const before = await tree.getPointer()
  if (!before.equals(body.prevData)) throw new Error(`undone to ${before}, expected ${body.prevData}`)
}

async function verifyStream([key, cursor, count]) {
  const url = `${service.replace('http', 'ws')}/xrpc/com.atproto.sync.subscribeRepos?cursor=${cursor}`
  const frames = await new Promise((resolve, reject) => {
    const all = []
    const socket = new WebSocket(url)
    socket.on('error', reject)
    socket.on('close', () => reject(new Error(`closed after ${all.length} frames`)))
    socket.on('message', (data) => {
      all.push(new Uint8Array(data))
      if (all.length === Number(count)) {
        socket.removeAllListeners('close')
        socket.close()
        resolve(all)
      }
    })
  })
  const events = []
  for (const bytes of frames) {
    const { header, body } = Frame.fromBytes(bytes)
    if (header.t === '#commit') await verifyCommit(body, key)
    events.push({ type: header.t, seq: body.seq, ops: (body.ops ?? []).map((op) => `${op.action} ${op.path}`) })
  }
  return events
}

const result =
  mode === 'repo' ? await verifyRepo(args) : mode === 'record' ? await verifyRecord(args) : await verifyStream(args)
console.log(JSON.stringify(result))
