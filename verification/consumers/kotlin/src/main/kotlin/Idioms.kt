package com.example.consumer

import app.bsky.actor.GetProfile
import app.bsky.feed.FeedDefs.PostView
import app.bsky.feed.GetTimeline
import app.bsky.feed.Post
import dev.atlex.client.AsyncClient
import dev.atlex.session.SessionEvent
import dev.atlex.syntax.Datetime
import dev.atlex.syntax.Did
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.future.await

// docs/frameworks/kotlin.md shows these functions.

/** Calls a builder's setters without a prefix, in `apply`. */
fun draft(text: String): Post = Post.builder().apply {
    text(text)
    langs("en")
    createdAt(Datetime.now())
}.build()

/** A union is a sealed interface. Its `Unknown` case represents variants that were added later. */
fun described(post: PostView): String = when (val embed = post.embed()) {
    null -> "nothing embedded"
    is PostView.Embed.ImagesView -> "${embed.value().images().size} images"
    is PostView.Embed.ExternalView -> "a card for ${embed.value().external().uri()}"
    is PostView.Embed.Unknown -> "something new: ${embed.type()}"
    else -> "something else"
}

/** Later versions may add kinds of events, so keep the `else`. */
fun line(event: SessionEvent): String = when (event) {
    is SessionEvent.SignedIn -> "signed in on ${event.service()}"
    is SessionEvent.Ended -> "signed out: ${event.reason().message}"
    else -> event.toString()
}

/** Awaits a future without blocking the caller's thread. Cancellation interrupts the call. */
suspend fun pageSize(client: AsyncClient): Int = client.call(GetTimeline.QUERY) { it.limit(20) }.await().feed().size

/** Makes several calls at the same time. */
suspend fun handles(client: AsyncClient, vararg dids: Did): List<String> = coroutineScope {
    dids.map { did -> async { client.call(GetProfile.QUERY) { it.actor(did) }.await().handle().toString() } }.awaitAll()
}
