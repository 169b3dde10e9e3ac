// Builds Merkle search trees with @atproto/repo. For each change to a tree, reads a line and writes a line:
//   [key, CID]   adds or replaces a key; CID null removes it; key null starts over with an empty tree
//   [root, [CID of each node of the key's covering proof, sorted]]
import { createInterface } from 'node:readline'
import { parseCid } from '@atproto/lex-data'
import { MST, MemoryBlockstore } from '@atproto/repo'

const store = new MemoryBlockstore()
let tree = await MST.create(store)

async function change(key, text) {
  if (key === null) {
    tree = await MST.create(store)
    return [(await tree.getPointer()).toString(), []]
  }
  if (text === null) tree = await tree.delete(key)
  else if ((await tree.get(key)) === null) tree = await tree.add(key, parseCid(text))
  else tree = await tree.update(key, parseCid(text))
  const root = await tree.getPointer()
  const proof = (await tree.getCoveringProof(key)).cids().map((cid) => cid.toString())
  return [root.toString(), proof.sort()]
}

console.log('ready')
for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await change(...JSON.parse(line))))
}
