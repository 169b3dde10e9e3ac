package com.example.consumer

import app.bsky.actor.ActorDefs
import app.bsky.actor.GetProfile
import app.bsky.feed.GetTimeline
import app.bsky.feed.Post
import dev.atlex.bluesky.Bluesky
import dev.atlex.client.Client
import dev.atlex.data.LexMap
import dev.atlex.session.Credentials
import dev.atlex.session.store.MemorySessionStore
import dev.atlex.session.PasswordSession
import dev.atlex.session.SessionEvent
import dev.atlex.session.SessionListener
import dev.atlex.session.SessionOptions
import dev.atlex.syntax.LanguageTag
import dev.atlex.testkit.Fault
import dev.atlex.testkit.LocalPds
import java.time.Duration
import java.util.concurrent.CopyOnWriteArrayList
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.asExecutor
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeoutOrNull

/** Signs in on a server in this process, writes a post, and reads it. */
fun main() {
    val events = CopyOnWriteArrayList<SessionEvent>()
    val options = SessionOptions.of { it.listener(SessionListener { event -> events.add(event) }) }
    LocalPds.start { it.account("alice.test", "password") }.use { pds ->
        PasswordSession.open(Credentials.of(pds.url().toString(), "alice.test", "password"), MemorySessionStore(), options).use { session ->
            val bsky = Bluesky.of(session)
            val posted = bsky.post { it.text("Hello from Kotlin #java").langs("en") }
            bsky.reply(posted.uri(), "Hello again")

            val client = Client(session)
            val posts: List<Post> = client.list(Post.RECORD).values()
            check(facetsOf(posts.single { it.reply() == null }) == 1)
            check(posted.uri().recordKey() != null)
            check(posted.cardFailure()?.message == null)
            check(bsky.timeline().anyMatch { it.post().uri() == posted.uri() })
            val page = client.call(GetTimeline.QUERY) { it.limit(10L) }
            check(page.feed().size == 2)

            val profile = client.call(GetProfile.QUERY) { it.actor(session.did()) }
            check(shown(profile) == "alice.test")
            check(lengthOfCursor(page) == 0 || cursorOf(page) != null)
            check(didOf(client) == session.did())
            check(described(page.feed().last().post()) == "nothing embedded")
            val async = client.async(Dispatchers.IO.asExecutor())
            check(runBlocking { handles(async, session.did(), session.did()) } == listOf("alice.test", "alice.test"))
            check(runBlocking { pageSize(async) } == 2)
            pds.faults().next("app.bsky.feed.getTimeline", Fault.delay(Duration.ofMinutes(1)))
            check(runBlocking { withTimeoutOrNull(200) { pageSize(async) } } == null)
            check(draft("Hello").langs() == listOf(LanguageTag.of("en")))
            check(textIn(posts.first { it.reply() == null }.toLexMap()) == "Hello from Kotlin #java")
        }
    }
    check(events.map(::line).first().startsWith("signed in on http://"))
    println("Done: kotlin ${KotlinVersion.CURRENT}")
}

/** Uses a nullable accessor of a generated type. Without the `?:`, this doesn't compile (see src/refused). */
private fun shown(profile: ActorDefs.ProfileViewDetailed): String = profile.displayName() ?: profile.handle().toString()

private fun facetsOf(post: Post): Int = post.facets()?.size ?: 0

private fun lengthOfCursor(page: GetTimeline.Output): Int = page.cursor()?.length ?: 0

// Inferred types: the compiler must find the classes of their annotations.

private fun cursorOf(page: GetTimeline.Output) = page.cursor()

private fun didOf(client: Client) = client.did()

private fun textIn(record: LexMap) = record.getString("text")
