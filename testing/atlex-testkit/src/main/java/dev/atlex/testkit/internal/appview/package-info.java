/**
 * An AppView: an index of the records of all accounts, and the {@code app.bsky} methods that read it.
 *
 * <p>{@link dev.atlex.testkit.internal.appview.AppView} is the entry. Records enter the
 * {@link dev.atlex.testkit.internal.appview.RecordIndex} in the moment they are written. Each {@code …Methods} class serves
 * some methods; each {@code …Views} class turns records into the views that they respond with. All of it is guarded by the
 * server's lock. Nothing here knows of HTTP, tokens or repositories.
 *
 * <p>The behavior is that of {@code @atproto/bsky}. Accounts that are taken down or deactivated are invisible, and a block
 * between two accounts hides each from the other.
 */
@org.jspecify.annotations.NullMarked
package dev.atlex.testkit.internal.appview;
