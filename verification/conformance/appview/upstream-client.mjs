// Tests a server with Bluesky's TypeScript client, @atproto/api, which is installed as one of the AppView's packages. The
// server must index records immediately, as LocalPds does.
//
//   node upstream-client.mjs SERVICE IDENTIFIER PASSWORD OTHER_IDENTIFIER OTHER_PASSWORD
//
// Prints a line for each step that works, and exits with status 1 after the first that doesn't.
import assert from 'node:assert/strict'
import { AtpAgent, RichText } from '@atproto/api'

const [service, name, password, otherName, otherPassword] = process.argv.slice(2)

async function signIn(identifier, secret) {
  const agent = new AtpAgent({ service })
  await agent.login({ identifier, password: secret })
  return agent
}

async function step(title, run) {
  try {
    await run()
    console.log(title)
  } catch (error) {
    console.error(`${title}: ${error.stack}`)
    process.exit(1)
  }
}

const alice = await signIn(name, password)
const bob = await signIn(otherName, otherPassword)
const texts = (items) => items.map((item) => item.record.text)
let post
let reply

await step('post with a mention and a tag', async () => {
  const text = new RichText({ text: `Hello @${bob.session.handle} #upstream` })
  await text.detectFacets(alice)
  post = await alice.post({ text: text.text, facets: text.facets, langs: ['en'] })
})
await step('follow, like, repost, reply, quote', async () => {
  await bob.follow(alice.session.did)
  await bob.like(post.uri, post.cid)
  await bob.repost(post.uri, post.cid)
  reply = await bob.post({ text: 'A reply', reply: { root: post, parent: post } })
  await bob.post({ text: 'A quote', embed: { $type: 'app.bsky.embed.record', record: post } })
})
await step('listNotifications, countUnread, updateSeen', async () => {
  const { data } = await alice.listNotifications()
  assert.deepEqual(
    data.notifications.map((each) => each.reason),
    ['quote', 'reply', 'repost', 'like', 'follow'],
  )
  assert.equal((await alice.countUnreadNotifications()).data.count, 5)
  await alice.updateSeenNotifications(new Date(Date.now() + 60_000).toISOString())
  assert.equal((await alice.countUnreadNotifications()).data.count, 0)
  assert.deepEqual((await bob.listNotifications({ reasons: ['mention'] })).data.notifications.length, 1)
})
await step('getPostThread, getPosts', async () => {
  const { thread } = (await alice.getPostThread({ uri: reply.uri })).data
  assert.equal(thread.parent.post.uri, post.uri)
  const [view] = (await bob.getPosts({ uris: [post.uri] })).data.posts
  assert.deepEqual([view.likeCount, view.repostCount, view.replyCount, view.quoteCount], [1, 1, 1, 1])
  assert.ok(view.viewer.like)
})
await step('getTimeline, getAuthorFeed, getActorLikes', async () => {
  const timeline = (await bob.getTimeline()).data.feed
  assert.ok(timeline.some((item) => item.reason?.$type === 'app.bsky.feed.defs#reasonRepost'))
  assert.equal((await bob.getAuthorFeed({ actor: alice.session.did, filter: 'posts_no_replies' })).data.feed.length, 1)
  assert.equal((await bob.getActorLikes({ actor: bob.session.did })).data.feed.length, 1)
})
await step('getLikes, getRepostedBy, getQuotes', async () => {
  assert.equal((await alice.getLikes({ uri: post.uri })).data.likes[0].actor.did, bob.session.did)
  assert.equal((await alice.getRepostedBy({ uri: post.uri })).data.repostedBy.length, 1)
  assert.deepEqual(texts((await alice.app.bsky.feed.getQuotes({ uri: post.uri })).data.posts), ['A quote'])
})
await step('searchPosts, searchActors, searchActorsTypeahead', async () => {
  const found = await alice.app.bsky.feed.searchPosts({ q: 'quote from:me', author: bob.session.did })
  assert.deepEqual(texts(found.data.posts), [])
  assert.deepEqual(texts((await bob.app.bsky.feed.searchPosts({ q: 'quote from:me' })).data.posts), ['A quote'])
  assert.equal((await alice.searchActors({ q: bob.session.handle })).data.actors.length, 1)
  assert.equal((await alice.searchActorsTypeahead({ q: bob.session.handle })).data.actors.length, 1)
})
await step('upsertProfile, getProfile, getProfiles', async () => {
  await alice.upsertProfile((old) => ({ ...old, displayName: 'Alice' }))
  const profile = (await bob.getProfile({ actor: alice.session.did })).data
  assert.equal(profile.displayName, 'Alice')
  assert.equal(profile.followersCount, 1)
  assert.ok(profile.viewer.following)
  assert.equal((await bob.getProfiles({ actors: [alice.session.did, bob.session.did] })).data.profiles.length, 2)
})
await step('getFollows, getFollowers, getRelationships', async () => {
  assert.equal((await alice.getFollows({ actor: bob.session.did })).data.follows[0].did, alice.session.did)
  assert.equal((await alice.getFollowers({ actor: alice.session.did })).data.followers[0].did, bob.session.did)
  const others = [alice.session.did]
  const { relationships } = (await bob.app.bsky.graph.getRelationships({ actor: bob.session.did, others })).data
  assert.ok(relationships[0].following)
})
await step('mute, unmute, mute a list, mute a thread', async () => {
  await alice.mute(bob.session.did)
  assert.equal((await alice.app.bsky.graph.getMutes()).data.mutes.length, 1)
  await alice.unmute(bob.session.did)
  const createdAt = new Date().toISOString()
  const list = await alice.app.bsky.graph.list.create(
    { repo: alice.session.did },
    { name: 'List', purpose: 'app.bsky.graph.defs#modlist', createdAt },
  )
  await alice.app.bsky.graph.listitem.create(
    { repo: alice.session.did },
    { list: list.uri, subject: bob.session.did, createdAt },
  )
  await alice.muteModList(list.uri)
  assert.ok((await alice.getProfile({ actor: bob.session.did })).data.viewer.mutedByList)
  await alice.unmuteModList(list.uri)
  assert.equal((await alice.app.bsky.graph.getList({ list: list.uri })).data.items.length, 1)
  assert.equal((await alice.app.bsky.graph.getLists({ actor: alice.session.did })).data.lists.length, 1)
  await alice.app.bsky.graph.muteThread({ root: post.uri })
  await alice.app.bsky.graph.unmuteThread({ root: post.uri })
})
await step('getPreferences and their setters', async () => {
  await alice.setAdultContentEnabled(true)
  await alice.addMutedWord({ value: 'spoiler', targets: ['content'], actorTarget: 'all' })
  const preferences = await alice.getPreferences()
  assert.equal(preferences.moderationPrefs.adultContentEnabled, true)
  assert.equal(preferences.moderationPrefs.mutedWords.length, 1)
})
await step('deleteLike, deleteFollow, deletePost', async () => {
  const [view] = (await bob.getPosts({ uris: [post.uri] })).data.posts
  await bob.deleteLike(view.viewer.like)
  await bob.deletePost(reply.uri)
  const [changed] = (await bob.getPosts({ uris: [post.uri] })).data.posts
  assert.deepEqual([changed.likeCount, changed.replyCount], [0, 0])
})
await step('uploadBlob, a post with an image, getBlob', async () => {
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=',
    'base64',
  )
  const { blob } = (await alice.uploadBlob(png, { encoding: 'image/png' })).data
  const embed = { $type: 'app.bsky.embed.images', images: [{ image: blob, alt: 'A dot' }] }
  const { uri } = await alice.post({ text: 'With an image', embed })
  const [view] = (await bob.getPosts({ uris: [uri] })).data.posts
  assert.equal(view.embed.$type, 'app.bsky.embed.images#view')
  const cid = blob.ref.toString()
  const { data } = await alice.com.atproto.sync.getBlob({ did: alice.session.did, cid })
  assert.equal(Buffer.compare(Buffer.from(data), png), 0)
})
await step('createBookmark, getBookmarks, deleteBookmark', async () => {
  const { bookmark } = bob.app.bsky
  await bookmark.createBookmark({ uri: post.uri, cid: post.cid })
  assert.deepEqual((await bookmark.getBookmarks({})).data.bookmarks.map((each) => each.item.uri), [post.uri])
  await bookmark.deleteBookmark({ uri: post.uri })
  assert.equal((await bookmark.getBookmarks({})).data.bookmarks.length, 0)
})
await step('direct messages: send, list, read, mark as read, log', async () => {
  const [from, to] = [alice, bob].map((agent) => agent.withProxy('bsky_chat', 'did:web:api.bsky.chat').chat.bsky.convo)
  const start = (await to.getLog({})).data
  assert.deepEqual(start.logs, [])
  const { convo } = (await from.getConvoForMembers({ members: [bob.session.did] })).data
  const sent = (await from.sendMessage({ convoId: convo.id, message: { text: 'Psst' } })).data
  const [unread] = (await to.listConvos({})).data.convos
  assert.deepEqual([unread.unreadCount, unread.lastMessage.text], [1, 'Psst'])
  assert.equal((await to.getMessages({ convoId: convo.id })).data.messages[0].id, sent.id)
  await to.updateRead({ convoId: convo.id, messageId: sent.id })
  assert.equal((await to.getConvo({ convoId: convo.id })).data.convo.unreadCount, 0)
  const { logs } = (await to.getLog({ cursor: start.cursor })).data
  assert.ok(logs.some((each) => each.$type === 'chat.bsky.convo.defs#logCreateMessage'))
})
await step('getServiceAuth, getUploadLimits of the video service', async () => {
  const { token } = (
    await alice.com.atproto.server.getServiceAuth({
      aud: 'did:web:video.bsky.app',
      lxm: 'app.bsky.video.getUploadLimits',
    })
  ).data
  const video = new AtpAgent({ service }).app.bsky.video
  const { data } = await video.getUploadLimits({}, { headers: { authorization: `Bearer ${token}` } })
  assert.equal(data.canUpload, true)
})
await step('describeRepo, listRecords, getRecord, resolveHandle', async () => {
  const { repo, identity } = alice.com.atproto
  const own = alice.session.did
  assert.ok((await repo.describeRepo({ repo: own })).data.collections.includes('app.bsky.feed.post'))
  const posts = (await repo.listRecords({ repo: own, collection: 'app.bsky.feed.post' })).data.records
  const rkey = posts[0].uri.split('/').at(-1)
  const record = (await repo.getRecord({ repo: own, collection: 'app.bsky.feed.post', rkey })).data
  assert.equal(record.cid, posts[0].cid)
  assert.equal((await identity.resolveHandle({ handle: bob.session.handle })).data.did, bob.session.did)
})
await step('block hides in both directions', async () => {
  await alice.app.bsky.graph.block.create(
    { repo: alice.session.did },
    { subject: bob.session.did, createdAt: new Date().toISOString() },
  )
  assert.equal((await alice.app.bsky.graph.getBlocks()).data.blocks.length, 1)
  await assert.rejects(bob.getAuthorFeed({ actor: alice.session.did }), { error: 'BlockedByActor' })
  assert.equal((await bob.getPosts({ uris: [post.uri] })).data.posts.length, 0)
})
